extension NetworkRecords {
    /// The network as a scenario would make it: its changes in their order, from the day of the scenario on.
    ///
    /// What is opened is a restricted platform with one period, open from that day on; closing ends what held on the day and what was to
    /// come; a platform that moves or changes keeps its periods. Each record that the scenario touches has the source `scenario:ID`.
    /// A platform that is only planned on the day, or to open later, is opened under its own id. Nothing is derived for a Cité that is nil:
    /// such a platform belongs to the Cité of no id, and counts like any other. O(records + changes).
    ///
    /// Throws `ScenarioProblem` for the first change that cannot be made.
    package func applying(_ scenario: Scenario) throws(ScenarioProblem) -> NetworkRecords {
        var plan = ScenarioPlan(self, scenario)
        for (i, change) in scenario.changes.enumerated() { try plan.make(change, number: i + 1) }
        return plan.records
    }

    /// What each change of a scenario finds and leaves of its platform, as far as the changes can be made, and why the next one cannot.
    package func steps(of scenario: Scenario) -> (steps: [(before: Platform?, after: Platform?)], problem: ScenarioProblem?) {
        var plan = ScenarioPlan(self, scenario)
        var steps: [(before: Platform?, after: Platform?)] = []
        for (i, change) in scenario.changes.enumerated() {
            let before = plan.platforms[change.platform]
            do throws(ScenarioProblem) { try plan.make(change, number: i + 1) } catch { return (steps, error) }
            steps.append((before, plan.platforms[change.platform]))
        }
        return (steps, nil)
    }
}

extension Scenario {
    /// The id of the source of what it plans, in the records it is applied to. No stored source can have it.
    package var sourceID: String { "scenario:\(id)" }
}
