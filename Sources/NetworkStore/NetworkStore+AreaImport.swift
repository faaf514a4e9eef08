internal import GRDB
package import GeoModel
internal import GeoPackage
internal import GeometryEngine

/// An area to add or replace, as a file gives it.
package struct AreaInput: Sendable {
    package var code: String
    package var name: String
    package var kind: String
    package var parent: String?
    package var country: String
    package var geometry: Geometry?
    /// Codes of areas, or `locality:ID`; the shape is then that of the areas joined.
    package var members: [String]?
    package var population: Double?
    /// Where it stands in the file.
    package var place: String

    package init(
        code: String, name: String, kind: String, parent: String?, country: String, geometry: Geometry?, members: [String]?, population: Double?, place: String
    ) {
        self.code = code
        self.name = name
        self.kind = kind
        self.parent = parent
        self.country = country
        self.geometry = geometry
        self.members = members
        self.population = population
        self.place = place
    }
}

extension NetworkStore {
    /// Adds areas, or replaces those of the same code, in one transaction: all or none.
    ///
    /// Territories that name a replaced area are drawn anew. Returns how many were new and how many replaced.
    /// Throws `StoreError.badContent` with every bad area, up to fifty.
    package func importAreas(_ inputs: [AreaInput], file name: String, source: String) throws -> (added: Int, replaced: Int) {
        try file.write { db in
            var problems: [String] = []
            var replaced: Set<String> = []
            var seen: Set<String> = []
            let known = Set(try String.fetchAll(db, sql: "SELECT code FROM areas"))
            let codes = known.union(inputs.map(\.code))
            for input in inputs where problems.count < 50 {
                guard seen.insert(input.code).inserted else {
                    problems.append("\(input.place): the code '\(input.code)' stands twice")
                    continue
                }
                if let parent = input.parent, !codes.contains(parent) {
                    problems.append("\(input.place): parent '\(parent)' of \(input.code) is no area; import it first, or leave the parent out")
                    continue
                }
                if let missing = input.members?.first(where: { !$0.hasPrefix("locality:") && !codes.contains($0) }) {
                    problems.append("\(input.place): member '\(missing)' of \(input.code) is no area; import the members first")
                    continue
                }
                var shape: Geometry?
                if let geometry = input.geometry {
                    guard !geometry.polygons.isEmpty else {
                        problems.append("\(input.place): \(input.code) has no polygon; areas are polygons or member lists")
                        continue
                    }
                    let multi = geometry.asMultiPolygon
                    shape = try multi.invalidity() == nil ? multi : multi.madeValid().asMultiPolygon
                }
                if known.contains(input.code) { replaced.insert(input.code) }
                try store(input, shape, source, db)
            }
            for input in inputs where problems.isEmpty && input.geometry == nil {
                guard let members = input.members else { continue }
                let shapes = try members.compactMap { code in
                    try StoredGeometry.fetchOne(db, sql: "SELECT geom FROM areas WHERE code = ? AND geom NOT NULL", arguments: [code])?.geometry
                }
                guard !shapes.isEmpty else { continue }
                try db.execute(
                    sql: "UPDATE areas SET geom = ? WHERE code = ?", arguments: [StoredGeometry(try Geometry.union(of: shapes).asMultiPolygon), input.code])
            }
            guard problems.isEmpty else { throw StoreError.badContent(file: name, problems: problems) }
            try redrawTerritories(naming: replaced, because: "areas of \(name)", db)
            try CoreTables.touch(["areas", "area_keys", "territories"], in: db)
            return (inputs.count - replaced.count, replaced.count)
        }
    }

    private func store(_ input: AreaInput, _ shape: Geometry?, _ source: String, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO areas (geom, code, kind, parent, country, name, members, population, population_source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (code) DO UPDATE SET geom = coalesce(excluded.geom, geom), kind = excluded.kind, parent = coalesce(excluded.parent, parent),
                country = excluded.country, name = excluded.name, members = coalesce(excluded.members, members),
                population = coalesce(excluded.population, population)
                """,
            arguments: [
                shape.map(StoredGeometry.init), input.code, input.kind, input.parent, input.country, input.name,
                input.members.map { $0.joined(separator: " ") }, input.population, input.population == nil ? nil : source,
            ])
        for key in Set([foldedKey(input.code), foldedKey(input.name)]) {
            try db.execute(
                sql: "INSERT INTO area_keys (key, code) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM area_keys WHERE key = ?1 AND code = ?2)",
                arguments: [key, input.code])
        }
    }

    private func redrawTerritories(naming codes: Set<String>, because reason: String, _ db: Database) throws {
        let kind = RecordKind.territory
        let rows = try Row.fetchAll(db, sql: "SELECT * FROM territories WHERE definition NOT NULL").filter { row in
            (String.fromDatabaseValue(row["definition"]) ?? "").split(whereSeparator: \.isWhitespace).contains { codes.contains(String($0.dropFirst())) }
        }
        guard !rows.isEmpty else { return }
        _ = try ChangeLog.begin(who: "areas import", why: reason, in: db)
        for row in rows {
            var cells: [String: String] = [:]
            for column in kind.columns { cells[column.name] = column.cell(of: row[column.stored]) ?? "" }
            _ = try NetworkEditor(db: db).upsert(kind, RecordValues(cells: cells))
        }
        try ChangeLog.end(in: db)
    }
}
