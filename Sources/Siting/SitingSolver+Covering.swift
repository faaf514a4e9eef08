extension SitingSolver {
    /// Cover-all: the fewest that cover everyone within reach of any facility.
    func coverAll(within: Int32, limit: Int, deadline: Deadline) throws(SitingError) -> SitingAnswer {
        let valuation = Valuation.coverage(within: within)
        let instance = canonical.gainInstance(valuation)
        var effort = SitingEffort()
        (effort.pairs, effort.candidates) = (instance.pairs, instance.columns)
        let room = limit - canonical.required.count
        let result = cover(instance, limit: room, firstIsEnough: false, deadline: deadline, effort: &effort)
        effort.seconds = deadline.seconds
        guard let found = result.found else {
            if result.isComplete { throw try cannotCoverAll(within: within, limit: limit, deadline: deadline) }
            throw SitingError.infeasible(
                "the search ended before a choice of at most \(limit) facilities was found that covers everyone; allow more time or more facilities")
        }
        let required = canonical.required.count
        return counted(canonical.required + found, bound: required + min(found.count, result.lower), valuation, proof: result.proof, effort: effort)
    }

    private func cannotCoverAll(within: Int32, limit: Int, deadline: Deadline) throws(SitingError) -> SitingError {
        let most = canonical.most
        if limit < most {
            if let answer = try? coverAll(within: within, limit: most, deadline: deadline) {
                return .infeasible("\(limit) \(limit == 1 ? "facility" : "facilities") cannot cover everyone within \(within); \(answer.objective) can")
            }
        }
        return .infeasible("no choice covers everyone within \(within) and keeps the spacing asked for; ask for coverage with a count, or a smaller spacing")
    }

    /// The fewest that cover `people` in all.
    func fewest(people: Int64, within: Int32, limit: Int, deadline: Deadline) throws(SitingError) -> SitingAnswer {
        let valuation = Valuation.coverage(within: within)
        let instance = canonical.gainInstance(valuation)
        var effort = SitingEffort()
        (effort.pairs, effort.candidates) = (instance.pairs, instance.columns)
        let required = canonical.required.count
        var reachable = instance.constant
        for i in 0..<instance.rows { reachable += instance.rowValue[instance.rowStart[i]] }
        guard people <= reachable else {
            throw .infeasible(
                "\(people) people are to be covered and \(reachable) of \(canonical.people) are within \(within) of any facility; ask for at most \(reachable)")
        }
        guard instance.constant < people else {
            effort.seconds = deadline.seconds
            return counted(canonical.required, bound: required, valuation, proof: .own, effort: effort)
        }
        let most = min(limit - required, instance.columns)
        let greedy = LazyGreedy.run(instance, count: most)
        effort.secondsToFirst = deadline.seconds
        var best: [Int32]?
        var sum = instance.constant
        for (n, g) in greedy.gains.enumerated() {
            sum += g
            if sum >= people {
                best = greedy.chosen.prefix(n + 1).map { instance.facility[Int($0)] }
                break
            }
        }
        // One multiplier vector bounds every count: no count whose bound is too low will do.
        var low = 1
        if most > 0 {
            let top = min(most, best?.count ?? most)
            var dual = LagrangianDual(instance, most: top, chosen: greedy.chosen)
            dual.run(count: top, rounds: 200, lower: instance.constant, until: deadline)
            effort.rounds += dual.rounds
            while low <= top, dual.upper[low] < people { low += 1 }
        }
        var high = best?.count ?? most + 1
        var proof = SitingAnswer.Proof.own
        var undecided = false
        // Near the top first: the bound is usually one below what greed needs.
        while low < high, !undecided, !deadline.isOver {
            let k = best == nil ? min(most, high - 1) : max(low, high - max(1, (high - low) / 2))
            let search = GainSearch(instance, count: k, options: options, deadline: deadline, enough: people)
            let outcome = search.run(effort: &effort)
            if outcome.value >= people {
                best = outcome.chosen
                high = min(k, outcome.chosen.count)
            } else if outcome.upper < people {
                low = k + 1
                if outcome.byLibrary { proof = .library }
            } else {
                undecided = true
            }
        }
        effort.seconds = deadline.seconds
        guard let best else {
            if low > most {
                let outcome = GainSearch(instance, count: instance.columns, options: options, deadline: deadline).run(effort: &effort)
                throw .infeasible(
                    outcome.value >= people
                        ? "\(limit) facilities cannot cover \(people) people; \(outcome.chosen.count + required) can"
                        : "no choice that may be made covers \(people) people within \(within); ask for at most \(outcome.value)")
            }
            throw .infeasible("the search ended before a choice of at most \(limit) facilities was found that covers \(people) people; allow more time")
        }
        return counted(
            canonical.required + best, bound: required + min(low, high), valuation, proof: low >= high ? proof : nil, effort: effort)
    }

    /// The least cost that nobody exceeds, with at most `count` facilities: which cost can be had is a question of covering, and the costs
    /// that can be the answer are halved again and again (Minieka 1970, doi:10.1137/1012016).
    func center(count: Int, deadline: Deadline) throws(SitingError) -> SitingAnswer {
        var usable = [Bool](repeating: false, count: problem.facilities.count)
        var isFixed = usable
        for f in canonical.fixed + canonical.candidates { usable[Int(f)] = true }
        for f in canonical.fixed { isFixed[Int(f)] = true }
        // Nobody can do better than their nearest, nor needs more than what is there already.
        var (least, enough): (Int32, Int32?) = (0, 0)
        var costs = Set<Int32>()
        for i in problem.weights.indices where problem.weights[i] > 0 {
            var (nearest, served) = (Int32.max, Int32.max)
            for p in problem.firstPair[i]..<problem.firstPair[i + 1] {
                let f = Int(problem.pairFacility[p])
                guard usable[f] else { continue }
                nearest = min(nearest, problem.pairCost[p])
                if isFixed[f] { served = min(served, problem.pairCost[p]) }
                costs.insert(problem.pairCost[p])
            }
            if nearest == .max { continue }
            least = max(least, nearest)
            enough = served == .max ? nil : enough.map { max($0, served) }
        }
        let ladder = costs.filter { $0 >= least && $0 <= enough ?? .max }.sorted()
        var effort = SitingEffort()
        let room = count - canonical.required.count
        var best: (place: Int, chosen: [Int32])? = enough == nil ? nil : (ladder.count - 1, [])
        var proof = SitingAnswer.Proof.own
        // Places below `low` are known not to do. First of all whether everyone can be served at all, then halving; where a place stays
        // undecided, the larger ones are halved for a better answer, then the smaller ones for a better bound. All that with little effort
        // for each question, then with more.
        var low = 0
        func decide(_ place: Int, _ nodes: Int) -> (found: [Int32]?, isComplete: Bool) {
            let instance = canonical.gainInstance(.coverage(within: ladder[place]))
            if effort.pairs == 0 { (effort.pairs, effort.candidates) = (instance.pairs, instance.columns) }
            let isLast = nodes == options.coverNodes
            let nodes = isLast && options.library != nil ? nodes / 10 : nodes
            let result = cover(instance, limit: room, firstIsEnough: true, nodes: nodes, askLibrary: isLast, deadline: deadline, effort: &effort)
            if result.found != nil, effort.secondsToFirst == 0 { effort.secondsToFirst = deadline.seconds }
            if result.isComplete, result.found == nil, result.proof == .library { proof = .library }
            return (result.found, result.isComplete)
        }
        for nodes in [options.coverNodes / 100, options.coverNodes] {
            var undecided: Int?
            var from = low
            while best == nil || from < best!.place, !deadline.isOver {
                let place = best.map { (from + $0.place) / 2 } ?? ladder.count - 1
                let answer = decide(place, nodes)
                if let found = answer.found {
                    best = (place, found)
                } else if answer.isComplete {
                    if best == nil { throw try cannotServe(count: count, deadline: deadline) }
                    low = place + 1
                    from = low
                    undecided = nil
                } else {
                    undecided = undecided ?? place
                    from = place + 1
                    if best == nil { break }
                }
                if let best { options.progress?(progress(ladder[best.place], ladder[min(low, best.place)], deadline)) }
            }
            while let open = undecided, best != nil, low < open, !deadline.isOver {
                let place = (low + open) / 2
                let answer = decide(place, nodes)
                if let found = answer.found {
                    best = (place, found)
                    undecided = place
                } else if answer.isComplete {
                    low = place + 1
                } else {
                    undecided = place
                }
                if let best { options.progress?(progress(ladder[best.place], ladder[min(low, best.place)], deadline)) }
            }
            if let best, low >= best.place { break }
        }
        guard let best else {
            throw .infeasible("the search ended before a choice of at most \(count) facilities was found that serves everyone; allow more time")
        }
        effort.seconds = deadline.seconds
        var answer = assigned(canonical.required + best.chosen, valuation: .coverage(within: ladder[best.place]), effort: effort)
        answer.beyondReach = beyondEveryone(usable)
        answer.objective = Int64(ladder[best.place])
        answer.bound = Int64(ladder[min(low, best.place)])
        answer.proof = low >= best.place ? proof : nil
        answer.stopped = answer.proof == nil && deadline.isOver
        return answer
    }

    private func progress(_ objective: Int32, _ bound: Int32, _ deadline: Deadline) -> SitingProgress {
        SitingProgress(
            objective: Int64(objective), bound: Int64(bound), gap: Double(objective - bound) / Double(max(1, objective)), seconds: deadline.seconds)
    }

    private func beyondEveryone(_ usable: [Bool]) -> Int64 {
        var sum: Int64 = 0
        for i in problem.weights.indices {
            let range = problem.firstPair[i]..<problem.firstPair[i + 1]
            if !range.contains(where: { usable[Int(problem.pairFacility[$0])] }) { sum += problem.weights[i] }
        }
        return sum
    }

    private func cannotServe(count: Int, deadline: Deadline) throws(SitingError) -> SitingError {
        let most = canonical.most
        if count < most, let answer = try? coverAll(within: problem.pairCost.max() ?? 0, limit: most, deadline: deadline) {
            let needed = "\(answer.objective) \(answer.objective == 1 ? "is" : "are")"
            return .infeasible("\(count) facilities cannot serve everyone whom a facility can reach; \(needed) needed")
        }
        return .infeasible("no choice serves everyone and keeps the spacing asked for; ask for coverage or median, or a smaller spacing")
    }

    /// A cover of every row with at most `limit` columns: the tree, and the library where the tree gives up.
    func cover(
        _ instance: GainInstance, limit: Int, firstIsEnough: Bool, nodes: Int? = nil, askLibrary: Bool = true, deadline: Deadline, effort: inout SitingEffort
    ) -> (found: [Int32]?, lower: Int, isComplete: Bool, proof: SitingAnswer.Proof) {
        // A row that was gained by nobody is not in the instance: those are covered, or beyond reach at this cost.
        var tree = SetCover(
            limit: limit, firstIsEnough: firstIsEnough, nodeLimit: nodes ?? (options.library == nil ? options.coverNodes : options.coverNodes / 10),
            seed: options.seed,
            deadline: deadline)
        tree.run(instance)
        effort.nodes += tree.nodes
        effort.rounds += tree.rounds
        if tree.isComplete || (firstIsEnough && tree.found != nil) { return (tree.found, tree.lowerBound, tree.isComplete, .own) }
        guard askLibrary, let library = options.library, !deadline.isOver else { return (tree.found, tree.lowerBound, false, .own) }
        var program = IntegerProgram()
        for _ in 0..<instance.columns { _ = program.addVariable(cost: 1, integer: true) }
        for i in 0..<instance.rows { program.addRow((instance.rowStart[i]..<instance.rowStart[i + 1]).map { (instance.rowColumn[$0], 1) }, atLeast: 1) }
        for j in 0..<instance.columns { for other in instance.conflicts[j] where other > j { program.addRow([(Int32(j), 1), (other, 1)], atMost: 1) } }
        program.addRow((0..<Int32(instance.columns)).map { ($0, 1) }, atLeast: Double(tree.lowerBound), atMost: Double(tree.found?.count ?? limit))
        guard let result = library(program, deadline.secondsLeft, { deadline.isOver }) else { return (tree.found, tree.lowerBound, false, .own) }
        effort.nodes += result.nodes
        if result.isInfeasible { return (tree.found, max(tree.lowerBound, limit + 1), true, .library) }
        let lower = max(tree.lowerBound, result.bound.isFinite ? Int((result.bound - 1e-6).rounded(.up)) : 0)
        let picked = result.x.map { x in (0..<Int32(instance.columns)).filter { x[Int($0)] > 0.5 }.map { instance.facility[Int($0)] } }
        if let picked, picked.count < tree.found?.count ?? .max { return (picked, lower, result.isOptimal, .library) }
        return (tree.found, lower, result.isOptimal, .library)
    }

    private func counted(_ chosen: [Int32], bound: Int, _ valuation: Valuation, proof: SitingAnswer.Proof?, effort: SitingEffort) -> SitingAnswer {
        var out = assigned(chosen, valuation: valuation, effort: effort)
        out.objective = Int64(chosen.count)
        out.bound = Int64(bound)
        out.proof = bound >= chosen.count ? proof : nil
        out.stopped = out.proof == nil
        return out
    }
}
