package import CiteNetwork
internal import NetworkStore

extension Atlas {
    /// A scenario of the store. Throws `PlanningError.notFound` with the ids that there are, whoever may not see it.
    package func scenario(_ id: String, for viewer: Viewer) throws -> Scenario {
        let (found, known) = try store.scenario(id, for: viewer)
        guard let found else { throw PlanningError.noScenario(id, known: known) }
        return found
    }

    /// The network as a scenario would make it, from the day of the scenario on.
    ///
    /// Throws `PlanningError.badContent` for a scenario that does not fit the network (any more).
    package func applying(_ scenario: Scenario) throws -> Atlas {
        do throws(ScenarioProblem) {
            return with(try records.applying(scenario), scenario: scenario)
        } catch { throw PlanningError.unfit(error, scenario.id) }
    }
}

extension PlanningError {
    static func noScenario(_ id: String, known: [Scenario]) -> PlanningError {
        .notFound(
            "no scenario '\(id)'"
                + (known.isEmpty ? "; there is none yet: 'maillage scenario new NAME' makes one" : "; scenarios: \(known.map(\.id).joined(separator: ", "))"))
    }

    /// A stored scenario that cannot be applied.
    static func unfit(_ problem: ScenarioProblem, _ id: String) -> PlanningError {
        .badContent(
            "the scenario '\(id)' does not fit the network: \(problem); 'maillage scenario drop \(id) \(problem.number)' takes that change out of it")
    }

    /// A change that someone wants to make to a scenario.
    static func refused(_ problem: ScenarioProblem) -> PlanningError {
        let text = "\(problem.change.word) \(problem.change.platform): \(problem.detail)"
        return problem.reason == .unknownRecord ? .notFound(text) : .badArgument(text)
    }
}
