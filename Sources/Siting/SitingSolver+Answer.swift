extension SitingSolver {
    /// The answer without capacities: everyone goes to the cheapest open facility.
    func answer(
        chosen: [Int32], shown: Shown, value: Int64, upper: Int64, proof: SitingAnswer.Proof?, stopped: Bool, effort: SitingEffort
    ) -> SitingAnswer {
        let objective = shown.objective(value)
        var out = assigned(chosen, valuation: shown.valuation, effort: effort)
        out.objective = objective
        out.bound = shown.objective(upper)
        out.proof = value == upper ? proof : nil
        if let second = shown.second(value, at: value), let bound = shown.second(upper, at: value), case .both(_, _, _, let unit) = shown.valuation {
            out.second = SitingAnswer.Second(objective: second, bound: bound, costUnit: unit)
        }
        out.stopped = stopped
        return out
    }

    /// Who goes where, and the roll-out order by what each facility adds to the value.
    func assigned(_ chosen: [Int32], valuation: Valuation, effort: SitingEffort) -> SitingAnswer {
        let ordered = rollOut(chosen, valuation)
        var isOpen = [Bool](repeating: false, count: problem.facilities.count)
        for f in canonical.fixed + chosen { isOpen[Int(f)] = true }
        var isUsable = isOpen
        for f in canonical.candidates { isUsable[Int(f)] = true }
        let limit = valuation.limit
        var assignments: [SitingAnswer.Assignment] = []
        var (served, cost, beyond): (Int64, Int64, Int64) = (0, 0, 0)
        for i in problem.weights.indices {
            var best = -1
            var reachable = false
            for p in problem.firstPair[i]..<problem.firstPair[i + 1] where problem.pairCost[p] <= limit {
                let f = Int(problem.pairFacility[p])
                if isUsable[f] { reachable = true }
                if isOpen[f], best < 0 || isBefore(p, best) { best = p }
            }
            let weight = problem.weights[i]
            if !reachable { beyond += weight }
            guard best >= 0 else { continue }
            assignments.append(
                SitingAnswer.Assignment(demand: Int32(i), facility: problem.pairFacility[best], people: weight, cost: problem.pairCost[best]))
            served += weight
            cost += weight * Int64(problem.pairCost[best])
        }
        return SitingAnswer(
            chosen: ordered, assignments: assignments, objective: 0, bound: 0, proof: nil, second: nil, served: served, cost: cost,
            people: canonical.people, beyondReach: beyond, effort: effort, seed: options.seed, stopped: false)
    }

    /// The tie rule of assignments: cost, existing before chosen, id.
    private func isBefore(_ p: Int, _ q: Int) -> Bool {
        if problem.pairCost[p] != problem.pairCost[q] { return problem.pairCost[p] < problem.pairCost[q] }
        let (f, g) = (Int(problem.pairFacility[p]), Int(problem.pairFacility[q]))
        let (e, h) = (problem.facilities[f].role == .existing, problem.facilities[g].role == .existing)
        return e != h ? e : canonical.rank[f] < canonical.rank[g]
    }

    /// The chosen, each the one that adds most to existing facilities and those before it; of equal ones the first by id.
    func rollOut(_ chosen: [Int32], _ valuation: Valuation) -> [Int32] {
        var slot = [Int32](repeating: -1, count: problem.facilities.count)
        var isExisting = [Bool](repeating: false, count: problem.facilities.count)
        for f in canonical.fixed where problem.facilities[Int(f)].role == .existing { isExisting[Int(f)] = true }
        var left = chosen.sorted { canonical.rank[Int($0)] < canonical.rank[Int($1)] }
        for (n, f) in left.enumerated() { slot[Int(f)] = Int32(n) }
        var lists = [[(row: Int32, value: Int64)]](repeating: [], count: left.count)
        var best = [Int64](repeating: 0, count: problem.weights.count)
        for i in problem.weights.indices where problem.weights[i] > 0 {
            for p in problem.firstPair[i]..<problem.firstPair[i + 1] {
                let f = Int(problem.pairFacility[p])
                if isExisting[f] { best[i] = max(best[i], valuation.value(problem.pairCost[p])) }
                if slot[f] >= 0 { lists[Int(slot[f])].append((Int32(i), valuation.value(problem.pairCost[p]))) }
            }
        }
        var out: [Int32] = []
        while !left.isEmpty {
            var (top, at): (Int64, Int) = (-1, 0)
            for (n, f) in left.enumerated() {
                var sum: Int64 = 0
                for (row, v) in lists[Int(slot[Int(f)])] where v > best[Int(row)] { sum += problem.weights[Int(row)] * (v - best[Int(row)]) }
                if sum > top { (top, at) = (sum, n) }
            }
            let f = left.remove(at: at)
            for (row, v) in lists[Int(slot[Int(f)])] where v > best[Int(row)] { best[Int(row)] = v }
            out.append(f)
        }
        return out
    }
}
