package import CiteNetwork
package import GRDB
internal import GeoModel
internal import GeoPackage
internal import GeometryEngine

/// What one record became.
package struct RecordChange: Sendable, Equatable {
    package enum Action: String, Sendable { case added, changed, deleted }
    package struct Difference: Sendable, Equatable {
        package var column: String
        package var before: String?
        package var after: String?

        package init(column: String, before: String?, after: String?) {
            self.column = column
            self.before = before
            self.after = after
        }
    }

    package var action: Action
    package var kind: String
    package var id: String
    package var differences: [Difference]
}

/// Writes records inside one transaction, each checked as it comes. Made by `NetworkStore.edit`.
package struct NetworkEditor {
    let db: Database
    let cache: EditorCache

    init(db: Database) {
        self.db = db
        cache = EditorCache(db)
    }

    /// Runs SQL of the caller's own as part of the change.
    package func run<T>(_ body: (Database) throws -> T) throws -> T { try body(db) }

    /// The records as they stand within the change. Those that cannot be read are left out.
    package func records() throws -> NetworkRecords { try RecordRows.readable(db).rows.everything }

    /// Adds a record or changes the one of the same key; nil where nothing differs. Cells that are as the store has them are not looked
    /// at again: what another program wrote can stand, and be mended cell by cell.
    ///
    /// Throws `StoreError.badContent` that names the column and what would be accepted, a reference to a record that does not exist included.
    package func upsert(_ kind: RecordKind, _ values: RecordValues) throws -> RecordChange? {
        let keys = try keyValues(kind, values)
        let found = try stored(kind, keys)
        let label = kind.label { name in kind.key.firstIndex(of: name).map { keys[$0] } ?? .null }
        guard found.count < 2 else {
            let fids = found.map { "\($0["fid"] as DatabaseValue)" }.joined(separator: " and ")
            throw problem(
                kind, values.place,
                "the store has \(kind.name) \(label) twice (\(kind.table) fid \(fids)): which is meant is not clear; 'network undo', or the program that "
                    + "wrote them, can take one away")
        }
        let existing = found.first
        var stored = try storedValues(kind, values, existing)
        if existing == nil { for (name, value) in zip(kind.key, keys) { stored[name] = value } }
        try checkTogether(kind, label, existing, stored, values.place)
        if let existing { return try change(kind, label, existing, stored, values.place) }
        for column in kind.columns where column.isRequired && (stored[column.stored] ?? .null).isNull {
            throw problem(kind, values.place, "\(kind.name) \(label) has no \(column.name)")
        }
        try checkNewID(kind, stored, values.place)
        var row = stored
        if kind.columns.contains(where: { $0.name == "visibility" }), (row["visibility"] ?? .null).isNull { row["visibility"] = "public".databaseValue }
        let names = row.keys.sorted()
        try run(kind, values.place) {
            try db.cachedStatement(
                sql:
                    "INSERT INTO \(kind.table) (\(names.map { "\"\($0)\"" }.joined(separator: ", "))) VALUES (\(names.map { _ in "?" }.joined(separator: ", ")))"
            ).execute(arguments: StatementArguments(names.map { row[$0]! }))
        }
        var differences = kind.columns.compactMap { column in
            (row[column.stored].flatMap(column.cell)).map { RecordChange.Difference(column: column.name, before: nil, after: $0) }
        }
        if let place = row["geom"].flatMap(position) { differences.append(.init(column: "place", before: nil, after: place)) }
        return RecordChange(action: .added, kind: kind.name, id: label, differences: differences)
    }

    private func change(
        _ kind: RecordKind, _ label: String, _ existing: Row, _ stored: [String: DatabaseValue], _ place: String
    ) throws -> RecordChange? {
        let changed = stored.filter { (existing[$0.key] as DatabaseValue) != $0.value }.keys.sorted()
        guard !changed.isEmpty else { return nil }
        let fid: Int64 = existing["fid"]
        if changed.contains("geom") { try LoggedRow.dropUnreadableGeometry(fid: fid, of: kind.table, db) }
        try run(kind, place) {
            try db.cachedStatement(sql: "UPDATE \(kind.table) SET \(changed.map { "\"\($0)\" = ?" }.joined(separator: ", ")) WHERE fid = ?")
                .execute(arguments: StatementArguments(changed.map { stored[$0]! } + [fid.databaseValue]))
        }
        let differences = changed.map { name in
            let column = kind.columns.first { $0.stored == name }
            let (old, new): (DatabaseValue, DatabaseValue) = (existing[name], stored[name]!)
            return RecordChange.Difference(
                column: column?.name ?? "place", before: column.map { $0.cell(of: old) } ?? position(old),
                after: column.map { $0.cell(of: new) } ?? position(new))
        }
        return RecordChange(action: .changed, kind: kind.name, id: label, differences: differences)
    }

    /// The kind of the Cité or platform of an id; nil where there is none.
    package func kind(ofID id: String) throws -> RecordKind? {
        try [RecordKind.cite, .platform].first { kind in
            try Row.fetchOne(db.cachedStatement(sql: "SELECT 1 FROM \(kind.table) WHERE id = ?"), arguments: [id]) != nil
        }
    }

    /// The values of the key, by `kind.key`.
    func keyValues(_ kind: RecordKind, _ values: RecordValues) throws -> [DatabaseValue] {
        try kind.key.map { name in
            let column = kind.columns.first { $0.stored == name }!
            guard let text = values.cells[column.name], !(text.isEmpty && !column.isRequired) else { return .null }
            do { return try column.value(of: text) } catch let cell as CellProblem { throw problem(kind, values.place, cell.text) }
        }
    }

    /// The stored rows of a key, at most two.
    private func stored(_ kind: RecordKind, _ keys: [DatabaseValue]) throws -> [Row] {
        let condition = kind.key.map { "\"\($0)\" IS ?" }.joined(separator: " AND ")
        return try Row.fetchAll(
            db.cachedStatement(sql: "SELECT * FROM \(kind.table) WHERE \(condition) ORDER BY fid LIMIT 2"), arguments: StatementArguments(keys))
    }

    /// Deletes the records of a kind whose fid is not among `kept`.
    package func deleteAll(_ kind: RecordKind, except kept: Set<Int64>) throws -> [RecordChange] {
        var changes: [RecordChange] = []
        for row in try Row.fetchAll(db, sql: "SELECT * FROM \(kind.table)") where !kept.contains(row["fid"]) {
            do {
                try db.execute(sql: "DELETE FROM \(kind.table) WHERE fid = ?", arguments: [row["fid"] as Int64])
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                throw problem(
                    kind, "",
                    "\(kind.name) \(label(kind, row)) is not in the file and cannot be deleted: \(try referrers(to: row["id"], of: kind.table)); "
                        + "keep it in the file, or replace what refers to it as well")
            }
            changes.append(RecordChange(action: .deleted, kind: kind.name, id: label(kind, row), differences: []))
        }
        return changes
    }

    /// The records that refer to one, in words.
    private func referrers(to id: DatabaseValue, of table: String) throws -> String {
        var found: [String] = []
        for kind in RecordKind.all {
            for column in kind.columns {
                guard case .reference(table) = column.content else { continue }
                found += try Row.fetchAll(db, sql: "SELECT * FROM \(kind.table) WHERE \(column.stored) = ?", arguments: [id]).map {
                    "\(kind.name) \(label(kind, $0))"
                }
            }
        }
        let rest = found.count > 5 ? " and \(found.count - 5) more" : ""
        return "\(found.prefix(5).joined(separator: ", "))\(rest) \(found.count == 1 ? "refers" : "refer") to it"
    }

    /// The fid of the record with the key of these values.
    package func fid(_ kind: RecordKind, _ values: RecordValues) throws -> Int64? {
        try stored(kind, keyValues(kind, values)).first.map { $0["fid"] }
    }

    private func label(_ kind: RecordKind, _ row: Row) -> String {
        kind.label { row[$0] }
    }

    private func position(_ value: DatabaseValue) -> String? {
        guard let stored = StoredGeometry.fromDatabaseValue(value) else { return nil }
        if case .point(let c) = stored.geometry { return "\(c.y),\(c.x)" }
        return "a shape of \(stored.geometry.polygons.count) polygons"
    }

    /// Turns a violated constraint into a sentence.
    private func run(_ kind: RecordKind, _ place: String, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            let reason = error.message ?? "a constraint"
            throw problem(
                kind, place,
                error.extendedResultCode == .SQLITE_CONSTRAINT_FOREIGNKEY
                    ? "a reference to a record that does not exist, or that others still refer to (\(reason))" : "the store refuses it: \(reason)")
        }
    }

    func problem(_ kind: RecordKind, _ place: String, _ text: String) -> StoreError {
        .badContent(file: kind.name, problems: [place.isEmpty ? text : "\(place): \(text)"])
    }
}

extension RecordKind {
    /// The key of a record as people read it: `rome-main open 2009-06-03`.
    func label(_ value: (String) -> DatabaseValue) -> String {
        key.map { name in
            let stored = value(name)
            return stored.isNull ? "-" : String.fromDatabaseValue(stored) ?? stored.description
        }.joined(separator: " ")
    }
}
