/// Makes a `GainInstance`: sorts each row, merges rows that rank the same columns in the same order with the same ties (the best chosen
/// column is then the same in both, so that their values add up), and drops columns that another one equals or exceeds in every row,
/// the first by id of two equal ones staying. None of it changes the optimum.
struct GainReduction {
    private let columns: Int
    private var conflicts: [[Int32]]
    private var rowStart: [Int]
    private var rowColumn: [Int32]
    private var rowValue: [Int64]
    private var columnStart: [Int] = []
    private var columnRow: [Int32] = []
    private var columnValue: [Int64] = []
    private var rowMap: [Int32]
    private var isGone: [Bool]

    init(columns: Int, conflicts pairs: [(Int32, Int32)], rowStart: [Int], rowColumn: [Int32], rowValue: [Int64]) {
        self.columns = columns
        self.rowStart = rowStart
        self.rowColumn = rowColumn
        self.rowValue = rowValue
        rowMap = (0..<Int32(rowStart.count - 1)).map { $0 }
        isGone = [Bool](repeating: false, count: columns)
        conflicts = [[Int32]](repeating: [], count: columns)
        for (a, b) in pairs {
            conflicts[Int(a)].append(b)
            conflicts[Int(b)].append(a)
        }
        for j in 0..<columns where conflicts[j].count > 1 { conflicts[j] = Self.sortedUnique(conflicts[j]) }
    }

    private static func sortedUnique(_ list: [Int32]) -> [Int32] {
        var out: [Int32] = []
        for x in list.sorted() where out.last != x { out.append(x) }
        return out
    }

    mutating func run() {
        sortRows()
        repeat {
            mergeRows()
            transpose()
        } while dropDominated()
    }

    func result(facility: [Int32], constant: Int64) -> GainInstance.Made {
        var number = [Int32](repeating: -1, count: columns)
        var kept: [Int] = []
        for j in 0..<columns where columnStart[j] < columnStart[j + 1] {
            number[j] = Int32(kept.count)
            kept.append(j)
        }
        var starts = [0]
        for j in kept { starts.append(starts[starts.count - 1] + columnStart[j + 1] - columnStart[j]) }
        let instance = GainInstance(
            rowStart: rowStart, rowColumn: rowColumn.map { number[Int($0)] }, rowValue: rowValue, columnStart: starts, columnRow: columnRow,
            columnValue: columnValue, facility: kept.map { facility[$0] },
            conflicts: kept.map { j in conflicts[j].compactMap { number[Int($0)] >= 0 ? number[Int($0)] : nil } }, constant: constant)
        return GainInstance.Made(instance: instance, rowMap: rowMap)
    }

    private mutating func sortRows() {
        var entries: [(value: Int64, column: Int32)] = []
        for i in 0..<(rowStart.count - 1) {
            let range = rowStart[i]..<rowStart[i + 1]
            if range.count < 2 { continue }
            entries.removeAll(keepingCapacity: true)
            for p in range { entries.append((rowValue[p], rowColumn[p])) }
            entries.sort { $0.value != $1.value ? $0.value > $1.value : $0.column < $1.column }
            for (n, p) in range.enumerated() {
                rowValue[p] = entries[n].value
                rowColumn[p] = entries[n].column
            }
        }
    }

