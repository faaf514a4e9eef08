/// What each number of facilities can do at best, and what none can do better.
package struct SitingCurve: Sendable, Equatable {
    package struct Point: Sendable, Equatable {
        /// Facilities that may be chosen, required ones among them.
        package var count: Int
        /// As in `SitingAnswer`; fewer than `count` where more add nothing. In canonical order.
        package var chosen: [Int32]
        package var objective: Int64
        package var bound: Int64
        package var proof: SitingAnswer.Proof?

        package var gap: Double { bound == objective ? 0 : Double(abs(bound - objective)) / Double(max(1, abs(objective))) }
    }

    /// By count, from the number of required facilities (0 where there are none) to the largest asked for.
    package var points: [Point]
    package var effort: SitingEffort
    package var seed: UInt64
    package var stopped: Bool
    package var tieRule: String { SitingAnswer.tieRule }
}

extension SitingSolver {
    /// The answers for every count up to `most`, for coverage, median, or coverage and then median. One run of the Lagrangian bound serves
    /// all counts, and each count begins with the choice of the one before; what is still open is then searched count by count.
    package func curve(_ objective: SitingObjective, upTo most: Int) throws(SitingError) -> SitingCurve {
        guard objective.takesCount, objective != .center else {
            throw .malformed("a curve of '\(objective.name)' is asked for; coverage, median, or coverage, then median is accepted")
        }
        try canonical.check(count: most)
        let deadline = Deadline(options)
        let valuation = try Valuation(objective, problem, most: most)
        try canonical.check(limit: valuation.limit)
        let shown = Shown(objective: objective, valuation: valuation, people: canonical.people)
        if problem.hasCapacities { return try curveWithCapacities(objective, upTo: most, deadline: deadline) }

        let instance = canonical.gainInstance(valuation)
        let required = canonical.required.count
        let free = most - required
        var effort = SitingEffort()
        (effort.pairs, effort.candidates) = (instance.pairs, instance.columns)
        let greedy = LazyGreedy.run(instance, count: free)
        effort.secondsToFirst = deadline.seconds
        var climb = Climb(instance: instance, greedy: greedy, most: free, options: options, deadline: deadline)
        var sweep = Sweep(instance: instance, greedy: greedy, most: free, deadline: deadline)
        inParallel(&sweep, &climb, { $0.run() }, { $0.run() })
        effort.rounds += sweep.dual.rounds
        effort.swaps += climb.swaps

        var points: [SitingCurve.Point] = []
        var (chosen, value): ([Int32], Int64) = ([], instance.constant)
        var stopped = false
        for k in 0...free {
            let n = min(k, instance.columns)
            // No count does worse than a smaller one.
            if k < climb.values.count, climb.values[k] > value { (chosen, value) = (climb.chosen[k], climb.values[k]) }
            var upper = max(value, n < sweep.dual.upper.count ? sweep.dual.upper[n] : value)
            if !instance.hasConflicts, n == instance.columns { upper = value }
            var proof: SitingAnswer.Proof? = upper == value ? .own : nil
            let shownGap = Double(abs(shown.objective(upper) - shown.objective(value))) / Double(max(1, abs(shown.objective(value))))
            if proof == nil, deadline.isOver {
                stopped = true
            } else if proof == nil, options.acceptableGap == 0 || shownGap > options.acceptableGap {
                var few = options
                few.phases = min(options.phases, 8)
                few.treeWork = options.treeWork / 30
                let search = GainSearch(instance, count: n, options: few, deadline: deadline, report: Reporter(few, deadline, shown).tell)
                let outcome = search.run(
                    effort: &effort, from: chosen.map { instance.facility[Int($0)] }, lambda: n < sweep.lambda.count ? sweep.lambda[n] : nil, upper: upper)
                if outcome.value > value {
                    let picked = Set(outcome.chosen)
                    chosen = (0..<Int32(instance.columns)).filter { picked.contains(instance.facility[Int($0)]) }
                    value = outcome.value
                }
                upper = max(value, min(upper, outcome.upper))
                proof = upper == value ? outcome.proof ?? .own : nil
                if outcome.stopped { stopped = true }
            }
            let facilities = (canonical.required + chosen.map { instance.facility[Int($0)] }).sorted { canonical.rank[Int($0)] < canonical.rank[Int($1)] }
            points.append(
                SitingCurve.Point(
                    count: required + k, chosen: facilities, objective: shown.objective(value), bound: shown.objective(upper), proof: proof))
        }
        // No count is bounded better than a larger one.
        for k in points.indices.dropLast().reversed() where points[k].proof == nil {
            let next = points[k + 1].bound
            points[k].bound = shown.isCost ? max(points[k].bound, next) : min(points[k].bound, next)
            if points[k].bound == points[k].objective { points[k].proof = points[k + 1].proof ?? .own }
        }
        effort.seconds = deadline.seconds
        return SitingCurve(points: points, effort: effort, seed: options.seed, stopped: stopped)
    }

