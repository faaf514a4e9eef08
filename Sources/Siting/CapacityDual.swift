/// The Lagrangian bound with capacities: λ is a price for serving one person of a row, and a column is worth what the people who pay most
/// bring it up to its capacity. Σ wᵢ λᵢ + the columns that are open + the largest of the others bounds every choice. Exact: λ is in whole
/// numbers.
struct CapacityDual {
    private let g: CapacityInstance
    private let shift: Int64
    private let rowMost: [Int64]
    private var best: [Int64]
    private var bestValue = Int64.max
    private var rho: [Int64]
    private var taken: [Int64]
    private(set) var frequency: [Double]
    private(set) var rounds = 0

    init(_ g: CapacityInstance, lambda: [Int64]? = nil) {
        self.g = g
        var total: Int64 = 1
        var most = [Int64](repeating: 0, count: g.rows)
        for i in 0..<g.rows {
            most[i] = g.rowValue[g.rowStart[i]..<g.rowStart[i + 1]].max() ?? 0
            total += g.weight[i] * most[i]
        }
        var shift: Int64 = 0
        let limit = (Int64(1) << 61) / Int64(g.columns + 2)
        while shift < 16, total << (shift + 1) <= limit { shift += 1 }
        self.shift = shift
        let scale = shift
        rowMost = most.map { $0 << scale }
        best = lambda ?? [Int64](repeating: 0, count: g.rows)
        rho = [Int64](repeating: 0, count: g.columns)
        taken = [Int64](repeating: 0, count: g.rows)
        frequency = [Double](repeating: 0, count: g.columns)
    }

    var lambda: [Int64] { best }
    var bound: Int64 { bestValue >> shift }

    /// What column j is worth at λ; with `take`, counts the people it takes.
    private mutating func price(_ j: Int, _ lambda: [Int64], take: Bool) -> Int64 {
        var list: [(value: Int64, row: Int32)] = []
        for q in g.columnStart[j]..<g.columnStart[j + 1] {
            let i = Int(g.columnRow[q])
            let d = g.rowValue[Int(g.columnPair[q])] << shift - lambda[i]
            if d > 0 { list.append((d, Int32(i))) }
        }
        list.sort { $0.value != $1.value ? $0.value > $1.value : $0.row < $1.row }
        var left = g.capacity[j]
        var sum: Int64 = 0
        for (d, row) in list {
            let people = min(left, g.weight[Int(row)])
            if people == 0 { break }
            sum += d * people
            left -= people
            if take { taken[Int(row)] += people }
        }
        return sum
    }

    /// Bounds the choices that open `open` and at most `more` of the columns that are neither open nor `gone`.
    mutating func run(open: [Bool], gone: [Bool], more: Int, rounds limit: Int, lower: Int64, until deadline: Deadline) {
        var lambda = best
        var direction = [Double](repeating: 0, count: g.rows)
        bestValue = .max
        var theta = 1.0
        var stale = 0
        let least = lower << shift
        for _ in 0..<limit {
            rounds += 1
            var free: [Int32] = []
            var value: Int64 = 0
            for i in 0..<g.rows { value += g.weight[i] * lambda[i] }
            for j in 0..<g.columns where !gone[j] {
                rho[j] = price(j, lambda, take: false)
                if open[j] { value += rho[j] } else if rho[j] > 0 { free.append(Int32(j)) }
            }
            let prices = rho
            free.sort { prices[Int($0)] != prices[Int($1)] ? prices[Int($0)] > prices[Int($1)] : $0 < $1 }
            let top = free.prefix(more)
            for j in top { value += rho[Int(j)] }
            if value < bestValue {
                stale = bestValue == .max || Double(bestValue - value) > 1e-3 * Double(max(1, value - least)) ? 0 : stale + 1
                bestValue = value
                best = lambda
            } else {
                stale += 1
            }
            if bestValue >> shift <= lower || deadline.isOver { return }
            if stale >= 10 {
                theta /= 2
                stale = 0
                lambda = best
                for i in direction.indices { direction[i] = 0 }
                if theta < 0.002 { return }
                continue
            }
            for i in taken.indices { taken[i] = 0 }
            for j in 0..<g.columns where open[j] { _ = price(j, lambda, take: true) }
            for j in frequency.indices { frequency[j] *= 0.9 }
            for j in top {
                _ = price(Int(j), lambda, take: true)
                frequency[Int(j)] += 0.1
            }
            var norm = 0.0
            for i in 0..<g.rows {
                direction[i] = Double(g.weight[i] - taken[i]) + 0.7 * direction[i]
                if lambda[i] > 0 || direction[i] < 0 { norm += direction[i] * direction[i] / Double(g.weight[i]) }
            }
            if norm == 0 { return }
            let t = theta * (Double(value - least) + 1) / norm
            for i in 0..<g.rows {
                let l = Double(lambda[i]) - t * direction[i] / Double(g.weight[i])
                lambda[i] = l >= Double(rowMost[i]) ? rowMost[i] : Int64(max(0, l))
            }
        }
    }
}
