/// Who goes where when facilities are limited: the assignment of people to open facilities of greatest value, people of one row going to
/// several where that is better. Facilities are opened one by one, each time along paths of greatest gain in the residual graph (successive
/// shortest paths), so that the value stays greatest throughout. O(pairs of open facilities) for each path, mostly.
struct Transport: Sendable {
    private let instance: CapacityInstance
    private(set) var isOpen: [Bool]
    /// By pair of the instance.
    private(set) var flow: [Int64]
    private var spare: [Int64]
    private var used: [Int64]
    private(set) var value: Int64 = 0

    init(_ instance: CapacityInstance) {
        self.instance = instance
        isOpen = [Bool](repeating: false, count: instance.columns)
        flow = [Int64](repeating: 0, count: instance.rowColumn.count)
        spare = instance.weight
        used = [Int64](repeating: 0, count: instance.columns)
    }

    mutating func open(_ f: Int) {
        isOpen[f] = true
        let g = instance
        let none = Int64.min / 4
        while used[f] < g.capacity[f] {
            // Greatest gain of bringing one more person to each row and facility; every path starts at people who stay at home or are taken
            // from where they are.
            var rowGain = spare.map { $0 > 0 ? 0 : none }
            var columnGain = [Int64](repeating: none, count: g.columns)
            // The pair by which each was reached, -1 at a start.
            var rowFrom = [Int32](repeating: -1, count: g.rows)
            var columnFrom = [Int32](repeating: -1, count: g.columns)
            var queue: [Int32] = (0..<Int32(g.rows)).filter { spare[Int($0)] > 0 }
            var isQueued = [Bool](repeating: false, count: g.rows + g.columns)
            for i in queue { isQueued[Int(i)] = true }
            for j in 0..<g.columns where isOpen[j] && used[j] > 0 && j != f {
                columnGain[j] = 0
                queue.append(Int32(g.rows + j))
                isQueued[g.rows + j] = true
            }
            var head = 0
            while head < queue.count {
                let node = Int(queue[head])
                head += 1
                isQueued[node] = false
                if node < g.rows {
                    for p in g.rowStart[node]..<g.rowStart[node + 1] {
                        let j = Int(g.rowColumn[p])
                        if isOpen[j], rowGain[node] + g.rowValue[p] > columnGain[j] {
                            columnGain[j] = rowGain[node] + g.rowValue[p]
                            columnFrom[j] = Int32(p)
                            if j != f, !isQueued[g.rows + j] {
                                isQueued[g.rows + j] = true
                                queue.append(Int32(g.rows + j))
                            }
                        }
                    }
                } else {
                    let j = node - g.rows
                    for q in g.columnStart[j]..<g.columnStart[j + 1] {
                        let p = Int(g.columnPair[q])
                        let i = Int(g.columnRow[q])
                        if flow[p] > 0, columnGain[j] - g.rowValue[p] > rowGain[i] {
                            rowGain[i] = columnGain[j] - g.rowValue[p]
                            rowFrom[i] = Int32(p)
                            if !isQueued[i] {
                                isQueued[i] = true
                                queue.append(Int32(i))
                            }
                        }
                    }
                }
            }
            guard columnGain[f] > 0 else { return }
            // Back along the path, first for how many people, then to move them.
            var people = g.capacity[f] - used[f]
            var (column, start) = (f, -1)
            var steps: [(pair: Int, isForward: Bool)] = []
            while true {
                let p = Int(columnFrom[column])
                if p < 0 {
                    start = column
                    people = min(people, used[column])
                    break
                }
                steps.append((p, true))
                let i = Int(g.pairRow[p])
                let back = Int(rowFrom[i])
                if back < 0 {
                    people = min(people, spare[i])
                    break
                }
                steps.append((back, false))
                people = min(people, flow[back])
                column = Int(g.rowColumn[back])
            }
            for step in steps { flow[step.pair] += step.isForward ? people : -people }
            if start >= 0 { used[start] -= people } else { spare[Int(g.pairRow[steps[steps.count - 1].pair])] -= people }
            used[f] += people
            value += people * columnGain[f]
        }
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
