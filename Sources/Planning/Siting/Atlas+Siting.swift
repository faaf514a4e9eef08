internal import Coverage
internal import GeoModel
internal import Impedance
package import Population
internal import Siting

/// How far a search for sites has come.
package struct SitingStage: Sendable {
    /// What is being looked for: `3 platforms`, `without Laon`.
    package var name: String
    /// Of the search that runs; nil before its first answer.
    package var gap: Double?
    package var seconds: Double
}

extension Atlas {
    /// The same, of a layer of which the people of the area are read first.
    package func site(_ query: SitingQuery, layer: PopulationLayer, progress: @escaping @Sendable (SitingStage) -> Void = { _ in }) throws -> SitingProposal {
        try site(query, layer: layer.info, demand: layer.load(selection(for: query.area)), progress: progress)
    }

    /// The platforms that do most for the people of an area.
    ///
    /// Throws `PlanningError` with what would be possible where the question cannot be answered: more platforms than candidates, a reach that
    /// nobody is in, requirements that contradict each other, an area without people.
    package func site(
        _ query: SitingQuery, layer: PopulationLayerInfo, demand: DemandPoints, progress: @escaping @Sendable (SitingStage) -> Void = { _ in }
    ) throws -> SitingProposal {
        let ground = try SitingGround(query, layer: layer, demand: demand, in: self)
        let search = SiteSearch(ground, progress: progress)
        guard query.objective == .median || query.objective == .center || ground.anyCandidateAdds || ground.roles.contains(.required) else {
            throw PlanningError.badArgument(search.nobodyToReach)
        }
        let name = query.count.map { $0 == 1 ? "1 platform" : "\($0) platforms" } ?? "the fewest platforms"
        let best = try search.solve(name: name)
        var proposal = search.proposal(best, layer: layer)
        if query.includesCurve, query.objective.takesCount { proposal.curve = try search.curve(upTo: best) }
        proposal.alternatives = try search.alternatives(to: best)
        return proposal
    }
}

/// One question, searched as often as its answer needs.
private struct SiteSearch {
    let ground: SitingGround
    let progress: @Sendable (SitingStage) -> Void
    private var query: SitingQuery { ground.query }

    init(_ ground: SitingGround, progress: @escaping @Sendable (SitingStage) -> Void) {
        self.ground = ground
        self.progress = progress
    }

    private var objective: SitingObjective {
        let limit = SitingGround.cost(query.within.value, within: query.within)
        switch query.objective {
        case .coverage: return .coverage(within: limit)
        case .median: return .median(unserved: nil)
        case .coverageThenMedian: return .coverageThenMedian(within: limit, unserved: nil)
        case .coverAll: return .coverAll(within: limit)
        case .center: return .center
        case .fewest:
            let people = ground.weights.reduce(0, +)
            return .fewest(people: Int64((Double(people) * (query.share ?? 1)).rounded(.up)), within: limit)
        }
    }

    private func options(name: String) -> SitingOptions {
        var options = SitingOptions()
        options.seed = query.seed
        options.timeLimit = query.timeLimit
        options.stop = query.stop
        options.library = query.library
        let tell = progress
        tell(SitingStage(name: name, gap: nil, seconds: 0))
        options.progress = { tell(SitingStage(name: name, gap: $0.gap, seconds: $0.seconds)) }
        return options
    }

    /// The best choice, perhaps with other roles.
    func solve(name: String, _ roles: [Int: SitingProblem.Role] = [:], count: Int? = nil) throws -> SitingAnswer {
        let (problem, options, objective, most) = (ground.problem(roles), options(name: name), objective, count ?? query.count)
        return try taken(
            Result { () throws(SitingError) in
                let solver = try SitingSolver(problem, options: options)
                return try solver.solve(objective, count: most)
            })
    }

    /// What siting answers, or throws in terms of the question.
    private func taken<T>(_ result: Result<T, SitingError>) throws -> T {
        switch result {
        case .success(let answer): return answer
        case .failure(.infeasible(let why)): throw PlanningError.badArgument(why)
        case .failure(let error): throw error
        }
    }

