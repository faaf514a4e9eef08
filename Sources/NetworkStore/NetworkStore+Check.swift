internal import GRDB
internal import CiteNetwork
package import GeoPackage

extension NetworkStore {
    /// Everything wrong with the store, for `doctor`: the file as a GeoPackage, then the references and codes of the records.
    package func check() throws -> [Finding] {
        var findings = try file.check()
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
        return findings
    }
}
