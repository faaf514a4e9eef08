internal import Foundation
internal import GRDB
package import CiteNetwork
internal import GeoFormats
package import GeoModel
internal import GeoPackage

extension NetworkStore {
    /// All areas, without their polygons.
    package func areaTree() throws -> AreaTree {
        try file.read { db in
            var areas: [Area] = []
            let cursor = try Row.fetchCursor(
                db,
                sql: """
                    SELECT code, kind, parent, country, name, local_name, names, aliases, valid_from, valid_to, members, basis, population,
                    population_year FROM areas
                    """)
            while let row = try cursor.next() {
                func text(_ i: Int) throws -> String? { try row.checked(i, of: "areas") }
                let names = try text(6).flatMap { try? JSONReader.read(Array($0.utf8)).object } ?? [:]
                areas.append(
                    Area(
                        code: try row.required(0, of: "areas"), kind: try row.required(1, of: "areas"), parent: try text(2),
                        country: try row.required(3, of: "areas"), name: try row.required(4, of: "areas"), localName: try text(5),
                        names: Dictionary(
                            names.members.compactMap { m in m.value.string.map { (m.name, $0) } }, uniquingKeysWith: { a, _ in a }),
                        aliases: words(try text(7)) ?? [], validFrom: try text(8).flatMap { CalendarDate($0) },
                        validTo: try text(9).flatMap { CalendarDate($0) }, members: words(try text(10)), basis: try text(11),
                        population: try row.checked(12, of: "areas"), populationYear: try text(13)))
            }
            return AreaTree(areas)
        }
    }

    /// The codes that a code, an alias or a name stands for, folded; several where a name is shared.
    package func areaCodes(matching text: String) throws -> [String] {
        try file.read { db in
            try String.fetchAll(db, sql: "SELECT DISTINCT code FROM area_keys WHERE key = ? ORDER BY code", arguments: [foldedKey(text)])
        }
    }

    /// The codes of areas of which a name begins with a text, folded; at most `limit`, those with most people first.
    package func areaCodes(beginning text: String, limit: Int = 50) throws -> [String] {
        let key = foldedKey(text)
        guard !key.isEmpty else { return [] }
        return try file.read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT code FROM area_keys k JOIN areas a USING (code) WHERE k.key >= ?1 AND k.key < ?1 || '\u{10FFFF}'
                    GROUP BY code ORDER BY max(a.population) DESC, code LIMIT ?2
                    """, arguments: [key, limit])
        }
    }

    /// Names of areas that begin like `text`, for an error that says what would be accepted.
    package func areaSuggestions(for text: String, limit: Int = 5) throws -> [String] {
        try file.read { db in
            for length in stride(from: foldedKey(text).count, through: 2, by: -1) {
                let found = try String.fetchAll(
                    db,
                    sql: """
                        SELECT DISTINCT a.name || ' (' || a.code || ')' FROM area_keys k JOIN areas a USING (code)
                        WHERE k.key >= ? AND k.key < ? || '\u{10FFFF}' ORDER BY a.population IS NULL, a.population DESC LIMIT ?
                        """, arguments: [String(foldedKey(text).prefix(length)), String(foldedKey(text).prefix(length)), limit])
                if !found.isEmpty { return found }
            }
            return []
        }
    }

    /// The codes of the areas whose boxes meet a box, in order.
    package func areaCodes(meeting box: Envelope) throws -> [String] {
        try file.read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT code FROM areas WHERE fid IN
                    (SELECT id FROM rtree_areas_geom WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?) ORDER BY code
                    """, arguments: [box.minX, box.maxX, box.minY, box.maxY])
        }
    }

    /// The polygons of areas, in the order of `codes`; nil for an area without one.
    package func geometries(ofAreas codes: [String]) throws -> [Geometry?] {
        try file.read { db in
            let statement = try db.makeStatement(sql: "SELECT geom FROM areas WHERE code = ?")
            return try codes.map { code in
                try Row.fetchOne(statement, arguments: [code]).flatMap { try $0.checked(0, of: "areas") as StoredGeometry? }?.geometry
            }
        }
    }
}

/// Words separated by spaces; nil stays nil.
private func words(_ text: String?) -> [String]? { text.map { $0.split(separator: " ").map(String.init) } }
