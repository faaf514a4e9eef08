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

    /// Changes cells of a Cité or platform; an empty value clears a cell. Works where other records cannot be read, so that it can mend them.
    package func set(_ id: String, _ cells: [String: String]) throws -> Outcome {
        guard cells["id"] == nil else { throw PlanningError.badArgument("an id is for good: others refer to it") }
        var cells = cells
        cells["id"] = id
        return try write { editor in
            guard let kind = try editor.kind(ofID: id) else { return [try unknown(id, editor)] }
            return [try editor.upsert(kind, RecordValues(cells: cells))]
        }
    }

    private func unknown(_ id: String, _ editor: NetworkEditor) throws -> RecordChange? {
        let records = try editor.records()
        let similar = (records.cites.map(\.id) + records.platforms.map(\.id)).filter { $0.hasPrefix(id.prefix(3)) }.sorted().prefix(8)
        throw PlanningError.notFound(
            "no Cité and no platform has the id '\(id)'"
                + (similar.isEmpty ? "; 'maillage network list' shows the ids" : "; ids like it: \(similar.joined(separator: ", "))"))
    }

    /// Records a decision of the committee.
    package func decide(_ cite: String, _ cells: [String: String], in atlas: Atlas) throws -> Outcome {
        guard atlas.records.cite(cite) != nil else { throw PlanningError.notFound("no Cité '\(cite)'; 'maillage network list' shows the ids") }
        return try add(.decision, cells.merging(["cite": cite]) { _, new in new })
    }

    /// Ends the state in which a platform, or every platform of a Cité, is on a day, and records the one that follows. What is so is looked
    /// at within the change: two that close at once make one closing and one refusal.
    ///
    /// - Parameter today: the day on which this is recorded, which is when its source was seen.
    package func close(_ id: String, as status: PlatformStatus, on date: String, today: CalendarDate, source: String?, note: String?, in atlas: Atlas) throws
        -> Outcome
    {
        _ = try atlas.record(id)
        guard let day = PartialDate(date), let latest = day.latest else {
            throw PlanningError.badArgument("--on \(date): expected \(PartialDate.acceptedForms)")
        }
        return try write { editor in
            let records = try editor.records()
            let platforms = records.platform(id).map { [$0] } ?? records.platforms(of: id)
            guard !platforms.isEmpty else { throw PlanningError.badContent("\(id) has no platform that could close") }
            for platform in platforms { try Self.checkCanBecome(status, platform, on: date, latest, records) }
            return try platforms.flatMap { platform in
                try Self.end(platform, as: status, on: date, today: today, source: source, note: note, records, editor)
            }
        }
    }

    /// Ends the states in which a platform is that no source ends, and records the one that follows.
    static func end(
        _ platform: Platform, as status: PlatformStatus, on date: String, today: CalendarDate, source: String?, note: String?, _ records: NetworkRecords,
        _ editor: NetworkEditor
    ) throws -> [RecordChange?] {
        var changes: [RecordChange?] = []
        let going = records.periods(of: platform.id).filter {
            $0.end == nil && [.open, .prefiguration, .asleep, .planned].contains($0.status) && $0.status != status
        }
        for period in going {
            let cells = ["platform": platform.id, "status": period.status.rawValue, "start": period.start.text, "end": date]
            changes.append(try editor.upsert(.period, RecordValues(cells: cells)))
        }
        var cells = [
            "platform": platform.id, "status": status.rawValue, "start": date, "source": source ?? platform.provenance.source, "verified": "\(today)",
        ]
        if let note { cells["note"] = note }
        changes.append(try editor.upsert(.period, RecordValues(cells: cells)))
        return changes
    }

    static func checkCanBecome(_ status: PlatformStatus, _ platform: Platform, on date: String, _ latest: CalendarDate, _ records: NetworkRecords) throws {
        let periods = records.periods(of: platform.id)
        if let shut = periods.first(where: { $0.status == status && $0.end == nil }) {
            throw PlanningError.badContent(
                "\(platform.id) is recorded as \(status.rawValue) from \(shut.start) already; 'network history \(platform.id)' shows the change that 'network undo' reverses"
            )
        }
        if let later = periods.first(where: { $0.end == nil && ($0.start.earliest.map { latest < $0 } ?? false) && $0.status != .unknown }) {
            throw PlanningError.badArgument("--on \(date) is before \(platform.id) was \(later.status.rawValue) (\(later.start)); expected a later day")
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
