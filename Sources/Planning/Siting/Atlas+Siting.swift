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
        try search.checkShare()
        let best = try search.solve(name: name)
        var proposal = search.proposal(best, layer: layer)
        if query.includesCurve, query.objective.takesCount { proposal.curve = try search.curve(upTo: best) }
        proposal.alternatives = try search.alternatives(to: best)
        proposal.stopped = proposal.stopped || query.stop?.isSet == true
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
        case .median: return .median(unserved: ground.unserved)
        case .coverageThenMedian: return .coverageThenMedian(within: limit, unserved: ground.unserved)
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
        // With capacities a proof may take very long.
        options.timeLimit = query.timeLimit ?? (query.capacity == nil ? nil : 20)
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
        case .failure(.infeasible): throw PlanningError.badArgument(infeasible)
        case .failure(.malformed(let why)):
            throw PlanningError.badArgument(
                "the people or ways of \(ground.ground.name) are too many to reckon with (\(why)); a smaller area would be accepted")
        }
    }

    /// Why siting has no answer, in terms of the question.
    private var infeasible: String {
        let most = query.count.map { "\($0) platform\($0 == 1 ? "" : "s")" } ?? "all candidates together"
        let each = query.capacity.map { " of \(Int($0)) people each" } ?? ""
        let more = query.capacity == nil ? "" : " or a larger capacity"
        switch query.objective {
        case .coverAll:
            return
                "\(most)\(each) cannot bring everyone within \(query.within.text) whom some candidate can; more platforms\(more) would be accepted, and without --count the fewest is told"
        case .fewest:
            return
                "\(most)\(each) cannot bring \(Int((100 * (query.share ?? 1)).rounded())) % of the people of \(ground.ground.name) within \(query.within.text); "
                + "a smaller share, more platforms\(more) would be accepted, and without --count the fewest is told"
        case .center: return "\(most)\(each) cannot serve everyone whom some candidate can; more platforms\(more) would be accepted"
        case .coverage, .median, .coverageThenMedian:
            return "\(most)\(each) cannot be placed as asked: fewer platforms, a smaller spacing or fewer requirements would be accepted"
        }
    }

    /// Throws `PlanningError.badArgument` for a share that all candidates together cannot bring within reach.
    func checkShare() throws {
        guard query.objective == .fewest, let share = query.share else { return }
        let people = ground.ground.demand.totalPeople
        let reachable = people > 0 ? (people - ground.beyondReach) / people : 0
        guard share <= reachable + 1e-9 else {
            let shown = (reachable * 10_000).rounded(.down) / 10_000
            throw PlanningError.badArgument(
                "at most \(shown) of the people of \(ground.ground.name) can be brought within \(query.within.text) by all candidates together; a --share up to that would be accepted"
            )
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
        let service = query.capacity == nil ? Service(ground, nearestOf: candidates(answer)) : Service(ground, answer)
        let classes = ground.ground.densityClasses()
        func rows(_ impedance: [Double], _ people: [Double], _ group: [Int32]) -> [CoverageRow] {
            let ranked = RankedImpedance(impedance, people: people)
            let whole = ranked.row(key: ground.ground.code ?? ground.ground.name, name: ground.ground.name, reaches: [query.within])
            let known = classes.names.count > 1 || classes.names.first?.key != "unknown"
            return [whole] + (known ? ranked.rows(groups: group, names: classes.names, reaches: [query.within]) : [])
        }
        return SitingProposal(
            query: query, layer: layer, kind: query.within.kind, areaName: ground.ground.name, areaCode: ground.ground.code, facilities: ground.facilities,
            candidates: ground.roles.count { $0 != .forbidden }, steps: service.steps, value: value(answer), curve: [],
            alternatives: [], before: rows(ground.impedance, ground.ground.demand.people, classes.group),
            after: rows(service.impedance, service.people, service.demand.map { classes.group[Int($0)] }), assignments: service.assignments,
            beyondReach: ground.beyondReach,
            unservedCost: query.objective == .median ? Double(ground.unserved) / SitingGround.units(query.within.kind) : nil,
            proof: answer.proof, effort: answer.effort, seed: answer.seed, tieRule: answer.tieRule, stopped: answer.stopped,
            estimate: query.within.kind != .distance)
    }

    /// The best choice at each count from none, or from those required, to that of the answer.
    func curve(upTo answer: SitingAnswer) throws -> [SitingProposal.CurvePoint] {
        let last = query.count ?? answer.chosen.count
        let end = SitingProposal.CurvePoint(count: last, value: value(answer), isProved: answer.proved)
        let first = ground.roles.count { $0 == .required }
        guard last > first else { return [end] }
        if query.objective == .center {
            var points: [SitingProposal.CurvePoint] = []
            for k in first..<last where query.stop?.isSet != true {
                // So few may not serve everyone whom some candidate can.
                guard let one = try? solve(name: "the curve, \(k) of \(last)", count: k) else { continue }
                points.append(SitingProposal.CurvePoint(count: k, value: value(one), isProved: one.proved))
            }
            return boundsCarried(points + [end])
        }
        let (problem, options, objective) = (ground.problem(), options(name: "the curve"), objective)
        let curve = try taken(
            Result { () throws(SitingError) in
                let solver = try SitingSolver(problem, options: options)
                return try solver.curve(objective, upTo: last - 1)
            })
        return boundsCarried(
            curve.points.map {
                SitingProposal.CurvePoint(count: $0.count, value: value($0.objective, $0.bound, gap: $0.gap), isProved: $0.proof != nil)
            } + [end])
    }

    /// What no choice of k platforms exceeds, none of fewer does.
    private func boundsCarried(_ points: [SitingProposal.CurvePoint]) -> [SitingProposal.CurvePoint] {
        var points = points
        for i in points.indices.reversed().dropFirst() {
            let (next, isPeople) = (points[i + 1].value.bound, points[i].value.measure == .people)
            points[i].value.bound = isPeople ? min(points[i].value.bound, next) : max(points[i].value.bound, next)
            let (objective, bound) = (points[i].value.objective, points[i].value.bound)
            points[i].value.gap = objective == bound ? 0 : abs(bound - objective) / max(abs(objective), .leastNormalMagnitude)
            if objective == bound { points[i].isProved = true }
        }
        return points
    }

    // MARK: What it would cost to choose otherwise

    func alternatives(to answer: SitingAnswer) throws -> [SitingProposal.Alternative] {
        let chosen = candidates(answer)
        var asked: [(SitingProposal.Alternative.Change, Int, SitingProblem.Role)] = []
        for j in ground.roles.indices where ground.roles[j] == .required { asked.append((.notRequiring, j, .candidate)) }
        for j in ground.forbidden where !ground.isTooNear[j] { asked.append((.allowing, j, .candidate)) }
        for j in chosen.filter({ ground.roles[$0] == .candidate }).prefix(query.alternatives) { asked.append((.without, j, .forbidden)) }
        var out: [SitingProposal.Alternative] = []
        for (change, j, role) in asked where query.stop?.isSet != true {
            if let one = try alternative(change, j, role, chosen) { out.append(one) }
        }
        return out
    }

    /// Nil where the search was stopped before it came to anything.
    private func alternative(
        _ change: SitingProposal.Alternative.Change, _ j: Int, _ role: SitingProblem.Role, _ chosen: [Int]
    ) throws -> SitingProposal.Alternative? {
        let candidate = ground.candidates[j]
        let open = ground.roles.count { $0 != .forbidden } - (role == .forbidden ? 1 : 0)
        do {
            let other = try solve(name: "\(change) \(candidate.name)", [j: role], count: query.count.map { min($0, open) })
            if query.stop?.isSet == true { return nil }
            let now = candidates(other)
            return SitingProposal.Alternative(
                change: change, candidate: candidate, value: value(other), added: now.filter { !chosen.contains($0) }.map { ground.candidates[$0] },
                removed: chosen.filter { !now.contains($0) }.map { ground.candidates[$0] }, isProved: other.proved)
        } catch PlanningError.badArgument(let why) {
            return SitingProposal.Alternative(change: change, candidate: candidate, value: nil, added: [], removed: [], isProved: false, reason: why)
        }
    }
}
