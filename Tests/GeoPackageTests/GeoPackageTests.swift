import Foundation
import GRDB
import GeoFormats
import GeoModel
import GeoPackage
import Testing
import TestSupport

@Suite struct GeoPackageTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func makeFile(_ name: String = "a.gpkg") throws -> GeoPackageFile {
        let file = try GeoPackageFile.create(at: folder.path(name))
        try file.write { db in
            try CoreTables.createFeatureTable("places", .point, columns: "name TEXT", description: "Places", in: db)
            try CoreTables.createAttributesTable("facts", columns: "value TEXT", description: "Facts", in: db)
            for i in 0..<10 {
                try db.execute(
                    sql: "INSERT INTO places (geom, name) VALUES (?, ?)",
                    arguments: [StoredGeometry(.point(Coordinate(x: Double(i), y: Double(-i)))), "p\(i)"])
            }
            try CoreTables.touch(["places", "facts"], in: db)
        }
        return file
    }

    private func entry(_ file: GeoPackageFile, _ id: Int64) throws -> [Double]? {
        try file.read { db in
            try Row.fetchOne(db, sql: "SELECT minx, maxx, miny, maxy FROM rtree_places_geom WHERE id = ?", arguments: [id])
                .map { [$0[0], $0[1], $0[2], $0[3]] }
        }
    }

    @Test func `the R-tree follows every kind of edit`() throws {
        let file = try makeFile()
        let empty = StoredGeometry(.point(.empty))
        func run(_ sql: String, _ arguments: StatementArguments = []) throws {
            try file.write { db in try db.execute(sql: sql, arguments: arguments) }
        }
        #expect(try entry(file, 3) == [2, 2, -2, -2])
        try run("UPDATE places SET geom = ? WHERE fid = 3", [StoredGeometry(.point(Coordinate(x: 50, y: 5)))])
        #expect(try entry(file, 3) == [50, 50, 5, 5])
        try run("UPDATE places SET geom = NULL WHERE fid = 3")
        #expect(try entry(file, 3) == nil)
        try run("UPDATE places SET geom = ? WHERE fid = 3", [StoredGeometry(.point(Coordinate(x: 1, y: 1)))])
        #expect(try entry(file, 3) == [1, 1, 1, 1])
        try run("UPDATE places SET geom = ? WHERE fid = 3", [empty])
        #expect(try entry(file, 3) == nil)
        try run("UPDATE places SET fid = 100 WHERE fid = 4")
        #expect(try entry(file, 4) == nil)
        #expect(try entry(file, 100) == [3, 3, -3, -3])
        try run("DELETE FROM places WHERE fid = 5")
        #expect(try entry(file, 5) == nil)
        #expect(try file.check() == [])
    }

    @Test func `a spatial query uses the R-tree`() throws {
        let file = try makeFile()
        let plan = try file.read { db in
            try String.fetchAll(
                db,
                sql: """
                    EXPLAIN QUERY PLAN SELECT p.name FROM rtree_places_geom r JOIN places p ON p.fid = r.id
                    WHERE r.minx <= 5 AND r.maxx >= 2 AND r.miny <= 0 AND r.maxy >= -9
                    """, adapter: SuffixRowAdapter(fromIndex: 3))
        }
        #expect(plan.contains { $0.contains("SCAN r VIRTUAL TABLE INDEX") } && plan.contains { $0.contains("SEARCH p USING INTEGER PRIMARY KEY") })
    }

    @Test func `contents state the box of the features and the time of the change`() throws {
        let file = try makeFile()
        let row = try #require(
            try file.read { db in
                try Row.fetchOne(db, sql: "SELECT min_x, min_y, max_x, max_y, last_change FROM gpkg_contents WHERE table_name = 'places'")
            })
        let box: [Double] = [row[0], row[1], row[2], row[3]]
        #expect(box == [0, -9, 9, 0])
        #expect((row[4] as String).wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
    }

    @Test func `a blob that is no geometry cannot be stored`() throws {
        let file = try makeFile()
        #expect(throws: (any Error).self) {
            try file.write { db in try db.execute(sql: "INSERT INTO places (geom) VALUES (x'00112233')") }
        }
        #expect(try file.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM places") } == 10)
    }

    @Test func `the check finds a moved feature, a lost index entry, an orphan, a wrong type and a missing trigger`() throws {
        let file = try makeFile()
        try file.write { db in
            try db.execute(sql: "UPDATE rtree_places_geom SET minx = 70, maxx = 71 WHERE id = 1")
            try db.execute(sql: "DELETE FROM rtree_places_geom WHERE id = 2")
            try db.execute(sql: "INSERT INTO rtree_places_geom VALUES (999, 0, 0, 0, 0)")
            try db.execute(sql: "INSERT INTO places (geom) VALUES (?)", arguments: [StoredGeometry(.multiPoint([Coordinate(x: 0, y: 0)]))])
            try db.execute(sql: "DROP TRIGGER rtree_places_geom_delete")
            try db.execute(sql: "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('ghost', 'attributes', 'ghost')")
        }
        let findings = try file.check().map(\.description)
        for expected in [
            "places fid 1: its R-tree entry is not its box", "places fid 2: is missing from its R-tree", "rtree_places_geom id 999: indexes a feature",
            "places fid 11: a MULTIPOINT in a column of POINT", "the trigger rtree_places_geom_delete is missing", "names a table 'ghost'",
        ] {
            #expect(findings.contains { $0.contains(expected) }, "\(expected) not in \(findings)")
        }
        #expect(findings.count == 6)
    }

    @Test func `a write that throws leaves nothing behind`() throws {
        struct Stop: Error {}
        let file = try makeFile()
        #expect(throws: Stop.self) {
            try file.write { db in
                try db.execute(sql: "DELETE FROM places")
                throw Stop()
            }
        }
        #expect(try file.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM places") } == 10)
    }

    @Test func `a backup taken while another connection is writing is whole and stands alone`() throws {
        let file = try makeFile()
        try file.write { db in try db.execute(sql: "INSERT INTO facts (value) VALUES ('before')") }
        try file.backup(to: folder.path("copy.gpkg"))
        let header = try Data(contentsOf: URL(fileURLWithPath: folder.path("copy.gpkg")))
        // Bytes 18 and 19 of a SQLite file are 1 unless it is in WAL mode.
        #expect(header[18] == 1 && header[19] == 1)
        let copy = try GeoPackageFile.open(at: folder.path("copy.gpkg"))
        #expect(try copy.read { db in try String.fetchOne(db, sql: "SELECT value FROM facts") } == "before")
        #expect(try copy.check() == [])
    }

    @Test func `missing, damaged and foreign files are told apart and left untouched`() throws {
        #expect(throws: GeoPackageError.missing(path: folder.path("none.gpkg"))) { try GeoPackageFile.open(at: folder.path("none.gpkg")) }
        let text = try folder.write(String(repeating: "not a database ", count: 20), to: "text.gpkg")
        let damaged = #expect(throws: GeoPackageError.self) { try GeoPackageFile.open(at: text) }
        #expect(damaged?.description.contains("does not begin as a SQLite database") == true)
        let other = folder.path("other.sqlite")
        try DatabaseQueue(path: other).write { db in try db.execute(sql: "CREATE TABLE t (a)") }
        let before = try Data(contentsOf: URL(fileURLWithPath: other))
        let foreign = #expect(throws: GeoPackageError.self) { try GeoPackageFile.open(at: other) }
        #expect(foreign?.description.contains("not a GeoPackage") == true)
        #expect(try Data(contentsOf: URL(fileURLWithPath: other)) == before)
        // A file whose middle was overwritten opens, and says so when it is read.
        let whole = try makeFile("whole.gpkg")
        try whole.close()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path("whole.gpkg")))
        bytes.replaceSubrange(4096..<(bytes.count - 4096), with: Data(repeating: 0xAB, count: bytes.count - 8192))
        try bytes.write(to: URL(fileURLWithPath: folder.path("whole.gpkg")))
        #expect(throws: GeoPackageError.self) { try GeoPackageFile.open(at: folder.path("whole.gpkg")).check() }
    }

    @Test func `the watch sees the commit of another connection, and only that`() throws {
        let file = try makeFile()
        let watch = try ChangeWatch(path: file.path)
        let first = try watch.version()
        #expect(try watch.version() == first)
        try file.write { db in try db.execute(sql: "INSERT INTO facts (value) VALUES ('x')") }
        #expect(try watch.version() != first)
    }
}
