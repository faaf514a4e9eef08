internal import CiteNetwork
internal import Coverage
internal import GeoModel
internal import Geodesy
internal import GeometryEngine
internal import Impedance
internal import NetworkStore
package import Population

extension Atlas {
    /// All that a dossier tells of an area and of what is proposed for it, measured on one day with one layer.
    ///
    /// - Parameter progress: told the name of each part before it is computed.
    ///
    /// Throws `PlanningError` where the area has no people or no ground, where reaches mix distances and durations, and as `site` does
    /// where nothing can be proposed.
    package func dossier(
        _ query: DossierQuery, layer: PopulationLayer, in workspace: Workspace, progress: @escaping @Sendable (String) -> Void = { _ in }
    ) throws -> Dossier {
        guard query.within.kind == .distance, query.reaches.allSatisfy({ $0.kind == .distance }), !query.reaches.isEmpty else {
            throw PlanningError.badArgument("a dossier is measured in distances, such as 20km; estimated durations are added to them")
        }
        progress("assessment")
        let assessment = try assess(
            AssessmentQuery(area: query.area, reaches: query.reaches, eligibility: query.eligibility, count: max(query.rows, 24)), layer: layer)
        progress("proposal")
        let (plan, changes) = try plan(query, assessment, layer, progress)
        let demand = try layer.load(selection(for: query.area))
        let later = try changes.changes.isEmpty ? self : with(applying(changes).records.adopting(changes, into: project(query, assessment)))

        progress("coverage before and after")
        let network = FacilityChoice.network(query.eligibility)
        var coverage = CoverageQuery(area: query.area, reaches: query.reaches, groupings: groupings(demand), facilities: network)
        let (before, after) = (
            try self.coverage(coverage, layer: layer.info, demand: demand), try later.coverage(coverage, layer: layer.info, demand: demand)
        )
        let grid = try layer.grid
        let cells = (
            before: try self.cells(coverage, layer: layer.info, demand: demand, grid: grid),
            after: try later.cells(coverage, layer: layer.info, demand: demand, grid: grid)
        )
        var byPlatform = coverage
        byPlatform.groupings = [.platform]
        let catchments = try later.coverage(byPlatform, layer: layer.info, demand: demand)
        coverage.reaches = [query.within]
        let leftOut = (
            before: try unreached(coverage, count: .max, layer: layer.info, demand: demand),
            after: try later.unreached(coverage, count: .max, layer: layer.info, demand: demand)
        )
        coverage.reaches = query.durations
        let durations = (
            before: try self.coverage(coverage, layer: layer.info, demand: demand), after: try later.coverage(coverage, layer: layer.info, demand: demand)
        )
        progress("labels")
        let (overlapsBefore, overlapsAfter) = try overlaps(query, layer.info, demand, later: later)
        progress("surroundings")
        let around = try surroundings(of: assessment.geometry, on: query.eligibility.asOf)
        let proposed = try self.proposed(plan, changes, in: later, catchments: catchments, query: query)
        return Dossier(
            query: query, assessment: assessment, plan: plan, before: before, after: after, durationsBefore: durations.before, durationsAfter: durations.after,
            cellsBefore: cells.before, cellsAfter: cells.after, leftOutBefore: leftOut.before, leftOutAfter: leftOut.after, proposed: proposed,
            closed: changes.changes.compactMap { change in
                if case .close(let id) = change.action { records.platform(id) } else { nil }
            },
            moved: changes.changes.compactMap { change in
                if case .move(let id, _, _) = change.action { records.platform(id) } else { nil }
            }, poles: poles(assessment), overlapsBefore: overlapsBefore, overlapsAfter: overlapsAfter,
            projectID: query.cite == nil ? Self.projectID : nil, timetable: TimetableStep.plan(opening: query.opening), surroundings: around.areas,
            countries: try countries(assessment.countries), neighbours: try neighbours(of: assessment.countries), labels: around.labels,
            sources: try dossierSources(query, plan, assessment, layer, workspace), inputs: try dossierInputs(query, plan, layer))
    }

    /// The whole, and the density classes where the layer has them.
    private func groupings(_ demand: DemandPoints) -> [CoverageQuery.Grouping] {
        demand.density.contains { $0 != .unknown } ? [.whole, .density] : [.whole]
    }

