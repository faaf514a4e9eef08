import CiteNetwork
import Foundation
import GRDB
import GeoModel
import GeoPackage
import NetworkStore
import Planning
import TestSupport
import Testing

/// Scenarios edited and adopted on a copy of the network that ships.
@Suite struct ScenarioEditingTests {
    let folder: TemporaryFolder
    let store: NetworkStore
    private static let day: CalendarDate = "2026-11-23"

    init() throws {
        folder = try TemporaryFolder()
        try RealWorkspace.atlas.store.file.backup(to: folder.path("network.gpkg"))
        store = try NetworkStore.open(at: folder.path("network.gpkg"))
    }

    private var editing: ScenarioEditing { ScenarioEditing(store, who: "t", why: nil) }
    private func atlas() throws -> Atlas { try Atlas(store: store, for: .officer) }

    private func make(_ id: String = "plan", asOf day: CalendarDate = day) throws {
        _ = try editing.make(Scenario(id: id, name: "A plan", asOf: day, area: "FR-02"))
    }

    @discardableResult
    private func open(_ place: String, in id: String = "plan", _ adjust: (inout ScenarioOpening) -> Void = { _ in }) throws -> ScenarioEditing.Outcome {
        let atlas = try atlas()
        var opening = ScenarioOpening(place: try atlas.plannedPlace(atlas.place(named: place)), name: place)
        adjust(&opening)
        return try editing.add(to: id) { ScenarioOpening.changes([opening], in: $0, $1) }
    }

    /// Every row of every table that people keep, by the SQL of the tables themselves.
    private func dump() throws -> [String] {
        try store.file.read { db in
            try RecordKind.logged.flatMap { kind in try Row.fetchAll(db, sql: "SELECT * FROM \(kind.table) ORDER BY fid").map { "\(kind.table) \($0)" } }
        }
    }

    private func adoption(_ adjust: (inout ScenarioAdoption) -> Void = { _ in }) -> ScenarioAdoption {
        var how = ScenarioAdoption(today: Self.day)
        adjust(&how)
        return how
    }

