/// What the chosen facilities are to be best at. In all of them the existing facilities serve too.
package enum SitingObjective: Sendable, Equatable {
    /// The most people within `within` of a facility (maximal coverage, MCLP).
    case coverage(within: Int32)
    /// The least sum over people of the cost to the facility that serves them (p-median). Someone nobody serves costs `unserved`, which
    /// is also the most anyone is made to travel; nil stands for one more than the largest cost listed.
    case median(unserved: Int32?)
    /// Coverage first; of all choices that cover as many, the least sum of costs.
    case coverageThenMedian(within: Int32, unserved: Int32?)
    /// The fewest facilities that cover everyone whom any facility can cover (cover-all, LSCP).
    case coverAll(within: Int32)
    /// The fewest facilities that cover at least `people`, counting those whom existing facilities cover.
    case fewest(people: Int64, within: Int32)
    /// The least cost that nobody exceeds (p-center), among those whom any facility can reach.
    case center

    /// True where `count` limits the facilities; the others look for the fewest.
    package var takesCount: Bool {
        switch self {
        case .coverage, .median, .coverageThenMedian, .center: true
        case .coverAll, .fewest: false
        }
    }

    package var name: String {
        switch self {
        case .coverage: "coverage"
        case .median: "median"
        case .coverageThenMedian: "coverage, then median"
        case .coverAll: "cover-all"
        case .fewest: "fewest"
        case .center: "center"
        }
    }
}
