package import Impedance

/// The impedances of demand points in ascending order: sorted once, they give the rows of any grouping in one pass each.
package struct RankedImpedance: Sendable {
    /// Positions of the demand points, the nearest first, equal ones in order of position; those that nothing reaches last.
    private let order: [Int32]
    /// In that order.
    private let impedance: [Double]
    private let people: [Double]

    /// - Parameter impedance: of each demand point; infinite where nothing reaches it. O(n log n).
    package init(_ impedance: [Double], people: [Double]) {
        precondition(impedance.count == people.count && impedance.count < Int32.max)
        struct Ranked {
            var cost: Double
            var at: Int32
        }
        var ranked: [Ranked] = []
        ranked.reserveCapacity(impedance.count)
        for i in impedance.indices { ranked.append(Ranked(cost: impedance[i], at: Int32(i))) }
        ranked.sort { $0.cost < $1.cost || ($0.cost == $1.cost && $0.at < $1.at) }
        order = ranked.map(\.at)
        self.impedance = ranked.map(\.cost)
        self.people = order.map { people[Int($0)] }
    }

    /// Everybody.
    package func row(key: String, name: String, reaches: [Reach]) -> CoverageRow {
        CoverageRow(key: key, name: name, ascending: impedance[...], people: people[...], reaches: reaches)
    }

    /// One row for each group that is named. O(n × reaches), whatever the number of groups.
    ///
    /// - Parameter groups: for each demand point the position of its group in `names`; -1 for a point of none.
    package func rows(groups: [Int32], names: [(key: String, name: String)], reaches: [Reach]) -> [CoverageRow] {
        precondition(groups.count == order.count)
        // A counting sort keeps the order of impedance in each group.
        var starts = [Int](repeating: 0, count: names.count + 1)
        for group in groups where group >= 0 { starts[Int(group) + 1] += 1 }
        for group in names.indices { starts[group + 1] += starts[group] }
        var next = starts
        var costs = [Double](repeating: 0, count: starts[names.count])
        var weights = costs
        for rank in order.indices {
            let group = Int(groups[Int(order[rank])])
            guard group >= 0 else { continue }
            let at = next[group]
            next[group] = at + 1
            costs[at] = impedance[rank]
            weights[at] = people[rank]
        }
        return names.indices.map { group in
            let range = starts[group]..<starts[group + 1]
            return CoverageRow(
                key: names[group].key, name: names[group].name, ascending: costs[range], people: weights[range], reaches: reaches)
        }
    }
}
