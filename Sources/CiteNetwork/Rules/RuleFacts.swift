/// What the rules cannot see for themselves: facts of the ground, computed by whoever has polygons. What is absent is not known.
package struct RuleFacts: Sendable {
    /// How far beyond a coarse border a point still belongs: metres.
    package var tolerance: Double
    /// By platform: whether its point lies in the territory in force of its Cité, or within the tolerance.
    package var inTerritory: [String: Truth]
    /// By platform: the countries at its point, or within the tolerance; empty at sea.
    package var countries: [String: Set<String>]
    /// Pairs of Cités whose territories in force overlap; nil where that was not computed.
    package var overlaps: [TerritoryOverlap]?
    /// By code of an area: whether it is known and has a polygon or members.
    package var areaHasShape: [String: Truth]

    package init(
        tolerance: Double = 5_000, inTerritory: [String: Truth] = [:], countries: [String: Set<String>] = [:],
        overlaps: [TerritoryOverlap]? = nil, areaHasShape: [String: Truth] = [:]
    ) {
        self.tolerance = tolerance
        self.inTerritory = inTerritory
        self.countries = countries
        self.overlaps = overlaps
        self.areaHasShape = areaHasShape
    }
}

/// Two Cités whose territories share ground.
package struct TerritoryOverlap: Hashable, Sendable {
    package var first: String
    package var second: String
    /// Square metres.
    package var area: Double
    /// Unknown where the overlap is a strip no wider than the tolerance of coarse borders.
    package var isReal: Truth

    package init(first: String, second: String, area: Double, isReal: Truth) {
        self.first = first
        self.second = second
        self.area = area
        self.isReal = isReal
    }
}
