package import GRDB

/// The tables every GeoPackage 1.4 has, and the making of feature and attribute tables.
package enum CoreTables {
    static func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE gpkg_spatial_ref_sys (
                  srs_name TEXT NOT NULL,
                  srs_id INTEGER PRIMARY KEY NOT NULL,
                  organization TEXT NOT NULL,
                  organization_coordsys_id INTEGER NOT NULL,
                  definition TEXT NOT NULL,
                  description TEXT);
                CREATE TABLE gpkg_contents (
                  table_name TEXT NOT NULL PRIMARY KEY,
                  data_type TEXT NOT NULL,
                  identifier TEXT UNIQUE,
                  description TEXT DEFAULT '',
                  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
                  min_x DOUBLE,
                  min_y DOUBLE,
                  max_x DOUBLE,
                  max_y DOUBLE,
                  srs_id INTEGER,
                  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
                CREATE TABLE gpkg_geometry_columns (
                  table_name TEXT NOT NULL,
                  column_name TEXT NOT NULL,
                  geometry_type_name TEXT NOT NULL,
                  srs_id INTEGER NOT NULL,
                  z TINYINT NOT NULL,
                  m TINYINT NOT NULL,
                  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
                  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
                  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
                  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
                CREATE TABLE gpkg_extensions (
                  table_name TEXT,
                  column_name TEXT,
                  extension_name TEXT NOT NULL,
                  definition TEXT NOT NULL,
                  scope TEXT NOT NULL,
                  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
                """)
        try db.execute(
            sql: """
                INSERT INTO gpkg_spatial_ref_sys VALUES
                  ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
                  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
                  ('WGS 84 geodetic', 4326, 'EPSG', 4326, ?, 'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid')
                """,
            arguments: [
                #"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]"#
            ])
    }

    package enum GeometryType: String, Sendable { case point = "POINT", multiPolygon = "MULTIPOLYGON", geometry = "GEOMETRY" }

    /// Makes a feature table in WGS 84 with an INTEGER PRIMARY KEY `fid`, a geometry column `geom` and its R-tree.
    ///
    /// - Parameters:
    ///   - columns: SQL definitions of the further columns, and constraints.
    ///   - load: fills the new table before its R-tree has triggers: it inserts into `rtree_TABLE_geom` itself, at half the cost.
    package static func createFeatureTable(
        _ table: String, _ type: GeometryType, columns: String, description: String, in db: Database, load: () throws -> Void = {}
    ) throws {
        try db.execute(
            sql: "CREATE TABLE \"\(table)\" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom \(type.rawValue), \(columns))")
        try db.execute(
            sql: """
                INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES (?, 'features', ?, ?, 4326);
                INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, 4326, 0, 0);
                INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec140/#extension_rtree', 'write-only');
                """, arguments: [table, table, description, table, type.rawValue, table])
        try db.execute(sql: "CREATE VIRTUAL TABLE \"rtree_\(table)_geom\" USING rtree(id, minx, maxx, miny, maxy)")
        try load()
        try createRTreeTriggers(table, in: db)
    }

    /// Makes a table without geometry, with an INTEGER PRIMARY KEY `fid`, registered as `attributes`.
    package static func createAttributesTable(_ table: String, columns: String, description: String, in db: Database) throws {
        try db.execute(sql: "CREATE TABLE \"\(table)\" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, \(columns))")
        try db.execute(
            sql: "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES (?, 'attributes', ?, ?)",
            arguments: [table, table, description])
    }

    /// The triggers of GeoPackage 1.4, annex F.3, that keep an R-tree true whoever writes.
    private static func createRTreeTriggers(_ t: String, in db: Database) throws {
        let r = "rtree_\(t)_geom"
        let present = { (row: String) in "(\(row).\"geom\" NOTNULL AND NOT ST_IsEmpty(\(row).\"geom\"))" }
        let absent = { (row: String) in "(\(row).\"geom\" ISNULL OR ST_IsEmpty(\(row).\"geom\"))" }
        let box = "NEW.\"fid\", ST_MinX(NEW.\"geom\"), ST_MaxX(NEW.\"geom\"), ST_MinY(NEW.\"geom\"), ST_MaxY(NEW.\"geom\")"
        try db.execute(
            sql: """
                CREATE TRIGGER "\(r)_insert" AFTER INSERT ON "\(t)" WHEN \(present("NEW"))
                BEGIN INSERT OR REPLACE INTO "\(r)" VALUES (\(box)); END;
                CREATE TRIGGER "\(r)_update2" AFTER UPDATE OF "geom" ON "\(t)" WHEN OLD."fid" = NEW."fid" AND \(absent("NEW"))
                BEGIN DELETE FROM "\(r)" WHERE id = OLD."fid"; END;
                CREATE TRIGGER "\(r)_update4" AFTER UPDATE ON "\(t)" WHEN OLD."fid" != NEW."fid" AND \(absent("NEW"))
                BEGIN DELETE FROM "\(r)" WHERE id IN (OLD."fid", NEW."fid"); END;
                CREATE TRIGGER "\(r)_update5" AFTER UPDATE ON "\(t)" WHEN OLD."fid" != NEW."fid" AND \(present("NEW"))
                BEGIN DELETE FROM "\(r)" WHERE id = OLD."fid"; INSERT OR REPLACE INTO "\(r)" VALUES (\(box)); END;
                CREATE TRIGGER "\(r)_update6" AFTER UPDATE OF "geom" ON "\(t)" WHEN OLD."fid" = NEW."fid" AND \(present("NEW")) AND \(present("OLD"))
                BEGIN UPDATE "\(r)" SET minx = ST_MinX(NEW."geom"), maxx = ST_MaxX(NEW."geom"), miny = ST_MinY(NEW."geom"), maxy = ST_MaxY(NEW."geom") WHERE id = NEW."fid"; END;
                CREATE TRIGGER "\(r)_update7" AFTER UPDATE OF "geom" ON "\(t)" WHEN OLD."fid" = NEW."fid" AND \(present("NEW")) AND \(absent("OLD"))
                BEGIN INSERT INTO "\(r)" VALUES (\(box)); END;
                CREATE TRIGGER "\(r)_delete" AFTER DELETE ON "\(t)" WHEN OLD."geom" NOT NULL
                BEGIN DELETE FROM "\(r)" WHERE id = OLD."fid"; END;
                """)
    }

    /// States in `gpkg_contents` when a table changed and the box its features fill. For the end of a writing transaction.
    package static func touch(_ tables: [String], in db: Database) throws {
        for table in tables {
            try db.execute(
                sql: "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ','now') WHERE table_name = ?", arguments: [table])
            let isFeatureTable =
                try Bool.fetchOne(
                    db, sql: "SELECT data_type = 'features' FROM gpkg_contents WHERE table_name = ?", arguments: [table]) ?? false
            guard isFeatureTable else { continue }
            try db.execute(
                sql: """
                    UPDATE gpkg_contents SET (min_x, max_x, min_y, max_y) =
                      (SELECT min(minx), max(maxx), min(miny), max(maxy) FROM "rtree_\(table)_geom") WHERE table_name = ?
                    """, arguments: [table])
        }
    }
}
