package import CiteNetwork
internal import GRDB
internal import GeoPackage

/// Scenarios within a change. Whether a scenario fits the network is looked at by who edits it.
extension NetworkEditor {
    /// The scenarios as they stand within the change. Those that cannot be read are left out.
    package func scenarios() throws -> [Scenario] { try ScenarioRows.readable(db).scenarios }

    package func scenario(_ id: String) throws -> Scenario? { try scenarios().first { $0.id == id } }

    /// Adds a scenario, or changes its name, day, area and note. Its changes stay as they are.
    package func put(_ scenario: Scenario) throws -> RecordChange? {
        try upsert(
            .scenario,
            RecordValues(cells: [
                "id": scenario.id, "name": scenario.name, "as_of": "\(scenario.asOf)", "area": scenario.area ?? "", "note": scenario.note ?? "",
            ]))
    }

    /// Adds changes after those that a scenario has. Throws `StoreError.badContent` that names the cell and what would be accepted.
    package func append(_ changes: [ScenarioChange], to scenario: String) throws -> [RecordChange] {
        let last = try Int64.fetchOne(db, sql: "SELECT max(position) FROM scenario_changes WHERE scenario = ?", arguments: [scenario]) ?? 0
        return try changes.enumerated().compactMap { i, change in
            var cells = change.cells
            (cells["scenario"], cells["position"]) = (scenario, "\(last + Int64(i) + 1)")
            // What is empty is not given: the row is new.
            return try upsert(.scenarioChange, RecordValues(cells: cells.filter { !$0.value.isEmpty }))
        }
    }

    /// Takes a change away, by its number from 1.
    package func removeChange(_ number: Int, of scenario: String) throws -> RecordChange {
        let row = try Row.fetchOne(
            db, sql: "SELECT * FROM scenario_changes WHERE scenario = ? ORDER BY position, fid LIMIT 1 OFFSET ?", arguments: [scenario, number - 1])
        guard let row else { throw StoreError.unknown("scenario \(scenario) has no change \(number)") }
        try db.execute(sql: "DELETE FROM scenario_changes WHERE fid = ?", arguments: [row["fid"] as Int64])
        return RecordChange(action: .deleted, kind: RecordKind.scenarioChange.name, id: RecordKind.scenarioChange.label { row[$0] }, differences: [])
    }

    /// Deletes a scenario and its changes.
    package func deleteScenario(_ id: String) throws -> [RecordChange] {
        try db.execute(sql: "DELETE FROM scenario_changes WHERE scenario = ?", arguments: [id])
        let count = db.changesCount
        try db.execute(sql: "DELETE FROM scenarios WHERE id = ?", arguments: [id])
        guard db.changesCount > 0 else { throw StoreError.unknown("there is no scenario '\(id)'") }
        return [
            RecordChange(
                action: .deleted, kind: RecordKind.scenario.name, id: id,
                differences: [RecordChange.Difference(column: "changes", before: "\(count)", after: nil)])
        ]
    }

    // MARK: Undoing

    /// Of the scenarios that a change of the log touches, those that fit the network as they are.
    func fittingScenarios(touchedBy change: Int64) throws -> [String] {
        let rows = try Row.fetchAll(
            db, sql: "SELECT before, after FROM change_log WHERE change = ? AND table_name = 'scenario_changes'", arguments: [change])
        let ids = try Set(
            rows.flatMap { row in try [0, 1].compactMap { try String.fromDatabaseValue(row[$0]).map(LoggedRow.init(json:)) } }
                .compactMap { String.fromDatabaseValue($0["scenario"]) })
        guard !ids.isEmpty else { return [] }
        let records = try records()
        return try scenarios().filter { ids.contains($0.id) && (try? records.applying($0)) != nil }.map(\.id)
    }

    /// The first of some scenarios that does not fit the network, and why.
    func firstUnfit(of ids: [String]) throws -> (scenario: String, problem: ScenarioProblem)? {
        guard !ids.isEmpty else { return nil }
        let records = try records()
        for scenario in try scenarios() where ids.contains(scenario.id) {
            do throws(ScenarioProblem) { _ = try records.applying(scenario) } catch { return (scenario.id, error) }
        }
        return nil
    }
}
