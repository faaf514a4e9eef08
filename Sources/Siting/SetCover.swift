/// The fewest columns that cover every row of a gain instance (its values do not matter, only where they are), by branch and bound:
/// rows that contain another row go, a row with one column forces it, the Lagrangian bound of the covering program prunes and fixes
/// (Beasley 1987, doi:10.1016/0377-2217(87)90141-X), and the row with the fewest columns is branched on.
struct SetCover {
    /// The fewest facilities found, or nil.
    private(set) var found: [Int32]?
    private(set) var nodes = 0
    private(set) var rounds = 0
    /// False where time, nodes or the caller ended the search before every cover of at most `limit` columns was ruled out.
    private(set) var isComplete = true
    /// No cover has fewer columns; of the whole instance.
    private(set) var lowerBound = 0
    /// Covers with more columns are of no interest; falls as covers are found.
    private var limit: Int
    private let firstIsEnough: Bool
    private let nodeLimit: Int
    private let deadline: Deadline

    private let seed: UInt64

    /// Looks for covers with at most `limit` columns, the fewest, or any where `firstIsEnough`.
    init(limit: Int, firstIsEnough: Bool, nodeLimit: Int, seed: UInt64, deadline: Deadline) {
        self.seed = seed
        self.limit = limit
        self.firstIsEnough = firstIsEnough
        self.nodeLimit = nodeLimit
        self.deadline = deadline
    }

    private var isOver: Bool { (firstIsEnough && found != nil) || nodes >= nodeLimit || deadline.isOver }

    mutating func run(_ instance: GainInstance) {
        let before = limit
        explore(instance, prefix: [], isRoot: true)
        if isComplete { lowerBound = max(lowerBound, found?.count ?? before + 1) }
    }

    private mutating func offer(_ cover: [Int32]) {
        guard cover.count <= limit else { return }
        found = cover.sorted()
        limit = cover.count - 1
    }

    /// Rows that contain all columns of another row need no asking.
    private static func withoutContainingRows(_ g: GainInstance) -> GainInstance {
        var isGone = [Bool](repeating: false, count: g.rows)
        var any = false
        var mark = [Int32](repeating: -1, count: g.columns)
        // A row contains another only if it holds the rarest column of that one.
        for i in 0..<g.rows {
            var rare = g.rowColumn[g.rowStart[i]]
            for p in g.rowStart[i]..<g.rowStart[i + 1] {
                let j = g.rowColumn[p]
                mark[Int(j)] = Int32(i)
                if g.columnStart[Int(j) + 1] - g.columnStart[Int(j)] < g.columnStart[Int(rare) + 1] - g.columnStart[Int(rare)] { rare = j }
            }
            let length = g.rowStart[i + 1] - g.rowStart[i]
            for q in g.columnStart[Int(rare)]..<g.columnStart[Int(rare) + 1] {
                let other = Int(g.columnRow[q])
                // Rows are distinct, so that none of the same length contains this one.
                if isGone[other] || g.rowStart[other + 1] - g.rowStart[other] <= length { continue }
                var shared = 0
                for p in g.rowStart[other]..<g.rowStart[other + 1] where mark[Int(g.rowColumn[p])] == Int32(i) { shared += 1 }
                if shared == length {
                    isGone[other] = true
                    any = true
                }
            }
        }
        guard any else { return g }
        var start = [0]
        var (column, value): ([Int32], [Int64]) = ([], [])
        for i in 0..<g.rows where !isGone[i] {
            column += g.rowColumn[g.rowStart[i]..<g.rowStart[i + 1]]
            value += g.rowValue[g.rowStart[i]..<g.rowStart[i + 1]]
            start.append(column.count)
        }
        var conflicts: [(Int32, Int32)] = []
        for j in 0..<g.columns { for other in g.conflicts[j] where other > j { conflicts.append((Int32(j), other)) } }
        return GainInstance.make(facility: g.facility, conflicts: conflicts, rowStart: start, rowColumn: column, rowValue: value, constant: 0).instance
    }