    /// Rows that rank the same columns alike become one, in the order of their rankings; empty ones go.
    private mutating func mergeRows() {
        let (start, column, value) = (rowStart, rowColumn, rowValue)
        // -1, 0, 1: the columns one after the other, then the place of the first tie that only one of them has.
        func compare(_ a: Int, _ b: Int) -> Int {
            let (la, lb) = (start[a + 1] - start[a], start[b + 1] - start[b])
            let (sa, sb) = (start[a], start[b])
            for n in 0..<min(la, lb) {
                let (x, y) = (column[sa + n], column[sb + n])
                if x != y { return x < y ? -1 : 1 }
                if n > 0 {
                    let (t, u) = (value[sa + n] == value[sa + n - 1], value[sb + n] == value[sb + n - 1])
                    if t != u { return t ? -1 : 1 }
                }
            }
            return la == lb ? 0 : la < lb ? -1 : 1
        }
        let order = (0..<(start.count - 1)).filter { start[$0] < start[$0 + 1] }.sorted { compare($0, $1) < 0 }
        var newStart = [0]
        var (newColumn, newValue): ([Int32], [Int64]) = ([], [])
        newColumn.reserveCapacity(column.count)
        newValue.reserveCapacity(column.count)
        var place = [Int32](repeating: -1, count: start.count - 1)
        var last = -1
        for i in order {
            if last >= 0, compare(last, i) == 0 {
                let base = newStart[newStart.count - 2] - start[i]
                for p in start[i]..<start[i + 1] { newValue[base + p] += value[p] }
            } else {
                newColumn += column[start[i]..<start[i + 1]]
                newValue += value[start[i]..<start[i + 1]]
                newStart.append(newColumn.count)
            }
            last = i
            place[i] = Int32(newStart.count - 2)
        }
        for i in rowMap.indices where rowMap[i] >= 0 { rowMap[i] = place[Int(rowMap[i])] }
        (rowStart, rowColumn, rowValue) = (newStart, newColumn, newValue)
    }

    private mutating func transpose() {
        var start = [Int](repeating: 0, count: columns + 1)
        for j in rowColumn { start[Int(j) + 1] += 1 }
        for j in 0..<columns { start[j + 1] += start[j] }
        var next = start
        var row = [Int32](repeating: 0, count: rowColumn.count)
        var value = [Int64](repeating: 0, count: rowColumn.count)
        for i in 0..<(rowStart.count - 1) {
            for p in rowStart[i]..<rowStart[i + 1] {
                let j = Int(rowColumn[p])
                row[next[j]] = Int32(i)
                value[next[j]] = rowValue[p]
                next[j] += 1
            }
        }
        (columnStart, columnRow, columnValue) = (start, row, value)
    }

    /// Whether column `a` nowhere exceeds column `b`, and the two may stand in for each other as to conflicts.
    private func isDominated(_ a: Int, by b: Int) -> Bool {
        let (endA, endB) = (columnStart[a + 1], columnStart[b + 1])
        var (p, q) = (columnStart[a], columnStart[b])
        guard endA - p <= endB - q else { return false }
        var equal = endA - p == endB - q
        while p < endA {
            let row = columnRow[p]
            while q < endB, columnRow[q] < row { q += 1 }
            guard q < endB, columnRow[q] == row, columnValue[q] >= columnValue[p] else { return false }
            if columnValue[q] != columnValue[p] { equal = false }
            p += 1
            q += 1
        }
        if equal && b > a { return false }
        // Whatever tolerates a has to tolerate b.
        return conflicts[b].allSatisfy { $0 == a || isGone[Int($0)] || conflicts[a].contains($0) }
    }

    private mutating func dropDominated() -> Bool {
        var dropped = false
        for a in 0..<columns where columnStart[a] < columnStart[a + 1] {
            var best = -1
            var bestLength = Int.max
            for p in columnStart[a]..<columnStart[a + 1] {
                let i = Int(columnRow[p])
                if rowStart[i + 1] - rowStart[i] < bestLength { (best, bestLength) = (p, rowStart[i + 1] - rowStart[i]) }
            }
            let i = Int(columnRow[best])
            for q in rowStart[i]..<rowStart[i + 1] {
                if rowValue[q] < columnValue[best] { break }
                let b = Int(rowColumn[q])
                if b != a, !isGone[b], isDominated(a, by: b) {
                    isGone[a] = true
                    dropped = true
                    break
                }
            }
        }
        guard dropped else { return false }
        var start = [0]
        start.reserveCapacity(rowStart.count)
        var write = 0
        for i in 0..<(rowStart.count - 1) {
            for p in rowStart[i]..<rowStart[i + 1] where !isGone[Int(rowColumn[p])] {
                rowColumn[write] = rowColumn[p]
                rowValue[write] = rowValue[p]
                write += 1
            }
            start.append(write)
        }
        rowColumn.removeLast(rowColumn.count - write)
        rowValue.removeLast(rowValue.count - write)
        rowStart = start
        return true
    }
}
