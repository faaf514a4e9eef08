internal import GRDB
internal import GeoPackage

/// The history of the network tables, written by SQL triggers: whoever edits the file, an editor in QGIS included, is in it.
///
/// A row of `change_log` is one row inserted, updated or deleted, with its columns before and after. Rows written in one transaction of
/// ours share a `change` number, a who and a why, which the transaction puts into `change_context` and takes out at its end; an edit by
/// anyone else has no who, and a number for each row. The log only grows: triggers refuse to change or delete what stands in it.
enum ChangeLog {
    static func create(in db: Database) throws {
        try CoreTables.createAttributesTable(
            "change_log",
            columns: """
                change INTEGER NOT NULL, at DATETIME NOT NULL, who TEXT, why TEXT, table_name TEXT NOT NULL, operation TEXT NOT NULL,
                before TEXT, after TEXT
                """, description: "Every change of the network, written by triggers", in: db)
        try CoreTables.createAttributesTable(
            "change_context", columns: "change INTEGER, who TEXT, why TEXT", description: "Who is writing, and why, while a transaction lasts", in: db)
        try db.execute(sql: "INSERT INTO change_context (fid) VALUES (1); CREATE INDEX change_log_by_change ON change_log(change)")
        try beginAnew(in: db)
        for table in StoreSchema.networkTables {
            for (operation, before, after) in [
                ("insert", "NULL", try record("NEW", of: table, db)), ("update", try record("OLD", of: table, db), try record("NEW", of: table, db)),
                ("delete", try record("OLD", of: table, db), "NULL"),
            ] {
                let same = operation == "update" ? "WHEN \(before) IS NOT \(after)" : ""
                try db.execute(
                    sql: """
                        CREATE TRIGGER "log_\(table)_\(operation)" AFTER \(operation.uppercased()) ON "\(table)" \(same) BEGIN
                        INSERT INTO change_log (change, at, who, why, table_name, operation, before, after)
                        SELECT coalesce(change, (SELECT coalesce(max(change), 0) + 1 FROM change_log)),
                          strftime('%Y-%m-%dT%H:%M:%fZ','now'), who, why, '\(table)', '\(operation)', \(before), \(after)
                        FROM change_context WHERE fid = 1; END
                        """)
            }
        }
    }

    /// Forgets the past and begins with what the tables hold now: for a store of an older program, and for a copy that must not tell
    /// what has been removed from it.
    static func beginAnew(in db: Database) throws {
        try db.execute(sql: "DELETE FROM change_log")
        for table in StoreSchema.networkTables {
            try db.execute(
                sql: """
                    INSERT INTO change_log (change, at, why, table_name, operation, after)
                    SELECT 1, strftime('%Y-%m-%dT%H:%M:%fZ','now'), 'what the log begins with', '\(table)', 'insert',
                    \(try record("\"\(table)\"", of: table, db)) FROM "\(table)"
                    """)
        }
    }

    /// Makes the log refuse that its rows be changed, deleted or replaced, by whatever program.
    static func protect(in db: Database) throws {
        let refusal = "SELECT RAISE(ABORT, 'the change log only grows; network undo reverses a change')"
        for (name, event) in guards { try db.execute(sql: "CREATE TRIGGER \(name) BEFORE \(event) BEGIN \(refusal); END") }
    }

    private static let guards = [
        ("guard_change_log_update", "UPDATE ON change_log"), ("guard_change_log_delete", "DELETE ON change_log"),
        // INSERT OR REPLACE deletes without a word to the triggers for deletion.
        ("guard_change_log_insert", "INSERT ON change_log WHEN EXISTS (SELECT 1 FROM change_log WHERE fid = NEW.fid)"),
    ]

    /// Forgets the past of a copy, as `beginAnew` does, where the log is protected.
    static func forgetPast(in db: Database) throws {
        for (name, _) in guards { try db.execute(sql: "DROP TRIGGER IF EXISTS \(name)") }
        try beginAnew(in: db)
        try protect(in: db)
    }

    /// Logs what a change of ours does to the areas, so that it can be undone. What comes after is kept without polygon, since the store has it.
    static func logAreas(in db: Database) throws {
        let (old, new, brief) = (try record("OLD", of: "areas", db), try record("NEW", of: "areas", db), try record("NEW", of: "areas", without: "geom", db))
        for (operation, before, after) in [("insert", "NULL", brief), ("update", old, brief), ("delete", old, "NULL")] {
            let same = operation == "update" ? "AND \(old) IS NOT \(new)" : ""
            try db.execute(
                sql: """
                    CREATE TRIGGER "log_areas_\(operation)" AFTER \(operation.uppercased()) ON areas
                    WHEN (SELECT change FROM change_context WHERE fid = 1) NOT NULL \(same) BEGIN
                    INSERT INTO change_log (change, at, who, why, table_name, operation, before, after)
                    SELECT change, strftime('%Y-%m-%dT%H:%M:%fZ','now'), who, why, 'areas', '\(operation)', \(before), \(after)
                    FROM change_context WHERE fid = 1; END
                    """)
        }
    }

    private static func record(_ row: String, of table: String, without left: String = "", _ db: Database) throws -> String {
        let columns = try db.columns(in: table).map(\.name).filter { $0 != left }
        return "json_object(\(columns.map { "'\($0)', \(encoded("\(row).\"\($0)\""))" }.joined(separator: ", ")))"
    }

    /// A column as JSON from which it comes back exactly: reals with seventeen digits, blobs in hexadecimal.
    private static func encoded(_ column: String) -> String {
        """
        json(CASE typeof(\(column)) WHEN 'real' THEN '{"real":"' || printf('%!.17g', \(column)) || '"}' \
        WHEN 'blob' THEN '{"blob":"' || hex(\(column)) || '"}' ELSE json_quote(\(column)) END)
        """
    }

    /// Begins a change of ours: what is written until `end` bears its number, who and why.
    static func begin(who: String, why: String?, in db: Database) throws -> Int64 {
        let change = (try Int64.fetchOne(db, sql: "SELECT max(change) FROM change_log") ?? 0) + 1
        try db.execute(sql: "UPDATE change_context SET change = ?, who = ?, why = ? WHERE fid = 1", arguments: [change, who, why])
        return change
    }

    static func end(in db: Database) throws {
        try db.execute(sql: "UPDATE change_context SET change = NULL, who = NULL, why = NULL WHERE fid = 1")
    }
}
