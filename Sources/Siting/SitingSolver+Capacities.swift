extension SitingSolver {
    /// Every objective where facilities are limited. People of one demand point may go to several facilities.
    func solveWithCapacities(_ objective: SitingObjective, _ valuation: Valuation, count: Int, deadline: Deadline) throws(SitingError) -> SitingAnswer {
        var effort = SitingEffort()
        let required = canonical.required.count
        switch objective {
        case .coverage, .median, .coverageThenMedian:
            let instance = CapacityInstance(canonical, valuation)
            (effort.pairs, effort.candidates) = (instance.rowColumn.count, instance.columns - instance.fixed)
            let shown = Shown(objective: objective, valuation: valuation, people: canonical.people)
            var search = CapacitySearch(instance, count: count - required, options: options, deadline: deadline)
            let outcome = search.run(effort: &effort, report: Reporter(options, deadline, shown).tell)
            effort.seconds = deadline.seconds
            var answer = served(instance, outcome.chosen, valuation, effort)
            answer.objective = shown.objective(outcome.value)
            answer.bound = shown.objective(outcome.upper)
            answer.proof = outcome.proof
            if let second = shown.second(outcome.value, at: outcome.value), let bound = shown.second(outcome.upper, at: outcome.value),
                case .both(_, _, _, let unit) = valuation
            {
                answer.second = SitingAnswer.Second(objective: second, bound: bound, costUnit: unit)
            }
            answer.stopped = outcome.stopped
            return answer
        case .coverAll(let within): return try fewestWithCapacities(people: nil, within: within, limit: count, deadline: deadline)
        case .fewest(let people, let within): return try fewestWithCapacities(people: people, within: within, limit: count, deadline: deadline)
        case .center: return try centerWithCapacities(count: count, deadline: deadline)
        }
    }

    private func reachable(_ instance: CapacityInstance) -> Int64 { instance.weight.reduce(0, +) }

    /// One count after the other, from below: the first that can do it is the fewest.
    private func fewestWithCapacities(people: Int64?, within: Int32, limit: Int, deadline: Deadline) throws(SitingError) -> SitingAnswer {
        let valuation = Valuation.coverage(within: within)
        let instance = CapacityInstance(canonical, valuation)
        var effort = SitingEffort()
        (effort.pairs, effort.candidates) = (instance.rowColumn.count, instance.columns - instance.fixed)
        let wanted = people ?? reachable(instance)
        let required = canonical.required.count
        var known: Int?
        var proof = SitingAnswer.Proof.own
        var most: Int64 = 0
        for k in 0...max(0, limit - required) {
            var search = CapacitySearch(instance, count: k, options: options, deadline: deadline, enough: wanted)
            let outcome = search.run(effort: &effort)
            most = max(most, outcome.value)
            if outcome.value >= wanted {
                effort.seconds = deadline.seconds
                var answer = served(instance, outcome.chosen, valuation, effort)
                answer.objective = Int64(answer.chosen.count)
                answer.bound = Int64(required + min(known ?? k, outcome.chosen.count))
                answer.proof = known == nil || answer.bound == answer.objective ? proof : nil
                answer.stopped = answer.proof == nil
                return answer
            }
            if outcome.upper >= wanted { known = known ?? k } else if outcome.proof == .library { proof = .library }
            if deadline.isOver { break }
        }
        if known != nil {
            throw .infeasible("the search ended before a choice of at most \(limit) facilities was found that serves \(wanted) people; allow more time")
        }
        throw .infeasible("\(limit) facilities with these capacities cannot serve \(wanted) people within \(within); \(most) is the most")
    }

    private func centerWithCapacities(count: Int, deadline: Deadline) throws(SitingError) -> SitingAnswer {
        var effort = SitingEffort()
        let ladder = Set(problem.pairCost).sorted()
        let room = count - canonical.required.count
        let last = ladder[ladder.count - 1]
        let wanted = reachable(CapacityInstance(canonical, .coverage(within: last)))
        var best: (place: Int, chosen: [Int32], instance: CapacityInstance)?
        var (low, from) = (0, 0)
        while best == nil || from < best!.place {
            let place = best.map { (from + $0.place) / 2 } ?? ladder.count - 1
            let instance = CapacityInstance(canonical, .coverage(within: ladder[place]))
            if effort.pairs == 0 { (effort.pairs, effort.candidates) = (instance.rowColumn.count, instance.columns - instance.fixed) }
            var outcome = CapacitySearch.Outcome(chosen: [], value: 0, upper: 0, proof: .own, stopped: false)
            if reachable(instance) == wanted {
                var search = CapacitySearch(instance, count: room, options: options, deadline: deadline, enough: wanted)
                outcome = search.run(effort: &effort)
            }
            if outcome.value >= wanted {
                best = (place, outcome.chosen, instance)
            } else if outcome.upper < wanted {
                if best == nil {
                    throw .infeasible("\(count) facilities with these capacities cannot serve \(wanted) people; \(outcome.value) is the most found")
                }
                low = place + 1
                from = low
            } else {
                from = place + 1
                if best == nil { break }
            }
            if deadline.isOver { break }
        }
        guard let best else {
            throw .infeasible("the search ended before a choice of at most \(count) facilities was found that serves everyone; allow more time")
        }
        effort.seconds = deadline.seconds
        var answer = served(best.instance, best.chosen, .coverage(within: ladder[best.place]), effort)
        answer.objective = Int64(ladder[best.place])
        answer.bound = Int64(ladder[min(low, best.place)])
        answer.proof = low >= best.place ? .own : nil
        answer.stopped = answer.proof == nil
        return answer
    }

    /// The assignment behind a choice, and the roll-out order by what each facility adds to those before it.
    private func served(_ instance: CapacityInstance, _ columns: [Int32], _ valuation: Valuation, _ effort: SitingEffort) -> SitingAnswer {
        let required = Set(canonical.required)
        var state = Transport(instance)
        for j in 0..<instance.fixed where !required.contains(instance.facility[j]) { state.open(j) }
        var left = (0..<instance.fixed).filter { required.contains(instance.facility[$0]) }.map(Int32.init) + columns
        left.sort { canonical.rank[Int(instance.facility[Int($0)])] < canonical.rank[Int(instance.facility[Int($1)])] }
        var order: [Int32] = []
        // What a facility adds only falls as others open (the value is submodular), so that what it added before bounds it.
        var heap = MaxHeap(capacity: left.count)
        for (n, _) in left.enumerated() { heap.push(.max, Int32(n)) }
        while let top = heap.first {
            let j = left[Int(top.item)]
            var trial = state
            trial.open(Int(j))
            let adds = trial.value - state.value
            if adds < top.key {
                heap.replaceFirst(adds, top.item)
                continue
            }
            heap.removeFirst()
            let f = instance.facility[Int(j)]
            // What adds nothing is left out, unless it is required.
            if adds > 0 || required.contains(f) {
                state = trial
                order.append(f)
            }
        }
        var assignments: [SitingAnswer.Assignment] = []
        var (served, cost): (Int64, Int64) = (0, 0)
        for i in 0..<instance.rows {
            var members = instance.members[i].map { (demand: $0, left: problem.weights[Int($0)]) }[...]
            for p in instance.rowStart[i]..<instance.rowStart[i + 1] where state.flow[p] > 0 {
                var people = state.flow[p]
                let f = instance.facility[Int(instance.rowColumn[p])]
                while people > 0 {
                    let n = min(people, members[members.startIndex].left)
                    let demand = members[members.startIndex].demand
                    let price = pairCost(demand, f)
                    assignments.append(SitingAnswer.Assignment(demand: demand, facility: f, people: n, cost: price))
                    served += n
                    cost += n * Int64(price)
                    people -= n
                    members[members.startIndex].left -= n
                    if members[members.startIndex].left == 0 { members.removeFirst() }
                }
            }
        }
        assignments.sort { ($0.demand, $0.facility) < ($1.demand, $1.facility) }
        let reach = assigned([], valuation: valuation, effort: effort)
        return SitingAnswer(
            chosen: order, assignments: assignments, objective: 0, bound: 0, proof: nil, second: nil, served: served, cost: cost, people: canonical.people,
            beyondReach: reach.beyondReach, effort: effort, seed: options.seed, stopped: false)
    }

    private func pairCost(_ demand: Int32, _ facility: Int32) -> Int32 {
        (problem.firstPair[Int(demand)]..<problem.firstPair[Int(demand) + 1]).filter { problem.pairFacility[$0] == facility }.map { problem.pairCost[$0] }.min()
            ?? 0
    }
}
