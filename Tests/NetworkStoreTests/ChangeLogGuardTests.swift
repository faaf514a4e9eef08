import CiteNetwork
import Foundation
import GRDB
import GeoModel
import GeoPackage
import NetworkStore
import TestSupport
import Testing

/// What other programs may do to the log and its context, and what is told of it.
@Suite struct ChangeLogGuardTests {
    let folder: TemporaryFolder
    let store: NetworkStore

    init() throws {
        folder = try TemporaryFolder()
        store = try SmallGeoData.store(in: folder)
    }

    private func sql(_ text: String) throws { try store.file.write { db in try db.execute(sql: text) } }

    private func set(_ id: String, _ cells: [String: String]) throws -> Int64? {
        try store.edit(who: "t", why: nil) { try $0.upsert(.platform, RecordValues(cells: cells.merging(["id": id]) { a, _ in a })) }.change
    }

    private func findings() throws -> [String] { try store.check().map(\.description) }

    @Test func `a change has one instant, and is there whole or not at all`() throws {
        let instants = try store.file.read { db in try String.fetchAll(db, sql: "SELECT DISTINCT at FROM change_log") }
        let changes = Set(try store.history().map(\.change))
        #expect(instants.count == 1 && changes == [1])
        usleep(3_000)
        _ = try store.edit(who: "t", why: nil) { editor in
            _ = try editor.upsert(.platform, RecordValues(cells: ["id": "one-main", "town": "First"]))
            usleep(5_000)
            _ = try editor.upsert(.platform, RecordValues(cells: ["id": "two-east", "town": "Second"]))
        }
        let rows = try store.history().filter { $0.change == 2 }
        #expect(rows.count == 2 && Set(rows.map(\.at)).count == 1)
        let then = try store.records(for: .officer, recordedAt: .instant(rows[0].at))
        #expect(then.platform("one-main")?.contact.town == "First" && then.platform("two-east")?.contact.town == "Second")
    }

    @Test func `a change that an older program logged with several instants is cut at neither of them`() throws {
        try sql(
            """
            DROP TRIGGER guard_change_log_update; UPDATE change_log SET at = '2020-01-01T00:00:00.000Z';
            UPDATE change_log SET at = '2020-01-01T00:00:09.000Z' WHERE fid > 4
            """)
        #expect(try store.records(for: .officer, recordedAt: .instant("2020-01-01T00:00:05")).sources.isEmpty)
        #expect(try store.records(for: .officer, recordedAt: .instant("2020-01-01T00:00:09")).platforms.count == 2)
    }

    @Test func `an instant never goes back, though the clock does`() throws {
        // As a clock that was a quarter of a day ahead left it.
        try sql("DROP TRIGGER guard_change_log_update; UPDATE change_log SET at = strftime('%Y-%m-%dT%H:%M:%fZ','now','+6 hours')")
        let last = try #require(try store.history().last?.at)
        _ = try set("one-main", ["town": "X"])
        try sql("UPDATE platforms SET town = 'Y' WHERE id = 'one-main'")
        #expect(try store.history().suffix(2).map(\.at) == [last, last])
    }

