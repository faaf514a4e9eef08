import CiteNetwork
import GeoModel
import Testing

/// What a scenario makes of the records, and what it is refused for.
@Suite struct ScenarioTests {
    private static let day = CalendarDate("2026-11-23")!
    private let before = CalendarDate("2026-11-22")!
    private let later = CalendarDate("2031-01-01")!

    /// A Cité with a main place open since 1999, one that closed, one to come, one planned and one of unknown state.
    private let records: NetworkRecords = {
        var network = SmallNetwork()
        for id in ["shut", "coming", "hoped", "vague"] { network.add(SmallNetwork.platform(id, .site, services: [.training])) }
        network.period("main", .open, "1999")
        network.period("shut", .open, "1999", "2010")
        network.period("shut", .closed, "2010")
        network.period("coming", .open, "2030")
        network.period("hoped", .planned, "2026-01")
        network.period("vague", .open, "..2009")
        network.period("vague", .closed, "..2015")
        network.decide(.fonctionnement, "1999")
        network.territory()
        return NetworkRecords(
            cites: network.cites, platforms: network.platforms, periods: network.periods, decisions: network.decisions, territories: network.territories,
            poles: network.poles, sources: [Source(id: "s", title: "S", date: .unknown, reference: nil, note: nil)])
    }()

    private func planned(_ id: String = "new", cite: String? = nil, at location: Coordinate = Coordinate(x: 3.5, y: 49.5)) -> PlannedPlatform {
        PlannedPlatform(id: id, name: "New", cite: cite, kind: .ruralPlatform, location: location, locationAccuracy: .town, country: "FR")
    }

    private func scenario(_ actions: ScenarioChange.Action...) -> Scenario {
        Scenario(id: "plan", name: "A plan", asOf: Self.day, changes: actions.map { ScenarioChange($0) })
    }

    private func problem(_ actions: ScenarioChange.Action...) -> ScenarioProblem? {
        let scenario = Scenario(id: "plan", name: "A plan", asOf: Self.day, changes: actions.map { ScenarioChange($0) })
        return #expect(throws: ScenarioProblem.self) { try records.applying(scenario) }
    }

