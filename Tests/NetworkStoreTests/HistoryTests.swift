import CiteNetwork
import Foundation
import GRDB
import GeoModel
import GeoPackage
import NetworkStore
import Testing
import TestSupport

@Suite struct HistoryTests {
    let folder: TemporaryFolder
    let store: NetworkStore

    init() throws {
        folder = try TemporaryFolder()
        let data = try TemporaryFolder()
        try SmallGeoData.write(to: data)
        store = try NetworkStore.create(at: folder.path("network.gpkg"))
        try store.importGeoData(from: data.url)
    }

    /// Every row of the network tables, exactly.
    private func dump(_ db: Database) throws -> [String] {
        try RecordKind.all.flatMap { kind in
            try Row.fetchAll(db, sql: "SELECT * FROM \(kind.table) ORDER BY fid").map { row in
                kind.table
                    + row.map { name, value in
                        if case .double(let d) = value.storage { return "|\(name)=\(d.bitPattern)" }
                        if case .blob(let b) = value.storage { return "|\(name)=\(b.base64EncodedString())" }
                        return "|\(name)=\(value)"
                    }.joined()
            }
        }
    }

    @Test func `from the log alone every past state is rebuilt exactly, geometry included`() throws {
        var g = SeededGenerator(seed: 31)
        var states: [(row: Int64, dump: [String])] = []
        func remember() throws {
            try store.file.read { db in states.append((try Int64.fetchOne(db, sql: "SELECT max(fid) FROM change_log")!, try dump(db))) }
        }
        try remember()
        for step in 0..<2_000 {
            let byUs = Bool.random(using: &g)
            let edit = { (db: Database) in
                let id = "p\(Int.random(in: 0..<40, using: &g))"
                switch Int.random(in: 0..<6, using: &g) {
                case 0, 1:
                    try db.execute(
                        sql: """
                            INSERT OR IGNORE INTO platforms (geom, id, cite, kind, name, country, location_accuracy, floor_area_m2, source, locality)
                            VALUES (?, ?, 'one', 'site', ?, 'FR', 'town', ?, 'book', ?)
                            """,
                        arguments: [
                            StoredGeometry(.point(Coordinate(x: .random(in: -180...180, using: &g), y: .random(in: -90...90, using: &g)))), id,
                            ["Été", "a\"b'c\\", "", "😀\nx"].randomElement(using: &g)!, Double.random(in: -1e9...1e9, using: &g) / 7,
                            Int64.random(in: 0...9, using: &g),
                        ])
                case 2:
                    try db.execute(
                        sql: "UPDATE platforms SET floor_area_m2 = ?, geom = ?, note = ? WHERE id = ?",
                        arguments: [
                            Bool.random(using: &g) ? nil : Double(bitPattern: .random(in: 0x3F00_0000_0000_0000...0x4100_0000_0000_0000, using: &g)),
                            Bool.random(using: &g)
                                ? nil : StoredGeometry(.point(Coordinate(x: .random(in: -1...1, using: &g), y: .random(in: -1...1, using: &g)))),
                            "step \(step)", id,
                        ])
                case 3: try db.execute(sql: "DELETE FROM platforms WHERE id = ? AND id NOT IN (SELECT platform FROM platform_periods)", arguments: [id])
                case 4:
                    try db.execute(
                        sql: "INSERT INTO platform_periods (platform, status, start_date, source) SELECT id, 'open', ?, 'book' FROM platforms WHERE id = ?",
                        arguments: ["20\(Int.random(in: 10...25, using: &g))", id])
                default:
                    try db.execute(
                        sql: "DELETE FROM platform_periods WHERE fid IN (SELECT fid FROM platform_periods WHERE platform LIKE 'p%' ORDER BY random() LIMIT 1)")
                }
            }
            if byUs { _ = try store.edit(who: "tester", why: nil) { editor in try editor.run(edit) } } else { try store.file.write(edit) }
            if step % 40 == 0 { try remember() }
        }
        try remember()
        for state in states {
            let past = try store.rebuilt(at: .logRow(state.row)).read { db in try dump(db) }
            #expect(past == state.dump, "after log row \(state.row)")
        }
    }

    @Test func `an edit by another program is in the history, without a who`() throws {
        try store.file.write { db in try db.execute(sql: "UPDATE platforms SET town = 'Elsewhere' WHERE id = 'one-main'") }
        let log = try store.history(of: "one")
        let last = try #require(log.last)
        #expect(last.who == nil && last.operation == "update" && last.record == "one-main")
        #expect(last.differences == [.init(column: "town", before: "Saint-Égrève", after: "Elsewhere")])
        #expect(log.first?.who == "GeoData")
    }

    @Test func `an update that changes nothing leaves no trace`() throws {
        let before = try store.history().count
        try store.file.write { db in try db.execute(sql: "UPDATE platforms SET town = town") }
        #expect(try store.history().count == before)
        #expect(try store.edit(who: "t", why: nil) { try $0.upsert(.cite, RecordValues(cells: ["id": "one", "zone": "Ouest"])) }.change == nil)
    }

