package import CiteNetwork
internal import Coverage
package import Impedance
package import Population

/// Scenarios beside the network as it is: the same people, areas and reaches measured for each.
package struct ScenarioComparison: Sendable {
    /// The people that a scenario brings within a reach, and those that it takes from it.
    package struct Shift: Sendable, Equatable {
        package var within: String
        package var gained: Double
        package var lost: Double
    }

    package struct DensityShift: Sendable {
        package var density: DensityClass
        package var population: Double
        package var shifts: [Shift]
    }

    package struct Variant: Sendable {
        /// Nil for the network as it is.
        package var scenario: Scenario?
        /// The whole of the area, and its density classes where the layer has them.
        package var coverage: CoverageAnswer
        /// Against the network as it is, for each reach; nothing gained and nothing lost for that network itself.
        package var shifts: [Shift]
        /// The same by density class, the densest first; empty where the layer has none.
        package var byDensity: [DensityShift]
        /// Where labels meet on the area.
        package var overlaps: OverlapsAnswer
    }

    package var layer: PopulationLayerInfo
    package var kind: ImpedanceKind
    package var reaches: [Reach]
    package var areaName: String
    package var areaCode: String?
    package var baseline: Variant
    /// In the order asked for.
    package var variants: [Variant]
}
