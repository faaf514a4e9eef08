/// A problem checked, its facilities in canonical order.
struct CanonicalProblem: Sendable {
    let problem: SitingProblem
    /// Facilities by id.
    let order: [Int32]
    /// The place of each facility in `order`.
    let rank: [Int32]
    /// Existing and required facilities, those that serve in any case, in canonical order.
    let fixed: [Int32]
    let required: [Int32]
    /// Those that may be chosen, in canonical order; none in conflict with a required or existing one.
    let candidates: [Int32]
    let people: Int64

    init(_ problem: SitingProblem) throws(SitingError) {
        try problem.check()
        self.problem = problem
        let facilities = problem.facilities
        let order = facilities.indices.sorted { facilities[$0].id.unicodeScalars.lexicographicallyPrecedes(facilities[$1].id.unicodeScalars) }.map(Int32.init)
        var rank = [Int32](repeating: 0, count: order.count)
        for (n, f) in order.enumerated() { rank[Int(f)] = Int32(n) }
        var isBlocked = [Bool](repeating: false, count: facilities.count)
        for c in problem.conflicts {
            let (a, b) = (facilities[Int(c.a)].role, facilities[Int(c.b)].role)
            if a == .required, b == .required || b == .existing { throw Self.contradiction(facilities, c.a, c.b) }
            if b == .required, a == .existing { throw Self.contradiction(facilities, c.b, c.a) }
            if a == .required || a == .existing { isBlocked[Int(c.b)] = true }
            if b == .required || b == .existing { isBlocked[Int(c.a)] = true }
        }
        self.order = order
        self.rank = rank
        fixed = order.filter { facilities[Int($0)].role == .existing || facilities[Int($0)].role == .required }
        required = order.filter { facilities[Int($0)].role == .required }
        candidates = order.filter { facilities[Int($0)].role == .candidate && !isBlocked[Int($0)] }
        people = problem.weights.reduce(0, +)
    }

    private static func contradiction(_ f: [SitingProblem.Facility], _ a: Int32, _ b: Int32) -> SitingError {
        let other = f[Int(b)].role == .required ? "required too" : "there already"
        return .infeasible(
            "'\(f[Int(a)].id)' is required and too near '\(f[Int(b)].id)', which is \(other); require one of them, or ask for a smaller spacing")
    }

    /// The number of facilities that may be chosen, those required among them.
    var most: Int { candidates.count + required.count }

    /// Throws where `count` facilities cannot be had.
    func check(count: Int) throws(SitingError) {
        guard count >= 0 else { throw .malformed("\(count) facilities are asked for; 0 or more is accepted") }
        guard count >= required.count else {
            throw .infeasible("\(Self.facilities(required.count)) required and \(count) may be chosen; ask for at least \(required.count)")
        }
        guard count <= most else {
            throw .infeasible(
                "\(Self.facilities(count)) asked for and \(most == 0 ? "none is" : most == 1 ? "1 is" : "\(most) are") there to choose; ask for at most \(most)"
            )
        }
    }

    static func facilities(_ n: Int) -> String { n == 1 ? "1 facility is" : "\(n) facilities are" }

    /// Throws where nobody can be served at a cost of at most `limit`.
    func check(limit: Int32) throws(SitingError) {
        guard people > 0 else { throw .infeasible("no demand point has people: there is nobody to serve") }
        var isOpen = [Bool](repeating: false, count: problem.facilities.count)
        for f in fixed + candidates { isOpen[Int(f)] = true }
        var least = Int32.max
        for i in problem.weights.indices where problem.weights[i] > 0 {
            for p in problem.firstPair[i]..<problem.firstPair[i + 1] where isOpen[Int(problem.pairFacility[p])] { least = min(least, problem.pairCost[p]) }
        }
        guard least <= limit else {
            throw .infeasible(
                least == .max
                    ? "no facility that may serve can be reached from any demand point with people"
                    : "nobody is within \(limit) of a facility that may serve; the least cost of anyone is \(least)")
        }
    }

    /// The gain instance of a valuation: existing and required facilities taken off, only pairs that improve on them, weights in the values.
    func gainInstance(_ valuation: Valuation) -> GainInstance {
        var column = [Int32](repeating: -1, count: problem.facilities.count)
        for (n, f) in candidates.enumerated() { column[Int(f)] = Int32(n) }
        var isFixed = [Bool](repeating: false, count: problem.facilities.count)
        for f in fixed { isFixed[Int(f)] = true }
        var start = [0]
        start.reserveCapacity(problem.weights.count + 1)
        var (columns, values): ([Int32], [Int64]) = ([], [])
        var constant: Int64 = 0
        for i in problem.weights.indices {
            let weight = problem.weights[i]
            if weight > 0 {
                let range = problem.firstPair[i]..<problem.firstPair[i + 1]
                var base: Int64 = 0
                for p in range where isFixed[Int(problem.pairFacility[p])] { base = max(base, valuation.value(problem.pairCost[p])) }
                constant += weight * base
                for p in range {
                    let j = column[Int(problem.pairFacility[p])]
                    if j < 0 { continue }
                    let v = valuation.value(problem.pairCost[p])
                    if v > base {
                        columns.append(j)
                        values.append(weight * (v - base))
                    }
                }
            }
            start.append(columns.count)
        }
        let conflicts: [(Int32, Int32)] = problem.conflicts.compactMap { c in
            let (a, b) = (column[Int(c.a)], column[Int(c.b)])
            return a >= 0 && b >= 0 ? (a, b) : nil
        }
        return GainInstance.make(facility: candidates, conflicts: conflicts, rowStart: start, rowColumn: columns, rowValue: values, constant: constant).instance
    }
}
