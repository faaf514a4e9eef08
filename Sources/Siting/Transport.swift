/// Who goes where when facilities are limited: the assignment of people to open facilities of greatest value, people of one row going to
/// several where that is better. Facilities are opened one by one, each time along paths of greatest gain in the residual graph (successive
/// shortest paths), so that the value stays greatest throughout. A path costs the pairs of the new facility and of full ones around it.
struct Transport: Sendable {
    private let instance: CapacityInstance
    private(set) var isOpen: [Bool]
    /// By pair of the instance.
    private(set) var flow: [Int64]
    private var spare: [Int64]
    private var used: [Int64]
    private(set) var value: Int64 = 0
    // What bestPath found lately; entries of an earlier epoch do not count.
    private var epoch: Int32 = 0
    private var rowGain: [Int64]
    private var columnGain: [Int64]
    private var rowSeen: [Int32]
    private var columnSeen: [Int32]
    private var rowNext: [Int32]
    private var columnNext: [Int32]
    private var isQueued: [Bool]
    private var pathGain: Int64 = 0

    init(_ instance: CapacityInstance) {
        self.instance = instance
        isOpen = [Bool](repeating: false, count: instance.columns)
        flow = [Int64](repeating: 0, count: instance.rowColumn.count)
        spare = instance.weight
        used = [Int64](repeating: 0, count: instance.columns)
        rowGain = [Int64](repeating: 0, count: instance.rows)
        rowSeen = [Int32](repeating: 0, count: instance.rows)
        rowNext = rowSeen
        columnGain = used
        columnSeen = [Int32](repeating: 0, count: instance.columns)
        columnNext = columnSeen
        isQueued = [Bool](repeating: false, count: instance.columns)
    }

    /// What a person of each row is worth on average where people are now.
    var worth: [Int64] {
        (0..<instance.rows).map { i in
            var sum: Int64 = 0
            for p in instance.rowStart[i]..<instance.rowStart[i + 1] where flow[p] > 0 { sum += flow[p] * instance.rowValue[p] }
            return sum / instance.weight[i]
        }
    }

    mutating func open(_ f: Int) {
        isOpen[f] = true
        while used[f] < instance.capacity[f], let start = bestPath(to: f) { move(along: start, to: f) }
    }

    /// Where a path begins: a row with people at home, or a column that gives one up.
    private enum Start {
        case row(Int)
        case column(Int)
    }

    /// The greatest gain of bringing one more person to column f, or nil where nothing is gained, worked out backwards from f: what a person
    /// arriving at a row or a column is worth. Only full columns are gone through: one that has room would have taken whoever gains by it.
    private mutating func bestPath(to f: Int) -> Start? {
        let g = instance
        epoch += 1
        columnGain[f] = 0
        columnSeen[f] = epoch
        columnNext[f] = -1
        var queue = [Int32(f)]
        var head = 0
        var (best, start): (Int64, Start?) = (0, nil)
        while head < queue.count {
            let j = Int(queue[head])
            head += 1
            isQueued[j] = false
            for q in g.columnStart[j]..<g.columnStart[j + 1] {
                let (i, p) = (Int(g.columnRow[q]), Int(g.columnPair[q]))
                let gain = g.rowValue[p] + columnGain[j]
                if rowSeen[i] == epoch, rowGain[i] >= gain { continue }
                rowSeen[i] = epoch
                rowGain[i] = gain
                rowNext[i] = Int32(p)
                if spare[i] > 0, gain > best { (best, start) = (gain, .row(i)) }
                for r in g.rowStart[i]..<g.rowStart[i + 1] where flow[r] > 0 {
                    let c = Int(g.rowColumn[r])
                    if c == f || c == j { continue }
                    let other = gain - g.rowValue[r]
                    if columnSeen[c] == epoch, columnGain[c] >= other { continue }
                    columnSeen[c] = epoch
                    columnGain[c] = other
                    columnNext[c] = Int32(r)
                    if other > best { (best, start) = (other, .column(c)) }
                    if used[c] == g.capacity[c], !isQueued[c] {
                        isQueued[c] = true
                        queue.append(Int32(c))
                    }
                }
            }
        }
        pathGain = best
        return start
    }

