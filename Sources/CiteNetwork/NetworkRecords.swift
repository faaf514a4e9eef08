/// All that is recorded of the network, indexed by Cité and platform: facts handed in, from which states are told as of a date.
///
/// An immutable snapshot; it may be shared between tasks.
package struct NetworkRecords: Sendable {
    package let cites: [Cite]
    package let platforms: [Platform]
    package let sources: [String: Source]
    private let citeIndex: [String: Int]
    private let platformIndex: [String: Int]
    private let platformsByCite: [String: [Int]]
    private let periodsByPlatform: [String: [PlatformPeriod]]
    private let decisionsByCite: [String: [LabelDecision]]
    private let territoriesByCite: [String: [TerritoryVersion]]
    private let polesByCite: [String: [Pole]]

    /// Cités and platforms are kept in order of their ids, the other records in the order given.
    package init(
        cites: [Cite], platforms: [Platform], periods: [PlatformPeriod], decisions: [LabelDecision],
        territories: [TerritoryVersion], poles: [Pole], sources: [Source]
    ) {
        let orderedCites = cites.sorted { $0.id < $1.id }
        let orderedPlatforms = platforms.sorted { $0.id < $1.id }
        self.cites = orderedCites
        self.platforms = orderedPlatforms
        self.sources = Dictionary(sources.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
        citeIndex = Dictionary(orderedCites.indices.map { (orderedCites[$0].id, $0) }, uniquingKeysWith: { a, _ in a })
        platformIndex = Dictionary(orderedPlatforms.indices.map { (orderedPlatforms[$0].id, $0) }, uniquingKeysWith: { a, _ in a })
        platformsByCite = Dictionary(grouping: orderedPlatforms.indices) { orderedPlatforms[$0].cite }
        periodsByPlatform = Dictionary(grouping: periods, by: \.platform)
        decisionsByCite = Dictionary(grouping: decisions, by: \.cite)
        territoriesByCite = Dictionary(grouping: territories, by: \.cite)
        polesByCite = Dictionary(grouping: poles, by: \.cite)
    }

    package func cite(_ id: String) -> Cite? { citeIndex[id].map { cites[$0] } }
    package func platform(_ id: String) -> Platform? { platformIndex[id].map { platforms[$0] } }
    package func platforms(of cite: String) -> [Platform] { (platformsByCite[cite] ?? []).map { platforms[$0] } }
    package func periods(of platform: String) -> [PlatformPeriod] { periodsByPlatform[platform] ?? [] }
    package func decisions(of cite: String) -> [LabelDecision] { decisionsByCite[cite] ?? [] }
    package func territories(of cite: String) -> [TerritoryVersion] { territoriesByCite[cite] ?? [] }
    package func poles(of cite: String) -> [Pole] { (polesByCite[cite] ?? []).sorted { $0.position < $1.position } }
}