    @Test func `what is opened is open from the day on, restricted, marked as a plan, and nothing else differs`() throws {
        let after = try records.applying(scenario(.open(planned(cite: "mother"))))
        #expect(after.status(of: "new", asOf: Self.day) == .open && after.status(of: "new", asOf: before) == nil)
        let new = try #require(after.platform("new"))
        #expect(new.visibility == .restricted && new.provenance.source == "scenario:plan" && new.provenance.verified == .unknown)
        #expect(after.sources["scenario:plan"]?.title == "Scenario 'A plan': a plan")
        #expect(after.platforms.filter { $0.id != "new" } == records.platforms && after.cites == records.cites)
        for platform in records.platforms { #expect(after.periods(of: platform.id) == records.periods(of: platform.id)) }
        #expect(after.decisions(of: "mother") == records.decisions(of: "mother") && after.territories(of: "mother") == records.territories(of: "mother"))
    }

    @Test func `a platform without a Cité is there, and belongs to none`() throws {
        let after = try records.applying(scenario(.open(planned())))
        #expect(after.platform("new")?.cite == "" && after.status(of: "new", asOf: later) == .open)
        #expect(after.platforms(of: "mother").map(\.id) == records.platforms(of: "mother").map(\.id))
    }

    @Test func `closing ends what held on the day, and what was to come`() throws {
        for id in ["main", "vague", "hoped"] {
            let after = try records.applying(scenario(.close(platform: id)))
            #expect(after.status(of: id, asOf: Self.day) == .closed && after.status(of: id, asOf: later) == .closed, "\(id)")
            #expect(after.status(of: id, asOf: before) == records.status(of: id, asOf: before), "\(id)")
        }
    }

    @Test func `what moves keeps its periods and loses what named its old place`() throws {
        let place = Coordinate(x: 3, y: 48)
        let after = try records.applying(scenario(.move(platform: "main", to: place, accuracy: .town)))
        let main = try #require(after.platform("main"))
        #expect(main.location == place && main.locationAccuracy == .town && main.area == nil && main.contact.town == nil)
        #expect(main.provenance.source == "scenario:plan" && main.provenance.verified.text == "2020-01")
        #expect(after.periods(of: "main") == records.periods(of: "main"))
    }

    @Test func `a change of kind or services leaves the other as it was`() throws {
        let after = try records.applying(
            scenario(.change(platform: "vague", kind: .main, services: nil), .change(platform: "main", kind: nil, services: [.creation])))
        #expect(after.platform("vague")?.kind == .main && after.platform("vague")?.services == [.training])
        #expect(after.platform("main")?.kind == .main && after.platform("main")?.services == [.creation])
    }

    @Test func `changes build on each other in their order`() throws {
        let there = Coordinate(x: 2, y: 47)
        let opened = ScenarioChange.Action.open(planned())
        let after = try records.applying(
            scenario(opened, .move(platform: "new", to: there, accuracy: .venue), .change(platform: "new", kind: .site, services: nil)))
        #expect(after.platform("new")?.location == there && after.platform("new")?.kind == .site)
        #expect(try records.applying(scenario(opened, .close(platform: "new"))).status(of: "new", asOf: Self.day) == .closed)
        #expect(problem(.move(platform: "new", to: there, accuracy: .venue), opened)?.number == 1)
    }

    @Test(arguments: ["hoped", "coming"]) func `a platform that is only planned or to come is opened under its own id`(id: String) throws {
        let after = try records.applying(scenario(.open(planned(id))))
        #expect(after.status(of: id, asOf: Self.day) == .open && after.status(of: id, asOf: later) == .open)
        // It keeps its Cité and what the plan does not say.
        #expect(after.platform(id)?.cite == "mother" && after.platform(id)?.services == [.training] && after.platform(id)?.kind == .ruralPlatform)
    }

    @Test(arguments: [
        ("main", "the network has a platform 'main' (open on 2026-11-23)"), ("shut", "(closed on 2026-11-23)"), ("vague", "(unknown on 2026-11-23)"),
        ("mother", "is the id of a Cité"), ("A b", "is no id of a platform"), ("", "is no id of a platform"),
    ])
    func `an id that is taken or none is refused`(id: String, sentence: String) {
        let refusal = problem(.open(planned(id)))
        #expect(refusal?.description.contains(sentence) == true && refusal?.description.contains("would be accepted") == true, "\(refusal?.description ?? "")")
    }

    @Test func `errors name the change and what would be accepted`() {
        let close = ScenarioChange.Action.close(platform: "main")
        let cases: [(ScenarioProblem?, Int, ScenarioProblem.Reason, String)] = [
            (problem(.close(platform: "mai")), 1, .unknownRecord, "ids like it: main"),
            (problem(.close(platform: "mother")), 1, .unknownRecord, "its platforms: "),
            (problem(.close(platform: "shut")), 1, .notThere, "it is closed on 2026-11-23"),
            (problem(.close(platform: "coming")), 1, .notThere, "not there yet"),
            (problem(close, close), 2, .notThere, "change 1 closes it"),
            (problem(close, .change(platform: "main", kind: .site, services: nil)), 2, .notThere, "change 1 closes it"),
            (problem(close, .open(planned("main"))), 2, .idTaken, "change 1 closes 'main'"),
            (problem(.open(planned()), .open(planned())), 2, .idTaken, "change 1 opens 'new' already"),
            (problem(.change(platform: "main", kind: nil, services: nil)), 1, .empty, "neither a kind nor services"),
            (problem(.change(platform: "main", kind: nil, services: [])), 1, .malformed, "employment, professions"),
            (problem(.open(planned(cite: "nobody"))), 1, .unknownRecord, "there is no Cité 'nobody'"),
            (problem(.open(planned(at: Coordinate(x: 200, y: 0)))), 1, .malformed, "is no point"),
            (problem(.move(platform: "main", to: Coordinate(x: 0, y: 91), accuracy: .venue)), 1, .malformed, "is no point"),
        ]
        for (found, number, reason, sentence) in cases {
            #expect(found?.number == number && found?.reason == reason, "\(found?.description ?? "")")
            #expect(found?.description.hasPrefix("change \(number) (") == true && found?.description.contains(sentence) == true, "\(found?.description ?? "")")
        }
    }

    @Test func `a plan with hours that cannot be read, or fewer than no counsellors, is refused`() {
        var wrong = planned()
        wrong.hours = "sometimes"
        #expect(problem(.open(wrong))?.detail.contains("hours 'sometimes'") == true)
        wrong = planned()
        wrong.counsellors = -1
        #expect(problem(.open(wrong))?.detail.contains("0 or more would be accepted") == true)
    }
}