    private mutating func move(along start: Start, to f: Int) {
        let g = instance
        var people = g.capacity[f] - used[f]
        var steps: [(pair: Int, isForward: Bool)] = []
        var row: Int
        switch start {
        case .row(let i):
            people = min(people, spare[i])
            row = i
        case .column(let c):
            let r = Int(columnNext[c])
            people = min(people, flow[r])
            steps.append((r, false))
            row = Int(g.pairRow[r])
        }
        while true {
            let p = Int(rowNext[row])
            steps.append((p, true))
            let j = Int(g.rowColumn[p])
            if j == f { break }
            let r = Int(columnNext[j])
            people = min(people, flow[r])
            steps.append((r, false))
            row = Int(g.pairRow[r])
        }
        for step in steps { flow[step.pair] += step.isForward ? people : -people }
        switch start {
        case .row(let i): spare[i] -= people
        case .column(let c): used[c] -= people
        }
        used[f] += people
        value += people * pathGain
    }
}

/// Rows of people, columns of limited facilities, what serving one person is worth.
struct CapacityInstance: Sendable {
    var weight: [Int64]
    var rowStart: [Int] = [0]
    var rowColumn: [Int32] = []
    var rowValue: [Int64] = []
    var pairRow: [Int32] = []
    var columnStart: [Int] = []
    var columnRow: [Int32] = []
    var columnPair: [Int32] = []
    /// People; at most the number of all.
    var capacity: [Int64]
    var facility: [Int32]
    /// Columns that are open in any case come first.
    var fixed: Int
    var conflicts: [[Int32]]
    /// The demand points of each row, most people first.
    var members: [[Int32]]

    var rows: Int { weight.count }
    var columns: Int { facility.count }

    /// Points with the same pairs are one row; rows in the order of their pairs.
    init(_ canonical: CanonicalProblem, _ valuation: Valuation) {
        let problem = canonical.problem
        facility = canonical.fixed + canonical.candidates
        fixed = canonical.fixed.count
        var column = [Int32](repeating: -1, count: problem.facilities.count)
        for (n, f) in facility.enumerated() { column[Int(f)] = Int32(n) }
        capacity = facility.map { min(canonical.people, problem.facilities[Int($0)].capacity ?? .max) }
        var lists: [(pairs: [(column: Int32, value: Int64)], weight: Int64, demand: Int32)] = []
        for i in problem.weights.indices where problem.weights[i] > 0 {
            var best: [Int32: Int64] = [:]
            for p in problem.firstPair[i]..<problem.firstPair[i + 1] {
                let j = column[Int(problem.pairFacility[p])]
                let v = valuation.value(problem.pairCost[p])
                if j >= 0, v > 0 { best[j] = max(best[j] ?? 0, v) }
            }
            if best.isEmpty { continue }
            lists.append((best.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }, problem.weights[i], Int32(i)))
        }
        func order(_ a: [(column: Int32, value: Int64)], _ b: [(column: Int32, value: Int64)]) -> Int {
            for (x, y) in zip(a, b) where x != y { return x < y ? -1 : 1 }
            return a.count - b.count
        }
        lists.sort {
            let o = order($0.pairs, $1.pairs)
            return o != 0 ? o < 0 : $0.weight != $1.weight ? $0.weight > $1.weight : $0.demand < $1.demand
        }
        weight = []
        members = []
        for (n, list) in lists.enumerated() {
            if n > 0, order(lists[n - 1].pairs, list.pairs) == 0 {
                weight[weight.count - 1] += list.weight
                members[members.count - 1].append(list.demand)
                continue
            }
            for (j, v) in list.pairs {
                rowColumn.append(j)
                rowValue.append(v)
                pairRow.append(Int32(weight.count))
            }
            rowStart.append(rowColumn.count)
            weight.append(list.weight)
            members.append([list.demand])
        }
        columnStart = [Int](repeating: 0, count: facility.count + 1)
        for j in rowColumn { columnStart[Int(j) + 1] += 1 }
        for j in facility.indices { columnStart[j + 1] += columnStart[j] }
        var next = columnStart
        columnRow = [Int32](repeating: 0, count: rowColumn.count)
        columnPair = columnRow
        for p in rowColumn.indices {
            let j = Int(rowColumn[p])
            columnRow[next[j]] = pairRow[p]
            columnPair[next[j]] = Int32(p)
            next[j] += 1
        }
        conflicts = [[Int32]](repeating: [], count: facility.count)
        for c in problem.conflicts {
            let (a, b) = (column[Int(c.a)], column[Int(c.b)])
            if a >= fixed, b >= fixed {
                conflicts[Int(a)].append(b)
                conflicts[Int(b)].append(a)
            }
        }
    }

    /// The assignment that is worth most with these columns open besides the fixed ones.
    func transport(opening chosen: [Int32]) -> Transport {
        var t = Transport(self)
        for j in 0..<fixed { t.open(j) }
        for j in chosen { t.open(Int(j)) }
        return t
    }
}
