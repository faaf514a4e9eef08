internal import GRDB
internal import CiteNetwork
package import GeoPackage

extension NetworkStore {
    /// Everything wrong with the store, for `doctor`: the file as a GeoPackage, then the references and codes of the records.
    package func check() throws -> [Finding] {
        let schema = try checkSchema()
        var findings = try file.check() + schema
        // Without its tables and columns nothing else can be asked.
        guard !schema.contains(where: { $0.problem.hasSuffix("is missing") }) else { return findings }
        try file.read { db in
            findings += try (RecordRows.readable(db).bad + ScenarioRows.readable(db).bad).prefix(50).map { Finding(place: "network.gpkg", problem: $0.problem) }
            findings += try findTextsThatEnd(db)
            for (table, condition, problem) in [
                (
                    "localities", "typeof(population) NOT IN ('real', 'integer') OR typeof(name) <> 'text' OR geom IS NULL",
                    "a locality without name, people or point"
                ),
                ("areas", "typeof(name) <> 'text' OR typeof(kind) <> 'text'", "an area without name or kind"),
                ("areas", "parent = code OR parent IN (SELECT b.code FROM areas b WHERE b.parent = areas.code)", "contains the area that contains it"),
            ] {
                for fid in try Int64.fetchAll(db, sql: "SELECT fid FROM \(table) WHERE \(condition) LIMIT 20") {
                    findings.append(Finding(place: "\(table) fid \(fid)", problem: problem))
                }
            }
            // References that no foreign key holds, since gazetteer and areas may be replaced under the network.
            let loose: [(table: String, key: String, column: String, target: String)] = [
                ("platforms", "id", "area", "areas(code)"), ("platforms", "id", "locality", "localities(id)"),
                ("localities", "id", "area", "areas(code)"), ("localities", "id", "section_of", "localities(id)"),
                ("scenario_changes", "scenario", "cite", "cites(id)"), ("scenario_changes", "scenario", "area", "areas(code)"),
                ("scenario_changes", "scenario", "locality", "localities(id)"),
            ]
            for (table, key, column, target) in loose {
                let (other, otherKey) = (target.prefix { $0 != "(" }, target.drop { $0 != "(" }.dropFirst().dropLast())
                let rows = try Row.fetchAll(
                    db,
                    sql: """
                        SELECT CAST(\(key) AS TEXT), CAST(\(column) AS TEXT) FROM \(table)
                        WHERE \(column) NOT NULL AND \(column) NOT IN (SELECT \(otherKey) FROM \(other)) LIMIT 20
                        """)
                findings += rows.map {
                    Finding(place: "\(table) \($0[0] as String)", problem: "\(column) '\($0[1] as String)' is not in \(other)")
                }
            }
            for row in try Row.fetchAll(db, sql: "SELECT id, CAST(hours AS TEXT) FROM platforms WHERE hours NOT NULL") {
                let (id, text): (String, String) = (row[0], row[1])
                if let wrong = OpeningHours.problem(in: text) {
                    findings.append(Finding(place: "platforms \(id)", problem: "hours '\(text)' cannot be read: \(wrong)"))
                }
            }
            let territories = try Row.fetchAll(db, sql: "SELECT fid, cite, definition FROM territories WHERE definition NOT NULL")
            for row in territories {
                let cite = String.fromDatabaseValue(row[1]) ?? ""
                let text = String.fromDatabaseValue(row[2]) ?? ""
                guard let definition = TerritoryDefinition(text) else {
                    findings.append(Finding(place: "territory of \(cite)", problem: "its definition '\(text)' is not a list such as '+FR-30 -FR-75C'"))
                    continue
                }
                for term in definition.terms {
                    let known = try Bool.fetchOne(db, sql: "SELECT count(*) FROM areas WHERE code = ?", arguments: [term.area]) ?? false
                    if !known { findings.append(Finding(place: "territory of \(cite)", problem: "there is no area '\(term.area)'")) }
                }
            }
        }
        return try findings + checkHistory()
    }

    /// What this program's schema has and the store has not, or has otherwise: a table, a column, a trigger that another program dropped.
    private func checkSchema() throws -> [Finding] {
        let expected = try StoreSchema.expected()
        return try file.read { db in
            var findings: [Finding] = []
            for (table, columns) in expected.tables.sorted(by: { $0.key < $1.key }) {
                guard try db.tableExists(table) else {
                    findings.append(Finding(place: "network.gpkg", problem: "the table \(table) is missing"))
                    continue
                }
                let present = Set(try db.columns(in: table).map(\.name))
                for column in columns where !present.contains(column) {
                    findings.append(Finding(place: table, problem: "the column \(column) is missing"))
                }
            }
            for (name, sql) in expected.triggers.sorted(by: { $0.key < $1.key }) where !name.hasPrefix("rtree_") {
                let present = try String.fetchOne(db, sql: "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?", arguments: [name])
                if present == nil {
                    findings.append(Finding(place: "network.gpkg", problem: "the trigger \(name) is missing: \(purpose(ofTrigger: name))"))
                } else if present != sql {
                    findings.append(Finding(place: "network.gpkg", problem: "the trigger \(name) is not as this program makes it: \(purpose(ofTrigger: name))"))
                }
            }
            return findings
        }
    }

