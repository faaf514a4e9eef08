/// A gain instance as an integer program, in the radius formulation (García, Labbé and Marín 2011, doi:10.1287/ijoc.1100.0418): for each
/// row and each of its distinct values a variable says whether the row gets at least that, which needs a chosen column of that value or the
/// variable of the next larger one. With one value a row it is the usual program of maximal coverage. The first variables are the columns.
struct GainProgram {
    let program: IntegerProgram
    /// Values are divided by this before they are handed over, so that they stay within what a floating-point solver can tell apart.
    let unit: Double

    init(_ instance: GainInstance, count: Int, atLeast: Int64? = nil, start chosen: [Int32]? = nil) {
        var p = IntegerProgram()
        let largest = (instance.rowValue.max() ?? 1)
        unit = max(1, Double(largest) / 1e6)
        for _ in 0..<instance.columns { _ = p.addVariable(cost: 0, integer: true) }
        var isChosen = [Bool](repeating: false, count: instance.columns)
        for j in chosen ?? [] { isChosen[Int(j)] = true }
        var start = chosen == nil ? [] : isChosen.map { $0 ? 1.0 : 0 }
        p.addRow((0..<Int32(instance.columns)).map { ($0, 1) }, atMost: Double(count))
        for i in 0..<instance.rows {
            let range = instance.rowStart[i]..<instance.rowStart[i + 1]
            var at = range.lowerBound
            var above: Int32 = -1
            var got = false
            while at < range.upperBound {
                let value = instance.rowValue[at]
                var terms: [(Int32, Double)] = []
                while at < range.upperBound, instance.rowValue[at] == value {
                    terms.append((instance.rowColumn[at], -1))
                    if isChosen[Int(instance.rowColumn[at])] { got = true }
                    at += 1
                }
                let next = at < range.upperBound ? instance.rowValue[at] : 0
                let z = p.addVariable(cost: -Double(value - next) / unit, integer: false)
                if chosen != nil { start.append(got ? 1 : 0) }
                if above >= 0 { terms.append((above, -1)) }
                terms.append((z, 1))
                p.addRow(terms, atMost: 0)
                above = z
            }
        }
        for j in 0..<instance.columns {
            for other in instance.conflicts[j] where other > j { p.addRow([(Int32(j), 1), (other, 1)], atMost: 1) }
        }
        p.start = start
        program = p
    }
}
