internal import GRDB
internal import GeoModel
internal import GeoPackage

extension NetworkStore {
    /// Runs `body` as one change: one transaction, one number in the change log, with who and why. All of it, or nothing where it throws.
    ///
    /// - Returns: what `body` returns, and the number of the change; nil where nothing differed.
    /// Throws `StoreError.badContent` where the records would not be readable afterwards, or refer to what does not exist.
    @discardableResult
    package func edit<T>(who: String, why: String?, dryRun: Bool = false, _ body: (NetworkEditor) throws -> T) throws -> (result: T, change: Int64?) {
        for (name, text, longest) in [("who", who, 200), ("why", why ?? "", 2_000)] {
            guard !text.unicodeScalars.contains(where: isInvisibleControl), text.utf8.count <= longest else {
                throw StoreError.badContent(
                    file: name, problems: ["'\(plainLine(String(text.prefix(80))))' is no text for the history; expected one line without control characters"])
            }
        }
        func work(_ db: Database) throws -> (result: T, change: Int64?) {
            let (orphans, seats) = (try orphans(db), try strangeSeats(db))
            let change = try ChangeLog.begin(who: who, why: why, in: db)
            let result = try body(NetworkEditor(db: db))
            try checkReferences(db, known: orphans)
            try checkSeats(db, known: seats)
            try checkReadable(db)
            let didChange = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM change_log WHERE change = ?)", arguments: [change]) ?? false
            try ChangeLog.end(in: db)
            if didChange { try CoreTables.touch(StoreSchema.loggedTables + ["change_log"], in: db) }
            return (result, didChange ? change : nil)
        }
        return try dryRun ? file.rehearse(work) : file.write(work)
    }

    /// Throws `StoreError.badContent` where a change makes rows unreadable. Those that were so before do not stand in the way.
    private func checkReadable(_ db: Database) throws {
        let bad = try RecordRows.readable(db).bad + ScenarioRows.readable(db).bad
        guard !bad.isEmpty else { return }
        // Others read what was there before the change until it is committed.
        let known = Set(try file.read { db in try (RecordRows.readable(db).bad + ScenarioRows.readable(db).bad).map(\.row) })
        let new = bad.filter { !known.contains($0.row) }
        guard new.isEmpty else { throw StoreError.badContent(file: "network.gpkg", problems: new.prefix(20).map(\.problem)) }
    }

    /// The Cités whose seat is a platform of another, with that platform.
    func strangeSeats(_ db: Database) throws -> [String: String] {
        let rows = try Row.fetchAll(
            db, sql: "SELECT c.id, p.id, p.cite FROM cites c JOIN platforms p ON p.id = c.seat_platform WHERE p.cite <> c.id")
        func text(_ value: DatabaseValue) -> String { String.fromDatabaseValue(value) ?? "" }
        return Dictionary(rows.map { (text($0[0]), "'\(text($0[1]))', of \(text($0[2]))") }, uniquingKeysWith: { a, _ in a })
    }

    /// Throws `StoreError.badContent` for a seat at a platform of another Cité, beside those known.
    func checkSeats(_ db: Database, known: [String: String] = [:]) throws {
        let new = try strangeSeats(db).filter { known[$0.key] != $0.value }.sorted { $0.key < $1.key }
        guard !new.isEmpty else { return }
        throw StoreError.badContent(
            file: "records", problems: new.prefix(20).map { "cite \($0.key): seat_platform is \($0.value); expected a platform of \($0.key)" })
    }

    /// A record that refers to one that does not exist.
    struct Orphan: Hashable {
        var table: String
        var fid: Int64?
        var parent: String
    }

    /// The orphans that stand in the network and its areas. A program that does not know foreign keys may have left some.
    func orphans(_ db: Database) throws -> Set<Orphan> {
        var found: Set<Orphan> = []
        for table in StoreSchema.loggedTables + ["areas", "area_keys"] {
            for row in try Row.fetchAll(db, sql: "PRAGMA foreign_key_check(\(table))") { found.insert(Orphan(table: row[0], fid: row[1], parent: row[2])) }
        }
        return found
    }

    /// Throws `StoreError.badContent` that names the orphans there are beside those known.
    func checkReferences(_ db: Database, known: Set<Orphan> = []) throws {
        let new = try orphans(db).subtracting(known).sorted { ($0.table, $0.fid ?? 0) < ($1.table, $1.fid ?? 0) }
        guard !new.isEmpty else { return }
        throw StoreError.badContent(
            file: "records",
            problems: try new.prefix(20).map { orphan in
                let record = try Row.fetchOne(db, sql: "SELECT * FROM \"\(orphan.table)\" WHERE fid = ?", arguments: [orphan.fid])
                let id = record.flatMap { record in RecordKind.logged(orphan.table)?.label { record[$0] } }
                return "\(orphan.table) \(id ?? "row \(orphan.fid ?? 0)") refers to a record of \(orphan.parent) that does not exist"
            })
    }

    /// The records of a kind as files give them, in order of their key.
    package func values(of kind: RecordKind) throws -> [RecordValues] {
        try file.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM \(kind.table) ORDER BY \(kind.key.joined(separator: ", ")), fid").map { row in
                var values = RecordValues(cells: [:])
                for column in kind.columns { values.cells[column.name] = column.cell(of: row[column.stored]) ?? "" }
                if row.hasColumn("geom"), !(row["geom"] as DatabaseValue).isNull {
                    guard let stored = StoredGeometry.fromDatabaseValue(row["geom"]) else {
                        throw StoreError.badContent(
                            file: "network.gpkg",
                            problems: ["table \(kind.table) \(kind.label { row[$0] }): its geometry cannot be read; 'network undo' may bring back what was"])
                    }
                    values.geometry = stored.geometry
                    if kind.hasPoint, case .point(let c) = stored.geometry {
                        values.cells["lon"] = "\(c.x)"
                        values.cells["lat"] = "\(c.y)"
                    }
                }
                return values
            }
        }
    }
}
