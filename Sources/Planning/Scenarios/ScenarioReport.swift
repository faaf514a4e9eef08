package import CiteNetwork
internal import NetworkStore

/// A scenario with the platforms it touches as they were before each change.
package struct ScenarioReport: Sendable {
    package struct Step: Sendable {
        /// From 1.
        package var number: Int
        package var change: ScenarioChange
        /// The platform before the change; nil for one that is not there yet.
        package var before: Platform?
        /// The platform after it; nil where the change cannot be made.
        package var after: Platform?
    }

    package var scenario: Scenario
    package var steps: [Step]
    /// Why it cannot be applied to the network as it is recorded; nil where it can.
    package var problem: ScenarioProblem?
    /// The platforms that it opens and that stand in the network as planned.
    package var adopted: [String]

    /// Whether all that it opens stands in the network as planned.
    package var isAdopted: Bool {
        let opened = scenario.changes.count { if case .open = $0.action { true } else { false } }
        return opened > 0 && adopted.count == opened
    }
}

extension Atlas {
    package func report(on scenario: Scenario) -> ScenarioReport {
        let (made, problem) = records.steps(of: scenario)
        var report = ScenarioReport(scenario: scenario, steps: [], problem: problem, adopted: [])
        for (i, change) in scenario.changes.enumerated() {
            let isMade = i < made.count
            report.steps.append(
                ScenarioReport.Step(
                    number: i + 1, change: change, before: isMade ? made[i].before : records.platform(change.platform), after: isMade ? made[i].after : nil))
            if isMade, case .open(let planned) = change.action, records.hasPlanned(planned, of: scenario) { report.adopted.append(planned.id) }
        }
        return report
    }

    /// Every scenario, in order of their ids.
    package func scenarioReports(for viewer: Viewer) throws -> [ScenarioReport] { try store.scenarios(for: viewer).map(report) }
}

extension NetworkRecords {
    /// Whether a platform of a scenario stands in the network as planned by it: one of its id was planned there, with the source that adopting
    /// the scenario makes, or at the very point. Another one of that id may have been planned by others, elsewhere.
    func hasPlanned(_ planned: PlannedPlatform, of scenario: Scenario) -> Bool {
        guard let known = platform(planned.id), periods(of: planned.id).contains(where: { $0.status == .planned }) else { return false }
        return known.provenance.source == scenario.idOfAdoptedSource || known.location == planned.location
    }
}

extension Scenario {
    /// The id of the source of what adopting it plans, where no other is given; short enough for an id.
    var idOfAdoptedSource: String { "scenario-\(id.prefix(71))" }
}
