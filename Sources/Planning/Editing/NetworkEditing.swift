package import CiteNetwork
internal import Foundation
package import NetworkStore

/// The changes that people make to the network, each one transaction with who and why.
package struct NetworkEditing: Sendable {
    private let store: NetworkStore
    private let who: String
    private let why: String?

    package init(_ store: NetworkStore, who: String, why: String?) {
        self.store = store
        self.who = who
        self.why = why
    }

    package struct Outcome: Sendable {
        package var changes: [RecordChange]
        /// The number of the change in the log; nil where nothing differed.
        package var number: Int64?
    }

    private func write(_ body: (NetworkEditor) throws -> [RecordChange?]) throws -> Outcome {
        let (changes, number) = try store.edit(who: who, why: why) { try body($0).compactMap { $0 } }
        return Outcome(changes: changes, number: number)
    }

    /// Adds a record. Throws `PlanningError.badArgument` where one of its key exists.
    package func add(_ kind: RecordKind, _ cells: [String: String]) throws -> Outcome {
        let values = RecordValues(cells: cells)
        return try write { editor in
            if try editor.fid(kind, values) != nil {
                let key = kind.columns.filter { kind.key.contains($0.stored) }.map { "\($0.name) \(cells[$0.name] ?? "nothing")" }
                throw PlanningError.badArgument("a \(kind.name) with \(key.joined(separator: ", ")) exists already; 'network set' changes Cités and platforms")
            }
            return [try editor.upsert(kind, values)]
        }
    }

    /// Changes cells of a Cité or platform; an empty value clears a cell.
    package func set(_ id: String, _ cells: [String: String], in atlas: Atlas) throws -> Outcome {
        guard cells["id"] == nil else { throw PlanningError.badArgument("an id is for good: others refer to it") }
        let kind: RecordKind =
            switch try atlas.record(id) {
            case .cite: .cite
            case .platform: .platform
            }
        var cells = cells
        cells["id"] = id
        if kind.table == "platforms", cells["lon"] != nil, cells["country"] == nil { cells["country"] = atlas.records.platform(id)?.country }
        return try write { [try $0.upsert(kind, RecordValues(cells: cells))] }
    }

    /// Records a decision of the committee.
    package func decide(_ cite: String, _ cells: [String: String], in atlas: Atlas) throws -> Outcome {
        guard atlas.records.cite(cite) != nil else { throw PlanningError.notFound("no Cité '\(cite)'; 'maillage network list' shows the ids") }
        return try add(.decision, cells.merging(["cite": cite]) { _, new in new })
    }

    /// Ends the state in which a platform, or every platform of a Cité, is on a day, and records the one that follows.
    package func close(_ id: String, as status: PlatformStatus, on date: String, source: String?, note: String?, in atlas: Atlas) throws -> Outcome {
        let platforms: [Platform] =
            switch try atlas.record(id) {
            case .cite(let cite): atlas.records.platforms(of: cite.id)
            case .platform(let platform): [platform]
            }
        guard let day = PartialDate(date), let latest = day.latest else {
            throw PlanningError.badArgument("--on \(date): expected \(PartialDate.acceptedForms)")
        }
        for platform in platforms {
            let periods = atlas.records.periods(of: platform.id)
            if let shut = periods.first(where: { $0.status == status && $0.end == nil }) {
                throw PlanningError.badContent(
                    "\(platform.id) is recorded as \(status.rawValue) from \(shut.start) already; 'network history \(platform.id)' shows the change that 'network undo' reverses"
                )
            }
            if let later = periods.first(where: { $0.end == nil && ($0.start.earliest.map { latest < $0 } ?? false) && $0.status != .unknown }) {
                throw PlanningError.badArgument("--on \(date) is before \(platform.id) was \(later.status.rawValue) (\(later.start)); expected a later day")
            }
        }
        return try write { editor in
            var changes: [RecordChange?] = []
            for platform in platforms {
                let going = atlas.records.periods(of: platform.id).filter {
                    $0.end == nil && [.open, .prefiguration, .asleep, .planned].contains($0.status) && $0.status != status
                }
                for period in going {
                    let cells = ["platform": platform.id, "status": period.status.rawValue, "start": period.start.text, "end": date]
                    changes.append(try editor.upsert(.period, RecordValues(cells: cells)))
                }
                var cells = [
                    "platform": platform.id, "status": status.rawValue, "start": date, "source": source ?? platform.provenance.source, "verified": date,
                ]
                if let note { cells["note"] = note }
                changes.append(try editor.upsert(.period, RecordValues(cells: cells)))
            }
            return changes
        }
    }

    package func undo(_ change: Int64) throws -> Int64? { try store.undo(change, who: who) }

    /// Imports a file of records.
    package func importFile(
        _ path: String, kind: RecordKind?, mapping: [String: String], replace: Bool, dryRun: Bool
    ) throws -> RecordImport {
        let name = URL(fileURLWithPath: path).lastPathComponent
        let bytes = try InputFile.read(path, atMost: RecordFile.largestSize)
        let isGeoJSON = name.hasSuffix(".json") || name.hasSuffix(".geojson")
        var notes: [String] = []
        let entries =
            try isGeoJSON
            ? RecordFile.geoJSON(bytes, name: name, kind: kind, mapping: mapping)
            : RecordFile.csv(bytes, name: name, kind: kind, mapping: mapping) { notes.append($0) }
        var result = try store.importRecords(entries, file: name, who: who, why: why, replace: replace, dryRun: dryRun)
        result.notes = notes
        return result
    }

    /// The rules that the network breaks after an import and did not break before it.
    package static func newlyBroken(by result: RecordImport, in atlas: Atlas, asOf day: CalendarDate) throws -> [RuleFinding] {
        let before = try atlas.validate(asOf: day).findings.filter { $0.verdict == .broken }
        let facts = try atlas.ruleFacts(of: result.records, asOf: day)
        let after = RuleBook(result.records, asOf: day, facts: facts).report().findings.filter { $0.verdict == .broken }
        let known = Set(before)
        return after.filter { !known.contains($0) }
    }

    /// The network as a file: all records as GeoJSON, or one kind as CSV.
    package static func exportBytes(_ store: NetworkStore, path: String, kind: RecordKind?) throws -> [UInt8] {
        if path.hasSuffix(".csv") {
            guard let kind else {
                throw PlanningError.badArgument(
                    "a CSV file holds one kind of records: name it with --table (\(RecordKind.all.map(\.name).joined(separator: ", ")))")
            }
            return RecordFile.csv(try store.values(of: kind), kind: kind)
        }
        guard path.hasSuffix(".json") || path.hasSuffix(".geojson") else {
            throw PlanningError.badArgument("'\(path)' ends neither in .geojson nor in .csv, which say the format")
        }
        return RecordFile.geoJSON(try store.allEntries().filter { kind == nil || $0.kind.table == kind?.table })
    }
}
