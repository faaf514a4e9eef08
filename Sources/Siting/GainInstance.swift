/// Choose at most k columns so that Σ over rows of the largest value a chosen column has there is greatest: what coverage, the p-median
/// and their blend all are once what existing facilities give is taken off. Sparse by rows and by columns; no column is empty, no two
/// rows rank the same columns alike, no column is as good as another everywhere.
struct GainInstance: Sendable {
    /// Row i is at `rowStart[i]..<rowStart[i + 1]`, largest value first, equal values by column.
    var rowStart: [Int]
    var rowColumn: [Int32]
    var rowValue: [Int64]
    /// Column j is at `columnStart[j]..<columnStart[j + 1]`, by row.
    var columnStart: [Int]
    var columnRow: [Int32]
    var columnValue: [Int64]
    /// The facility of each column, in canonical order.
    var facility: [Int32]
    /// The columns that may not be chosen together with column j, ascending.
    var conflicts: [[Int32]]
    /// What is gained in any case.
    var constant: Int64

    var rows: Int { rowStart.count - 1 }
    var columns: Int { facility.count }
    var pairs: Int { rowColumn.count }
    let hasConflicts: Bool

    /// The rows a value was made of: `rowMap[i]` is the row that row i of the input is part of now, or -1.
    struct Made {
        var instance: GainInstance
        var rowMap: [Int32]
    }

    /// From rows in any order. `facility` is in canonical order; `conflicts` are pairs of columns. O(pairs log pairs) and the subset tests.
    static func make(
        facility: [Int32], conflicts: [(Int32, Int32)], rowStart: [Int], rowColumn: [Int32], rowValue: [Int64], constant: Int64
    ) -> Made {
        var reduction = GainReduction(
            columns: facility.count, conflicts: conflicts, rowStart: rowStart, rowColumn: rowColumn, rowValue: rowValue)
        reduction.run()
        return reduction.result(facility: facility, constant: constant)
    }

    init(
        rowStart: [Int], rowColumn: [Int32], rowValue: [Int64], columnStart: [Int], columnRow: [Int32], columnValue: [Int64], facility: [Int32],
        conflicts: [[Int32]], constant: Int64
    ) {
        self.rowStart = rowStart
        self.rowColumn = rowColumn
        self.rowValue = rowValue
        self.columnStart = columnStart
        self.columnRow = columnRow
        self.columnValue = columnValue
        self.facility = facility
        self.conflicts = conflicts
        self.constant = constant
        hasConflicts = conflicts.contains { !$0.isEmpty }
    }

    /// The value of a choice of columns, the constant included.
    func value(of chosen: [Int32]) -> Int64 {
        var isChosen = [Bool](repeating: false, count: columns)
        for j in chosen { isChosen[Int(j)] = true }
        var sum = constant
        for i in 0..<rows {
            for p in rowStart[i]..<rowStart[i + 1] where isChosen[Int(rowColumn[p])] {
                sum += rowValue[p]
                break
            }
        }
        return sum
    }

    /// The same problem with some columns chosen and some taken away: what the chosen give joins the constant, and those in conflict with
    /// them go too. The chosen are no longer among the columns.
    func contracted(choosing ones: [Int32], without gone: [Bool]) -> Made {
        var isOne = [Bool](repeating: false, count: columns)
        var dropped = gone
        for j in ones {
            isOne[Int(j)] = true
            dropped[Int(j)] = true
            for other in conflicts[Int(j)] { dropped[Int(other)] = true }
        }
        var number = [Int32](repeating: -1, count: columns)
        var kept: [Int32] = []
        for j in 0..<columns where !dropped[j] {
            number[j] = Int32(kept.count)
            kept.append(facility[j])
        }
        var start = [0]
        start.reserveCapacity(rows + 1)
        var (column, value): ([Int32], [Int64]) = ([], [])
        column.reserveCapacity(pairs)
        value.reserveCapacity(pairs)
        var sum = constant
        for i in 0..<rows {
            let range = rowStart[i]..<rowStart[i + 1]
            var base: Int64 = 0
            for p in range where isOne[Int(rowColumn[p])] {
                base = rowValue[p]
                break
            }
            sum += base
            for p in range {
                if rowValue[p] <= base { break }
                let j = number[Int(rowColumn[p])]
                if j >= 0 {
                    column.append(j)
                    value.append(rowValue[p] - base)
                }
            }
            start.append(column.count)
        }
        var pairsInConflict: [(Int32, Int32)] = []
        if hasConflicts {
            for j in 0..<columns where number[j] >= 0 {
                for other in conflicts[j] where other > j && number[Int(other)] >= 0 { pairsInConflict.append((number[j], number[Int(other)])) }
            }
        }
        return Self.make(facility: kept, conflicts: pairsInConflict, rowStart: start, rowColumn: column, rowValue: value, constant: sum)
    }
}
