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
            do {
                _ = try RecordRows.fetch(db)
            } catch let StoreError.badContent(_, problems) {
                findings += problems.map { Finding(place: "network.gpkg", problem: $0) }
            }
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

    /// Holds the tables against what the change log alone tells of them: a log that was cut or altered, or an edit that went past it.
    private func checkHistory() throws -> [Finding] {
        guard try file.read({ db in try db.tableExists("change_log") }) else { return [] }
        var findings: [Finding] = []
        try file.read { db in
            let rows = try Row.fetchCursor(db, sql: "SELECT fid, before, after, at, change FROM change_log ORDER BY fid")
            while let row = try rows.next() {
                let texts = [String.fromDatabaseValue(row[1]), String.fromDatabaseValue(row[2])].compactMap { $0 }
                let isReadable = !texts.isEmpty && texts.allSatisfy { (try? LoggedRow(json: $0)) != nil }
                guard isReadable, String.fromDatabaseValue(row[3]) != nil, Int64.fromDatabaseValue(row[4]) != nil else {
                    findings.append(Finding(place: "change_log fid \(row[0] as DatabaseValue)", problem: "the row cannot be read"))
                    continue
                }
            }
        }
        guard findings.isEmpty else { return Array(findings.prefix(20)) }
        let past: DatabaseQueue
        do { past = try rebuilt(at: .logRow(.max)) } catch { return [Finding(place: "change_log", problem: "what it tells cannot be rebuilt: \(error)")] }
        for kind in RecordKind.all {
            let told = try past.read { db in try Self.rows(of: kind, db) }
            let present = try file.read { db in try Self.rows(of: kind, db) }
            for fid in Set(told.keys).union(present.keys).sorted() where told[fid]?.columns != present[fid]?.columns {
                let problem =
                    present[fid] == nil
                    ? "the change log tells of it and the table does not have it"
                    : told[fid] == nil ? "the change log does not know of it" : "the change log tells otherwise"
                findings.append(
                    Finding(
                        place: "\(kind.table) \((present[fid] ?? told[fid])!.label)", problem: "\(problem): an edit went past the log, or the log was altered"))
            }
        }
        return Array(findings.prefix(20))
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
