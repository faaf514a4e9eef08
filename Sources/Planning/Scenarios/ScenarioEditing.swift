package import CiteNetwork
package import NetworkStore

/// The changes that people make to scenarios, each one transaction with who and why, which `network undo` reverses.
///
/// A change is taken only where the scenario fits the network with it, as both stand within the transaction.
package struct ScenarioEditing: Sendable {
    let store: NetworkStore
    let who: String
    let why: String?
    /// Whether everything is done and then taken back.
    let dryRun: Bool

    package init(_ store: NetworkStore, who: String, why: String?, dryRun: Bool = false) {
        (self.store, self.who, self.why, self.dryRun) = (store, who, why, dryRun)
    }

    package struct Outcome: Sendable {
        /// As it is afterwards; as it was, where it is deleted.
        package var scenario: Scenario
        /// The changes that were made to it, or taken from it.
        package var changes: [ScenarioChange] = []
        /// What was written to the store.
        package var records: [RecordChange] = []
        /// The number in the log; nil where nothing differed. That of a rehearsal is taken by the next change.
        package var number: Int64?
    }

    func write(_ body: (NetworkEditor) throws -> Outcome) throws -> Outcome {
        var (outcome, number) = try store.edit(who: who, why: why, dryRun: dryRun, body)
        outcome.number = number
        return outcome
    }

    /// Makes a scenario, with changes if it comes from another. Throws `PlanningError.badArgument` where its id is taken, or no id.
    package func make(_ scenario: Scenario) throws -> Outcome {
        guard RecordID.isValid(scenario.id) else {
            throw PlanningError.badArgument("'\(scenario.id.prefix(80))' is no id of a scenario; \(RecordID.acceptedForm) would be accepted")
        }
        return try write { editor in
            guard try !editor.scenarios().contains(where: { $0.id == scenario.id }) else {
                throw PlanningError.badArgument("there is a scenario '\(scenario.id)' already; another name, or another --id, would be accepted")
            }
            try check(scenario, in: editor.records())
            let records = try [editor.put(scenario)].compactMap { $0 } + editor.append(scenario.changes, to: scenario.id)
            return Outcome(scenario: scenario, changes: scenario.changes, records: records)
        }
    }

    /// Adds changes to a scenario: all of them, or none where one cannot be made.
    ///
    /// - Parameter make: the changes, told from the network and the scenario as they stand.
    package func add(to id: String, _ make: (NetworkRecords, Scenario) throws -> [ScenarioChange]) throws -> Outcome {
        try write { editor in
            var scenario = try existing(id, editor)
            let records = try editor.records()
            do throws(ScenarioProblem) { _ = try records.applying(scenario) } catch { throw PlanningError.unfit(error, id) }
            let changes = try make(records, scenario)
            scenario.changes += changes
            try check(scenario, in: records)
            return Outcome(scenario: scenario, changes: changes, records: try editor.append(changes, to: id))
        }
    }

    /// Takes a change back, by its number from 1, or the last one. Throws `PlanningError.badArgument` where a later change builds on it.
    package func drop(_ number: Int?, of id: String) throws -> Outcome {
        try write { editor in
            var scenario = try existing(id, editor)
            guard !scenario.changes.isEmpty else { throw PlanningError.badArgument("the scenario '\(id)' has no change to take back") }
            let number = number ?? scenario.changes.count
            guard scenario.changes.indices.contains(number - 1) else {
                throw PlanningError.notFound("the scenario '\(id)' has no change \(number); changes: 1 to \(scenario.changes.count)")
            }
            let records = try editor.records()
            let fitted = (try? records.applying(scenario)) != nil
            let dropped = scenario.changes.remove(at: number - 1)
            do throws(ScenarioProblem) { _ = try records.applying(scenario) } catch {
                // A scenario that did not fit before may be mended step by step.
                if fitted {
                    throw PlanningError.badArgument(
                        "change \(number) (\(dropped.word) \(dropped.platform)) cannot be taken back alone: a later change builds on it (\(error.change.word) "
                            + "\(error.change.platform), then: \(error.detail)); that one first would be accepted")
                }
            }
            return Outcome(scenario: scenario, changes: [dropped], records: [try editor.removeChange(number, of: id)])
        }
    }

    package func delete(_ id: String) throws -> Outcome {
        try write { editor in
            let scenario = try existing(id, editor)
            return Outcome(scenario: scenario, changes: scenario.changes, records: try editor.deleteScenario(id))
        }
    }

    func existing(_ id: String, _ editor: NetworkEditor) throws -> Scenario {
        let all = try editor.scenarios()
        if let found = all.first(where: { $0.id == id }) { return found }
        // One that cannot be read is there all the same, and named.
        _ = try store.scenarios(for: .officer)
        throw PlanningError.noScenario(id, known: all)
    }

    private func check(_ scenario: Scenario, in records: NetworkRecords) throws {
        do throws(ScenarioProblem) { _ = try records.applying(scenario) } catch { throw PlanningError.refused(error) }
    }
}
