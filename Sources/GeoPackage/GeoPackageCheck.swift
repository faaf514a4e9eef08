internal import Foundation
internal import GRDB
internal import GeoFormats
internal import GeoModel

/// One thing found wrong in a file: where, and what.
package struct Finding: Sendable, Equatable, CustomStringConvertible {
    package var place: String
    package var problem: String
    package init(place: String, problem: String) {
        self.place = place
        self.problem = problem
    }
    package var description: String { "\(place): \(problem)" }
}

extension GeoPackageFile {
    /// Checks the file against GeoPackage 1.4 as far as its promises to readers go: SQLite's own integrity, foreign keys,
    /// registered tables, declared geometry types, and each R-tree against the features it indexes. Reads everything, O(n).
    package func check() throws -> [Finding] {
        var findings: [Finding] = []
        let file = (path as NSString).lastPathComponent
        try read { db in
            for line in try String.fetchAll(db, sql: "PRAGMA integrity_check(20)") where line != "ok" {
                findings.append(Finding(place: file, problem: "SQLite integrity: \(line)"))
            }
            for row in try Row.fetchAll(db, sql: "PRAGMA foreign_key_check") {
                let (table, rowid, parent): (String, Int64?, String) = (row[0], row[1], row[2])
                findings.append(Finding(place: "\(table) row \(rowid ?? 0)", problem: "refers to a row of \(parent) that does not exist"))
            }
            let version = try Int32.fetchOne(db, sql: "PRAGMA user_version")
            if version != Self.userVersion {
                findings.append(Finding(place: file, problem: "user_version is \(version ?? 0), expected \(Self.userVersion)"))
            }
            let registered = try String.fetchAll(db, sql: "SELECT table_name FROM gpkg_contents ORDER BY table_name")
            for table in registered where try !db.tableExists(table) {
                findings.append(Finding(place: "gpkg_contents", problem: "names a table '\(table)' that does not exist"))
            }
            for row in try Row.fetchAll(db, sql: "SELECT table_name, column_name, geometry_type_name, srs_id FROM gpkg_geometry_columns ORDER BY 1") {
                let (table, column, type, srs): (String, String, String, Int32) = (row[0], row[1], row[2], row[3])
                guard try db.tableExists(table) else { continue }
                findings += try Self.checkFeatures(table, column, type: type, srs: srs, in: db)
            }
        }
        return findings
    }

    private static func checkFeatures(_ table: String, _ column: String, type: String, srs: Int32, in db: Database) throws -> [Finding] {
        var findings: [Finding] = []
        let key = try db.primaryKey(table).columns.first ?? "rowid"
        let rtree = "rtree_\(table)_\(column)"
        guard try db.tableExists(rtree) else { return [Finding(place: table, problem: "has no R-tree \(rtree)")] }
        for suffix in ["insert", "update2", "update4", "update5", "update6", "update7", "delete"] {
            let name = "\(rtree)_\(suffix)"
            let exists = try Bool.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name = ?", arguments: [name]) ?? false
            if !exists { findings.append(Finding(place: table, problem: "the trigger \(name) is missing: edits would not reach the R-tree")) }
        }
        let orphans = try Int64.fetchAll(db, sql: "SELECT id FROM \"\(rtree)\" WHERE id NOT IN (SELECT \"\(key)\" FROM \"\(table)\")")
        findings += orphans.map { Finding(place: "\(rtree) id \($0)", problem: "indexes a feature that does not exist") }
        let rows = try Row.fetchCursor(
            db, sql: "SELECT f.\"\(key)\", f.\"\(column)\", r.minx, r.maxx, r.miny, r.maxy FROM \"\(table)\" f LEFT JOIN \"\(rtree)\" r ON r.id = f.\"\(key)\"")
        while let row = try rows.next() {
            let fid: Int64 = row[0]
            let place = "\(table) fid \(fid)"
            guard let blob = row[1] as Data? else {
                if row[2] as Double? != nil { findings.append(Finding(place: place, problem: "has no geometry but an R-tree entry")) }
                continue
            }
            do {
                let bytes = Array(blob)
                let header = try GeoPackageBlob.header(bytes)
                let geometry = try GeoPackageBlob.decode(bytes)
                if header.srsID != srs { findings.append(Finding(place: place, problem: "srs_id \(header.srsID), the column declares \(srs)")) }
                if type != "GEOMETRY", geometry.typeName != type {
                    findings.append(Finding(place: place, problem: "a \(geometry.typeName) in a column of \(type)"))
                }
                guard !geometry.isEmpty else { continue }
                guard let minX = row[2] as Double?, let maxX = row[3] as Double?, let minY = row[4] as Double?, let maxY = row[5] as Double? else {
                    findings.append(Finding(place: place, problem: "is missing from its R-tree: spatial queries do not find it"))
                    continue
                }
                // The R-tree holds single precision, rounded outwards.
                let box = geometry.envelope
                let slack = 1e-4
                if minX > box.minX || maxX < box.maxX || minY > box.minY || maxY < box.maxY || box.minX - minX > slack || maxX - box.maxX > slack
                    || box.minY - minY > slack || maxY - box.maxY > slack
                {
                    findings.append(Finding(place: place, problem: "its R-tree entry is not its box: it has moved without its index"))
                }
            } catch {
                findings.append(Finding(place: place, problem: "\(error)"))
            }
        }
        return findings
    }
}

extension Geometry {
    /// The upper-case name of the OGC type.
    var typeName: String {
        switch self {
        case .point: "POINT"
        case .lineString: "LINESTRING"
        case .polygon: "POLYGON"
        case .multiPoint: "MULTIPOINT"
        case .multiLineString: "MULTILINESTRING"
        case .multiPolygon: "MULTIPOLYGON"
        case .geometryCollection: "GEOMETRYCOLLECTION"
        }
    }
}