    /// Why there is nothing to propose.
    var nobodyToReach: String {
        let people = ground.ground.demand.people
        let far = people.indices.filter { people[$0] > 0 && ground.impedance[$0] > query.within.value }
        guard !far.isEmpty else {
            return "everyone in \(ground.ground.name) has a platform within \(query.within.text) already; a shorter reach would be accepted"
        }
        let open = ground.candidates.indices.filter { ground.roles[$0] != .forbidden }.map { ground.candidates[$0].location }
        let points = ground.ground.demand.subset(far)
        let nearest = NearestFacility(of: points, among: open).distance.map { $0.impedance(query.within.kind) }.min() ?? .infinity
        let shown = query.within.kind == .duration ? "\(Int((nearest / 60).rounded(.up)))min" : "\(Int((nearest / 1000).rounded(.up)))km"
        return "no candidate has anyone within \(query.within.text) who has no platform within it already"
            + (nearest.isFinite ? "; the nearest is at \(shown)" : "") + ". A longer reach or other candidates would be accepted"
    }

    // MARK: What an answer says

    func value(_ answer: SitingAnswer) -> SitingValue { value(answer.objective, answer.bound, gap: answer.gap) }

    private func value(_ objective: Int64, _ bound: Int64, gap: Double) -> SitingValue {
        let people = Double(ground.weights.reduce(0, +))
        let units = SitingGround.units(query.within.kind)
        let (measure, divisor): (SitingValue.Measure, Double) =
            switch query.objective {
            case .coverage, .coverageThenMedian: (.people, ground.scale)
            case .median: (.mean, people * units)
            case .center: (.largest, units)
            case .coverAll, .fewest: (.platforms, 1)
            }
        func shown(_ value: Int64) -> Double { divisor > 0 ? Double(value) / divisor : 0 }
        return SitingValue(measure: measure, objective: shown(objective), bound: shown(bound), gap: gap)
    }

    private func candidates(_ answer: SitingAnswer) -> [Int] { answer.chosen.map(Int.init) }

    func proposal(_ answer: SitingAnswer, layer: PopulationLayerInfo) -> SitingProposal {
        let demand = ground.ground.demand
        let reach = query.within
        let chosen = candidates(answer)
        let added = NearestFacility(of: demand, among: chosen.map { ground.candidates[$0].location })
        var assignments: [SitingProposal.Assignment] = []
        var after = ground.impedance
        var (nearestTo, nearestWithin) = ([Double](repeating: 0, count: chosen.count), [Double](repeating: 0, count: chosen.count))
        for i in after.indices where added.facility[i] >= 0 && added.distance[i] < ground.nearest.distance[i] {
            let step = Int(added.facility[i])
            after[i] = added.distance[i].impedance(reach.kind)
            guard after[i].isFinite, demand.people[i] > 0 else { continue }
            nearestTo[step] += demand.people[i]
            if after[i] <= reach.value { nearestWithin[step] += demand.people[i] }
            assignments.append(
                SitingProposal.Assignment(
                    location: demand.coordinates[i], people: demand.people[i], step: step, impedance: after[i],
                    isNewlyCovered: after[i] <= reach.value && ground.impedance[i] > reach.value))
        }
        let classes = ground.ground.densityClasses()
        func rows(_ impedance: [Double]) -> [CoverageRow] {
            let ranked = RankedImpedance(impedance, people: demand.people)
            let whole = ranked.row(key: ground.ground.code ?? ground.ground.name, name: ground.ground.name, reaches: [reach])
            let known = classes.names.count > 1 || classes.names.first?.key != "unknown"
            return [whole] + (known ? ranked.rows(groups: classes.group, names: classes.names, reaches: [reach]) : [])
        }
        return SitingProposal(
            query: query, layer: layer, kind: reach.kind, areaName: ground.ground.name, areaCode: ground.ground.code, facilities: ground.facilities,
            candidates: ground.roles.count { $0 != .forbidden }, steps: steps(chosen, nearestTo, nearestWithin), value: value(answer), curve: [],
            alternatives: [], before: rows(ground.impedance), after: rows(after), assignments: assignments, beyondReach: ground.beyondReach,
            proof: answer.proof, effort: answer.effort, seed: answer.seed, tieRule: answer.tieRule, stopped: answer.stopped,
            estimate: reach.kind != .distance)
    }

