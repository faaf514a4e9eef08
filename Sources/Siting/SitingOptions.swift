internal import Synchronization

/// How long and how hard to search. The schedule counts rounds, not seconds, so that the answer depends on the input and the seed alone
/// unless the time limit or the stop flag ends it.
package struct SitingOptions: Sendable {
    package var seed: UInt64 = 1
    /// Seconds; nil for as long as the schedule takes.
    package var timeLimit: Double?
    package var stop: StopFlag?
    /// Rounds of the bound and kicks of the interchange in a phase, and phases before the search tree.
    package var roundsPerPhase = 150
    package var kicksPerPhase = 60
    package var phases = 14
    /// The gap at which the search ends unproved; 0 to prove.
    package var acceptableGap = 0.0
    /// Nodes of the search tree, at most; a fiftieth of it where a library is there to go on.
    package var nodeLimit = 20_000
    /// Pairs priced in the search tree, at most; a tenth of it where a library is there to go on.
    package var treeWork = 30_000_000_000
    /// Nodes of the search tree of covering, at most; a tenth of it where a library is there to go on.
    package var coverNodes = 20_000
    /// Larger instances are not handed to the library.
    package var libraryPairs = 600_000
    /// Solves what the tree leaves open; nil where no library is there.
    package var library: IntegerProgramSolver?
    /// Called from the thread of the caller with each better answer or bound.
    package var progress: (@Sendable (SitingProgress) -> Void)?

    package init() {}
}

package struct SitingProgress: Sendable {
    package var objective: Int64
    package var bound: Int64
    package var gap: Double
    package var seconds: Double
}

/// Set from any task to end a search with the best answer it has.
package final class StopFlag: Sendable {
    private let flag = Atomic<Bool>(false)

    package init() {}

    package func set() { flag.store(true, ordering: .relaxed) }
    package var isSet: Bool { flag.load(ordering: .relaxed) }
}

/// The clock of one search.
struct Deadline: Sendable {
    let start: ContinuousClock.Instant
    let limit: Double?
    let flag: StopFlag?

    init(_ options: SitingOptions) {
        start = ContinuousClock().now
        limit = options.timeLimit
        flag = options.stop
    }

    var seconds: Double {
        let d = (ContinuousClock().now - start).components
        return Double(d.seconds) + Double(d.attoseconds) * 1e-18
    }

    var isOver: Bool {
        if let flag, flag.isSet { return true }
        if let limit { return seconds >= limit }
        return false
    }

    var secondsLeft: Double? { limit.map { max(0, $0 - seconds) } }
}
