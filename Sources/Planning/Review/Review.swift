package import CiteNetwork
package import Population

/// What an officer should know of the network on a day.
package struct Review: Sendable {
    /// Cités of one label, by how open they are.
    package struct LabelCount: Sendable, Hashable {
        package var label: LabelLevel
        /// Of a label fonctionnement: nil where it is not known. Nil for every other level.
        package var confirmed: Bool?
        package var status: PlatformStatus
        package var cites: Int
    }

    package struct PlatformCount: Sendable, Hashable {
        package var kind: PlatformKind
        package var status: PlatformStatus
        package var platforms: Int
    }

    package var query: ReviewQuery
    /// The name of the country, area or Cité it is about; nil for the whole network.
    package var scopeName: String?
    package var layer: PopulationLayerInfo
    /// In the order of sections; in each what is known before what is not, the most urgent first.
    package var lines: [ReviewLine]
    /// Cités that existed on the day, by label and status.
    package var labelCounts: [LabelCount]
    package var platformCounts: [PlatformCount]
    /// Who is within reach, area by area; nil where it was not asked, or the ground is not known.
    package var coverage: CoverageAnswer?
    /// What falls due, or fell due and is not known to be done, of all that is in scope.
    package var deadlines: [Deadline]
    /// When the store was last changed, in UTC (`YYYY-MM-DDThh:mm:ss.sssZ`); nil for one that never was.
    package var changedAt: String?

    package var asOf: CalendarDate { query.asOf }

    package func lines(_ section: ReviewSection, _ verdict: RuleVerdict) -> [ReviewLine] {
        lines.filter { $0.section == section && $0.verdict == verdict }
    }
}
