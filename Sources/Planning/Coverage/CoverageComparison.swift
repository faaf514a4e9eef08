internal import CiteNetwork
package import Coverage
package import Population

/// What a date, or the lack of some places, makes of coverage: the same people measured twice.
package struct CoverageComparison: Sendable {
    /// A row of one grouping, before and after.
    package struct Pair: Sendable {
        package var grouping: CoverageQuery.Grouping
        package var before: CoverageRow
        package var after: CoverageRow
        package var beforeExtra = CoverageGroup.Extra()
        package var afterExtra = CoverageGroup.Extra()
    }

    package var before: CoverageAnswer
    package var after: CoverageAnswer

    /// Rows that one side lacks (a platform that does not count there) are of nobody on that side.
    package var pairs: [Pair] {
        var out: [Pair] = []
        for (first, second) in zip(before.groups, after.groups) {
            let inFirst = Set(first.rows.map(\.key))
            let positions = Dictionary(second.rows.indices.map { (second.rows[$0].key, $0) }, uniquingKeysWith: { a, _ in a })
            for (row, extra) in zip(first.rows, first.extras) {
                var pair = Pair(grouping: first.grouping, before: row, after: row.emptied, beforeExtra: extra)
                if let at = positions[row.key] { (pair.after, pair.afterExtra) = (second.rows[at], second.extras[at]) }
                out.append(pair)
            }
            for (row, extra) in zip(second.rows, second.extras) where !inFirst.contains(row.key) {
                out.append(Pair(grouping: first.grouping, before: row.emptied, after: row, afterExtra: extra))
            }
            if let rest = first.unplaced ?? second.unplaced {
                out.append(Pair(grouping: first.grouping, before: first.unplaced ?? rest.emptied, after: second.unplaced ?? rest.emptied))
            }
        }
        return out
    }

    package var total: Pair {
        Pair(grouping: .whole, before: before.total, after: after.total, beforeExtra: before.totalExtra, afterExtra: after.totalExtra)
    }
}

extension CoverageRow {
    /// The row with nobody in it.
    fileprivate var emptied: CoverageRow {
        CoverageRow(key: key, name: name, members: [], people: [], impedance: [], like: reaches)
    }

    private init(key: String, name: String, members: [Int], people: [Double], impedance: [Double], like reaches: [ReachShare]) {
        self.init(key: key, name: name, members: members, people: people, impedance: impedance, reaches: [])
        self.reaches = reaches.map { ReachShare(within: $0.within, people: 0, share: nil) }
    }
}

extension Atlas {
    /// The same people, areas and reaches, measured by `query` and then with its places replaced: those of another choice, or without some.
    ///
    /// Parts are those of the later day, so that a reform of areas is no difference. Throws as `coverage` does.
    package func compareCoverage(
        _ query: CoverageQuery, with facilities: FacilityChoice, without removed: Set<String>, layer: PopulationLayer
    ) throws -> CoverageComparison {
        _ = try query.kind()
        return try compareCoverage(query, with: facilities, without: removed, layer: layer.info, demand: demand(for: query, of: layer))
    }

    package func compareCoverage(
        _ query: CoverageQuery, with facilities: FacilityChoice, without removed: Set<String>, layer: PopulationLayerInfo, demand: DemandPoints
    ) throws -> CoverageComparison {
        var (first, second) = (query, query)
        second.facilities = facilities
        second.without = removed
        first.areasAsOf = facilities.asOf
        second.areasAsOf = facilities.asOf
        _ = try query.kind()
        let ground = try CoverageGround(query.area, layer: layer, demand: demand, in: self)
        return CoverageComparison(before: try coverage(first, layer: layer, on: ground), after: try coverage(second, layer: layer, on: ground))
    }
}
