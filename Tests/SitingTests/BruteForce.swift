import Siting

/// Every choice, one after the other: what the solver is held against.
struct BruteForce {
    let problem: SitingProblem
    let count: Int

    /// Every set of facilities that may be open: existing and required ones, at most `count` chosen, none in conflict.
    func choices() -> [[Int]] {
        let f = problem.facilities
        let required = f.indices.filter { f[$0].role == .required }
        let existing = f.indices.filter { f[$0].role == .existing }
        let free = f.indices.filter { f[$0].role == .candidate }
        var out: [[Int]] = []
        for mask in 0..<(1 << free.count) where mask.nonzeroBitCount + required.count <= count {
            let chosen = required + free.indices.filter { mask >> $0 & 1 == 1 }.map { free[$0] }
            let all = Set(chosen + existing)
            let clashes = problem.conflicts.contains { c in
                all.contains(Int(c.a)) && all.contains(Int(c.b)) && !(f[Int(c.a)].role == .existing && f[Int(c.b)].role == .existing)
            }
            if !clashes { out.append(chosen) }
        }
        return out
    }

    func open(_ chosen: [Int]) -> Set<Int> { Set(chosen + problem.facilities.indices.filter { problem.facilities[$0].role == .existing }) }

    /// Whoever may serve at all: existing ones, required ones, and candidates not in conflict with those.
    func usable() -> Set<Int> {
        let f = problem.facilities
        let fixed = Set(f.indices.filter { f[$0].role == .existing || f[$0].role == .required })
        var out = fixed
        for j in f.indices where f[j].role == .candidate {
            let blocked = problem.conflicts.contains { (Int($0.a) == j && fixed.contains(Int($0.b))) || (Int($0.b) == j && fixed.contains(Int($0.a))) }
            if !blocked { out.insert(j) }
        }
        return out
    }

    func nearest(_ i: Int, _ open: Set<Int>) -> Int32? {
        (problem.firstPair[i]..<problem.firstPair[i + 1]).filter { open.contains(Int(problem.pairFacility[$0])) }.map { problem.pairCost[$0] }.min()
    }

    func covered(_ chosen: [Int], within: Int32) -> Int64 {
        let open = open(chosen)
        return problem.weights.indices.reduce(0) { $0 + ((nearest($1, open) ?? .max) <= within ? problem.weights[$1] : 0) }
    }

    func cost(_ chosen: [Int], unserved: Int32) -> Int64 {
        let open = open(chosen)
        return problem.weights.indices.reduce(0) { $0 + problem.weights[$1] * Int64(min(unserved, nearest($1, open) ?? .max)) }
    }

    func coverage(within: Int32) -> Int64? { choices().map { covered($0, within: within) }.max() }
    func median(unserved: Int32) -> Int64? { choices().map { cost($0, unserved: unserved) }.min() }

    func coverageThenMedian(within: Int32, unserved: Int32) -> (Int64, Int64)? {
        choices().map { (covered($0, within: within), -cost($0, unserved: unserved)) }.max { $0 < $1 }.map { ($0.0, -$0.1) }
    }

    func fewest(people: Int64, within: Int32) -> Int? { choices().filter { covered($0, within: within) >= people }.map(\.count).min() }

    func coverAll(within: Int32) -> Int? {
        let usable = usable()
        let all = problem.weights.indices.reduce(Int64(0)) { $0 + ((nearest($1, usable) ?? .max) <= within ? problem.weights[$1] : 0) }
        return fewest(people: all, within: within)
    }

    func center() -> Int32? {
        let usable = usable()
        let asking = problem.weights.indices.filter { problem.weights[$0] > 0 && nearest($0, usable) != nil }
        return choices().compactMap { chosen -> Int32? in
            let open = open(chosen)
            var worst: Int32 = 0
            for i in asking {
                guard let d = nearest(i, open) else { return nil }
                worst = max(worst, d)
            }
            return worst
        }.min()
    }
}

extension SitingProblem {
    /// A small problem: ties, zero weights, zero costs, unreachable points and points alike are common.
    static func random(_ g: inout some RandomNumberGenerator, capacities: Bool = false) -> SitingProblem {
        let m = Int.random(in: 1...(capacities ? 5 : 9), using: &g)
        let n = Int.random(in: 1...(capacities ? 6 : 12), using: &g)
        let costMost = Int32([2, 5, 20, 1000].randomElement(using: &g)!)
        let weightMost = Int64((capacities ? [1, 2, 4] : [1, 3, 50, 100_000]).randomElement(using: &g)!)
        let density = Double.random(in: 0.2...1, using: &g)
        let roles = Bool.random(using: &g)
        let facilities = (0..<m).map { j in
            let role: Role = roles ? [.candidate, .candidate, .candidate, .candidate, .existing, .required, .forbidden].randomElement(using: &g)! : .candidate
            return Facility(
                id: "f\(j)", role: role,
                capacity: capacities && Int.random(in: 0..<4, using: &g) > 0 ? Int64.random(in: 0...(weightMost * Int64(n) / 2 + 1), using: &g) : nil)
        }
        let weights = (0..<n).map { _ in Int.random(in: 0..<5, using: &g) == 0 ? 0 : Int64.random(in: 1...weightMost, using: &g) }
        let pairs = (0..<n).map { _ in
            (0..<Int32(m)).filter { _ in Double.random(in: 0..<1, using: &g) < density }.shuffled(using: &g).map {
                (facility: $0, cost: Int32.random(in: 0...costMost, using: &g))
            }
        }
        var conflicts: [Conflict] = []
        if m > 1, Int.random(in: 0..<3, using: &g) == 0 {
            for _ in 0..<Int.random(in: 1...(m * 2), using: &g) {
                let (a, b) = (Int32.random(in: 0..<Int32(m), using: &g), Int32.random(in: 0..<Int32(m), using: &g))
                if a != b { conflicts.append(Conflict(a, b)) }
            }
        }
        return SitingProblem(facilities: facilities, weights: weights, pairs: pairs, conflicts: conflicts)
    }
}
