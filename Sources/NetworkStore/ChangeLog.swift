internal import GRDB
internal import GeoPackage

/// The history of the network tables, written by SQL triggers: whoever edits the file, an editor in QGIS included, is in it.
///
/// A row of `change_log` is one row inserted, updated or deleted, with its columns before and after. Rows written in one transaction of
/// ours share a `change` number, a who and a why, which the transaction puts into `change_context` and takes out at its end; an edit by
/// anyone else has no who, and a number for each row.
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

    private static func record(_ row: String, of table: String, _ db: Database) throws -> String {
        "json_object(\(try db.columns(in: table).map { "'\($0.name)', \(encoded("\(row).\"\($0.name)\""))" }.joined(separator: ", ")))"
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
