/// Where the next facilities go. Every objective is taken through the same steps: what is fixed is taken off, the rest reduced, answered
/// greedily at once, improved and bounded side by side, and closed by branch and bound or by the library handed in.
package struct SitingSolver: Sendable {
    package let problem: SitingProblem
    package var options: SitingOptions
    let canonical: CanonicalProblem

    /// Throws `SitingError.malformed` for numbers that contradict each other, `.infeasible` for requirements that do.
    package init(_ problem: SitingProblem, options: SitingOptions = SitingOptions()) throws(SitingError) {
        self.problem = problem
        self.options = options
        canonical = try CanonicalProblem(problem)
    }

    /// The best facilities, at most `count` of them, existing ones not counted, required ones counted; nil for as many as it takes.
    package func solve(_ objective: SitingObjective, count: Int? = nil) throws(SitingError) -> SitingAnswer {
        let limit = objective.takesCount ? count ?? canonical.most : min(count ?? canonical.most, canonical.most)
        try canonical.check(count: limit)
        let deadline = Deadline(options)
        let valuation = try Valuation(objective, problem, most: limit)
        try canonical.check(limit: valuation.limit)
        if problem.hasCapacities { return try solveWithCapacities(objective, valuation, count: limit, deadline: deadline) }
        switch objective {
        case .coverage, .median, .coverageThenMedian: return gain(objective, valuation, count: limit, deadline: deadline)
        case .coverAll(let within): return try coverAll(within: within, limit: limit, deadline: deadline)
        case .fewest(let people, let within): return try fewest(people: people, within: within, limit: limit, deadline: deadline)
        case .center: return try center(count: limit, deadline: deadline)
        }
    }

    private func gain(_ objective: SitingObjective, _ valuation: Valuation, count: Int, deadline: Deadline) -> SitingAnswer {
        let instance = canonical.gainInstance(valuation)
        let shown = Shown(objective: objective, valuation: valuation, people: canonical.people)
        var effort = SitingEffort()
        (effort.pairs, effort.candidates) = (instance.pairs, instance.columns)
        let report = Reporter(options, deadline, shown)
        let search = GainSearch(instance, count: count - canonical.required.count, options: options, deadline: deadline, report: report.tell)
        let outcome = search.run(effort: &effort)
        effort.seconds = deadline.seconds
        return answer(
            chosen: canonical.required + outcome.chosen, shown: shown, value: outcome.value, upper: outcome.upper, proof: outcome.proof,
            stopped: outcome.stopped, effort: effort)
    }
}

/// How the value of a gain instance is shown in the terms of the objective.
struct Shown: Sendable {
    let objective: SitingObjective
    let valuation: Valuation
    let people: Int64

    /// The objective at a value; the same rounds a bound to the safe side.
    func objective(_ value: Int64) -> Int64 {
        switch valuation {
        case .coverage: value
        case .median(let unserved): people * Int64(unserved) - value
        case .both(_, _, let prize, _): value / prize
        }
    }

    /// True where less is better.
    var isCost: Bool { if case .median = valuation { true } else { false } }

    /// For coverage, then median: the cost, in whole units, of a value at the coverage of `best`; with a bound at least that of `best`.
    func second(_ value: Int64, at best: Int64) -> Int64? {
        guard case .both(_, let unserved, let prize, let unit) = valuation else { return nil }
        let covered = best / prize
        return (people * Int64(unserved / unit) - min(prize - 1, value - covered * prize)) * Int64(unit)
    }
}

/// Hands progress on, and says when the gap is small enough.
struct Reporter: Sendable {
    let options: SitingOptions
    let deadline: Deadline
    let shown: Shown

    init(_ options: SitingOptions, _ deadline: Deadline, _ shown: Shown) {
        self.options = options
        self.deadline = deadline
        self.shown = shown
    }

    func tell(_ value: Int64, _ upper: Int64) -> Bool {
        let (objective, bound) = (shown.objective(value), shown.objective(upper))
        let gap = Double(abs(bound - objective)) / Double(max(1, abs(objective)))
        options.progress?(SitingProgress(objective: objective, bound: bound, gap: gap, seconds: deadline.seconds))
        return options.acceptableGap > 0 && gap <= options.acceptableGap
    }
}