    private func curveWithCapacities(_ objective: SitingObjective, upTo most: Int, deadline: Deadline) throws(SitingError) -> SitingCurve {
        var points: [SitingCurve.Point] = []
        var effort = SitingEffort()
        var stopped = false
        for k in canonical.required.count...most {
            var one = self
            one.options.timeLimit = deadline.secondsLeft
            let answer = try one.solve(objective, count: k)
            points.append(
                SitingCurve.Point(
                    count: k, chosen: answer.chosen.sorted { canonical.rank[Int($0)] < canonical.rank[Int($1)] }, objective: answer.objective,
                    bound: answer.bound, proof: answer.proof))
            effort.rounds += answer.effort.rounds
            effort.nodes += answer.effort.nodes
            if effort.pairs == 0 {
                (effort.pairs, effort.candidates, effort.secondsToFirst) = (answer.effort.pairs, answer.effort.candidates, answer.effort.secondsToFirst)
            }
            stopped = stopped || answer.stopped
        }
        effort.seconds = deadline.seconds
        return SitingCurve(points: points, effort: effort, seed: options.seed, stopped: stopped)
    }
}

/// Interchange from one count to the next: the choice before, with the column that adds most.
private struct Climb {
    let instance: GainInstance
    let most: Int
    let options: SitingOptions
    let deadline: Deadline
    private(set) var chosen: [[Int32]]
    private(set) var values: [Int64]
    private(set) var swaps = 0

    init(instance: GainInstance, greedy: (chosen: [Int32], gains: [Int64]), most: Int, options: SitingOptions, deadline: Deadline) {
        self.instance = instance
        self.most = most
        self.options = options
        self.deadline = deadline
        chosen = (0...most).map { Array(greedy.chosen.prefix($0)).sorted() }
        var sum = instance.constant
        values = [sum]
        for k in 0..<most {
            if k < greedy.gains.count { sum += greedy.gains[k] }
            values.append(sum)
        }
    }

    mutating func run() {
        guard most > 0 else { return }
        for k in 1...most {
            if deadline.isOver { return }
            let start = LazyGreedy.run(instance, count: k, from: chosen[k - 1]).chosen
            var climber = Interchange(instance, limit: k, chosen: start, seed: options.seed &+ UInt64(k))
            climber.improve(everywhere: true, until: deadline)
            for _ in 0..<max(1, options.kicksPerPhase / 3) {
                if deadline.isOver { break }
                climber.kick(until: deadline)
            }
            swaps += climber.swaps
            if climber.value > values[k] {
                values[k] = climber.value
                chosen[k] = climber.chosen
            }
        }
    }
}

/// The bound worked on for one count after the other, from the largest down, each from the multipliers of the one before.
private struct Sweep {
    private(set) var dual: LagrangianDual
    private(set) var lambda: [[Double]]
    private let lower: [Int64]
    private let most: Int
    private let deadline: Deadline

    init(instance: GainInstance, greedy: (chosen: [Int32], gains: [Int64]), most: Int, deadline: Deadline) {
        self.most = min(most, instance.columns)
        self.deadline = deadline
        dual = LagrangianDual(instance, most: most, chosen: greedy.chosen)
        lambda = [[Double]](repeating: [], count: self.most + 1)
        var sum = instance.constant
        var lower = [sum]
        for k in 0..<self.most {
            if k < greedy.gains.count { sum += greedy.gains[k] }
            lower.append(sum)
        }
        self.lower = lower
    }

    mutating func run() {
        guard most > 0 else { return }
        for k in stride(from: most, to: 0, by: -1) {
            if deadline.isOver { break }
            dual.run(count: k, rounds: k == most ? 200 : 60, lower: lower[k], until: deadline)
            lambda[k] = dual.unscaledLambda
        }
        if let known = lambda.last(where: { !$0.isEmpty }) { for k in lambda.indices where lambda[k].isEmpty { lambda[k] = known } }
    }
}
