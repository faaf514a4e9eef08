package import Impedance

/// The coverage of one group of people: an area, the people of a Cité, a density class.
package struct CoverageRow: Sendable, Equatable {
    package struct ReachShare: Sendable, Equatable {
        package var within: String
        package var people: Double
        /// 0 to 1; nil where nobody lives there.
        package var share: Double?

        package init(within: String, people: Double, share: Double?) {
            self.within = within
            self.people = people
            self.share = share
        }
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
        let order = members.sorted { impedance[$0] < impedance[$1] }
        self.init(key: key, name: name, ascending: order.map { impedance[$0] }[...], people: order.map { people[$0] }[...], reaches: reaches)
    }

    /// Measures people whose impedances ascend, those that nothing reaches at the end. O(n).
    init(key: String, name: String, ascending costs: ArraySlice<Double>, people: ArraySlice<Double>, reaches: [Reach]) {
        self.key = key
        self.name = name
        var near = [Double](repeating: 0, count: reaches.count)
        var (reached, unreached) = (0.0, 0.0)
        var end = costs.endIndex
        while end > costs.startIndex, !costs[end - 1].isFinite { end -= 1 }
        for i in costs.startIndex..<end { reached += people[i] }
        for i in end..<costs.endIndex { unreached += people[i] }
        for (k, reach) in reaches.enumerated() {
            var i = costs.startIndex
            while i < end, costs[i] <= reach.value {
                near[k] += people[i]
                i += 1
            }
        }
        let total = reached + unreached
        population = total
        self.unreached = unreached
        self.reaches = reaches.indices.map { k in
            ReachShare(within: reaches[k].text, people: near[k], share: total > 0 ? near[k] / total : nil)
        }
        distribution = Distribution(ascending: costs[..<end], people: people[..<end])
    }
}
