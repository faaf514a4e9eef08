/// Branch and bound over columns, depth first: at each node the Lagrangian bound, what it fixes, and a reduced instance for what is left.
struct TreeSearch {
    /// Only values above this are of interest; raised as better choices are found.
    private(set) var best: Int64
    /// The facilities of the best choice found here, or nil where none beats what was there.
    private(set) var found: [Int32]?
    /// Nothing that was not looked at is worth more than this.
    private(set) var open = Int64.min
    private(set) var nodes = 0
    private(set) var rounds = 0
    private var work = 0
    private let workLimit: Int
    private let nodeLimit: Int
    private let enough: Int64
    private let deadline: Deadline

    /// Ends once a choice worth `enough` is found, or `workLimit` pairs have been priced.
    init(best: Int64, enough: Int64, workLimit: Int, nodeLimit: Int, deadline: Deadline) {
        self.best = best
        self.enough = enough
        self.workLimit = workLimit
        self.nodeLimit = nodeLimit
        self.deadline = deadline
    }

    private var isOver: Bool { work > workLimit || nodes >= nodeLimit || best >= enough || deadline.isOver }

    private mutating func offer(_ value: Int64, _ facilities: [Int32]) {
        guard value > best else { return }
        best = value
        found = facilities
    }

    /// Looks at every choice of at most `count` columns of the instance, together with the facilities of `prefix`.
    mutating func explore(_ given: consuming GainInstance, count most: Int, prefix facilities: [Int32], lambda start: [Double]?, upper parent: Int64) {
        var (instance, count, prefix, start, upper) = (given, most, facilities, start, parent)
        var dual: LagrangianDual
        var isNode = true
        while true {
            if upper <= best { return }
            if count == 0 || instance.columns == 0 { return offer(instance.constant, prefix) }
            let greedy = LazyGreedy.run(instance, count: count)
            offer(instance.constant + greedy.gains.reduce(0, +), prefix + greedy.chosen.map { instance.facility[Int($0)] })
            if !instance.hasConflicts, count >= instance.columns { return }
            if isOver {
                open = max(open, upper)
                return
            }
            if isNode { nodes += 1 }
            isNode = false
            dual = LagrangianDual(instance, most: count, chosen: greedy.chosen, lambda: start)
            // A choice cannot have more columns than there are.
            let k = min(count, instance.columns)
            dual.run(count: k, rounds: nodes < 3 ? 300 : 80, lower: best, until: deadline)
            rounds += dual.rounds
            work += (dual.rounds + 8) * (instance.pairs + instance.columns * 16 + instance.rows * 4)
            upper = min(upper, dual.upper[k])
            if upper <= best { return }
            let (without, with) = dual.fixed(lower: best)
            if with.isEmpty, !without.contains(true) { break }
            // Too many that have to be chosen, or two that exclude each other: nothing better is here.
            if with.count > count { return }
            for j in with where instance.conflicts[Int(j)].contains(where: { with.contains($0) }) { return }
            let made = instance.contracted(choosing: with, without: without)
            start = Self.carried(dual.unscaledLambda, made, instance, with)
            count -= with.count
            prefix += with.map { instance.facility[Int($0)] }
            instance = made.instance
        }
        // The column the bound is least sure of; of equal ones the one that covers more.
        var j = 0
        var score = Double.infinity
        for c in 0..<instance.columns {
            let s = abs(dual.frequency[c] - 0.5)
            if s < score - 1e-12
                || (abs(s - score) <= 1e-12 && instance.columnStart[c + 1] - instance.columnStart[c] > instance.columnStart[j + 1] - instance.columnStart[j])
            {
                (j, score) = (c, s)
            }
        }
        let lambda = dual.unscaledLambda
        let chooseFirst = dual.frequency[j] >= 0.3
        for choose in chooseFirst ? [true, false] : [false, true] {
            var without = [Bool](repeating: false, count: instance.columns)
            if !choose { without[j] = true }
            let ones = choose ? [Int32(j)] : []
            let made = instance.contracted(choosing: ones, without: without)
            explore(
                made.instance, count: count - ones.count, prefix: prefix + ones.map { instance.facility[Int($0)] },
                lambda: Self.carried(lambda, made, instance, ones), upper: upper)
        }
    }

    /// λ for a contracted instance: less what the chosen columns give the row, added up where rows have become one.
    static func carried(_ lambda: [Double], _ made: GainInstance.Made, _ instance: GainInstance, _ ones: [Int32]) -> [Double] {
        var out = [Double](repeating: 0, count: made.instance.rows)
        var base = [Int64](repeating: 0, count: instance.rows)
        for j in ones {
            for p in instance.columnStart[Int(j)]..<instance.columnStart[Int(j) + 1] {
                let i = Int(instance.columnRow[p])
                base[i] = max(base[i], instance.columnValue[p])
            }
        }
        for i in 0..<instance.rows where made.rowMap[i] >= 0 { out[Int(made.rowMap[i])] += max(0, lambda[i] - Double(base[i])) }
        return out
    }
}
