import CiteNetwork
import Foundation
import GRDB
import GeoModel
import GeoPackage
import NetworkStore
import TestSupport
import Testing

/// Scenarios as the store keeps them.
@Suite struct ScenarioStoreTests {
    let folder: TemporaryFolder
    let store: NetworkStore

    init() throws {
        folder = try TemporaryFolder()
        store = try SmallGeoData.store(in: folder)
    }

    private static let secret = "Projet Corneille"

    private func scenario(_ id: String = "plan") -> Scenario {
        let open = PlannedPlatform(
            id: "\(id)-new", name: Self.secret, cite: "two", kind: .ruralPlatform, location: Coordinate(x: 1.1234567890123, y: 45.25), locationAccuracy: .venue,
            locality: "11", area: "FR-02", country: "FR", services: [.employment, .creation], counsellors: 1.5, floorArea: 80.25, hours: "Mo-Fr 09:00-17:00")
        let bare = PlannedPlatform(
            id: "\(id)-bare", name: "B", cite: nil, kind: .site, location: Coordinate(x: 0.5, y: 45.1), locationAccuracy: .town, country: "FR")
        return Scenario(
            id: id, name: "A \(Self.secret)", asOf: CalendarDate("2026-11-23")!, area: "FR-02", note: "line one\nline two",
            changes: [
                ScenarioChange(.open(open), origin: "a study"), ScenarioChange(.close(platform: "two-east")),
                ScenarioChange(.move(platform: "one-main", to: Coordinate(x: 0.7, y: 45.7), accuracy: .assumed), origin: "the lease"),
                ScenarioChange(.change(platform: "one-main", kind: .site, services: [.training])),
                ScenarioChange(.change(platform: "one-main", kind: nil, services: [.change, .professions])), ScenarioChange(.open(bare)),
            ])
    }

    @discardableResult
    private func keep(_ scenario: Scenario) throws -> Int64? {
        try store.edit(who: "t", why: nil) { editor in
            _ = try editor.put(scenario)
            _ = try editor.append(scenario.changes, to: scenario.id)
        }.change
    }

    private func dump() throws -> [String] {
        try store.file.read { db in
            try RecordKind.logged.flatMap { kind in
                try Row.fetchAll(db, sql: "SELECT * FROM \(kind.table) ORDER BY fid").map { row in "\(kind.table) \(row)" }
            }
        }
    }

    @Test func `a scenario comes back as it was kept, to the last decimal`() throws {
        try keep(scenario())
        try keep(scenario("another"))
        #expect(try store.scenarios(for: .officer) == [scenario("another"), scenario()])
        try store.close()
        let again = try NetworkStore.open(at: folder.path("network.gpkg"))
        #expect(try again.scenarios(for: .officer).last == scenario())
        #expect(try again.check().isEmpty)
        #expect(try again.records(for: .officer).applying(scenario()).status(of: "two-east", asOf: scenario().asOf) == .closed)
    }

    @Test func `nobody but an officer sees one`() throws {
        try keep(scenario())
        #expect(try store.scenarios(for: .everyone).isEmpty)
    }

    @Test func `an edit of a scenario is in the history of the scenario, and in that of no platform`() throws {
        let change = try #require(try keep(scenario()))
        let log = try store.history(of: "plan")
        #expect(log.count == 7 && log.allSatisfy { $0.change == change && $0.who == "t" })
        #expect(Set(log.map(\.kind)) == ["scenario", "scenario change"])
        #expect(try !store.history(of: "one-main").contains { $0.change == change })
        #expect(try !store.history(of: "two").contains { $0.change == change })
    }

    @Test func `every edit is undone, and the undo undone`() throws {
        let first = try dump()
        let made = try #require(try keep(scenario()))
        let whole = try dump()
        let dropped = try #require(try store.edit(who: "t", why: nil) { try $0.removeChange(2, of: "plan") }.change)
        #expect(try store.scenarios(for: .officer)[0].changes == scenario().changes.enumerated().filter { $0.offset != 1 }.map(\.element))
        _ = try store.undo(dropped, who: "t")
        #expect(try dump() == whole)
        let deleted = try #require(try store.edit(who: "t", why: nil) { try $0.deleteScenario("plan") }.change)
        #expect(try store.scenarios(for: .officer).isEmpty)
        let undeleted = try #require(try store.undo(deleted, who: "t"))
        #expect(try store.scenarios(for: .officer) == [scenario()])
        _ = try store.undo(undeleted, who: "t")
        _ = try store.undo(try #require(try store.history().last?.change), who: "t")
        _ = try store.undo(made, who: "t")
        #expect(try dump() == first && store.check().isEmpty)
    }

    @Test func `an undo that would leave later changes without sense is refused`() throws {
        var plan = scenario()
        plan.changes = [plan.changes[0]]
        try keep(plan)
        let opening = try #require(
            try store.edit(who: "t", why: nil) { try $0.append([ScenarioChange(.open(self.bare))], to: "plan") }.change)
        _ = try store.edit(who: "t", why: nil) { try $0.append([ScenarioChange(.close(platform: "plan-bare"))], to: "plan") }
        let error = #expect(throws: StoreError.self) { try store.undo(opening, who: "t") }
        #expect(error?.description.contains("scenario plan, change 2 (close plan-bare): there is no platform 'plan-bare'") == true)
        #expect(error?.description.contains("undo the later change first") == true)
        #expect(try store.scenarios(for: .officer)[0].changes.count == 3)
    }

    private var bare: PlannedPlatform {
        guard case .open(let bare) = scenario().changes[5].action else { preconditionFailure() }
        return bare
    }

