internal import Foundation
internal import GRDB
package import GeoModel

extension GeoPackageFile {
    package struct FeatureTable: Sendable, Equatable {
        package var name: String
        package var geometryColumn: String
        package var srsID: Int32
    }

    package func featureTables() throws -> [FeatureTable] {
        try read { db in
            try Row.fetchAll(
                db,
                sql:
                    "SELECT c.table_name, g.column_name, g.srs_id FROM gpkg_contents c JOIN gpkg_geometry_columns g USING (table_name) WHERE c.data_type = 'features' ORDER BY 1"
            ).map { FeatureTable(name: $0[0], geometryColumn: $0[1], srsID: $0[2]) }
        }
    }

    /// Calls `body` with each feature of a table, in the table's own reference system; its place is its fid.
    ///
    /// Throws `GeoPackageError.table` for a geometry that cannot be read.
    package func forEachFeature(in table: FeatureTable, _ body: (Feature) throws -> Void) throws {
        try read { db in
            let quoted = table.name.replacingOccurrences(of: "\"", with: "\"\"")
            let key = try db.primaryKey(table.name).columns.first ?? "rowid"
            let rows = try Row.fetchCursor(db, sql: "SELECT * FROM \"\(quoted)\"")
            while let row = try rows.next() {
                let fid = row[key] as Int64? ?? 0
                var feature = Feature(id: .integer(fid), geometry: nil, properties: [:])
                for (name, value) in row {
                    if name == table.geometryColumn {
                        guard !value.isNull else { continue }
                        guard let stored = StoredGeometry.fromDatabaseValue(value) else {
                            throw GeoPackageError.table(path: path, name: table.name, reason: "the geometry of feature \(fid) cannot be read")
                        }
                        feature.geometry = stored.geometry
                    } else {
                        switch value.storage {
                        case .null: feature.properties.append(name, .null)
                        case .int64(let i): feature.properties.append(name, .integer(i))
                        case .double(let d): feature.properties.append(name, PropertyValue(d))
                        case .string(let s): feature.properties.append(name, .string(s))
                        case .blob: break
                        }
                    }
                }
                try body(feature)
            }
        }
    }
}