    /// The instance with columns chosen and taken away, or nil where a row is left that nothing covers or two chosen ones exclude each other.
    private static func contract(_ g: GainInstance, _ ones: [Int32], _ without: [Bool]) -> GainInstance? {
        var isOne = [Bool](repeating: false, count: g.columns)
        for j in ones { isOne[Int(j)] = true }
        for j in ones where g.conflicts[Int(j)].contains(where: { isOne[Int($0)] }) { return nil }
        let made = g.contracted(choosing: ones, without: without)
        for i in 0..<g.rows where made.rowMap[i] < 0 {
            if !(g.rowStart[i]..<g.rowStart[i + 1]).contains(where: { isOne[Int(g.rowColumn[$0])] }) { return nil }
        }
        return made.instance
    }

    private mutating func explore(_ start: GainInstance, prefix given: [Int32], isRoot: Bool) {
        var g = start
        var prefix = given
        while true {
            g = Self.withoutContainingRows(g)
            var forced: [Int32] = []
            for i in 0..<g.rows where g.rowStart[i + 1] - g.rowStart[i] == 1 { forced.append(g.rowColumn[g.rowStart[i]]) }
            if forced.isEmpty { break }
            forced = Array(Set(forced)).sorted()
            prefix += forced.map { g.facility[Int($0)] }
            guard let next = Self.contract(g, forced, [Bool](repeating: false, count: g.columns)) else {
                if isRoot { lowerBound = limit + 1 }
                return
            }
            g = next
        }
        if g.rows == 0 {
            offer(prefix)
            if isRoot { lowerBound = prefix.count }
            return
        }
        if prefix.count >= limit { return }
        if isOver {
            isComplete = false
            return
        }
        nodes += 1
        if let cover = Self.greedy(g) { offer(prefix + cover.map { g.facility[Int($0)] }) }
        if isRoot { polish(g, prefix) }
        if isOver {
            isComplete = false
            return
        }
        var dual = CoverDual(g)
        dual.run(rounds: isRoot ? 400 : 100, atMost: limit - prefix.count)
        rounds += dual.rounds
        if isRoot { lowerBound = prefix.count + dual.bound }
        let room = limit - prefix.count
        if dual.bound > room { return }
        let (without, with) = dual.fixed(atMost: room)
        if !with.isEmpty || without.contains(true) {
            guard let next = Self.contract(g, with, without) else { return }
            // What is fixed holds for covers within the limit only, so that the bound of the root is the one above.
            explore(next, prefix: prefix + with.map { g.facility[Int($0)] }, isRoot: false)
            return
        }
        var row = 0
        for i in 1..<max(1, g.rows) where g.rowStart[i + 1] - g.rowStart[i] < g.rowStart[row + 1] - g.rowStart[row] { row = i }
        let reduced = dual.reducedCost
        let order = (g.rowStart[row]..<g.rowStart[row + 1]).map { g.rowColumn[$0] }
            .sorted { reduced[Int($0)] != reduced[Int($1)] ? reduced[Int($0)] < reduced[Int($1)] : $0 < $1 }
        var gone = [Bool](repeating: false, count: g.columns)
        for j in order {
            if isOver {
                isComplete = false
                return
            }
            if let next = Self.contract(g, [j], gone) {
                explore(next, prefix: prefix + [g.facility[Int(j)]], isRoot: false)
            }
            gone[Int(j)] = true
        }
    }

    /// Tries with one column less again and again: as many rows as so many columns can cover, by interchange with kicks, until some stay
    /// uncovered.
    private mutating func polish(_ g: GainInstance, _ prefix: [Int32]) {
        var total: Int64 = 0
        for i in 0..<g.rows { total += g.rowValue[g.rowStart[i]] }
        while limit - prefix.count > 0, !(firstIsEnough && found != nil), !deadline.isOver {
            let k = min(limit - prefix.count, g.columns)
            var climber = Interchange(g, limit: k, chosen: LazyGreedy.run(g, count: k).chosen, seed: seed)
            climber.improve(everywhere: true, until: deadline)
            var kicks = 0
            while climber.value < g.constant + total, kicks < 3_000, !deadline.isOver {
                climber.kick(until: deadline)
                kicks += 1
            }
            guard climber.value == g.constant + total else { return }
            offer(prefix + climber.chosen.map { g.facility[Int($0)] })
        }
    }