    @Test func `a platform is placed by its town, and gets an id, a kind, an area and a country`() throws {
        try make()
        guard case .open(let laon) = try open("Laon").changes[0].action else { return #expect(Bool(false)) }
        #expect(laon.id == "plan-laon" && laon.kind == .ruralPlatform && laon.area == "FR-02" && laon.country == "FR" && laon.locality == "3007477")
        guard case .open(let centre) = try open("Chauny", { $0.cite = "saint-quentinois" }).changes[0].action else { return #expect(Bool(false)) }
        #expect(centre.id == "saint-quentinois-chauny" && centre.kind == .associatedCentre && centre.locationAccuracy == .town)
        guard case .open(let again) = try open("Laon").changes[0].action else { return #expect(Bool(false)) }
        #expect(again.id == "plan-laon-2")
        let point = try atlas().plannedPlace(Place(at: Coordinate(x: 3.6236, y: 49.5636)))
        #expect(point.accuracy == .venue && point.area == "FR-02" && point.name == "Laon")
        #expect(throws: PlanningError.self) { try atlas().plannedPlace(Place(at: Coordinate(x: -40, y: 30))) }
    }

    @Test func `what cannot be is refused, and nothing is changed`() throws {
        try make()
        try open("Laon")
        let before = try dump()
        let change = { (action: ScenarioChange.Action) in _ = try editing.add(to: "plan") { _, _ in [ScenarioChange(action)] } }
        let refusals: [(String, () throws -> Void)] = [
            ("there is no platform 'parix'; ids like it: paris-main", { try change(.close(platform: "parix")) }),
            ("'paris' is a Cité; its platforms: paris-main", { try change(.close(platform: "paris")) }),
            ("neither a kind nor services", { try change(.change(platform: "paris-main", kind: nil, services: nil)) }),
            ("no scenario 'nothing'; scenarios: plan", { try open("Laon", in: "nothing") }), ("there is a scenario 'plan' already", { try make() }),
            ("'A B' is no id of a scenario", { try make("A B") }),
            ("the scenario 'plan' has no change 7; changes: 1 to 1", { _ = try editing.drop(7, of: "plan") }),
            ("the network has a platform 'paris-main'", { try open("Laon") { $0.id = "paris-main" } }),
            ("there is no Cité 'nobody'", { try open("Laon") { $0.cite = "nobody" } }), ("no scenario 'nothing'", { _ = try editing.delete("nothing") }),
            ("plan-laon has no Cité; --cite ID", { _ = try editing.adopt("plan", adoption()) }),
            ("no Cité 'nobody'", { _ = try editing.adopt("plan", adoption { $0.cite = "nobody" }) }),
            ("source is 'nobody', which does not exist", { _ = try editing.adopt("plan", adoption { ($0.cite, $0.source) = ("paris", "nobody") }) }),
            ("form is 'palace'", { _ = try editing.adopt("plan", adoption { $0.newCite = ["id": "x", "name": "X", "form": "palace", "country": "FR"] }) }),
            ("a planned Cité is restricted", { _ = try editing.adopt("plan", adoption { $0.newCite = ["id": "x", "visibility": "public"] }) }),
        ]
        for (sentence, attempt) in refusals {
            let error = #expect(throws: (any Error).self) { try attempt() }
            #expect(error.map { "\($0)".contains(sentence) } == true, "\(error.map { "\($0)" } ?? "") for \(sentence)")
            #expect(try dump() == before, "\(sentence)")
        }
    }

    @Test func `of several changes all are taken or none`() throws {
        try make()
        let before = try dump()
        #expect(throws: PlanningError.self) {
            try editing.add(to: "plan") { _, _ in [ScenarioChange(.close(platform: "paris-main")), ScenarioChange(.close(platform: "parix"))] }
        }
        #expect(try dump() == before)
    }

    @Test func `a change on which a later one builds is not taken back alone`() throws {
        try make()
        try open("Laon")
        _ = try editing.add(to: "plan") { _, _ in [ScenarioChange(.move(platform: "plan-laon", to: Coordinate(x: 3.6, y: 49.6), accuracy: .venue))] }
        let error = #expect(throws: PlanningError.self) { try editing.drop(1, of: "plan") }
        #expect(error?.description.contains("a later change builds on it (move plan-laon") == true)
        _ = try editing.drop(nil, of: "plan")
        _ = try editing.drop(nil, of: "plan")
        #expect(try atlas().scenario("plan", for: .officer).changes.isEmpty)
    }

    @Test func `a rehearsal changes nothing`() throws {
        try make()
        try open("Laon")
        let before = try dump()
        let rehearsal = ScenarioEditing(store, who: "t", why: nil, dryRun: true)
        #expect(try rehearsal.drop(1, of: "plan").changes.count == 1)
        #expect(try rehearsal.delete("plan").scenario.id == "plan")
        #expect(try rehearsal.adopt("plan", adoption { $0.cite = "paris" }).planned == ["plan-laon"])
        #expect(try dump() == before)
    }

    @Test func `adopting plans what is opened, restricted, in one change that an undo reverses to the last row`() throws {
        try make()
        try open("Laon") { ($0.counsellors, $0.services, $0.hours) = (1.5, [.employment], "Tu 09:00-12:00") }
        try open("Chauny") { $0.cite = "saint-quentinois" }
        _ = try editing.add(to: "plan") { _, _ in [ScenarioChange(.close(platform: "saint-quentinois-main")), ScenarioChange(.close(platform: "paris-main"))] }
        let before = try dump()
        let how = adoption { $0.newCite = ["id": "reseau-aisne", "name": "Réseau de l'Aisne", "form": "reseauDesMetiers", "country": "FR"] }
        let adopted = try editing.adopt("plan", how)
        #expect(adopted.planned == ["plan-laon", "saint-quentinois-chauny"] && adopted.notRecorded.map(\.number) == [3, 4])
        let records = try store.records(for: .officer)
        let laon = try #require(records.platform("plan-laon"))
        #expect(laon.cite == "reseau-aisne" && laon.visibility == .restricted && laon.counsellors == 1.5 && laon.contact.town == "Laon")
        #expect(laon.provenance.source == "scenario-plan" && records.sources["scenario-plan"]?.title == "Scenario 'A plan'")
        #expect(records.platform("saint-quentinois-chauny")?.cite == "saint-quentinois" && records.cite("reseau-aisne")?.visibility == .restricted)
        #expect(records.status(of: "plan-laon", asOf: Self.day) == .planned && records.status(ofCite: "reseau-aisne", asOf: Self.day) == .planned)
        #expect(records.status(of: "paris-main", asOf: Self.day) == .open)
        #expect(try store.records(for: .everyone).platform("plan-laon") == nil && store.records(for: .everyone).cite("reseau-aisne") == nil)
        #expect(try store.check().isEmpty)

        let after = try dump()
        let twice = #expect(throws: PlanningError.self) { try editing.adopt("plan", adoption { $0.cite = "paris" }) }
        #expect(twice?.description.contains("the network has plan-laon, saint-quentinois-chauny already") == true)
        #expect(try dump() == after)

        // It goes on telling what its opening would do.
        let atlas = try atlas()
        let plan = try atlas.scenario("plan", for: .officer)
        #expect(atlas.report(on: plan).isAdopted && atlas.report(on: plan).problem == nil)
        #expect(try atlas.applying(plan).records.status(of: "plan-laon", asOf: Self.day) == .open)
        #expect(try atlas.applying(plan).records.platform("plan-laon")?.cite == "reseau-aisne")

        _ = try store.undo(#require(adopted.outcome.number), who: "t")
        #expect(try dump() == before && store.check().isEmpty)
    }

    @Test func `what others planned under an id of it is not adopted, and is left out when it is`() throws {
        try make()
        try open("Laon")
        _ = try editing.adopt("plan", adoption { $0.cite = "saint-quentinois" })
        // Another scenario opens the same id in another town.
        try make("other")
        try open("Hirson", in: "other") { $0.id = "plan-laon" }
        #expect(try atlas().report(on: atlas().scenario("other", for: .officer)).adopted.isEmpty)
        #expect(throws: PlanningError.self) { try editing.adopt("other", adoption { $0.cite = "saint-quentinois" }) }
        try open("Guise", in: "other")
        let adopted = try editing.adopt("other", adoption { $0.cite = "saint-quentinois" })
        #expect(adopted.planned == ["other-guise"] && adopted.notRecorded.map(\.number) == [1])
        #expect(try atlas().report(on: atlas().scenario("other", for: .officer)).adopted == ["other-guise"])
    }

    @Test func `closings are recorded where they are asked for, and a future plan is planned from today`() throws {
        try make(asOf: "2028-01-01")
        try open("Laon")
        _ = try editing.add(to: "plan") { _, _ in [ScenarioChange(.close(platform: "paris-main"))] }
        let adopted = try editing.adopt("plan", adoption { ($0.cite, $0.recordsClosings) = ("saint-quentinois", true) })
        let records = try store.records(for: .officer)
        #expect(adopted.notRecorded.isEmpty && records.status(of: "paris-main", asOf: "2027-12-31") == .open)
        #expect(records.status(of: "paris-main", asOf: "2028-01-01") == .closed && records.status(of: "plan-laon", asOf: Self.day) == .planned)
        #expect(records.status(of: "plan-laon", asOf: "2026-11-22") == nil)
    }

    @Test func `what a scenario opens and closes again is not adopted`() throws {
        try make()
        try open("Laon")
        _ = try editing.add(to: "plan") { _, _ in [ScenarioChange(.close(platform: "plan-laon"))] }
        let error = #expect(throws: PlanningError.self) { try editing.adopt("plan", adoption { $0.cite = "paris" }) }
        #expect(error?.description.contains("there is nothing to adopt") == true)
    }

    @Test(arguments: ["csv", "geojson"]) func `a proposal becomes changes with their origin, whatever its form`(form: String) throws {
        try make()
        let csv = "order,id,name,area,lat,lon,adds\n1,3007477,Laon,FR-02,49.56310,3.62714,1234.0\n2,mairie,Hirson,FR-02,49.92,4.08,1e30\n"
        let json = """
            {"type":"FeatureCollection","features":[
            {"type":"Feature","id":"3007477","geometry":{"type":"Point","coordinates":[3.62714,49.5631]},"properties":{"role":"proposed","id":"3007477","name":"Laon","order":1,"adds":1234}},
            {"type":"Feature","id":"mairie","geometry":{"type":"Point","coordinates":[4.08,49.92]},"properties":{"role":"proposed","id":"mairie","name":"Hirson","order":2,"adds":1e30}},
            {"type":"Feature","id":"paris-main","geometry":{"type":"Point","coordinates":[2.4,48.9]},"properties":{"role":"existing","id":"paris-main"}},
            {"type":"Feature","geometry":{"type":"LineString","coordinates":[[3,49],[3.6,49.5]]},"properties":{"role":"assignment"}}]}
            """
        let path = try folder.write(form == "csv" ? csv : json, to: "proposed.\(form)")
        let atlas = try atlas()
        let openings = try ScenarioOpening.proposed(PlacesFile.read(path), in: atlas) { $0.kind = $0.kind ?? .site }
        let outcome = try editing.add(to: "plan") { ScenarioOpening.changes(openings, in: $0, $1) }
        #expect(outcome.changes.map(\.platform) == ["plan-laon", "plan-hirson"])
        #expect(outcome.changes[0].origin == "proposed.\(form), place 1 (GeoNames 3007477), adds 1234 people")
        // A gain that no count of people can be is not told.
        #expect(outcome.changes[1].origin == "proposed.\(form), place 2")
        let planned = outcome.changes.compactMap { if case .open(let planned) = $0.action { planned } else { nil } }
        #expect(
            planned.map(\.locationAccuracy) == [.town, .venue] && planned.map(\.kind) == [.site, .site] && planned[1].location == Coordinate(x: 4.08, y: 49.92))
        #expect(planned.allSatisfy { $0.area == "FR-02" && $0.country == "FR" })
    }

    @Test func `ids are made of names, and none is one that an area answers to`() throws {
        let atlas = try atlas()
        func id(_ name: String) throws -> String { try DerivedID.scenario(name, in: atlas) }
        #expect(try id("Aisne 2027") == "aisne-2027" && id("Aisne") == "aisne-scenario" && id("  Trois œuvres à l'Est ! ") == "trois-oeuvres-a-l-est")
        #expect(throws: PlanningError.self) { try id("Москва") }
        #expect(try RecordID.isValid(id(String(repeating: "long name ", count: 30))))
    }
}
