/// The best columns of a capacity instance: greedy and swaps by exact assignment, then branch and bound.
struct CapacitySearch {
    struct Outcome {
        /// Columns, fixed ones not among them.
        var chosen: [Int32]
        var value: Int64
        var upper: Int64
        var proof: SitingAnswer.Proof?
        var stopped: Bool
    }

    private let g: CapacityInstance
    private let count: Int
    private let options: SitingOptions
    private let deadline: Deadline
    private let enough: Int64
    private var best: Int64 = -1
    private var chosen: [Int32] = []
    private var open = Int64.min
    private var nodes = 0
    private var rounds = 0
    private var work = 0

    /// At most `count` columns besides the fixed ones; ends once `enough` is reached.
    init(_ instance: CapacityInstance, count: Int, options: SitingOptions, deadline: Deadline, enough: Int64 = .max) {
        g = instance
        self.count = count
        self.options = options
        self.deadline = deadline
        self.enough = enough
    }

    mutating func run(effort: inout SitingEffort, report: (Int64, Int64) -> Bool = { _, _ in false }) -> Outcome {
        greedy()
        if effort.secondsToFirst == 0 { effort.secondsToFirst = deadline.seconds }
        var everything: Int64 = 0
        for i in 0..<g.rows { everything += g.weight[i] * (g.rowValue[g.rowStart[i]..<g.rowStart[i + 1]].max() ?? 0) }
        let isGood = report(best, everything)
        let value = best
        // Where only `enough` matters, nothing below it does.
        if enough != .max, best < enough { best = enough - 1 }
        var isOpen = [Bool](repeating: false, count: g.columns)
        for j in 0..<g.fixed { isOpen[j] = true }
        var found: Int64?
        if !isGood, best < enough {
            let before = chosen
            explore(isOpen, [Bool](repeating: false, count: g.columns), left: count, lambda: nil, parent: everything)
            if chosen != before || value == best { found = best }
        }
        effort.nodes += nodes
        effort.rounds += rounds
        var upper = min(everything, max(best, open))
        if isGood { upper = everything }
        var final = found ?? value
        var proof: SitingAnswer.Proof? = .own
        if open > best, best < enough, let library = options.library, !deadline.isOver, g.rowColumn.count <= options.libraryPairs / 3 {
            let (program, unit) = program()
            let clock = deadline
            if let result = library(program, clock.secondsLeft, { clock.isOver }) {
                effort.nodes += result.nodes
                if let x = result.x {
                    let picked = (Int32(g.fixed)..<Int32(g.columns)).filter { x[Int($0)] > 0.5 }
                    let v = g.transport(opening: picked).value
                    if v > final { (final, chosen) = (v, picked) }
                }
                if result.isOptimal || result.isInfeasible {
                    upper = final
                    proof = .library
                } else if result.bound.isFinite {
                    let most = -result.bound * unit
                    upper = max(final, min(upper, Int64((most + 1e-6 * max(1, abs(most))).rounded(.down))))
                }
            }
        }
        upper = max(upper, final)
        _ = report(final, upper)
        let isProved = upper == final
        return Outcome(
            chosen: chosen.sorted(), value: final, upper: upper, proof: isProved ? proof : nil,
            stopped: !isProved && !(enough != .max && (upper < enough || final >= enough)))
    }

    private mutating func offer(_ value: Int64, _ columns: [Int32]) {
        if value > best {
            best = value
            chosen = columns
        }
    }

    /// Opens what adds most; then swaps, as far as a fixed number of tries goes and half of the time.
    private mutating func greedy() {
        var state = g.transport(opening: [])
        var picked: [Int32] = []
        var blocked = [Bool](repeating: false, count: g.columns)
        for j in 0..<g.fixed { blocked[j] = true }
        while picked.count < count, !isHalfOver {
            // What each seems to add, people staying where they are worth more; the most promising are tried.
            var promising: [(gain: Int64, column: Int32)] = []
            let worth = state.worth
            for j in 0..<g.columns where !blocked[j] {
                let gain = promise(j, worth)
                if gain > 0 { promising.append((gain, Int32(j))) }
            }
            promising.sort { $0.gain != $1.gain ? $0.gain > $1.gain : $0.column < $1.column }
            var best: (state: Transport, column: Int32)?
            for (_, j) in promising.prefix(g.rowColumn.count > 20_000 ? 6 : 60) {
                var trial = state
                trial.open(Int(j))
                if trial.value > (best?.state.value ?? state.value) { best = (trial, j) }
                if isHalfOver { break }
            }
            guard let best else { break }
            state = best.state
            picked.append(best.column)
            blocked[Int(best.column)] = true
            for other in g.conflicts[Int(best.column)] { blocked[Int(other)] = true }
        }
        offer(state.value, picked)
        var tries = min(400, 40_000_000 / max(1, g.rowColumn.count * max(1, picked.count)))
        var improved = true
        while improved, tries > 0, best < enough {
            improved = false
            for out in picked {
                for j in Int32(g.fixed)..<Int32(g.columns) where !picked.contains(j) {
                    let trial = picked.filter { $0 != out } + [j]
                    if g.conflicts[Int(j)].contains(where: { trial.contains($0) }) { continue }
                    tries -= 1
                    if tries <= 0 || isHalfOver { return }
                    let v = g.transport(opening: trial).value
                    if v > best {
                        offer(v, trial)
                        picked = trial
                        improved = true
                        break
                    }
                }
                if improved { break }
            }
        }
    }

