package import CiteNetwork
package import GeoModel

/// What a promoter brings to the labelling committee: the territory, what is there, what is proposed, what it would change, and what every
/// figure rests on. Values only; pages are made of them elsewhere.
package struct Dossier: Sendable {
    /// A platform that is proposed: opened by the proposal or the scenario.
    package struct Proposed: Sendable {
        package var platform: Platform
        package var location: Coordinate
        /// The town or village it stands in, and its people; nil where it is not one of the gazetteer.
        package var localityPeople: Double?
        /// People of the territory newly within the reach of the dossier by it, after those before it; nil for a scenario.
        package var adds: Double?
        /// People of the territory within each reach, whoever else is near them.
        package var reaches: [PlatformCatchment]
        package var toSeat: PlatformDistances.ToSeat
        /// The nearest platform that is there now, and metres to it.
        package var nearestExisting: Neighbour?
        /// The nearest of the other proposed ones.
        package var nearestProposed: Neighbour?
        /// Nil for a kind that has no such criteria.
        package var ruralCriteria: [RuralCriterion]?
    }

    package struct Neighbour: Sendable, Equatable {
        package var id: String
        package var name: String
        package var distance: Double
    }

    /// What a platform of a réseau des métiers has to be (founding document, lines 175 to 182).
    package struct RuralCriterion: Sendable, Equatable {
        package enum Subject: Sendable, CaseIterable { case floorArea, counsellors, hours }

        package var subject: Subject
        /// Square metres, or counsellors; nil where not chosen.
        package var value: Double?
        /// Of the hours.
        package var text: String?
        /// Unknown where it is not chosen yet.
        package var isMet: Truth
    }

    /// What platforms near the territory offer of one pole.
    package struct PoleRow: Sendable {
        package var service: ServiceCode
        /// Those known to offer it.
        package var offering: [Assessment.PlatformRow]
        /// Those of which no source tells whether they do.
        package var notKnown: Int
        /// Those known not to.
        package var without: Int
    }

    /// An administrative area drawn around the territory.
    package struct Surrounding: Sendable {
        package var code: String
        package var name: String
        package var geometry: Geometry
    }

    /// The ground of another label, where it is near.
    package struct LabelGround: Sendable {
        package var cite: Cite
        package var basis: TerritoryBasis
        package var geometry: Geometry
    }

    package enum Plan: Sendable {
        case proposal(SitingProposal)
        case scenario(Scenario)
        /// Everyone has a platform within reach already.
        case nothing
    }

    package var query: DossierQuery
    package var assessment: Assessment
    package var plan: Plan
    /// The whole and the density classes at the reaches of the query, without and with the proposed platforms.
    package var before: CoverageAnswer
    package var after: CoverageAnswer
    /// The same as estimated durations.
    package var durationsBefore: CoverageAnswer
    package var durationsAfter: CoverageAnswer
    /// Each place where people live with its class of reach.
    package var cellsBefore: CellsAnswer
    package var cellsAfter: CellsAnswer
    /// Localities beyond the reach of the dossier, once the proposed platforms are there, and now.
    package var leftOutBefore: UnreachedAnswer
    package var leftOutAfter: UnreachedAnswer
    package var proposed: [Proposed]
    /// Where the platforms that a scenario closes or moves stand now, and what becomes of them.
    package var closed: [Platform]
    package var moved: [Platform]
    package var poles: [PoleRow]
    package var overlapsBefore: OverlapsAnswer
    package var overlapsAfter: OverlapsAnswer
    /// The id under which the proposal's own label stands in `overlapsAfter`; nil where it belongs to a Cité that is there.
    package var projectID: String?
    package var timetable: [TimetableStep]
    package var surroundings: [Surrounding]
    /// The countries of the territory.
    package var countries: [Surrounding]
    /// Those around them.
    package var neighbours: [Surrounding]
    package var labels: [LabelGround]
    package var sources: [DossierSource]
    /// What the program read, for whoever wants to compute it again.
    package var inputs: DossierInputs
}

extension Dossier {
    package func source(_ kind: DossierSource.Kind) -> Int { (sources.firstIndex { $0.kind == kind } ?? 0) + 1 }
    package func has(_ kind: DossierSource.Kind) -> Bool { sources.contains { $0.kind == kind } }
}