    @Test(arguments: [
        ("9223372036854775807, '2026-01-01'", "a change has the number after the last"), ("3, strftime('%Y-%m-%dT%H:%M:%fZ','now')", "a change has the number"),
        ("2, '1999-01-01T00:00:00.000Z'", "its instants are in order and not in the future"), ("2, '9999-01-01T00:00:00.000Z'", "not in the future"),
        ("'two', '2026'", "a change has the number"), ("2, 5", "its instants are in order"),
    ])
    func `a row that the triggers would not write is refused`(values: String, refusal: String) throws {
        let error = #expect(throws: (any Error).self) {
            try sql("INSERT INTO change_log (change, at, table_name, operation, after) VALUES (\(values), 'poles', 'insert', '{\"fid\":1}')")
        }
        #expect("\(error!)".contains(refusal), "\(error!)")
    }

    @Test(arguments: ["9223372036854775807", "-9223372036854775808", "1e300", "x'00'", "'seven'"])
    func `a number that no change can have, written past the guards, stops nothing and is found`(number: String) throws {
        try sql(
            """
            DROP TRIGGER guard_change_log_insert; INSERT INTO change_log (change, at, table_name, operation, after)
            VALUES (\(number), '2026-01-01', 'poles', 'insert', '{"fid":90}')
            """)
        let change = try #require(try set("one-main", ["town": "X"]))
        #expect(change == 2)
        try sql("UPDATE platforms SET town = 'Y' WHERE id = 'one-main'")
        _ = try store.undo(3, who: "t")
        #expect(try store.records(for: .officer).platform("one-main")?.contact.town == "X")
        #expect(try findings().contains { $0.contains("change_log fid") })
    }

    @Test(arguments: ["DELETE FROM change_context", "INSERT OR REPLACE INTO change_context (fid) VALUES (1)", "UPDATE change_context SET fid = 2"])
    func `the row that tells who is writing stays`(text: String) throws {
        let error = #expect(throws: (any Error).self) { try sql(text) }
        #expect("\(error!)".contains("the change log needs"))
    }

    @Test func `without that row edits are logged all the same, and the next one of ours puts it back`() throws {
        try sql("DROP TRIGGER guard_change_context_delete; DELETE FROM change_context")
        try sql("UPDATE platforms SET town = 'Elsewhere' WHERE id = 'one-main'")
        #expect(try store.history().last?.differences.first?.after == "Elsewhere")
        #expect(try findings().contains { $0.contains("change_context: its row is missing") })
        #expect(try set("one-main", ["town": "X"]) == 3)
        #expect(try store.history().last?.who == "t")
        #expect(try !findings().contains { $0.hasPrefix("change_context") })
    }

    @Test func `a who that a foreign hand left standing is found, and cleared by the next edit`() throws {
        try sql("UPDATE change_context SET who = 'the president'")
        #expect(try findings().contains { $0.contains("it is not empty") })
        _ = try set("one-main", ["town": "X"])
        #expect(try findings().isEmpty)
    }

    @Test(arguments: [
        (
            "UPDATE change_log SET before = replace(before, 'Saint-Égrève', 'Lyon') WHERE change = 2",
            "what it says was before in platforms 1 is not what the log had"
        ),
        ("UPDATE change_log SET after = replace(after, '\"A\"', '\"B\"') WHERE change = 2", "is not what the log had"),
        ("UPDATE change_log SET at = '2000-01-01T00:00:00.000Z' WHERE change = 3", "the clock was set back, or the log was altered"),
        ("UPDATE change_log SET change = 7 WHERE change = 2", "change 7 comes after change 1"),
        ("UPDATE change_log SET who = 'another' WHERE fid = (SELECT max(fid) FROM change_log)", "has another who or why"),
        ("DELETE FROM change_log WHERE change = 2", "change 3 comes after change 1"),
        ("DELETE FROM change_log WHERE change = 1 AND table_name = 'platforms'", "of which the log does not know"),
    ])
    func `doctor finds what was altered in the middle, though the end is right`(text: String, problem: String) throws {
        _ = try set("one-main", ["town": "A"])
        _ = try store.edit(who: "t", why: nil) { editor in
            _ = try editor.upsert(.platform, RecordValues(cells: ["id": "one-main", "town": "Saint-Égrève"]))
            _ = try editor.upsert(.platform, RecordValues(cells: ["id": "two-east", "town": "Z"]))
        }
        #expect(try findings().isEmpty)
        try sql("DROP TRIGGER guard_change_log_update; DROP TRIGGER guard_change_log_delete; \(text)")
        let found = try findings()
        #expect(found.contains { $0.contains(problem) }, "\(found)")
    }

    @Test func `a foreign update that replaces another record is rebuilt, and its store is sound`() throws {
        try sql("DELETE FROM platform_periods; DELETE FROM poles; UPDATE cites SET seat_platform = NULL")
        try sql("UPDATE OR REPLACE platforms SET id = 'two-east' WHERE id = 'one-main'")
        let (then, now) = (try store.records(for: .officer, recordedAt: .instant("9999")), try store.records(for: .officer))
        #expect(then.platforms == now.platforms && then.platforms.count == 1)
        // SQLite tells no trigger of the row that went: its box stays in the R-tree, as in any GeoPackage.
        let ofLog = { try findings().filter { !$0.contains("rtree") && !$0.contains("R-tree") } }
        #expect(try ofLog() == [])
        try sql("INSERT OR REPLACE INTO sources (id, title) VALUES ('book', 'Another book')")
        #expect(try ofLog() == [])
    }

    @Test func `a text with a NUL is undone, told, and stops nothing`() throws {
        try sql("UPDATE platforms SET town = 'A' || char(0) || 'B' WHERE id = 'one-main'")
        try sql("INSERT INTO sources (id, title) VALUES ('book' || char(0) || 'x', 'T')")
        #expect(try findings().contains { $0.contains("platforms fid 1: town has a NUL in its text") })
        #expect(try findings().contains { $0.contains("the id 'book' stands twice") })
        let error = #expect(throws: StoreError.self) { try store.records(for: .officer) }
        #expect(error?.description.contains("stands twice") == true && error?.description.contains("'maillage doctor'") == true)
        _ = try store.undo(3, who: "t")
        _ = try store.undo(2, who: "t")
        #expect(try findings() == [])
        #expect(try store.records(for: .officer).platform("one-main")?.contact.town == "Saint-Égrève")
    }

    @Test(arguments: ["UPDATE platforms SET kind = 'palace' WHERE id = 'one-main'", "UPDATE platforms SET counsellors = 'many' WHERE id = 'one-main'"])
    func `one bad cell of another program stops no edit, and is mended by a set or an undo`(text: String) throws {
        let cell = text.contains("kind") ? ("kind", "main") : ("counsellors", "")
        for mend in [true, false] {
            try sql(text)
            let change = try #require(try store.history().last?.change)
            let error = #expect(throws: StoreError.self) { try store.records(for: .officer) }
            #expect(error?.description.contains("platforms fid 1 (one-main): \(cell.0) is") == true)
            #expect(error?.description.contains("'maillage network set ID FIELD=VALUE' mends") == true)
            #expect(try set("two-east", ["town": "T\(change)"]) != nil)
            if mend { _ = try set("one-main", [cell.0: cell.1]) } else { _ = try store.undo(change, who: "t") }
            #expect(try store.records(for: .officer).platform("one-main")?.kind == .main)
            #expect(try findings().isEmpty)
        }
    }

    @Test func `an edit that would leave a record unreadable is refused`() throws {
        #expect(throws: StoreError.self) {
            try store.edit(who: "t", why: nil) { try $0.run { db in try db.execute(sql: "UPDATE platforms SET kind = 'palace' WHERE id = 'one-main'") } }
        }
        #expect(try store.records(for: .officer).platform("one-main")?.kind == .main)
    }

    @Test func `a who or why with control characters is refused`() throws {
        for (who, why) in [("a\u{1B}[31m", ""), ("a", "b\nc"), ("a", "b\u{202E}c")] {
            let error = #expect(throws: StoreError.self) { try store.edit(who: who, why: why) { _ in } }
            #expect(error?.description.contains("expected one line without control characters") == true)
        }
    }
}