    private var isHalfOver: Bool { deadline.isOver || deadline.limit.map { deadline.seconds > $0 / 2 } ?? false }

    /// What column j would add if people came to it from where they are worth less, the most gainful first, and nobody took their places.
    private func promise(_ j: Int, _ worth: [Int64]) -> Int64 {
        var list: [(gain: Int64, people: Int64)] = []
        for q in g.columnStart[j]..<g.columnStart[j + 1] {
            let i = Int(g.columnRow[q])
            let gain = g.rowValue[Int(g.columnPair[q])] - worth[i]
            if gain > 0 { list.append((gain, g.weight[i])) }
        }
        list.sort { $0.gain != $1.gain ? $0.gain > $1.gain : $0.people > $1.people }
        var (left, sum) = (g.capacity[j], Int64(0))
        for (gain, people) in list {
            sum += gain * min(left, people)
            left -= min(left, people)
        }
        return sum
    }

    private mutating func explore(_ isOpen: [Bool], _ isGone: [Bool], left: Int, lambda: [Int64]?, parent: Int64) {
        if parent <= best { return }
        let ones = (g.fixed..<g.columns).filter { isOpen[$0] }.map(Int32.init)
        let free = (g.fixed..<g.columns).filter { !isOpen[$0] && !isGone[$0] }
        if left == 0 || free.isEmpty { return offer(g.transport(opening: ones).value, ones) }
        if deadline.isOver || nodes >= options.nodeLimit || work > options.treeWork / (options.library == nil ? 20 : 400) || best >= enough {
            open = max(open, parent)
            return
        }
        nodes += 1
        var dual = CapacityDual(g, lambda: lambda)
        dual.run(open: isOpen, gone: isGone, more: left, rounds: lambda == nil ? 300 : 60, lower: best, until: deadline)
        rounds += dual.rounds
        work += dual.rounds * g.rowColumn.count
        let upper = min(parent, dual.bound)
        if upper <= best { return }
        // What the bound would open, as far as it may be opened together.
        var trial = ones
        for j in free.sorted(by: { dual.frequency[$0] != dual.frequency[$1] ? dual.frequency[$0] > dual.frequency[$1] : $0 < $1 })
        where trial.count < ones.count + left {
            if !g.conflicts[j].contains(where: { trial.contains($0) }) { trial.append(Int32(j)) }
        }
        offer(g.transport(opening: trial).value, trial)
        let j = free.min { a, b in
            let (x, y) = (abs(dual.frequency[a] - 0.5), abs(dual.frequency[b] - 0.5))
            return x != y ? x < y : a < b
        }!
        for choose in [true, false] {
            var (nextOpen, nextGone) = (isOpen, isGone)
            if choose {
                nextOpen[j] = true
                for other in g.conflicts[j] { nextGone[Int(other)] = true }
            } else {
                nextGone[j] = true
            }
            explore(nextOpen, nextGone, left: choose ? left - 1 : left, lambda: dual.lambda, parent: upper)
        }
    }

    /// Shares of rows going to columns, whole columns.
    private func program() -> (IntegerProgram, Double) {
        var p = IntegerProgram()
        let unit = max(1, Double(g.rowValue.max() ?? 1) * Double(g.weight.max() ?? 1) / 1e6)
        for j in 0..<g.columns { _ = p.addVariable(cost: 0, lower: j < g.fixed ? 1 : 0, integer: true) }
        p.addRow((Int32(g.fixed)..<Int32(g.columns)).map { ($0, 1) }, atMost: Double(count))
        for q in g.rowColumn.indices {
            let w = Double(g.weight[Int(g.pairRow[q])])
            _ = p.addVariable(cost: -Double(g.rowValue[q]) * w / unit, integer: false)
        }
        let first = Int32(g.columns)
        for i in 0..<g.rows {
            p.addRow((g.rowStart[i]..<g.rowStart[i + 1]).map { (first + Int32($0), 1) }, atMost: 1)
            for q in g.rowStart[i]..<g.rowStart[i + 1] { p.addRow([(first + Int32(q), 1), (g.rowColumn[q], -1)], atMost: 0) }
        }
        for j in 0..<g.columns {
            var terms = (g.columnStart[j]..<g.columnStart[j + 1]).map { (first + g.columnPair[$0], Double(g.weight[Int(g.columnRow[$0])])) }
            terms.append((Int32(j), -Double(g.capacity[j])))
            p.addRow(terms, atMost: 0)
            for other in g.conflicts[j] where other > j { p.addRow([(Int32(j), 1), (other, 1)], atMost: 1) }
        }
        return (p, unit)
    }
}
