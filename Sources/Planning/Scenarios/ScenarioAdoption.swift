package import CiteNetwork
internal import GeoModel
internal import NetworkStore

/// How a scenario becomes part of the network's plans.
package struct ScenarioAdoption: Sendable {
    /// The id of the Cité of the platforms that have none.
    package var cite: String?
    /// A new Cité for them, by the columns of such a record; it is restricted whatever they say.
    package var newCite: [String: String]?
    /// The id of the source of the records; one is made for the scenario where nil.
    package var source: String?
    /// From when on the platforms are planned. Nil for the day of the scenario, or today where that is yet to come.
    package var from: CalendarDate?
    /// Whether the closings of the scenario are recorded too, as facts of its day.
    package var recordsClosings = false
    package var today: CalendarDate

    package init(today: CalendarDate) { self.today = today }
}

extension ScenarioEditing {
    /// What adopting did.
    package struct Adopted: Sendable {
        package var outcome: Outcome
        /// The ids of the platforms that are planned now.
        package var planned: [String]
        /// The changes that the network does not have afterwards: nobody has decided them yet.
        package var notRecorded: [(number: Int, change: ScenarioChange)]
    }

    /// Turns the platforms that a scenario opens into planned ones of the network, restricted, in one change that `network undo` reverses.
    ///
    /// A platform that stands in the network moves, changes or closes once that is decided, and then by `network set` and `network close`:
    /// those changes of the scenario are left out and named, closings unless they are asked for. So is the opening of a platform that the
    /// network has as planned already.
    ///
    /// Throws `PlanningError.badArgument`, with nothing changed, where every id is taken (the scenario has been adopted already) or one by what is no
    /// planned platform, a platform has no Cité and none is named, or there is nothing to adopt.
    package func adopt(_ id: String, _ how: ScenarioAdoption) throws -> Adopted {
        var (planned, notRecorded): ([String], [(number: Int, change: ScenarioChange)]) = ([], [])
        let outcome = try write { editor in
            let scenario = try existing(id, editor)
            let records = try editor.records()
            // The ids first: an adopted scenario still fits the network.
            let platforms = try openings(of: scenario, records)
            let after: NetworkRecords
            do throws(ScenarioProblem) { after = try records.applying(scenario) } catch { throw PlanningError.unfit(error, id) }
            notRecorded = scenario.changes.enumerated().compactMap { i, change in
                switch change.action {
                case .open(let opened): platforms.contains(opened.id) ? nil : (i + 1, change)
                case .close: how.recordsClosings ? nil : (i + 1, change)
                // What is moved or changed after the scenario opened it is planned so.
                case .move(let platform, _, _), .change(let platform, _, _): platforms.contains(platform) ? nil : (i + 1, change)
                }
            }
            let closings = how.recordsClosings ? closings(of: scenario, records) : []
            // What the scenario itself closes again is no plan.
            planned = platforms.filter { after.status(of: $0, asOf: scenario.asOf) == .open }
            guard !planned.isEmpty || !closings.isEmpty else {
                throw PlanningError.badArgument(
                    "the scenario '\(id)' opens no platform: there is nothing to adopt" + (notRecorded.isEmpty ? "" : "; --closings records what it closes"))
            }
            var changes: [RecordChange?] = []
            let source = try how.source ?? makeSource(for: scenario, how, editor, &changes)
            let cite = try citeOfNone(planned.compactMap(after.platform), how, source, editor, &changes)
            for platform in planned.compactMap(after.platform) { changes += try plan(platform, cite, source, scenario, how, editor) }
            for platform in closings {
                let day = "\(scenario.asOf)"
                try NetworkEditing.checkCanBecome(.closed, platform, on: day, scenario.asOf, records)
                changes += try NetworkEditing.end(
                    platform, as: .closed, on: day, today: how.today, source: source, note: "As the scenario '\(scenario.name)' has it.", records, editor)
            }
            return Outcome(scenario: scenario, changes: scenario.changes, records: changes.compactMap { $0 })
        }
        return Adopted(outcome: outcome, planned: planned, notRecorded: notRecorded)
    }

    /// The ids of what a scenario opens and the network does not have. What is planned there already, by others, is left out.
    private func openings(of scenario: Scenario, _ records: NetworkRecords) throws -> [String] {
        let ids = scenario.changes.compactMap { if case .open(let planned) = $0.action { planned.id } else { nil } }
        let taken = ids.filter { records.platform($0) != nil || records.cite($0) != nil }
        let isPlanned = taken.allSatisfy { records.status(of: $0, asOf: scenario.asOf) == .planned }
        guard taken.isEmpty || (isPlanned && taken.count < ids.count) else {
            throw PlanningError.badArgument(
                "the network has \(taken.joined(separator: ", ")) already: the scenario '\(scenario.id)' has been adopted, or others have the ids; "
                    + "'maillage network history \(taken[0])' shows the change, and 'maillage network undo' reverses it")
        }
        return ids.filter { !taken.contains($0) }
    }