    private func purpose(ofTrigger name: String) -> String {
        if name.hasPrefix("guard_") { return "the change log can be altered" }
        return name.hasPrefix("log_") ? "edits would not be in the history" : "edits would not be found by search"
    }

    /// Texts with a NUL: other programs show them whole, this one and most up to it.
    private func findTextsThatEnd(_ db: Database) throws -> [Finding] {
        var findings: [Finding] = []
        for kind in RecordKind.logged {
            for column in kind.columns {
                let sql = "SELECT fid FROM \(kind.table) WHERE typeof(\(column.stored)) = 'text' AND instr(\(column.stored), char(0)) > 0 LIMIT 20"
                findings += try Int64.fetchAll(db, sql: sql).map {
                    Finding(place: "\(kind.table) fid \($0)", problem: "\(column.name) has a NUL in its text, and is read up to it")
                }
            }
        }
        return findings
    }

    /// Reads the change log row by row, and holds the tables against what it alone tells of them: a log that was cut or altered, or an
    /// edit that went past it.
    ///
    /// What cannot be noticed: a hand that takes the guards away, writes the log anew so that each row follows from those before and the
    /// last ones make the tables, and puts the guards back. Nothing in the file can bear witness against that; a backup elsewhere does.
    private func checkHistory() throws -> [Finding] {
        guard try file.read({ db in try db.tableExists("change_log") }) else { return [] }
        var findings = try file.read { db in try checkContext(db) }
        let (readable, faults) = try file.read { db in
            var replay = LogReplay()
            let rows = try Row.fetchCursor(db, sql: "SELECT fid, change, at, who, why, table_name, before, after FROM change_log ORDER BY fid")
            while let row = try rows.next() { try replay.take(row) }
            return (replay.isReadable, replay.findings)
        }
        findings += faults.prefix(20)
        guard readable else { return findings }
        let past: DatabaseQueue
        do { past = try rebuilt(at: .logRow(.max)) } catch {
            return findings + [Finding(place: "change_log", problem: "what it tells cannot be rebuilt: \(error)")]
        }
        var differing: [Finding] = []
        for kind in RecordKind.logged {
            let told = try past.read { db in try Self.rows(of: kind, db) }
            let present = try file.read { db in try Self.rows(of: kind, db) }
            for fid in Set(told.keys).union(present.keys).sorted() where told[fid]?.columns != present[fid]?.columns {
                let problem =
                    present[fid] == nil
                    ? "the change log tells of it and the table does not have it"
                    : told[fid] == nil ? "the change log does not know of it" : "the change log tells otherwise"
                differing.append(
                    Finding(
                        place: "\(kind.table) \((present[fid] ?? told[fid])!.label)", problem: "\(problem): an edit went past the log, or the log was altered"))
            }
        }
        return findings + differing.prefix(20)
    }

    /// The row that says who is writing: it is empty while nobody is.
    private func checkContext(_ db: Database) throws -> [Finding] {
        guard try db.tableExists("change_context") else { return [] }
        guard let row = try Row.fetchOne(db, sql: "SELECT change, who, why, at FROM change_context WHERE fid = 1") else {
            return [Finding(place: "change_context", problem: "its row is missing; the next edit with this program puts it back")]
        }
        guard (0..<4).contains(where: { !(row[$0] as DatabaseValue).isNull }) else { return [] }
        let problem = "it is not empty: edits of other programs would bear a who, why and number that are not theirs; the next edit with this program clears it"
        return [Finding(place: "change_context", problem: problem)]
    }

    private static func rows(of kind: RecordKind, _ db: Database) throws -> [Int64: (label: String, columns: [DatabaseValue])] {
        var out: [Int64: (label: String, columns: [DatabaseValue])] = [:]
        // Columns that another program added are its own affair.
        let names = ["fid"] + (try db.columns(in: kind.table).contains { $0.name == "geom" } ? ["geom"] : []) + kind.columns.map(\.stored)
        for row in try Row.fetchAll(db, sql: "SELECT \(names.map { "\"\($0)\"" }.joined(separator: ", ")) FROM \(kind.table)") {
            out[row[0]] = (kind.label { row[$0] }, names.indices.map { row[$0] })
        }
        return out
    }
}
