internal import GRDB
package import CiteNetwork
internal import GeoFormats
package import GeoModel
internal import GeoPackage

extension NetworkStore {
    /// The localities that bear a name, whole and folded, main or alternate; towns before their sections, the most populous first.
    ///
    /// The gazetteer has 0 where it does not know how many live there (Le Vigan, Gard): under its own name such a place counts as a small town.
    package func localities(named name: String) throws -> [Locality] {
        let key = foldedKey(name)
        let found = try file.read { db in
            var found = try Self.fetch(db, sql: "WHERE l.id IN (SELECT locality FROM locality_names WHERE key = ?)", [key])
            if try SearchIndex.isStale(db) {
                let fresh = try SearchIndex.pendingLocalities(in: db).filter { foldedKey($0.name) == key }.map(\.locality)
                for id in Set(fresh).subtracting(found.map(\.id)) { if let locality = try Self.locality(id: id, db) { found.append(locality) } }
            }
            return found
        }
        func people(_ l: Locality) -> Double { l.population == 0 && foldedKey(l.name) == key ? 2_000 : l.population }
        return found.sorted { a, b in
            let (sectionA, sectionB) = (a.sectionOf == nil ? 0 : 1, b.sectionOf == nil ? 0 : 1)
            return (sectionA, -people(a), a.id) < (sectionB, -people(b), b.id)
        }
    }

    /// Localities whose name begins as at least half of `name` does, and three letters of it, the most populous first, for an error that
    /// says what would be accepted.
    package func localitySuggestions(for name: String, limit: Int = 5) throws -> [Locality] {
        let key = foldedKey(name)
        return try file.read { db in
            for length in stride(from: key.count, through: max(3, (key.count + 1) / 2), by: -1) {
                let prefix = String(key.prefix(length))
                let found = try Self.fetch(
                    db,
                    sql: """
                        WHERE l.id IN (SELECT locality FROM locality_names WHERE key >= ? AND key < ? || '\u{10FFFF}')
                        ORDER BY l.population DESC, l.id LIMIT \(limit)
                        """, [prefix, prefix])
                if !found.isEmpty { return found }
            }
            return []
        }
    }

    /// The most populous town of areas, by their codes, or of a whole country; nil where the gazetteer has none there. About 20 ms.
    package func largestTown(ofAreas codes: Set<String>, orCountry country: String? = nil) throws -> Locality? {
        try file.read { db in
            let list = String(decoding: PropertyValue.array(codes.sorted().map(PropertyValue.string)).json, as: UTF8.self)
            return try Self.fetch(
                db,
                sql: """
                    WHERE l.section_of IS NULL AND (l.area IN (SELECT value FROM json_each(?)) OR l.country = ?)
                    ORDER BY l.population DESC, l.id LIMIT 1
                    """, [list, country]
            ).first
        }
    }

    /// The towns and villages in a box, sections of towns left out, in order of id. O(found).
    package func localities(in box: Envelope) throws -> [Locality] {
        try file.read { db in
            try Self.fetch(
                db,
                sql: """
                    WHERE l.section_of IS NULL AND l.fid IN
                    (SELECT id FROM rtree_localities_geom WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?) ORDER BY l.id
                    """, [box.minX, box.maxX, box.minY, box.maxY])
        }
    }

    /// The towns in a box, the most populous first.
    package func towns(in box: Envelope) throws -> [Locality] {
        try localities(in: box).sorted { ($0.population, $1.id) > ($1.population, $0.id) }
    }

    package func locality(id: Int64) throws -> Locality? { try file.read { db in try Self.locality(id: id, db) } }

    static func locality(id: Int64, _ db: Database) throws -> Locality? {
        try Row.fetchOne(db.cachedStatement(sql: "SELECT \(localityColumns) FROM localities l WHERE l.id = ?"), arguments: [id]).map(locality)
    }

    static let localityColumns = "l.id, l.name, l.country, l.area, l.geom, l.population, l.timezone, l.section_of"

    /// The locality whose `localityColumns` a row begins with. Throws `StoreError.badContent` for a value that a foreign hand made unreadable.
    static func locality(_ row: Row) throws -> Locality {
        guard case .point(let c) = (try row.required(4, of: "localities") as StoredGeometry).geometry, !c.isEmpty else {
            throw StoreError.badContent(file: "network.gpkg", problems: ["table localities, row of \(row[0] as DatabaseValue): its geometry is no point"])
        }
        return Locality(
            id: try row.required(0, of: "localities"), name: try row.required(1, of: "localities"), country: try row.required(2, of: "localities"),
            area: try row.checked(3, of: "localities"), location: c, population: try row.required(5, of: "localities"),
            timeZone: try row.checked(6, of: "localities"), sectionOf: try row.checked(7, of: "localities"))
    }

    private static func fetch(_ db: Database, sql: String, _ arguments: StatementArguments) throws -> [Locality] {
        try Row.fetchAll(db, sql: "SELECT \(localityColumns) FROM localities l " + sql, arguments: arguments).map(locality)
    }
}
