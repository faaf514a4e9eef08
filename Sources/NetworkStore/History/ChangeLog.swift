internal import GRDB
internal import GeoPackage

/// The history of the network tables, written by SQL triggers: whoever edits the file, an editor in QGIS included, is in it.
///
/// A row of `change_log` is one row inserted, updated or deleted, with its columns before and after. Rows written in one transaction of
/// ours share a `change` number, an instant, a who and a why, which the transaction puts into `change_context` and takes out at its end;
/// an edit by anyone else has no who, and a number and an instant for each row: a trigger cannot tell where a transaction of another
/// program begins or ends. The log only grows, in order of number and instant: triggers refuse to change or delete what stands in it.
///
/// The instant of a change of ours is that at which it took the lock on the file. No other change is committed between that and its own
/// commit, so that instants follow the order of the commits and never go back, not even where the clock does; but a reader who looked
/// in between did not see it yet. The instant of the commit itself cannot be had: by then the log does not change any more.
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
        try beginAnew(StoreSchema.networkTables, in: db)
        try log(StoreSchema.networkTables, in: db)
    }

    /// One instant for each change, what a foreign hand may do guarded, and a log of the areas.
    static func extend(in db: Database) throws {
        try db.execute(sql: "ALTER TABLE change_context ADD COLUMN at DATETIME; INSERT OR IGNORE INTO change_context (fid) VALUES (1)")
        try log(StoreSchema.networkTables, in: db)
        try protect(in: db)
        try logAreas(in: db)
    }

    private static let now = "strftime('%Y-%m-%dT%H:%M:%fZ','now')"
    /// The last number that can be one: a foreign hand may have written any.
    private static let lastChange = "coalesce((SELECT max(change) FROM change_log WHERE change < 1000000000000), 0)"
    private static let lastInstant = "coalesce((SELECT CAST(at AS TEXT) FROM change_log ORDER BY fid DESC LIMIT 1), '')"

    /// The row that a trigger writes, whether or not a transaction of ours goes on.
    private static func entry(_ table: String, _ operation: String, before: String, after: String) -> String {
        """
        INSERT INTO change_log (change, at, who, why, table_name, operation, before, after)
        SELECT coalesce(c.change, \(lastChange) + 1), max(coalesce(c.at, \(now)), \(lastInstant)), c.who, c.why, '\(table)', '\(operation)',
          \(before), \(after)
        FROM (SELECT 1) LEFT JOIN change_context c ON c.fid = 1;
        """
    }

    /// Logs every row of some tables.
    static func log(_ tables: [String], in db: Database) throws {
        for table in tables {
            for (operation, before, after) in [
                ("insert", "NULL", try record("NEW", of: table, db)), ("update", try record("OLD", of: table, db), try record("NEW", of: table, db)),
                ("delete", try record("OLD", of: table, db), "NULL"),
            ] {
                let same = operation == "update" ? "WHEN \(before) IS NOT \(after)" : ""
                try db.execute(
                    sql: """
                        DROP TRIGGER IF EXISTS "log_\(table)_\(operation)";
                        CREATE TRIGGER "log_\(table)_\(operation)" AFTER \(operation.uppercased()) ON "\(table)" \(same) BEGIN
                        \(entry(table, operation, before: before, after: after)) END
                        """)
            }
        }
    }

    /// Logs the areas, so that what a change does to them can be undone, but not while `change_context` has the number 0: the thousand
    /// areas that a new store is filled with. What comes after is kept without polygon, since the store or a later row has it; what was
    /// before an update has its polygon where that differs.
    private static func logAreas(in db: Database) throws {
        let (old, briefOld, brief) = (
            try record("OLD", of: "areas", db), try record("OLD", of: "areas", without: "geom", db), try record("NEW", of: "areas", without: "geom", db)
        )
        let whatWas = "CASE WHEN OLD.geom IS NEW.geom THEN \(briefOld) ELSE \(old) END"
        for (operation, before, after) in [("insert", "NULL", brief), ("update", whatWas, brief), ("delete", old, "NULL")] {
            let same = operation == "update" ? "AND (OLD.geom IS NOT NEW.geom OR \(briefOld) IS NOT \(brief))" : ""
            try db.execute(
                sql: """
                    CREATE TRIGGER "log_areas_\(operation)" AFTER \(operation.uppercased()) ON areas
                    WHEN coalesce((SELECT change FROM change_context WHERE fid = 1), 1) <> 0 \(same) BEGIN
                    \(entry("areas", operation, before: before, after: after)) END
                    """)
        }
    }

    /// Forgets the past and begins with what the tables hold now: for a store of an older program, and for a copy that must not tell
    /// what has been removed from it.
    private static func beginAnew(_ tables: [String], in db: Database) throws {
        let instant = try String.fetchOne(db, sql: "SELECT \(now)")
        try db.execute(sql: "DELETE FROM change_log")
        for table in tables {
            try db.execute(
                sql: """
                    INSERT INTO change_log (change, at, why, table_name, operation, after)
                    SELECT 1, ?, 'what the log begins with', '\(table)', 'insert', \(try record("\"\(table)\"", of: table, db)) FROM "\(table)" ORDER BY fid
                    """, arguments: [instant])
        }
    }

    /// Makes the log refuse, whatever the program, that its rows be changed, deleted or replaced, that a row come out of its order, and
    /// that the row go which tells who is writing.
    private static func protect(in db: Database) throws {
        for (name, event, conditions) in guards {
            let body = conditions.map { "SELECT RAISE(ABORT, '\($0.refusal)') WHERE \($0.condition);" }.joined(separator: "\n")
            try db.execute(sql: "CREATE TRIGGER \(name) \(event) BEGIN\n\(body) END")
        }
    }

    private static let grows = "the change log only grows; network undo reverses a change"
    private static let writesItself = "the change log is written by its triggers"
    private static let guards: [(name: String, event: String, conditions: [(refusal: String, condition: String)])] = [
        ("guard_change_log_update", "BEFORE UPDATE ON change_log", [(grows, "1")]),
        ("guard_change_log_delete", "BEFORE DELETE ON change_log", [(grows, "1")]),
        (
            "guard_change_log_insert", "BEFORE INSERT ON change_log",
            [
                // INSERT OR REPLACE deletes without a word to the triggers for deletion.
                (grows, "EXISTS (SELECT 1 FROM change_log WHERE fid = NEW.fid)"),
                (
                    "\(writesItself): a change has the number after the last, or the last",
                    "typeof(NEW.change) <> 'integer' OR NEW.change < 1 OR NEW.change NOT IN (\(lastChange), \(lastChange) + 1)"
                ),
                (
                    "\(writesItself): its instants are in order and not in the future",
                    "typeof(NEW.at) <> 'text' OR NEW.at < \(lastInstant) OR NEW.at > max(\(lastInstant), strftime('%Y-%m-%dT%H:%M:%fZ','now','+1 day'))"
                ),
            ]
        ),
        (
            "guard_change_log_order", "AFTER INSERT ON change_log",
            [("\(writesItself): its rows are in order", "NEW.fid NOT BETWEEN 1 AND 9007199254740991 OR EXISTS (SELECT 1 FROM change_log WHERE fid > NEW.fid)")]
        ),
        ("guard_change_context_delete", "BEFORE DELETE ON change_context", [("the change log needs this row to tell who is writing", "1")]),
        (
            "guard_change_context_insert", "BEFORE INSERT ON change_context",
            [("the change log needs one row here, and has it", "EXISTS (SELECT 1 FROM change_context WHERE fid = 1)")]
        ),
        (
            "guard_change_context_move", "BEFORE UPDATE OF fid ON change_context",
            [("the change log needs this row to tell who is writing", "NEW.fid <> OLD.fid")]
        ),
    ]

    /// Forgets the past of a copy, as `beginAnew` does, where the log is protected.
    static func forgetPast(in db: Database) throws {
        for guardian in guards { try db.execute(sql: "DROP TRIGGER IF EXISTS \(guardian.name)") }
        try beginAnew(StoreSchema.loggedTables, in: db)
        try protect(in: db)
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

    /// Begins a change of ours: what is written until `end` bears its number, instant, who and why. The row that a foreign hand has taken
    /// away from `change_context` comes back.
    static func begin(who: String, why: String?, in db: Database) throws -> Int64 {
        let row = try Row.fetchOne(db, sql: "SELECT \(lastChange) + 1, max(\(now), \(lastInstant))")!
        let (change, instant): (Int64, String) = (row[0], row[1])
        try setContext([change, who, why, instant], in: db)
        return change
    }

    /// Until `end`, nothing is logged of areas: for the filling of an empty store.
    static func leaveOutAreas(in db: Database) throws { try setContext([0, nil, nil, nil], in: db) }

    static func end(in db: Database) throws { try setContext([nil, nil, nil, nil], in: db) }

    private static func setContext(_ values: StatementArguments, in db: Database) throws {
        try db.execute(sql: "UPDATE change_context SET change = ?, who = ?, why = ?, at = ? WHERE fid = 1", arguments: values)
        guard db.changesCount == 0 else { return }
        try db.execute(sql: "INSERT INTO change_context (change, who, why, at, fid) VALUES (?, ?, ?, ?, 1)", arguments: values)
    }
}
