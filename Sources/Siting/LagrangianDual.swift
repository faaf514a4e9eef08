/// Upper bounds for every k at once. For any λ ≥ 0, no choice of k columns is worth more than Σᵢ λᵢ + the k largest ρⱼ, where
/// ρⱼ = Σᵢ max(0, vᵢⱼ - λᵢ); one λ bounds every k (Cornuéjols, Fisher and Nemhauser 1977, doi:10.1287/mnsc.23.8.789). λ is in whole
/// numbers, `scale` to a unit of value, so that each bound is exact. λ follows a deflected subgradient with Polyak's step, in a metric where
/// each row moves in proportion to its largest value. Of columns in mutual conflict only one counts (a partition of them into cliques).
/// A round costs O(pairs).
struct LagrangianDual {
    let instance: GainInstance
    /// The largest k bounded.
    let most: Int
    private let shift: Int64
    private let columnValue: [Int64]
    private let rowMost: [Int64]
    /// The clique of each column, and how many there are; nil without conflicts.
    private let clique: [Int32]?
    private let cliques: Int

    private(set) var lambda: [Int64]
    private var direction: [Double]
    private var theta = 1.0
    private var rho: [Int64]
    private var covers: [Int32]
    private var order: [Int32] = []
    /// `upper[k]`: no k columns are worth more, the constant included.
    private(set) var upper: [Int64]
    /// The λ of the best bound of the k last worked on, and that k.
    private(set) var bestLambda: [Int64]
    private(set) var target = -1
    private var bestScaled = Int64.max
    /// How often, lately, each column was among the k largest: near a half, the bound cannot decide on it.
    private(set) var frequency: [Double]
    private(set) var rounds = 0

    /// λ starts from `lambda` (scaled as `scaled` gives it) or between the best and second best values of `chosen`.
    init(_ instance: GainInstance, most: Int, chosen: [Int32] = [], lambda start: [Double]? = nil) {
        self.instance = instance
        self.most = min(most, instance.columns)
        var total: Int64 = 0
        var rowMost = [Int64](repeating: 0, count: instance.rows)
        for i in 0..<instance.rows {
            rowMost[i] = instance.rowValue[instance.rowStart[i]]
            total += rowMost[i]
        }
        // Σλ ≤ total and each ρ ≤ total: (most + 1) · total · 2^shift has to stay below 2^62.
        var shift: Int64 = 0
        let limit = (Int64(1) << 61) / Int64(self.most + 2)
        while shift < 24, total << (shift + 1) <= limit { shift += 1 }
        self.shift = shift
        self.rowMost = rowMost.map { $0 << shift }
        columnValue = instance.columnValue.map { $0 << shift }
        if instance.hasConflicts {
            let (map, n) = Self.cliquePartition(instance.conflicts)
            clique = map
            cliques = n
        } else {
            clique = nil
            cliques = instance.columns
        }
        if let start {
            let unit = Double(Int64(1) << shift)
            lambda = zip(start, self.rowMost).map { min($1, max(0, Int64(($0 * unit).rounded()))) }
        } else {
            var isChosen = [Bool](repeating: false, count: instance.columns)
            for j in chosen { isChosen[Int(j)] = true }
            lambda = (0..<instance.rows).map { i in
                var (a, b): (Int64, Int64) = (0, 0)
                for p in instance.rowStart[i]..<instance.rowStart[i + 1] where isChosen[Int(instance.rowColumn[p])] {
                    if a == 0 {
                        a = instance.rowValue[p]
                    } else {
                        b = instance.rowValue[p]
                        break
                    }
                }
                return ((a + b) << shift) / 2
            }
        }
        bestLambda = lambda
        direction = [Double](repeating: 0, count: instance.rows)
        rho = [Int64](repeating: 0, count: instance.columns)
        covers = [Int32](repeating: 0, count: instance.rows)
        frequency = [Double](repeating: 0, count: instance.columns)
        let everything = instance.constant + total
        upper = [Int64](repeating: everything, count: self.most + 1)
        upper[0] = instance.constant
    }

