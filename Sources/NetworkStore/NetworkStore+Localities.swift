internal import GRDB
package import CiteNetwork
internal import GeoModel
internal import GeoPackage

extension NetworkStore {
    /// The localities that bear a name, whole and folded, main or alternate; towns before their sections, the most populous first.
    package func localities(named name: String) throws -> [Locality] {
        try file.read { db in
            try Self.fetch(
                db,
                sql: """
                    WHERE l.id IN (SELECT locality FROM locality_names WHERE key = ?)
                    ORDER BY l.section_of IS NOT NULL, l.population DESC, l.id
                    """, [foldedKey(name)])
        }
    }

    /// Localities whose name begins like `name`, the most populous first, for an error that says what would be accepted.
    package func localitySuggestions(for name: String, limit: Int = 5) throws -> [Locality] {
        let key = foldedKey(name)
        return try file.read { db in
            for length in stride(from: key.count, through: 2, by: -1) {
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

    package func locality(id: Int64) throws -> Locality? { try file.read { db in try Self.locality(id: id, db) } }

    static func locality(id: Int64, _ db: Database) throws -> Locality? {
        try Row.fetchOne(db.cachedStatement(sql: "SELECT \(localityColumns) FROM localities l WHERE l.id = ?"), arguments: [id]).flatMap(locality)
    }

    static let localityColumns = "l.id, l.name, l.country, l.area, l.geom, l.population, l.timezone, l.section_of"

    /// The locality whose `localityColumns` a row begins with; nil for one without a point.
    static func locality(_ row: Row) -> Locality? {
        guard case .point(let c)? = (row[4] as StoredGeometry?)?.geometry else { return nil }
        return Locality(
            id: row[0], name: row[1], country: row[2], area: row[3], location: c, population: row[5], timeZone: row[6], sectionOf: row[7])
    }

    private static func fetch(_ db: Database, sql: String, _ arguments: StatementArguments) throws -> [Locality] {
        try Row.fetchAll(db, sql: "SELECT \(localityColumns) FROM localities l " + sql, arguments: arguments).compactMap(locality)
    }
}
