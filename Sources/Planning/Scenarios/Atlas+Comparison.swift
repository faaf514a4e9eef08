package import CiteNetwork
internal import Coverage
internal import GeoModel
package import Impedance
package import Population

extension ScenarioComparison {
    /// The day on which scenarios are compared: the one asked for, else the latest of theirs, on which each has been carried out.
    ///
    /// Throws `PlanningError.badArgument` for a day before that of a scenario, on which it changes nothing yet.
    package static func day(of scenarios: [Scenario], asked: CalendarDate? = nil) throws -> CalendarDate {
        guard let latest = scenarios.max(by: { $0.asOf < $1.asOf }) else {
            throw PlanningError.badArgument("no scenario to compare; the id of one or more would be accepted")
        }
        guard let asked else { return latest.asOf }
        guard latest.asOf <= asked else {
            throw PlanningError.badArgument(
                "the scenario '\(latest.id)' changes the network from \(latest.asOf) on; \(asked) is before that, a day from then on would be accepted")
        }
        return asked
    }
}

extension Atlas {
    /// The same, of a layer of which the people of the area are read first.
    package func compare(_ scenarios: [Scenario], area: AreaChoice, reaches: [Reach], eligibility: Eligibility, layer: PopulationLayer) throws
        -> ScenarioComparison
    {
        try compare(scenarios, area: area, reaches: reaches, eligibility: eligibility, layer: layer.info, demand: layer.load(selection(for: area)))
    }

    /// The network as it is on the day of `eligibility`, and as each scenario makes it, for the same people.
    ///
    /// A platform without a Cité stands, where labels meet, for a label of the scenario's own. Scenarios of earlier days are measured on that
    /// day as well. Area, people and classes are made ready once. O(scenarios × points).
    ///
    /// Throws as `coverage` does, and `PlanningError.badContent` for a scenario that does not fit the network.
    package func compare(
        _ scenarios: [Scenario], area: AreaChoice, reaches: [Reach], eligibility: Eligibility, layer: PopulationLayerInfo, demand: DemandPoints
    ) throws -> ScenarioComparison {
        _ = try ScenarioComparison.day(of: scenarios, asked: eligibility.asOf)
        let ground = try CoverageGround(area, layer: layer, demand: demand, in: self)
        let classes = ground.densityClasses()
        let hasClasses = classes.names.contains { $0.key != DensityClass.unknown.key }
        let query = CoverageQuery(area: area, reaches: reaches, groupings: hasClasses ? [.whole, .density] : [.whole], facilities: .network(eligibility))
        let kind = try query.kind()
        let limit: AreaChoice? = if case .everywhere = area { nil } else { area }

        func variant(_ scenario: Scenario?, _ atlas: Atlas, from before: [Double]?) throws -> (variant: ScenarioComparison.Variant, impedance: [Double]) {
            let measure = try CoverageMeasure(query, on: ground, in: atlas)
            let coverage = try atlas.coverage(measure, layer: layer)
            let people = ground.demand.people
            let shifts = ScenarioShifts(
                from: before ?? measure.impedance, to: measure.impedance, people: people, group: classes.group, groups: classes.names.count, reaches: reaches)
            let overlaps = try atlas.overlaps(within: reaches, area: limit, eligibility: eligibility, layer: layer, demand: demand)
            let byDensity = classes.names.enumerated().map { g, name in
                ScenarioComparison.DensityShift(
                    density: DensityClass(key: name.key) ?? .unknown, population: shifts.population[g], shifts: shifts.shifts(ofGroup: g, reaches))
            }
            return (
                ScenarioComparison.Variant(
                    scenario: scenario, coverage: coverage, shifts: shifts.total(reaches), byDensity: hasClasses ? byDensity : [], overlaps: overlaps),
                measure.impedance
            )
        }

        let (baseline, before) = try variant(nil, self, from: nil)
        let variants = try scenarios.map { try variant($0, applying($0), from: before).variant }
        return ScenarioComparison(
            layer: layer, kind: kind, reaches: reaches, areaName: ground.name, areaCode: ground.code, baseline: baseline, variants: variants)
    }
}

/// Who comes within a reach and who falls out of it, point by point: a gain in one place does not make up for a loss in another.
struct ScenarioShifts {
    /// Of each group.
    private(set) var population: [Double]
    /// For each group and reach.
    private var gained: [[Double]]
    private var lost: [[Double]]

    /// - Parameters:
    ///   - before: the impedance of each point, and `after` the same; infinite where nothing reaches it.
    ///   - group: of each point the position of its group; -1 for none.
    init(from before: [Double], to after: [Double], people: [Double], group: [Int32], groups: Int, reaches: [Reach]) {
        // Whoever is in no group is counted in one more, for the total.
        var population = [Double](repeating: 0, count: groups + 1)
        var gained = [[Double]](repeating: [Double](repeating: 0, count: reaches.count), count: groups + 1)
        var lost = gained
        for i in people.indices {
            let g = group[i] < 0 ? groups : Int(group[i])
            population[g] += people[i]
            guard before[i] != after[i] else { continue }
            for (k, reach) in reaches.enumerated() {
                let (was, now) = (before[i] <= reach.value, after[i] <= reach.value)
                if now && !was { gained[g][k] += people[i] }
                if was && !now { lost[g][k] += people[i] }
            }
        }
        (self.population, self.gained, self.lost) = (population, gained, lost)
    }

    func shifts(ofGroup g: Int, _ reaches: [Reach]) -> [ScenarioComparison.Shift] {
        reaches.indices.map { ScenarioComparison.Shift(within: reaches[$0].text, gained: gained[g][$0], lost: lost[g][$0]) }
    }

    func total(_ reaches: [Reach]) -> [ScenarioComparison.Shift] {
        reaches.indices.map { k in
            ScenarioComparison.Shift(within: reaches[k].text, gained: gained.reduce(0) { $0 + $1[k] }, lost: lost.reduce(0) { $0 + $1[k] })
        }
    }
}