    /// λ in units of value, for another instance.
    var unscaledLambda: [Double] {
        let unit = Double(Int64(1) << shift)
        return bestLambda.map { Double($0) / unit }
    }

    private static func cliquePartition(_ conflicts: [[Int32]]) -> ([Int32], Int) {
        var clique = [Int32](repeating: -1, count: conflicts.count)
        var n: Int32 = 0
        for j in conflicts.indices where clique[j] < 0 {
            clique[j] = n
            var members = [Int32(j)]
            for other in conflicts[j] where clique[Int(other)] < 0 {
                if members.allSatisfy({ $0 == Int32(j) || conflicts[Int(other)].contains($0) }) {
                    clique[Int(other)] = n
                    members.append(other)
                }
            }
            n += 1
        }
        return (clique, Int(n))
    }

    private mutating func price(_ lambda: [Int64]) {
        let columns = instance.columns
        instance.columnStart.withUnsafeBufferPointer { start in
            instance.columnRow.withUnsafeBufferPointer { row in
                columnValue.withUnsafeBufferPointer { value in
                    lambda.withUnsafeBufferPointer { l in
                        for j in 0..<columns {
                            var sum: Int64 = 0
                            for p in start[j]..<start[j + 1] {
                                let d = value[p] &- l[Int(row[p])]
                                sum &+= d & ~(d >> 63)
                            }
                            rho[j] = sum
                        }
                    }
                }
            }
        }
    }

    /// Fills `order` with the columns of the `most` largest ρ, one of a clique, largest first, smaller numbers first among equals.
    private mutating func rank() {
        let rho = rho
        func before(_ a: Int32, _ b: Int32) -> Bool { rho[Int(a)] != rho[Int(b)] ? rho[Int(a)] > rho[Int(b)] : a < b }
        var pool: [Int32]
        if let clique {
            var top = [Int32](repeating: -1, count: cliques)
            for j in 0..<Int32(instance.columns) {
                let c = Int(clique[Int(j)])
                if top[c] < 0 || before(j, top[c]) { top[c] = j }
            }
            pool = top
        } else {
            pool = (0..<Int32(instance.columns)).map { $0 }
        }
        if pool.count > 4 * most {
            // A heap of the best so far, the worst on top.
            var heap = Array(pool.prefix(most + 1)).sorted { before($1, $0) }
            for j in pool.dropFirst(most + 1) where before(j, heap[0]) {
                var i = 0
                heap[0] = j
                while true {
                    var worst = i
                    let child = 2 * i + 1
                    if child < heap.count, before(heap[worst], heap[child]) { worst = child }
                    if child + 1 < heap.count, before(heap[worst], heap[child + 1]) { worst = child + 1 }
                    if worst == i { break }
                    heap.swapAt(i, worst)
                    i = worst
                }
            }
            pool = heap
        }
        order = pool.sorted(by: before)
    }

    private func sum(_ lambda: [Int64]) -> Int64 {
        var s: Int64 = 0
        for l in lambda { s &+= l }
        return s
    }