    private func closings(of scenario: Scenario, _ records: NetworkRecords) -> [Platform] {
        scenario.changes.compactMap { if case .close(let id) = $0.action { records.platform(id) } else { nil } }
    }

    private func makeSource(for scenario: Scenario, _ how: ScenarioAdoption, _ editor: NetworkEditor, _ changes: inout [RecordChange?]) throws -> String {
        let id = scenario.idOfAdoptedSource
        let note = "Planned with 'maillage scenario', adopted on \(how.today)."
        if try editor.fid(.source, RecordValues(cells: ["id": id])) == nil {
            changes.append(
                try editor.upsert(
                    .source, RecordValues(cells: ["id": id, "title": "Scenario '\(scenario.name)'", "date": "\(how.today)", "note": note])))
        }
        return id
    }

    /// The Cité of platforms that have none; made where a new one is asked for.
    private func citeOfNone(
        _ platforms: [Platform], _ how: ScenarioAdoption, _ source: String, _ editor: NetworkEditor, _ changes: inout [RecordChange?]
    ) throws -> String? {
        let orphans = platforms.filter(\.cite.isEmpty).map(\.id)
        guard how.cite != nil || how.newCite != nil else {
            guard orphans.isEmpty else {
                throw PlanningError.badArgument(
                    "\(orphans.joined(separator: ", ")) \(orphans.count == 1 ? "has" : "have") no Cité; --cite ID, or "
                        + "--new-cite id=… name=… form=\(CiteForm.allCases.map(\.rawValue).joined(separator: "|")) country=FR, would be accepted")
            }
            return nil
        }
        guard !orphans.isEmpty else {
            throw PlanningError.badArgument("every platform of the scenario has its Cité: --cite and --new-cite are for those that have none")
        }
        if let cite = how.cite {
            guard let known = try editor.records().cite(cite) else {
                throw PlanningError.notFound("no Cité '\(cite)'; 'maillage network list' shows the ids, and --new-cite makes one")
            }
            return known.id
        }
        var cells = how.newCite ?? [:]
        guard let id = cells["id"], !id.isEmpty else { throw PlanningError.badArgument("--new-cite has no id; id=… name=… form=… country=… would be accepted") }
        guard try editor.fid(.cite, RecordValues(cells: ["id": id])) == nil else {
            throw PlanningError.badArgument("there is a Cité '\(id)' already; --cite \(id) would be accepted")
        }
        if let given = cells["visibility"], given != Visibility.restricted.rawValue {
            throw PlanningError.badArgument("a planned Cité is restricted: visibility=\(given) comes with 'maillage network set \(id)' once it is public")
        }
        cells["visibility"] = Visibility.restricted.rawValue
        (cells["source"], cells["verified"]) = (cells["source"] ?? source, cells["verified"] ?? "\(how.today)")
        changes.append(try editor.upsert(.cite, RecordValues(cells: cells)))
        return id
    }

    private func plan(
        _ platform: Platform, _ cite: String?, _ source: String, _ scenario: Scenario, _ how: ScenarioAdoption, _ editor: NetworkEditor
    ) throws -> [RecordChange?] {
        let town = try platform.locality.flatMap { Int64($0) }.flatMap { try store.locality(id: $0) }
        var cells = [
            "id": platform.id, "cite": platform.cite.isEmpty ? cite ?? "" : platform.cite, "kind": platform.kind.rawValue, "name": platform.name,
            "country": platform.country, "location_accuracy": platform.locationAccuracy.rawValue, "visibility": Visibility.restricted.rawValue,
            "source": source, "verified": "\(how.today)",
        ]
        if let c = platform.location { (cells["lon"], cells["lat"]) = ("\(c.x)", "\(c.y)") }
        let known: [(String, String?)] = [
            ("locality", platform.locality), ("area", platform.area), ("town", town?.name), ("timezone", town?.timeZone), ("hours", platform.hours),
            ("services", platform.services?.map(\.rawValue).joined(separator: " ")), ("counsellors", platform.counsellors.map { "\($0)" }),
            ("floor_area_m2", platform.floorArea.map { "\($0)" }), ("note", "A plan: scenario '\(scenario.name)' as of \(scenario.asOf)."),
        ]
        for (name, value) in known { if let value, !value.isEmpty { cells[name] = value } }
        let day = how.from ?? min(scenario.asOf, how.today)
        return [
            try editor.upsert(.platform, RecordValues(cells: cells)),
            try editor.upsert(
                .period,
                RecordValues(cells: [
                    "platform": platform.id, "status": PlatformStatus.planned.rawValue, "start": "\(day)", "source": source, "verified": "\(how.today)",
                ])),
        ]
    }
}