    /// Greedily by rows newly covered, then without what turned out not to be needed; nil where conflicts leave a row uncovered.
    static func greedy(_ g: GainInstance) -> [Int32]? {
        let taken = LazyGreedy.run(g, count: g.columns).chosen
        var covers = [Int32](repeating: 0, count: g.rows)
        for j in taken { for p in g.columnStart[Int(j)]..<g.columnStart[Int(j) + 1] { covers[Int(g.columnRow[p])] += 1 } }
        if covers.contains(0) { return nil }
        return taken.filter { j in
            let range = g.columnStart[Int(j)]..<g.columnStart[Int(j) + 1]
            guard range.allSatisfy({ covers[Int(g.columnRow[$0])] > 1 }) else { return true }
            for p in range { covers[Int(g.columnRow[p])] -= 1 }
            return false
        }
    }
}

/// Lower bounds of a cover: for any u ≥ 0, Σᵢ uᵢ + Σⱼ min(0, 1 - Σ of u over the rows of j); in 2^-24 of a column, so that it is exact.
struct CoverDual {
    private static let one: Int64 = 1 << 24
    private let g: GainInstance
    private var u: [Int64]
    private var best: [Int64]
    private var bestValue = Int64.min / 2
    private var cost: [Int64]
    private(set) var rounds = 0

    init(_ g: GainInstance) {
        self.g = g
        // Each row a share of its cheapest column.
        u = (0..<g.rows).map { i in
            (g.rowStart[i]..<g.rowStart[i + 1]).map { p in
                let j = Int(g.rowColumn[p])
                return Self.one / Int64(g.columnStart[j + 1] - g.columnStart[j])
            }.min() ?? 0
        }
        best = u
        cost = [Int64](repeating: 0, count: g.columns)
    }

    /// In whole columns.
    var bound: Int { Int((bestValue + Self.one - 1) >> 24) }
    var reducedCost: [Int64] { cost }

    private mutating func price(_ u: [Int64]) -> Int64 {
        var value: Int64 = 0
        for x in u { value += x }
        for j in 0..<g.columns {
            var c = Self.one
            for p in g.columnStart[j]..<g.columnStart[j + 1] { c -= u[Int(g.columnRow[p])] }
            cost[j] = c
            if c < 0 { value += c }
        }
        return value
    }

    /// Ends early once more than `atMost` columns are needed.
    mutating func run(rounds limit: Int, atMost: Int) {
        var theta = 1.0
        var stale = 0
        let goal = Int64(atMost) * Self.one + 1
        for _ in 0..<limit {
            let value = price(u)
            rounds += 1
            if value > bestValue {
                stale = value - bestValue > Self.one / 2000 ? 0 : stale + 1
                bestValue = value
                best = u
            } else {
                stale += 1
            }
            if bestValue >= goal { break }
            if stale >= 12 {
                theta /= 2
                stale = 0
                if theta < 0.01 { break }
            }
            var slack = [Int32](repeating: 1, count: g.rows)
            for j in 0..<g.columns where cost[j] < 0 {
                for p in g.columnStart[j]..<g.columnStart[j + 1] { slack[Int(g.columnRow[p])] -= 1 }
            }
            var norm = 0.0
            for i in slack.indices where slack[i] > 0 || u[i] > 0 { norm += Double(slack[i]) * Double(slack[i]) }
            if norm == 0 { break }
            let step = theta * (Double(goal - value) + 0.05 * Double(Self.one)) / norm
            // No row is worth more than the one column it needs.
            for i in slack.indices { u[i] = Int64(max(0, min(Double(Self.one), Double(u[i]) + step * Double(slack[i])))) }
        }
        bestValue = price(best)
    }

    /// Columns in no cover of at most `atMost` columns, and those in all of them.
    func fixed(atMost: Int) -> (without: [Bool], with: [Int32]) {
        let limit = Int64(atMost) * Self.one
        var with: [Int32] = []
        let without = cost.map { $0 > 0 && bestValue + $0 > limit }
        for j in 0..<g.columns where cost[j] < 0 && bestValue - cost[j] > limit { with.append(Int32(j)) }
        return (without, with)
    }
}
