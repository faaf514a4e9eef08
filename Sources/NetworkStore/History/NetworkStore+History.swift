package import CiteNetwork
package import GRDB
internal import GeoModel
internal import GeoPackage

/// The past of the network, told and rebuilt from the change log, and the undoing of a change.
extension NetworkStore {
    /// One row of the change log, for people.
    package struct LoggedChange: Sendable, Equatable {
        package var change: Int64
        /// UTC, `YYYY-MM-DDThh:mm:ss.sssZ`.
        package var at: String
        /// Nil for an edit made by another program.
        package var who: String?
        package var why: String?
        package var kind: String
        package var operation: String
        package var record: String
        package var differences: [RecordChange.Difference]
    }

    /// The changes of a Cité, platform or scenario and of what hangs on it, or of everything without an id; oldest first. What scenarios
    /// would do to a platform is no change of it.
    package func history(of id: String? = nil) throws -> [LoggedChange] {
        try file.read { db in
            var platforms: Set<String> = []
            if let id {
                platforms = Set(try String.fetchAll(db, sql: "SELECT id FROM platforms WHERE cite = ?", arguments: [id]))
            }
            var out: [LoggedChange] = []
            let rows = try Row.fetchCursor(db, sql: "SELECT change, at, who, why, table_name, operation, before, after FROM change_log ORDER BY fid")
            while let row = try rows.next() {
                let table = String.fromDatabaseValue(row[4]) ?? ""
                guard let kind = table == "areas" ? .loggedArea : RecordKind.logged(table) else { continue }
                let isScenario = StoreSchema.scenarioTables.contains(table)
                let before = try String.fromDatabaseValue(row[6]).map(LoggedRow.init(json:))
                let after = try String.fromDatabaseValue(row[7]).map(LoggedRow.init(json:))
                guard let shownRow = after ?? before else { continue }
                if let id {
                    let mine = [before, after].compactMap { $0 }.contains { logged in
                        (isScenario ? ["id", "scenario"] : ["id", "cite", "platform", "code"]).contains { name in
                            let value = String.fromDatabaseValue(logged[name])
                            return value == id || (!isScenario && name != "cite" && value.map(platforms.contains) ?? false)
                        }
                    }
                    guard mine else { continue }
                }
                out.append(
                    LoggedChange(
                        change: try row.required(0, of: "change_log"), at: try row.required(1, of: "change_log"),
                        who: try row.checked(2, of: "change_log"), why: try row.checked(3, of: "change_log"), kind: kind.name,
                        operation: try row.required(5, of: "change_log"), record: kind.label { shownRow[$0] },
                        differences: differences(kind, before, after)))
            }
            return out
        }
    }

    private func differences(_ kind: RecordKind, _ before: LoggedRow?, _ after: LoggedRow?) -> [RecordChange.Difference] {
        var found: [RecordChange.Difference] = []
        func compare(_ name: String, _ stored: String) {
            let (old, new) = (before?[stored] ?? .null, after?[stored] ?? .null)
            if old != new { found.append(.init(column: name, before: shown(old, kind, stored), after: shown(new, kind, stored))) }
        }
        for column in kind.columns { compare(column.name, column.stored) }
        let hasShape = before?.columns.contains { $0.name == "geom" } ?? after?.columns.contains { $0.name == "geom" } ?? false
        if hasShape, kind.table != "areas" { compare("place", "geom") }
        // What came after an area is logged without its polygon, what was before it with it where that differs.
        if hasShape, kind.table == "areas", let before, after != nil {
            found.append(.init(column: "shape", before: shown(before["geom"], kind, "geom"), after: "another"))
        }
        return found
    }

    private func shown(_ value: DatabaseValue, _ kind: RecordKind, _ stored: String) -> String? {
        if let column = kind.columns.first(where: { $0.stored == stored }) { return column.cell(of: value) }
        guard let geometry = StoredGeometry.fromDatabaseValue(value)?.geometry else { return nil }
        if case .point(let c) = geometry { return "\(c.y),\(c.x)" }
        return "a shape of \(geometry.polygons.count) polygons"
    }

