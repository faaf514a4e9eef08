/// The best k columns of a gain instance and a bound on all others: greedy, then phases in which interchange with kicks and the Lagrangian
/// bound run side by side and tell each other what they found, fixing columns between phases; then the tree; then the library.
struct GainSearch {
    struct Outcome {
        /// Facilities, ascending.
        var chosen: [Int32]
        var value: Int64
        var upper: Int64
        var proof: SitingAnswer.Proof?
        var stopped: Bool
        /// Whether the bound is the library's.
        var byLibrary = false
    }

    private let root: GainInstance
    private let count: Int
    private let options: SitingOptions
    private let deadline: Deadline
    /// A value that is as good as any, and a bound below which nobody cares: where only the question matters whether it can be had.
    private let enough: Int64
    /// Tells a better value or bound, and answers true where the gap is small enough.
    private let report: (Int64, Int64) -> Bool

    init(
        _ root: GainInstance, count: Int, options: SitingOptions, deadline: Deadline, enough: Int64 = .max,
        report: @escaping (Int64, Int64) -> Bool = { _, _ in false }
    ) {
        self.root = root
        self.count = min(count, root.columns)
        self.options = options
        self.deadline = deadline
        self.enough = enough
        self.report = report
    }

    /// `from`: facilities of a choice to begin with; `lambda`: multipliers to begin with, `upper`: a bound that is known.
    func run(effort: inout SitingEffort, from known: [Int32] = [], lambda: [Double]? = nil, upper knownUpper: Int64 = .max) -> Outcome {
        let greedy = known.isEmpty ? LazyGreedy.run(root, count: count) : (chosen: [], gains: [])
        var chosen = greedy.chosen.map { root.facility[Int($0)] }.sorted()
        var value = root.constant + greedy.gains.reduce(0, +)
        if !known.isEmpty {
            let v = root.value(of: columns(of: known, in: root))
            if v > value { (chosen, value) = (known.sorted(), v) }
        }
        if effort.secondsToFirst == 0 { effort.secondsToFirst = deadline.seconds }
        var upper = knownUpper
        if knownUpper == .max, count > 0 {
            var everything = root.constant
            for i in 0..<root.rows { everything += root.rowValue[root.rowStart[i]] }
            upper = everything
            if report(value, upper) { return Outcome(chosen: chosen, value: value, upper: upper, proof: upper == value ? .own : nil, stopped: false) }
        }
        if upper <= value { return Outcome(chosen: chosen, value: value, upper: value, proof: .own, stopped: false) }
        if count == 0 || root.rows == 0 || (!root.hasConflicts && count >= root.columns) {
            return Outcome(chosen: chosen, value: value, upper: value, proof: .own, stopped: false)
        }
        func isDone() -> Bool { upper <= value || value >= enough || (enough != .max && upper < enough) }
        func outcome(_ proof: SitingAnswer.Proof, stopped: Bool) -> Outcome {
            let up = max(upper, value)
            return Outcome(chosen: chosen, value: value, upper: up, proof: up == value ? proof : nil, stopped: stopped, byLibrary: proof == .library)
        }

        var instance = root
        var left = count
        var prefix: [Int32] = []
        var climber = Interchange(root, limit: count, chosen: columns(of: chosen, in: root), seed: options.seed)
        var climbed = root
        var climberPrefix: [Int32] = []
        var dual = LagrangianDual(root, most: count, chosen: columns(of: chosen, in: root), lambda: lambda)
        // With multipliers at hand the first thing is what they fix.
        for phase in (lambda == nil ? 0 : -1)..<options.phases {
            let lower = value
            inParallel(
                &dual, &climber,
                { $0.run(count: left, rounds: phase < 0 ? 2 : options.roundsPerPhase, lower: lower, until: deadline) },
                { climber in
                    if phase < 0 { return }
                    if phase == 0 { climber.improve(everywhere: true, until: deadline) }
                    for _ in 0..<options.kicksPerPhase {
                        if deadline.isOver { break }
                        climber.kick(until: deadline)
                    }
                })
            if climber.value > value {
                value = climber.value
                chosen = (climberPrefix + climber.chosen.map { climbed.facility[Int($0)] }).sorted()
            }
            upper = min(upper, max(value, dual.upper[left]))
            let good = report(value, max(upper, value))
            if isDone() || good || deadline.isOver {
                effort.rounds += dual.rounds
                effort.swaps += climber.swaps
                return outcome(.own, stopped: !isDone() && !good)
            }
            let (without, with) = dual.fixed(lower: value)
            let gone = without.reduce(0) { $0 + ($1 ? 1 : 0) } + with.count
            if gone * 8 >= instance.columns || !with.isEmpty {
                // Two that have to be chosen and exclude each other, or too many: nothing better is left.
                if with.count > left || with.contains(where: { j in instance.conflicts[Int(j)].contains { with.contains($0) } }) {
                    upper = value
                    effort.rounds += dual.rounds
                    effort.swaps += climber.swaps
                    return outcome(.own, stopped: false)
                }
                let made = instance.contracted(choosing: with, without: without)
                let carried = TreeSearch.carried(dual.unscaledLambda, made, instance, with)
                prefix += with.map { instance.facility[Int($0)] }
                instance = made.instance
                left = min(left - with.count, instance.hasConflicts ? instance.columns : .max)
                effort.rounds += dual.rounds
                if left <= 0 || instance.columns == 0 || (!instance.hasConflicts && left >= instance.columns) {
                    let rest = Array(0..<Int32(left > 0 ? instance.columns : 0))
                    let v = instance.value(of: rest)
                    if v > value {
                        value = v
                        chosen = (prefix + rest.map { instance.facility[Int($0)] }).sorted()
                    }
                    upper = value
                    return outcome(.own, stopped: false)
                }
                dual = LagrangianDual(instance, most: left, lambda: carried)
                if instance.columns * 2 <= climbed.columns {
                    effort.swaps += climber.swaps
                    let kept = columns(of: chosen, in: instance)
                    climbed = instance
                    climberPrefix = prefix
                    climber = Interchange(
                        instance, limit: left, chosen: LazyGreedy.run(instance, count: left, from: Array(kept.prefix(left))).chosen,
                        seed: options.seed &+ UInt64(phase + 2))
                    climber.improve(everywhere: true, until: deadline)
                }
            }
        }
        effort.rounds += dual.rounds
        effort.swaps += climber.swaps

        // Only what is better than `value` is left in `instance`: at most `left` of its columns, with `prefix`.
        let start = dual.unscaledLambda
        var tree = TreeSearch(
            best: enough == .max ? value : max(value, enough - 1), enough: enough,
            workLimit: options.library == nil ? options.treeWork : options.treeWork / 10,
            nodeLimit: options.library == nil ? options.nodeLimit : options.nodeLimit / 50, deadline: deadline)
        tree.explore(instance, count: left, prefix: prefix, lambda: start, upper: upper)
        effort.nodes += tree.nodes
        effort.rounds += tree.rounds
        if let found = tree.found {
            chosen = found.sorted()
            value = tree.best
        }
        // What the tree looked at is worth no more than its best; the rest no more than `open`.
        upper = min(upper, max(tree.best, tree.open))
        let good = report(value, max(upper, value))
        if isDone() || good || deadline.isOver { return outcome(.own, stopped: !isDone() && !good) }
        guard let library = options.library, instance.pairs <= options.libraryPairs else { return outcome(.own, stopped: false) }

        let formulation = GainProgram(instance, count: left)
        let clock = deadline
        guard let result = library(formulation.program, clock.secondsLeft, { clock.isOver }) else { return outcome(.own, stopped: false) }
        effort.nodes += result.nodes
        if let x = result.x {
            let picked = (0..<Int32(instance.columns)).filter { x[Int($0)] > 0.5 }
            let v = instance.value(of: picked)
            if v > value, picked.count <= left {
                value = v
                chosen = (prefix + picked.map { instance.facility[Int($0)] }).sorted()
            }
        }
        // The library speaks in floating point; a bound within its tolerance above a whole value is that value.
        let most = Double(instance.constant) - result.bound * formulation.unit
        if result.isOptimal || result.isInfeasible {
            upper = value
        } else if most.isFinite, most < Double(upper) {
            upper = min(upper, max(value, Int64((most + 1e-6 * max(1, abs(most))).rounded(.down))))
        }
        _ = report(value, max(upper, value))
        return outcome(.library, stopped: !isDone())
    }

    private func columns(of facilities: [Int32], in instance: GainInstance) -> [Int32] {
        var wanted = Set(facilities)
        return (0..<Int32(instance.columns)).filter { wanted.remove(instance.facility[Int($0)]) != nil }
    }
}
