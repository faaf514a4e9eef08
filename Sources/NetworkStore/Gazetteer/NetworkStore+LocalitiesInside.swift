internal import GRDB
package import CiteNetwork
package import GeoModel
internal import GeoPackage

extension NetworkStore {
    /// The localities in a box, by id; sections of towns are left out, whose people the town has. O(log n + found) through the R-tree.
    package func localities(inside box: Envelope) throws -> [Locality] {
        try file.read { db in
            let rows = try Row.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT \(Self.localityColumns) FROM localities l
                        WHERE l.fid IN (SELECT id FROM rtree_localities_geom WHERE minx <= ? AND maxx >= ? AND miny <= ? AND maxy >= ?)
                        AND l.section_of IS NULL ORDER BY l.id
                        """), arguments: [box.maxX, box.minX, box.maxY, box.minY])
            return try rows.map(Self.locality)
        }
    }
}