    @Test func `an older store gets the tables when it is opened, and loses nothing`() throws {
        let (network, log) = (try dump(), try store.history())
        try store.file.write { db in
            try db.execute(
                sql: """
                    DROP TABLE scenario_changes; DROP TABLE rtree_scenario_changes_geom; DROP TABLE scenarios;
                    DELETE FROM gpkg_extensions WHERE table_name LIKE 'scenario%'; DELETE FROM gpkg_geometry_columns WHERE table_name LIKE 'scenario%';
                    DELETE FROM gpkg_contents WHERE table_name LIKE 'scenario%'; DELETE FROM maillage_schema WHERE version = 5
                    """)
        }
        try store.close()
        let again = try NetworkStore.open(at: folder.path("network.gpkg"))
        #expect(try again.file.read { db in try Int.fetchOne(db, sql: "SELECT max(version) FROM maillage_schema") } == 5)
        #expect(try again.check().map(\.description) == [])
        #expect(try again.history() == log && again.scenarios(for: .officer).isEmpty)
        let change = try again.edit(who: "t", why: nil) { editor in
            _ = try editor.put(scenario())
            _ = try editor.append(scenario().changes, to: "plan")
        }.change
        #expect(change == 2)
        _ = try again.undo(2, who: "t")
        let rows = try again.file.read { db in
            try RecordKind.logged.flatMap { kind in try Row.fetchAll(db, sql: "SELECT * FROM \(kind.table) ORDER BY fid").map { "\(kind.table) \($0)" } }
        }
        #expect(rows == network)
    }

    @Test func `a copy for everyone has no scenario, nor a trace of one`() throws {
        try keep(scenario())
        _ = try store.edit(who: "t", why: Self.secret) { try $0.removeChange(1, of: "plan") }
        try store.file.backup(to: folder.path("copy.gpkg"))
        try NetworkStore.open(at: folder.path("copy.gpkg")).removeRestricted()
        let copy = try NetworkStore.open(at: folder.path("copy.gpkg"))
        #expect(try copy.scenarios(for: .officer).isEmpty && copy.check().isEmpty)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path("copy.gpkg")))
        for trace in [Self.secret, "plan-new", "plan-bare", "the lease"] { #expect(!bytes.contains(Array(trace.utf8)), "\(trace)") }
        let box = try copy.file.read { db in
            try Row.fetchOne(
                db,
                sql: "SELECT min_x, (SELECT count(*) FROM sqlite_sequence WHERE name LIKE 'scenario%') FROM gpkg_contents WHERE table_name = 'scenario_changes'"
            )
        }
        #expect(box?[0] as Double? == nil && box?[1] == 0)
        #expect(try store.scenarios(for: .officer).count == 1)
    }

    @Test(arguments: [
        ("UPDATE scenario_changes SET action = 'sell' WHERE position = 1", "action is 'sell'; expected open, close, move or change"),
        ("UPDATE scenario_changes SET kind = 'palace' WHERE position = 1", "kind is 'palace'"),
        ("UPDATE scenario_changes SET services = 'tea' WHERE position = 4", "services is 'tea'"),
        ("UPDATE scenario_changes SET geom = NULL WHERE position = 3", "geom is 'nothing'; expected a point"),
        ("UPDATE scenarios SET as_of = '2026'", "as_of is '2026'; expected a day, YYYY-MM-DD"),
    ])
    func `a row that another program spoilt is named, stops no other edit, and is mended by an undo`(sql: String, problem: String) throws {
        try keep(scenario())
        try store.file.write { db in try db.execute(sql: sql) }
        let error = #expect(throws: StoreError.self) { try store.scenarios(for: .officer) }
        #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
        #expect(try store.check().contains { $0.problem.contains(problem) })
        #expect(try store.records(for: .officer).platforms.count == 2)
        let broken = try #require(try store.history().last?.change)
        #expect(try keep(scenario("other")) != nil)
        // Only who asks for the spoilt one is refused.
        #expect(try store.scenario("other", for: .officer).found?.id == "other")
        #expect(try store.scenario("nothing", for: .officer).found == nil)
        #expect(throws: StoreError.self) { try store.scenario(scenario().id, for: .officer) }
        _ = try store.undo(broken, who: "t")
        #expect(try store.scenarios(for: .officer).count == 2 && store.check().isEmpty)
    }

    @Test func `what refers to nothing is refused, and found where another program wrote it`() throws {
        var plan = scenario()
        plan.changes[0] = ScenarioChange(
            .open(PlannedPlatform(id: "x", name: "X", cite: "gone", kind: .site, location: bare.location, locationAccuracy: .town, country: "FR")))
        #expect("\(#expect(throws: StoreError.self) { try keep(plan) }!)".contains("cite is 'gone', which does not exist"))
        #expect(throws: StoreError.self) {
            try store.edit(who: "t", why: nil) {
                _ = try $0.deleteScenario("nothing")
            }
        }
        try keep(scenario())
        try store.file.write { db in try db.execute(sql: "UPDATE scenario_changes SET cite = 'gone' WHERE position = 1") }
        #expect(try store.check().contains { $0.description.contains("scenario_changes plan: cite 'gone' is not in cites") })
    }

    @Test func `scenarios are read while another program writes`() throws {
        try keep(scenario())
        try store.close()
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: folder.path("network.gpkg"), configuration: configuration)
        try other.writeWithoutTransaction { db in
            try db.beginTransaction(.immediate)
            let beside = try NetworkStore.open(at: folder.path("network.gpkg"))
            #expect(try beside.scenarios(for: .officer) == [scenario()])
            try db.rollback()
        }
    }

    @Test func `files of the network hold no scenario`() throws {
        try keep(scenario())
        #expect(try !store.allEntries().contains { $0.kind.table.hasPrefix("scenario") })
        #expect(RecordKind.named("scenario") == nil)
    }
}
