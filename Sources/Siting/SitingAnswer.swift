/// The facilities proposed and how good they can be said to be.
package struct SitingAnswer: Sendable, Equatable {
    /// Who proved that nothing is better.
    package enum Proof: String, Sendable {
        /// Our own bounds, in whole numbers.
        case own
        /// An integer programming library, within its tolerances.
        case library
    }

    /// People of one demand point served by one facility. Without capacities a demand point has one at most.
    package struct Assignment: Sendable, Equatable {
        package var demand: Int32
        package var facility: Int32
        package var people: Int64
        package var cost: Int32
    }

    package struct Second: Sendable, Equatable {
        package var objective: Int64
        package var bound: Int64
        package var costUnit: Int32
    }

    /// The chosen facilities, as positions in the problem, in roll-out order: each is the one that adds most to those before it (by the
    /// objective; for center and cover-all by people newly within the cost reached). Required ones are among them, existing ones not.
    /// Facilities that add nothing are left out, so that there may be fewer than were asked for.
    package var chosen: [Int32]
    /// By demand point, then facility; those nobody serves are not in it.
    package var assignments: [Assignment]
    /// People covered, total cost, number of facilities or largest cost, according to the objective; people covered for coverage, then median.
    package var objective: Int64
    /// No choice does better than this. Equal to `objective` where the answer is proved.
    package var bound: Int64
    package var proof: Proof?
    /// For coverage, then median: the total cost (someone nobody serves at the cost given for that), each person's rounded up to whole
    /// `costUnit`s, and its bound among the choices that cover as many.
    package var second: Second?
    /// People within the reach of the objective, the largest cost reached for `center`; for `median` those served.
    package var served: Int64
    /// The sum of cost over the people served.
    package var cost: Int64
    package var people: Int64
    /// People whom no facility at all, chosen or not, can serve.
    package var beyondReach: Int64
    package var effort: SitingEffort
    package var seed: UInt64
    /// True where the time limit or the stop flag ended the search; only then may two runs differ.
    package var stopped: Bool
    /// How ties are broken, in a sentence.
    package var tieRule: String { Self.tieRule }

    package var proved: Bool { proof != nil }

    /// |bound - objective| as a share of the objective; 0 where both are 0.
    package var gap: Double {
        bound == objective ? 0 : Double(abs(bound - objective)) / Double(max(1, abs(objective)))
    }

    package static let tieRule =
        "Of equally good moves the one whose facility comes first by id is made, and of equally good choices the one found first is kept; "
        + "a demand point goes to the cheapest facility, to an existing one before a chosen one, then to the first by id."
}

/// What it took.
package struct SitingEffort: Sendable, Equatable {
    /// Evaluations of the Lagrangian bound.
    package var rounds = 0
    /// Exchanges of two facilities.
    package var swaps = 0
    /// Nodes of the search tree.
    package var nodes = 0
    package var seconds = 0.0
    /// Seconds to the first whole answer.
    package var secondsToFirst = 0.0
    /// Pairs left after reduction, and candidates.
    package var pairs = 0
    package var candidates = 0

    package init() {}
}
