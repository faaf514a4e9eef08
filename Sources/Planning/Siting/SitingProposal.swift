package import Coverage
package import GeoModel
package import Impedance
package import Population
package import Siting

/// The platforms proposed for an area, and how good they can be said to be.
package struct SitingProposal: Sendable {
    /// One platform, in roll-out order: each is the one that adds most to those before it.
    package struct Step: Sendable {
        package var candidate: SitingCandidate
        package var isRequired: Bool
        /// People newly within reach by it, after those before it.
        package var adds: Double
        /// People within reach with it and those before it.
        package var covered: Double
        /// People-weighted mean impedance with it and those before it; nil where nobody can reach any, and with capacities.
        package var mean: Double?
        /// People for whom it is the nearest of all, once all are there, or, with capacities, whom it serves; and those of them within reach.
        package var nearestTo: Double
        package var nearestWithin: Double
    }

    /// The best that so many platforms can do.
    package struct CurvePoint: Sendable, Equatable {
        package var count: Int
        package var value: SitingValue
        package var isProved: Bool
    }

    /// The best choice where something is required or forbidden that is not.
    package struct Alternative: Sendable {
        package enum Change: Sendable, Equatable { case without, requiring, allowing, notRequiring }

        package var change: Change
        package var candidate: SitingCandidate
        /// Nil where there is no such choice.
        package var value: SitingValue?
        /// What the choice has that the proposal has not, and the reverse.
        package var added: [SitingCandidate]
        package var removed: [SitingCandidate]
        package var isProved: Bool
        /// Set where there is no such choice: why.
        package var reason: String?
    }

    /// A demand point and the platform nearest to it, where that is a proposed one.
    package struct Assignment: Sendable {
        package var location: Coordinate
        package var people: Double
        /// The position of the platform among the steps.
        package var step: Int
        package var impedance: Double
        /// Whether it comes within reach by the proposal.
        package var isNewlyCovered: Bool
    }

    package var query: SitingQuery
    package var layer: PopulationLayerInfo
    package var kind: ImpedanceKind
    package var areaName: String
    package var areaCode: String?
    package var facilities: FacilitySet
    package var candidates: Int
    package var steps: [Step]
    package var value: SitingValue
    package var curve: [CurvePoint]
    package var alternatives: [Alternative]
    /// The whole area, then its density classes, at the reach.
    package var before: [CoverageRow]
    package var after: [CoverageRow]
    package var assignments: [Assignment]
    /// People whom no candidate and no platform has within reach.
    package var beyondReach: Double
    /// What the way of someone whom nothing can reach counts for in the mean that `value` tells; nil for other objectives.
    package var unservedCost: Double?
    package var proof: SitingAnswer.Proof?
    package var effort: SitingEffort
    package var seed: UInt64
    package var tieRule: String
    package var stopped: Bool
    package var estimate: Bool
}

/// What a choice is worth, and what no choice exceeds, in the terms of its objective.
package struct SitingValue: Sendable, Equatable {
    package enum Measure: String, Sendable {
        /// People within reach, the more the better.
        case people
        /// People-weighted mean impedance, the less the better.
        case mean
        /// The largest impedance anyone has, the less the better.
        case largest
        /// Platforms, the fewer the better.
        case platforms
    }

    package var measure: Measure
    package var objective: Double
    package var bound: Double
    /// |bound - objective| as a share of the objective.
    package var gap: Double
}
