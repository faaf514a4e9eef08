package import Impedance

/// The coverage of one group of people: an area, the people of a Cité, a density class.
package struct CoverageRow: Sendable, Equatable {
    package struct ReachShare: Sendable, Equatable {
        package var within: String
        package var people: Double
        /// 0 to 1; nil where nobody lives there.
        package var share: Double?
    }

    package var key: String
    package var name: String
    package var population: Double
    package var reaches: [ReachShare]
    /// Nil where nobody can be reached.
    package var distribution: Distribution?
    /// People from whom no eligible platform can be reached at all.
    package var unreached: Double

    /// Measures the people at `members` (positions in the columns `people` and `impedance`, infinite where unreachable). O(n log n).
    package init(key: String, name: String, members: some Collection<Int>, people: [Double], impedance: [Double], reaches: [Reach]) {
        self.key = key
        self.name = name
        var (costs, weights): ([Double], [Double]) = ([], [])
        costs.reserveCapacity(members.count)
        weights.reserveCapacity(members.count)
        var (all, unreached) = (0.0, 0.0)
        for i in members {
            all += people[i]
            if impedance[i].isFinite {
                costs.append(impedance[i])
                weights.append(people[i])
            } else {
                unreached += people[i]
            }
        }
        let total = all
        population = total
        self.unreached = unreached
        self.reaches = reaches.map { reach in
            var near = 0.0
            for i in costs.indices where costs[i] <= reach.value { near += weights[i] }
            return ReachShare(within: reach.text, people: near, share: total > 0 ? near / total : nil)
        }
        distribution = Distribution(costs, people: weights)
    }
}