    // MARK: The plan

    private func plan(
        _ query: DossierQuery, _ assessment: Assessment, _ layer: PopulationLayer, _ progress: @escaping @Sendable (String) -> Void
    ) throws -> (Dossier.Plan, Scenario) {
        switch query.plan {
        case .scenario(let scenario): return (.scenario(scenario), scenario)
        case .proposal(let count):
            let now = try coverage(
                CoverageQuery(area: query.area, reaches: [query.within], groupings: [.whole], facilities: .network(query.eligibility)), layer: layer
            ).total
            guard now.reaches[0].people < now.population else {
                return (.nothing, Scenario(id: "proposal", name: assessment.areaName, asOf: query.eligibility.asOf))
            }
            var siting = SitingQuery(
                area: query.area, objective: .coverage, count: count, within: query.within, candidates: [.localities(minimumPeople: query.leastPeople)],
                facilities: .network(query.eligibility))
            // At most so many: a few towns may be all there are.
            var choice = CandidateChoice(siting, there: [], in: self)
            try choice.collect()
            siting.count = min(count, choice.candidates.count)
            (siting.seed, siting.stop, siting.library, siting.alternatives) = (query.seed, query.stop, query.library, 3)
            let proposal = try site(siting, layer: layer) { stage in progress("proposal: \(stage.name)") }
            let kind = query.kind ?? assessment.form.form.platformKind
            let changes = proposal.steps.map { step in
                ScenarioChange(
                    .open(
                        PlannedPlatform(
                            id: "proposed-\(step.candidate.id)", name: step.candidate.name, cite: query.cite, kind: kind, location: step.candidate.location,
                            locationAccuracy: .town, locality: step.candidate.id, area: step.candidate.area,
                            country: country(of: step.candidate, else: assessment))))
            }
            return (.proposal(proposal), Scenario(id: "proposal", name: assessment.areaName, asOf: query.eligibility.asOf, changes: changes))
        }
    }

    private func country(of candidate: SitingCandidate, else assessment: Assessment) -> String {
        candidate.area.flatMap { areas[$0]?.country } ?? assessment.countries.first ?? ""
    }

    /// The id of the label that a project would have.
    static let projectID = "project-of-the-dossier"

    /// The Cité that the project would be, with the territory of the dossier; nil where its platforms would belong to one that is there.
    private func project(_ query: DossierQuery, _ assessment: Assessment) -> ProjectOfDossier? {
        guard query.cite == nil else { return nil }
        let provenance = Provenance(source: "dossier", verified: .unknown, note: nil)
        return ProjectOfDossier(
            cite: Cite(
                id: Self.projectID, name: assessment.areaName, localName: nil, country: assessment.countries.first ?? "",
                form: assessment.form.form == .reseau ? .reseauDesMetiers : .citeDesMetiers, zone: assessment.areaName, bearer: nil, bearerType: nil,
                seat: .unknown(reason: "the seat of the project is not chosen"), member: nil, website: nil, visibility: .restricted,
                provenance: provenance),
            territory: TerritoryVersion(
                cite: Self.projectID, start: PartialDate(query.eligibility.asOf.description) ?? .unknown, end: nil, definition: nil, basis: .stated,
                geometry: assessment.geometry, provenance: provenance))
    }

    // MARK: Its effects

    private func overlaps(_ query: DossierQuery, _ layer: PopulationLayerInfo, _ demand: DemandPoints, later: Atlas) throws -> (OverlapsAnswer, OverlapsAnswer)
    {
        func overlaps(_ atlas: Atlas) throws -> OverlapsAnswer {
            try atlas.overlaps(within: [query.within], area: query.area, eligibility: query.eligibility, layer: layer, demand: demand)
        }
        return (try overlaps(self), try overlaps(later))
    }

