/// How an impedance is spread over people.
package struct Distribution: Sendable, Equatable {
    package var mean: Double
    package var median: Double
    package var p90: Double
    package var max: Double
    /// 0 where all have the same way to go, towards 1 the more unequal; nil where nobody has any way to go.
    package var gini: Double?

    /// Nil without people. O(n log n).
    package init?(_ impedances: [Double], people: [Double]) {
        precondition(impedances.count == people.count)
        let order = impedances.indices.sorted { impedances[$0] < impedances[$1] }
        self.init(ascending: order.map { impedances[$0] }[...], people: order.map { people[$0] }[...])
    }

    /// The same of impedances that ascend, of the same indices as `people`. O(n).
    ///
    /// A quantile q is the smallest impedance within which at least the share q of the people lives.
    /// The Gini coefficient is the people-weighted mean absolute difference between two people, halved and divided by the mean.
    init?(ascending impedances: ArraySlice<Double>, people: ArraySlice<Double>) {
        precondition(impedances.indices == people.indices)
        var (total, cost, last) = (0.0, 0.0, 0.0)
        for i in impedances.indices where people[i] > 0 {
            total += people[i]
            cost += people[i] * impedances[i]
            last = impedances[i]
        }
        guard total > 0 else { return nil }
        mean = cost / total
        max = last
        var (median, p90) = (last, last)
        var (counted, spent, doubleLorenzArea) = (0.0, 0.0, 0.0)
        var (foundMedian, foundP90) = (false, false)
        for i in impedances.indices where people[i] > 0 {
            counted += people[i]
            let before = spent
            spent += people[i] * impedances[i]
            doubleLorenzArea += people[i] * (before + spent)
            if !foundMedian, counted >= 0.5 * total { (median, foundMedian) = (impedances[i], true) }
            if !foundP90, counted >= 0.9 * total { (p90, foundP90) = (impedances[i], true) }
        }
        self.median = median
        self.p90 = p90
        gini = cost > 0 ? Swift.max(0, 1 - doubleLorenzArea / (total * cost)) : nil
    }
}