    @Test func `an undo brings back what was, and can itself be undone`() throws {
        let before = try store.file.read { db in try dump(db) }
        let (_, change) = try store.edit(who: "t", why: "a visit") { editor in
            _ = try editor.upsert(.platform, RecordValues(cells: ["id": "one-main", "town": "X", "lon": "0.7", "lat": "45.7", "country": "FR"]))
            _ = try editor.upsert(.source, RecordValues(cells: ["id": "new", "title": "New"]))
            _ = try editor.deleteAll(.pole, except: [])
        }
        let after = try store.file.read { db in try dump(db) }
        let undo = try store.undo(#require(change), who: "t")
        #expect(try store.file.read { db in try dump(db) } == before)
        _ = try store.undo(#require(undo), who: "t")
        #expect(try store.file.read { db in try dump(db) } == after)
        #expect(try store.check().isEmpty)
    }

    @Test func `a change on which a later one builds is not undone, and one that is not there names those that are`() throws {
        func set(_ town: String) throws -> Int64? {
            try store.edit(who: "t", why: nil) { try $0.upsert(.platform, RecordValues(cells: ["id": "one-main", "town": town])) }.change
        }
        let (first, _) = (try set("A"), try set("B"))
        let error = #expect(throws: StoreError.self) { try store.undo(#require(first), who: "t") }
        #expect(error?.description.contains("undo the later change first") == true)
        let missing = #expect(throws: StoreError.self) { try store.undo(999, who: "t") }
        #expect(missing?.description.contains("there is no change 999; changes: 1 to") == true)
        #expect(try store.records(for: .officer).platform("one-main")?.contact.town == "B")
    }

    @Test func `what was known at an instant is told from the log`() throws {
        let instant = try store.history().last!.at
        usleep(5_000)
        _ = try store.edit(who: "t", why: nil) {
            try $0.upsert(.platform, RecordValues(cells: ["id": "one-main", "town": "Later", "visibility": "restricted"]))
        }
        #expect(try store.records(for: .officer, recordedAt: .instant(instant)).platform("one-main")?.contact.town == "Saint-Égrève")
        #expect(try store.records(for: .officer, recordedAt: .instant("9999")).platform("one-main")?.contact.town == "Later")
        #expect(try store.records(for: .everyone, recordedAt: .instant("9999")).platform("one-main") == nil)
        #expect(try store.records(for: .officer, recordedAt: .instant("1999")).platforms.isEmpty)
    }

    @Test func `a store of the first version begins its history with what it holds`() throws {
        try store.file.write { db in
            for kind in RecordKind.all {
                for operation in ["insert", "update", "delete"] { try db.execute(sql: "DROP TRIGGER log_\(kind.table)_\(operation)") }
            }
            try db.execute(
                sql: """
                    DROP TABLE change_log; DROP TABLE change_context; DELETE FROM gpkg_contents WHERE table_name LIKE 'change_%';
                    DELETE FROM maillage_schema WHERE version = 2
                    """)
        }
        try store.close()
        let again = try NetworkStore.open(at: folder.path("network.gpkg"))
        #expect(try again.records(for: .officer, recordedAt: .instant("9999")).platforms == again.records(for: .officer).platforms)
        #expect(try again.check().isEmpty)
    }
}

@Suite struct ImportTests {
    let folder: TemporaryFolder
    let store: NetworkStore

    init() throws {
        folder = try TemporaryFolder()
        let data = try TemporaryFolder()
        try SmallGeoData.write(to: data)
        store = try NetworkStore.create(at: folder.path("network.gpkg"))
        try store.importGeoData(from: data.url)
    }

    private func run(
        _ text: String, name: String = "f.csv", kind: RecordKind? = nil, mapping: [String: String] = [:], replace: Bool = false, dryRun: Bool = false
    ) throws -> RecordImport {
        let bytes = Array(text.utf8)
        let entries =
            try name.hasSuffix(".csv")
            ? RecordFile.csv(bytes, name: name, kind: kind, mapping: mapping) : RecordFile.geoJSON(bytes, name: name, kind: kind, mapping: mapping)
        return try store.importRecords(entries, file: name, who: "t", why: nil, replace: replace, dryRun: dryRun)
    }

    @Test func `what is exported comes back to the same state, whatever was edited in between`() throws {
        let geoJSON = RecordFile.geoJSON(try store.allEntries())
        #expect(try run(String(decoding: geoJSON, as: UTF8.self), name: "n.geojson").changes.isEmpty)
        _ = try store.edit(who: "t", why: nil) { editor in
            _ = try editor.upsert(.platform, RecordValues(cells: ["id": "two-east", "town": "X", "lon": "1.6", "lat": "45.6", "country": "FR"]))
            _ = try editor.upsert(.decision, RecordValues(cells: ["cite": "two", "decision": "projet", "date": "2010", "source": "book"]))
            _ = try editor.deleteAll(.pole, except: [])
        }
        let back = try run(String(decoding: geoJSON, as: UTF8.self), name: "n.geojson", replace: true)
        #expect(back.changes.map(\.action).sorted { $0.rawValue < $1.rawValue } == [.added, .changed, .deleted])
        #expect(RecordFile.geoJSON(try store.allEntries()) == geoJSON)
        for kind in RecordKind.all {
            let csv = String(decoding: RecordFile.csv(try store.values(of: kind), kind: kind), as: UTF8.self)
            #expect(try run(csv, kind: kind, replace: true).changes.isEmpty, "\(kind.name)")
        }
    }

    @Test func `columns are detected by usual names and mapped where they are not`() throws {
        let result = try run(
            "identifiant;cite;type;Nom du lieu;pays;Latitude;Longitude;precision;source\nnew;one;site;Nouveau;FR;45.4;0.4;town;book\n",
            mapping: ["Nom du lieu": "name"])
        #expect(result.changes.map(\.action) == [.added])
        #expect(result.records.platform("new")?.location == Coordinate(x: 0.4, y: 45.4) && result.records.platform("new")?.visibility == .public)
    }

    @Test func `a dry run shows the changes and leaves everything as it was`() throws {
        let before = RecordFile.geoJSON(try store.allEntries())
        let result = try run("id,town\none-main,Grenoble\n", kind: .platform, dryRun: true)
        #expect(result.changes.map(\.id) == ["one-main"] && result.changes.map(\.action) == [.changed])
        #expect(result.changes[0].differences == [.init(column: "town", before: "Saint-Égrève", after: "Grenoble")])
        #expect(result.records.platform("one-main")?.contact.town == "Grenoble")
        #expect(RecordFile.geoJSON(try store.allEntries()) == before)
        #expect(try store.history().allSatisfy { $0.change == 1 })
    }

    @Test(arguments: [
        ("id,town\none-main,\"Gre\n", "line 2: a quoted field is not closed"),
        ("id,town,colour\none-main,A,red\n", "column 'colour' is no field of a platform"),
        ("id,town\none-main,A\u{0}B\n", "line 2: town is"),
        ("id,cite,kind,name,country,location_accuracy,lat,lon,source\nn,one,site,N,FR,town,0.5,45.5,book\n", "look swapped"),
        ("id,lat,lon\none-main,NaN,1\n", "line 2: lat is 'NaN'; expected a latitude"), ("id,lat\none-main,1\n", "lon and lat go together"),
        ("id,floor_area_m2\none-main,1e999\n", "floor_area_m2 is '1e999'; expected a number"),
        ("id,name\none-main,\n", "line 2: name is ''; expected some text"),
        ("id,cite\none-main,three\n", "cite is 'three', which does not exist"), ("id,name\nbrand-new,N\n", "has no cite"),
        ("id,id\n1,2\n", "two columns are named 'id'"),
    ])
    func `a bad table is refused with its line and nothing changes`(text: String, problem: String) throws {
        let before = RecordFile.geoJSON(try store.allEntries())
        let error = #expect(throws: StoreError.self) { try run(text, kind: .platform) }
        #expect(error?.description.contains(problem) == true, "\(error.map(\.description) ?? "")")
        #expect(RecordFile.geoJSON(try store.allEntries()) == before)
    }

    @Test func `a table of a million columns is refused in a short sentence`() throws {
        let header = (0..<1_000_000).map { "c\($0)" }.joined(separator: ",")
        let error = #expect(throws: StoreError.self) { try run(header + "\n1\n", kind: .platform) }
        #expect((error?.description.count ?? 0) < 2_000)
    }

    @Test func `areas replace those of their code, and territories that name them are drawn anew`() throws {
        let before = try #require(try store.records(for: .officer).territories(of: "one").first?.geometry)
        let square = Geometry.polygon(Polygon(exterior: [(0.0, 45.0), (0.5, 45), (0.5, 46), (0, 46), (0, 45)].map { Coordinate(x: $0.0, y: $0.1) }))
        func area(_ code: String, _ geometry: Geometry?, members: [String]? = nil, parent: String? = nil) -> AreaInput {
            AreaInput(
                code: code, name: "New \(code)", kind: "department", parent: parent, country: "FR", geometry: geometry, members: members, population: nil,
                place: "features[0]")
        }
        let done = try store.importAreas([area("FR-01", square), area("group", nil, members: ["FR-01", "FR-02"])], file: "a.geojson", source: "test")
        #expect(done.added == 1 && done.replaced == 1)
        let after = try #require(try store.records(for: .officer).territories(of: "one").first?.geometry)
        #expect(after != before && after.envelope.maxX == 0.5)
        #expect(try store.history(of: "one").last?.who == "areas import")
        #expect(try store.geometries(ofAreas: ["group"])[0]?.envelope.maxX == 2)
        let error = #expect(throws: StoreError.self) {
            try store.importAreas([area("x", square, parent: "nowhere"), area("y", nil, members: ["gone"])], file: "b", source: "t")
        }
        #expect(error?.description.contains("parent 'nowhere'") == true && error?.description.contains("member 'gone'") == true)
        #expect(try store.areaTree()["x"] == nil)
    }
}
