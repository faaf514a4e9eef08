internal import GRDB

extension FeatureTable {
    /// The feature tables of a GeoPackage, as its own tables describe them, in order of their names.
    ///
    /// The id of a feature is its fid. Columns of bytes are left out. A reference system that is neither of EPSG nor CRS84 is taken for
    /// WGS 84 where it is one of the undefined ones, and its table is left out otherwise.
    static func all(in db: Database) throws -> [FeatureTable] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT c.table_name, coalesce(c.identifier, c.table_name), coalesce(c.description, ''), g.column_name, upper(g.geometry_type_name),
                  upper(s.organization), s.organization_coordsys_id
                FROM gpkg_contents c JOIN gpkg_geometry_columns g USING (table_name) LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
                WHERE c.data_type = 'features' ORDER BY 1
                """
        ).compactMap { row in
            let (table, organization, code): (String, String?, Int?) = (row[0], row[5], row[6])
            let crs: CRS? =
                switch (organization, code) {
                case ("EPSG", 4326), ("NONE", _), (nil, _): .crs84
                case ("EPSG", let code?): try? CRS("EPSG:\(code)")
                default: nil
                }
            guard let crs, let key = try db.primaryKey(table).columns.first else { return nil }
            let column: String = row[3]
            let index = "rtree_\(table)_\(column)"
            return FeatureTable(
                id: table, title: row[1], description: row[2], key: key,
                geometry: GeometryColumn(column: column, name: column, type: row[4], crs: crs, index: try db.tableExists(index) ? index : nil),
                properties: try db.columns(in: table).compactMap { c in
                    guard c.name != key, c.name != column, let type = PropertyType(column: c.type) else { return nil }
                    return FeatureProperty(c.name, type)
                })
        }
    }
}

extension PropertyType {
    /// By the declared type of a column of GeoPackage; nil for bytes and for a type that GeoPackage does not have.
    fileprivate init?(column declared: String) {
        let name = declared.uppercased().prefix { $0 != "(" }
        switch name {
        case "BOOLEAN": self = .boolean
        case "TINYINT", "SMALLINT", "MEDIUMINT", "INT", "INTEGER": self = .integer
        case "FLOAT", "DOUBLE", "REAL": self = .number
        case "TEXT": self = .string
        case "DATE": self = .date
        case "DATETIME": self = .instant
        default: return nil
        }
    }
}