    private func proposed(
        _ plan: Dossier.Plan, _ changes: Scenario, in later: Atlas, catchments: CoverageAnswer, query: DossierQuery
    ) throws -> [Dossier.Proposed] {
        let opened = changes.changes.compactMap { change -> String? in
            if case .open(let planned) = change.action { planned.id } else { nil }
        }
        let there = records.eligible(query.eligibility).members
        let platforms = opened.compactMap { later.records.platform($0) }
        var adds: [String: Double] = [:]
        if case .proposal(let proposal) = plan {
            adds = Dictionary(proposal.steps.map { ("proposed-\($0.candidate.id)", $0.adds) }, uniquingKeysWith: { a, _ in a })
        }
        let rows = catchments.groups.first
        let reached = Dictionary(
            (rows?.rows ?? []).indices.map { (rows!.rows[$0].key, rows!.extras[$0].catchments ?? []) }, uniquingKeysWith: { a, _ in a })
        return try platforms.compactMap { platform in
            guard let here = platform.location else { return nil }
            func nearest(_ others: [(id: String, name: String, location: Coordinate)]) -> Dossier.Neighbour? {
                others.filter { $0.id != platform.id }.map { Dossier.Neighbour(id: $0.id, name: $0.name, distance: Geodesic.distance(here, $0.location)) }
                    .min { ($0.distance, $0.id) < ($1.distance, $1.id) }
            }
            let toSeat: PlatformDistances.ToSeat
            switch later.records.cite(platform.cite).map(later.records.seatLocation) {
            case .at(let seat, let own)?: toSeat = own?.id == platform.id ? .isSeat : .distance(Geodesic.distance(here, seat), seat: own?.id)
            case .unknown(let reason)?: toSeat = .unknown(reason: reason)
            case nil: toSeat = .unknown(reason: "its Cité is not recorded")
            }
            let locality = try platform.locality.flatMap(Int64.init).flatMap { try store.locality(id: $0) }
            return Dossier.Proposed(
                platform: platform, location: here, localityPeople: locality?.population, adds: adds[platform.id],
                reaches: reached[platform.id] ?? query.reaches.map { PlatformCatchment(within: $0.text, people: 0, assigned: 0, exclusive: 0) },
                toSeat: toSeat, nearestExisting: nearest(there.map { ($0.platform.id, $0.platform.name, $0.location) }),
                nearestProposed: nearest(platforms.compactMap { other in other.location.map { (other.id, other.name, $0) } }),
                ruralCriteria: platform.kind == .ruralPlatform ? Self.ruralCriteria(platform) : nil)
        }
    }

    private static func ruralCriteria(_ platform: Platform) -> [Dossier.RuralCriterion] {
        func met(_ value: Double?, _ isMet: (Double) -> Bool) -> Truth { value.map { isMet($0) ? .yes : .no } ?? .unknown }
        return [
            Dossier.RuralCriterion(subject: .floorArea, value: platform.floorArea, text: nil, isMet: met(platform.floorArea) { $0 < 100 }),
            Dossier.RuralCriterion(subject: .counsellors, value: platform.counsellors, text: nil, isMet: met(platform.counsellors) { (1...2).contains($0) }),
            Dossier.RuralCriterion(subject: .hours, value: nil, text: platform.hours, isMet: platform.hours == nil ? .unknown : .yes),
        ]
    }

    private func poles(_ assessment: Assessment) -> [Dossier.PoleRow] {
        let open = assessment.platforms.filter { $0.status == .open || $0.status == .prefiguration }
        return ServiceCode.allCases.map { service in
            Dossier.PoleRow(
                service: service, offering: open.filter { $0.platform.services?.contains(service) ?? false },
                notKnown: open.count { $0.platform.services == nil }, without: open.count { $0.platform.services.map { !$0.contains(service) } ?? false })
        }
    }
}

/// The label that a project would be, and its ground.
struct ProjectOfDossier {
    var cite: Cite
    var territory: TerritoryVersion
}

extension NetworkRecords {
    /// With a Cité more, to which the platforms belong that a scenario opens for none. O(records).
    func adopting(_ scenario: Scenario, into project: ProjectOfDossier?) -> NetworkRecords {
        guard let project else { return self }
        let opened = Set(
            scenario.changes.compactMap { change -> String? in
                if case .open(let planned) = change.action, planned.cite == nil { planned.id } else { nil }
            })
        guard !opened.isEmpty else { return self }
        return adding(project.cite, on: project.territory) { opened.contains($0.id) }
    }
}

extension Assessment.FittingForm.Form {
    /// What its proposed platforms would be.
    var platformKind: PlatformKind {
        switch self {
        case .cite: .main
        case .citeWithSites: .site
        case .citeWithAssociatedCentres: .associatedCentre
        case .reseau: .ruralPlatform
        }
    }
}