    /// Rounds towards the best bound for `count`, given a value that can be had. Ends early once the bound meets it.
    mutating func run(count: Int, rounds limit: Int, lower: Int64, until deadline: Deadline? = nil) {
        guard count > 0, count <= most, instance.rows > 0 else { return }
        if target != count {
            target = count
            bestScaled = .max
            theta = 1.0
            for i in direction.indices { direction[i] = 0 }
        }
        var stale = 0
        let lowerScaled = (lower - instance.constant) << shift
        let unitMask = (Int64(1) << shift) - 1
        for round in 0..<limit {
            price(lambda)
            rank()
            rounds += 1
            var bound = sum(lambda)
            var atTarget = bound
            for n in 0..<min(most, order.count) {
                bound &+= rho[Int(order[n])]
                let whole = instance.constant + (bound >> shift)
                if whole < upper[n + 1] { upper[n + 1] = whole }
                if n + 1 == count { atTarget = bound }
            }
            if order.count < most {
                if order.count < count { atTarget = bound }
                let whole = instance.constant + (bound >> shift)
                for k in (order.count + 1)...most where whole < upper[k] { upper[k] = whole }
            }
            // Progress below a hundredth of a percent of the gap does not count as such.
            if atTarget < bestScaled {
                let step = bestScaled == .max ? Int64.max : bestScaled - atTarget
                if Double(step) > 1e-3 * Double(max(1, atTarget - lowerScaled)) { stale = 0 } else { stale += 1 }
                bestScaled = atTarget
                bestLambda = lambda
            } else {
                stale += 1
            }
            if bestScaled & ~unitMask <= lowerScaled { return }
            if stale >= 20 {
                theta *= 0.6
                stale = 0
                lambda = bestLambda
                for i in direction.indices { direction[i] = 0 }
                if theta < 1e-3 { theta = 0.3 }
                continue
            }
            if round % 16 == 15, let deadline, deadline.isOver { return }
            step(count, gap: Double(atTarget - lowerScaled))
        }
    }

    private mutating func step(_ count: Int, gap: Double) {
        for i in covers.indices { covers[i] = 1 }
        for j in frequency.indices { frequency[j] *= 0.95 }
        for n in 0..<min(count, order.count) {
            let j = Int(order[n])
            frequency[j] += 0.05
            for p in instance.columnStart[j]..<instance.columnStart[j + 1] {
                let i = Int(instance.columnRow[p])
                if columnValue[p] > lambda[i] { covers[i] -= 1 }
            }
        }
        var norm = 0.0
        for i in covers.indices {
            let d = Double(covers[i]) + 0.7 * direction[i]
            direction[i] = d
            if lambda[i] > 0 || d < 0 { norm += d * d * Double(rowMost[i]) }
        }
        guard norm > 0 else { return }
        let t = theta * gap / norm
        for i in covers.indices {
            let l = Double(lambda[i]) - t * direction[i] * Double(rowMost[i])
            lambda[i] = l >= Double(rowMost[i]) ? rowMost[i] : Int64(max(0, l))
        }
    }

    /// What the best λ proves about single columns, given that only values above `lower` are of interest: those in no such choice, and
    /// those in all of them.
    mutating func fixed(lower: Int64) -> (without: [Bool], with: [Int32]) {
        var without = [Bool](repeating: false, count: instance.columns)
        guard target > 0, target <= most else { return (without, []) }
        price(bestLambda)
        rank()
        let k = min(target, order.count)
        let base = sum(bestLambda)
        var top = base
        for n in 0..<k { top += rho[Int(order[n])] }
        let least = (lower - instance.constant + 1) << shift
        var isTop = [Bool](repeating: false, count: instance.columns)
        for n in 0..<k { isTop[Int(order[n])] = true }
        // Choosing j instead of the worst of the k (or of the one of its clique).
        var holder = [Int32](repeating: -1, count: cliques)
        if let clique { for n in 0..<k { holder[Int(clique[Int(order[n])])] = order[n] } }
        for j in 0..<instance.columns where !isTop[j] {
            var with = top + rho[j]
            if let clique, holder[Int(clique[j])] >= 0 {
                with -= rho[Int(holder[Int(clique[j])])]
            } else if k == target {
                with -= rho[Int(order[k - 1])]
            }
            if with < least { without[j] = true }
        }
        var with: [Int32] = []
        let next = order.count > k ? rho[Int(order[k])] : 0
        var runnerUp = [Int64](repeating: 0, count: clique == nil ? 0 : cliques)
        if let clique { for j in 0..<instance.columns where !isTop[j] { runnerUp[Int(clique[j])] = max(runnerUp[Int(clique[j])], rho[j]) } }
        for n in 0..<k {
            let j = Int(order[n])
            let other = clique.map { max(next, runnerUp[Int($0[j])]) } ?? next
            if top - rho[j] + other < least { with.append(order[n]) }
        }
        return (without, with.sorted())
    }
}
