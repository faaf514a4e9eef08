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
        store = try SmallGeoData.store(in: folder)
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
            for table in RecordKind.all.map(\.table) + ["areas"] {
                for operation in ["insert", "update", "delete"] { try db.execute(sql: "DROP TRIGGER log_\(table)_\(operation)") }
            }
            for operation in ["insert", "update", "delete"] { try db.execute(sql: "DROP TRIGGER guard_change_log_\(operation)") }
            try db.execute(
                sql: """
                    DROP TABLE change_log; DROP TABLE change_context; DELETE FROM gpkg_contents WHERE table_name LIKE 'change_%';
                    DELETE FROM maillage_schema WHERE version IN (2, 4)
                    """)
        }
        try store.close()
        let again = try NetworkStore.open(at: folder.path("network.gpkg"))
        #expect(try again.records(for: .officer, recordedAt: .instant("9999")).platforms == again.records(for: .officer).platforms)
        #expect(try again.check().isEmpty)
    }

    @Test(arguments: ["DELETE FROM change_log", "UPDATE change_log SET who = 'another'", "INSERT OR REPLACE INTO change_log SELECT * FROM change_log"])
    func `what stands in the change log is neither changed nor deleted, by whatever program`(sql: String) throws {
        let before = try store.history()
        let error = #expect(throws: (any Error).self) { try store.file.write { db in try db.execute(sql: sql) } }
        #expect("\(error!)".contains("the change log only grows"))
        #expect(try store.history() == before)
    }

    @Test(arguments: [
        ("DROP TRIGGER log_platforms_update", "the trigger log_platforms_update is missing: edits would not be in the history"),
        ("DROP TRIGGER guard_change_log_delete", "the trigger guard_change_log_delete is missing: the change log can be altered"),
        ("DROP TRIGGER search_platforms_written", "edits would not be found by search"), ("DROP TABLE poles", "the table poles is missing"),
        ("DROP TRIGGER log_platforms_update; UPDATE platforms SET town = 'X' WHERE id = 'one-main'", "platforms one-main: the change log tells otherwise"),
        ("DROP TRIGGER log_poles_delete; DELETE FROM poles", "the change log tells of it and the table does not have it"),
        ("DROP TRIGGER log_sources_insert; INSERT INTO sources (id, title) VALUES ('n', 'N')", "sources n: the change log does not know of it"),
        (
            "DROP TRIGGER guard_change_log_insert; INSERT INTO change_log (change, at, table_name, operation, after) VALUES (9, '2026', 'sites', 'insert', '{\"fid\":')",
            "the row cannot be read"
        ),
        ("DROP TRIGGER guard_change_log_delete; DELETE FROM change_log WHERE table_name = 'cites'", "the change log does not know of it"),
    ])
    func `doctor finds a history that was cut, altered or passed by`(sql: String, problem: String) throws {
        #expect(try store.check().isEmpty)
        try store.file.write { db in try db.execute(sql: sql) }
        let findings = try store.check().map(\.description)
        #expect(findings.contains { $0.contains(problem) }, "\(findings)")
    }

    /// Runs SQL as a program does that checks no foreign keys, and whose spatial functions take any blob.
    private func byAnotherProgram(_ sql: String) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { db in
            for name in ["ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"] { db.add(function: DatabaseFunction(name, argumentCount: 1) { _ in nil }) }
        }
        let queue = try DatabaseQueue(path: folder.path("network.gpkg"), configuration: configuration)
        try queue.write { db in try db.execute(sql: sql) }
        try queue.close()
    }

    @Test func `a geometry that another program broke is brought back by an undo, its index included`() throws {
        try byAnotherProgram("UPDATE platforms SET geom = x'47500001' WHERE id = 'one-main'")
        let change = try #require(try store.history().last?.change)
        #expect(try !store.check().isEmpty)
        _ = try store.undo(change, who: "t")
        #expect(try store.check().map(\.description) == [])
    }

    @Test func `an orphan that another program left does not stand in the way of other edits`() throws {
        try byAnotherProgram("INSERT INTO poles (cite, position, name, language, source) VALUES ('gone', 1, 'P', 'fr', 'book')")
        let edit = { try store.edit(who: "t", why: nil) { try $0.upsert(.platform, RecordValues(cells: ["id": "one-main", "town": "after"])) }.change }
        #expect(try edit() != nil)
        #expect(try store.check().contains { $0.problem.contains("does not exist") })
    }
}