    /// What each platform adds to those before it.
    private func steps(_ chosen: [Int], _ nearestTo: [Double], _ nearestWithin: [Double]) -> [SitingProposal.Step] {
        let demand = ground.ground.demand
        let reach = query.within
        var impedance = ground.impedance
        func covered() -> Double { impedance.indices.reduce(0) { $0 + (impedance[$1] <= reach.value ? demand.people[$1] : 0) } }
        func mean() -> Double? {
            var (people, spent) = (0.0, 0.0)
            for i in impedance.indices where impedance[i].isFinite { (people, spent) = (people + demand.people[i], spent + demand.people[i] * impedance[i]) }
            return people > 0 ? spent / people : nil
        }
        var before = covered()
        return chosen.enumerated().map { position, j in
            let distances = NearestFacility(of: demand, among: [ground.candidates[j].location]).distance
            for i in impedance.indices { impedance[i] = min(impedance[i], distances[i].impedance(reach.kind)) }
            let now = covered()
            defer { before = now }
            return SitingProposal.Step(
                candidate: ground.candidates[j], isRequired: ground.roles[j] == .required, adds: now - before, covered: now, mean: mean(),
                nearestTo: nearestTo[position], nearestWithin: nearestWithin[position])
        }
    }

    /// The best choice at each count from none, or from those required, to that of the answer.
    func curve(upTo answer: SitingAnswer) throws -> [SitingProposal.CurvePoint] {
        let last = query.count ?? answer.chosen.count
        let end = SitingProposal.CurvePoint(count: last, value: value(answer), isProved: answer.proved)
        let first = ground.roles.count { $0 == .required }
        guard last > first else { return [end] }
        if query.objective == .center {
            return try (first..<last).map { k in
                let one = try solve(name: "the curve, \(k) of \(last)", count: k)
                return SitingProposal.CurvePoint(count: k, value: value(one), isProved: one.proved)
            } + [end]
        }
        let (problem, options, objective) = (ground.problem(), options(name: "the curve"), objective)
        let curve = try taken(
            Result { () throws(SitingError) in
                let solver = try SitingSolver(problem, options: options)
                return try solver.curve(objective, upTo: last - 1)
            })
        return curve.points.map {
            SitingProposal.CurvePoint(count: $0.count, value: value($0.objective, $0.bound, gap: $0.gap), isProved: $0.proof != nil)
        } + [end]
    }

    // MARK: What it would cost to choose otherwise

    func alternatives(to answer: SitingAnswer) throws -> [SitingProposal.Alternative] {
        guard query.alternatives > 0 else { return [] }
        let chosen = candidates(answer)
        var out: [SitingProposal.Alternative] = []
        for j in ground.roles.indices where ground.roles[j] == .required {
            out.append(try alternative(.notRequiring, j, .candidate, chosen))
        }
        for text in query.forbidden {
            guard let j = ground.candidates.firstIndex(where: { $0.id == text || $0.name == text }), ground.roles[j] == .forbidden else { continue }
            out.append(try alternative(.allowing, j, .candidate, chosen))
        }
        for j in chosen.filter({ ground.roles[$0] == .candidate }).prefix(query.alternatives) { out.append(try alternative(.without, j, .forbidden, chosen)) }
        return out
    }

    private func alternative(
        _ change: SitingProposal.Alternative.Change, _ j: Int, _ role: SitingProblem.Role, _ chosen: [Int]
    ) throws -> SitingProposal.Alternative {
        let candidate = ground.candidates[j]
        do {
            let other = try solve(name: "\(change) \(candidate.name)", [j: role])
            let now = candidates(other)
            return SitingProposal.Alternative(
                change: change, candidate: candidate, value: value(other), added: now.filter { !chosen.contains($0) }.map { ground.candidates[$0] },
                removed: chosen.filter { !now.contains($0) }.map { ground.candidates[$0] })
        } catch PlanningError.badArgument(let why) {
            return SitingProposal.Alternative(change: change, candidate: candidate, value: nil, added: [], removed: [], reason: why)
        }
    }
}