    /// Reverses a change: what it added is deleted, what it deleted comes back, what it changed is as before.
    ///
    /// Throws `StoreError.unknown` where there is no such change, `badContent` where a record has been changed again since, or where a
    /// scenario would no longer hold together: the later change first.
    package func undo(_ change: Int64, who: String) throws -> Int64? {
        let (_, number) = try edit(who: who, why: "undo of change \(change)") { editor in
            let db = editor.db
            let rows = try Row.fetchAll(
                db, sql: "SELECT table_name, before, after, fid FROM change_log WHERE change = ? ORDER BY fid DESC", arguments: [change])
            guard let first = rows.last?[3] as Int64? else {
                let last = try Int64.fetchOne(db, sql: "SELECT max(change) FROM change_log WHERE change < 1000000000000") ?? 0
                throw StoreError.unknown("there is no change \(change); changes: 1 to \(last)")
            }
            func refusal(_ reason: String) -> StoreError { .badContent(file: "change log", problems: ["change \(change) cannot be undone: \(reason)"]) }
            try db.execute(sql: "PRAGMA defer_foreign_keys = ON")
            let scenarios = try editor.fittingScenarios(touchedBy: change)
            let laterShapes = try shapes(afterLogRow: first, db)
            var areas: [LoggedRow] = []
            for row in rows {
                let table: String = try row.required(0, of: "change_log")
                guard table == "areas" || StoreSchema.loggedTables.contains(table) else {
                    throw refusal("it has a row of '\(table)', which the log does not keep")
                }
                let before = try String.fromDatabaseValue(row[1]).map(LoggedRow.init(json:))
                let after = try String.fromDatabaseValue(row[2]).map(LoggedRow.init(json:))
                if table == "areas", let area = before ?? after { areas.append(area) }
                if let after, try !after.isCurrent(in: table, db) {
                    throw refusal("row \(after.fid) of \(table) has been changed since; undo the later change first")
                }
                if table == "areas", let after, let left = laterShapes[after.fid]?.first(where: { $0.logRow > (row[3] as Int64) })?.shape {
                    let present = try DatabaseValue.fetchOne(db, sql: "SELECT geom FROM areas WHERE fid = ?", arguments: [after.fid])
                    guard present == left else {
                        throw refusal(
                            "the polygon of \(String.fromDatabaseValue(after["code"]) ?? "an area") has been changed since; undo the later change first")
                    }
                }
                do {
                    switch (before, after) {
                    case (nil, let after?): try db.execute(sql: "DELETE FROM \"\(table)\" WHERE fid = ?", arguments: [after.fid])
                    case (let before?, nil): try before.insert(into: table, replacing: false, db)
                    case (let before?, let after?):
                        try LoggedRow.dropUnreadableGeometry(fid: after.fid, of: table, db)
                        try before.update(fid: after.fid, of: table, replacing: false, db)
                    case (nil, nil): break
                    }
                } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                    throw refusal("another record stands where \(table) \(before?.fid ?? 0) was; undo the later change first")
                }
            }
            if let fault = try editor.firstUnfit(of: scenarios) { throw refusal("scenario \(fault.scenario), \(fault.problem); undo the later change first") }
            try areasCameBack(Set(areas.compactMap { String.fromDatabaseValue($0["code"]) }), db) { refusal($0) }
        }
        return number
    }

    /// The polygons that areas had before each change of them after a row of the log, by fid and in order: what the log rows before left.
    private func shapes(afterLogRow first: Int64, _ db: Database) throws -> [Int64: [(logRow: Int64, shape: DatabaseValue)]] {
        var found: [Int64: [(logRow: Int64, shape: DatabaseValue)]] = [:]
        let rows = try Row.fetchCursor(
            db, sql: "SELECT fid, before FROM change_log WHERE fid > ? AND table_name = 'areas' AND before NOT NULL ORDER BY fid", arguments: [first])
        while let row = try rows.next() {
            let before = try LoggedRow(json: try row.required(1, of: "change_log"))
            if before.columns.contains(where: { $0.name == "geom" }) { found[before.fid, default: []].append((row[0], before["geom"])) }
        }
        return found
    }

    /// A moment of the store's own history.
    package enum Moment: Sendable, Equatable {
        /// UTC, as the change log writes it, or a shorter prefix of it: every change begun up to and at it, each whole.
        case instant(String)
        /// After this row of the change log.
        case logRow(Int64)
    }

    /// The records as the store held them at a past moment, rebuilt from the change log alone.
    package func records(for viewer: Viewer, recordedAt moment: Moment) throws -> NetworkRecords {
        let past = try rebuilt(at: moment)
        return try past.read { db in visible(try RecordRows.fetch(db), to: viewer) }
    }

    /// The tables of the network and its scenarios in memory as they were.
    package func rebuilt(at moment: Moment) throws -> DatabaseQueue {
        let queue = try GeoPackageFile.inMemory()
        let log: [(table: String, before: LoggedRow?, after: LoggedRow?)] = try file.read { db in
            let last =
                switch moment {
                case .instant(let text): try lastLogRow(at: text, db)
                case .logRow(let fid): fid
                }
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT table_name, before, after FROM change_log WHERE table_name IN (\(StoreSchema.loggedTables.map { "'\($0)'" }.joined(separator: ", ")))
                    AND fid <= ? ORDER BY fid
                    """, arguments: [last]
            ).map { row in
                let (before, after) = (String.fromDatabaseValue(row[1]), String.fromDatabaseValue(row[2]))
                return (row[0], try before.map { try LoggedRow(json: $0, marksNUL: true) }, try after.map { try LoggedRow(json: $0, marksNUL: true) })
            }
        }
        try queue.write { db in
            try StoreSchema.createNetworkTables(in: db)
            try StoreSchema.createScenarioTables(in: db)
            // No index is needed, and its triggers would refuse a geometry that a foreign hand once broke.
            for name in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'") { try db.execute(sql: "DROP TRIGGER \(name)") }
            for entry in log {
                switch (entry.before, entry.after) {
                case (nil, let after?): try after.insert(into: entry.table, replacing: true, db)
                case (let before?, nil): try db.execute(sql: "DELETE FROM \"\(entry.table)\" WHERE fid = ?", arguments: [before.fid])
                case (let before?, let after?): try after.update(fid: before.fid, of: entry.table, replacing: true, db)
                case (nil, nil): break
                }
            }
        }
        return queue
    }

    /// The last row of the log of the last change that is whole by an instant, 0 for none. Rows of one change stand together; those that
    /// an older program wrote have an instant each, and the change is there from that of its last one.
    private func lastLogRow(at instant: String, _ db: Database) throws -> Int64 {
        var (cut, last, change): (Int64, Int64, DatabaseValue?) = (0, 0, nil)
        let rows = try Row.fetchCursor(
            db, sql: "SELECT fid, change, coalesce(substr(at, 1, length(?1)) <= ?1, 0) FROM change_log ORDER BY fid", arguments: [instant])
        while let row = try rows.next() {
            if row[1] as DatabaseValue != change { (cut, change) = (last, row[1] as DatabaseValue) }
            guard row[2] as Bool else { return cut }
            last = row[0]
        }
        return last
    }
}

extension RecordKind {
    /// Areas as the log tells them; they are no records that people edit one by one.
    fileprivate static let loggedArea = RecordKind(
        name: "area", table: "areas", key: ["code"],
        columns: ["code", "kind", "parent", "country", "name", "members", "population"].map {
            Column(name: $0, stored: $0, content: .prose, isRequired: false)
        })
}
