import CiteNetwork
import Coverage
import Foundation
import Impedance
import Planning
import Population
import Testing
import TestSupport

/// What a dossier says, held against the measures it is made of.
@Suite struct DossierTests {
    private let atlas = RealWorkspace.atlas
    private static let day: CalendarDate = "2026-11-23"

    private func query(_ area: String = "FR-02", _ plan: DossierQuery.Plan = .proposal(count: 2), within: String = "20km") throws -> DossierQuery {
        DossierQuery(
            area: try atlas.area(area, asOf: Self.day), areaText: area, plan: plan, within: Reach(within)!, reaches: AssessmentQuery.usualReaches,
            eligibility: Eligibility(asOf: Self.day))
    }

    private func dossier(_ query: DossierQuery) throws -> Dossier {
        try atlas.dossier(query, layer: RealWorkspace.workspace.openLayer(nil), in: RealWorkspace.workspace)
    }

    private func opening(_ id: String, in town: String, cite: String? = nil, area: Double? = nil, counsellors: Double? = nil, hours: String? = nil) throws
        -> ScenarioChange
    {
        let place = try atlas.place(named: town)
        return ScenarioChange(
            .open(
                PlannedPlatform(
                    id: id, name: town, cite: cite, kind: .ruralPlatform, location: place.location, locationAccuracy: .town,
                    locality: place.locality.map { "\($0.id)" }, country: "FR", counsellors: counsellors, floorArea: area, hours: hours)))
    }

    @Test func `coverage with the project is what siting says of it`() throws {
        let dossier = try dossier(query())
        guard case .proposal(let proposal) = dossier.plan else { throw TestFailure("no proposal") }
        let (there, after) = (dossier.before.total.reaches[1], dossier.after.total.reaches[1])
        #expect(there.people == proposal.before[0].reaches[0].people && after.people == proposal.after[0].reaches[0].people)
        #expect(after.people - there.people == proposal.steps.reduce(0) { $0 + $1.adds })
        #expect(dossier.proposed.map(\.adds) == proposal.steps.map(\.adds))
        #expect(dossier.leftOutAfter.people == dossier.after.total.population - after.people)
        #expect(dossier.leftOutAfter.rows.count == dossier.leftOutAfter.localities, "the appendix has all of them")
        let gained = zip(dossier.cellsBefore.impedance, dossier.cellsAfter.impedance).enumerated().reduce(0.0) { sum, pair in
            pair.element.0 > 20_000 && pair.element.1 <= 20_000 ? sum + dossier.cellsBefore.demand.people[pair.offset] : sum
        }
        #expect(abs(gained - (after.people - there.people)) < 1e-6)
    }

    @Test func `a project of its own is a label that meets its neighbours, and is gone where its platforms belong to a Cité`() throws {
        let own = try dossier(query())
        let id = try #require(own.projectID)
        #expect(own.overlapsAfter.overlaps.contains { $0.first.id == id || $0.second.id == id })
        #expect(!own.overlapsBefore.overlaps.contains { $0.first.id == id || $0.second.id == id })
        var question = try query()
        question.cite = "saint-quentinois"
        let joined = try dossier(question)
        #expect(joined.projectID == nil && joined.proposed.allSatisfy { $0.platform.cite == "saint-quentinois" })
        #expect(joined.overlapsAfter.overlaps.allSatisfy { $0.first.id != id && $0.second.id != id })
        #expect(
            joined.proposed.allSatisfy {
                if case .distance(let metres, _) = $0.toSeat { metres > 1_000 } else { false }
            })
    }

    @Test func `the criteria of a rural platform are met, not met or not chosen yet`() throws {
        let scenario = Scenario(
            id: "two", name: "Two", asOf: Self.day, area: "FR-02",
            changes: [try opening("laon-rural", in: "Laon", area: 120, counsellors: 2), try opening("hirson-rural", in: "Hirson", hours: "Mo-Fr 09:00-12:00")])
        let dossier = try dossier(query("FR-02", .scenario(scenario)))
        let verdicts = dossier.proposed.map { one in (one.ruralCriteria ?? []).map(\.isMet) }
        #expect(verdicts == [[.no, .yes, .unknown], [.unknown, .unknown, .yes]])
        #expect(dossier.proposed.allSatisfy { $0.adds == nil } && dossier.has(.scenario) && !dossier.has(.siting))
        let comparison = try atlas.compare(
            [scenario], area: atlas.area("FR-02", asOf: Self.day), reaches: AssessmentQuery.usualReaches, eligibility: Eligibility(asOf: Self.day),
            layer: RealWorkspace.workspace.openLayer(nil))
        #expect(dossier.after.total.reaches == comparison.variants[0].coverage.total.reaches)
    }

    @Test func `the timetable is reckoned from the opening, and the rule of a year stands in it`() throws {
        let steps = TimetableStep.plan(opening: "2028-08-31")
        #expect(steps.first { $0.kind == .opening }?.date == "2028-08-31")
        #expect(steps.first { $0.kind == .confirmation }?.date == "2029-08-31" && steps.first { $0.kind == .confirmation }?.lines != nil)
        #expect(steps.first { $0.kind == .team }?.date == "2028-02-29", "February has no 31st")
        #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.months <= $1.months })
        #expect(TimetableStep.plan(opening: nil).allSatisfy { $0.date == nil })
    }

    @Test func `each source says what it is, and what was read has a hash`() throws {
        let first = try dossier(query())
        #expect(Set(first.sources.map(\.kind)).count == first.sources.count)
        for kind in [DossierSource.Kind.population, .network, .areas] {
            let hash = try #require(first.sources.first { $0.kind == kind }?.hash)
            #expect(hash.wholeMatch(of: /[0-9a-f]{64}/) != nil)
        }
        let second = try dossier(query())
        #expect(first.sources == second.sources && first.inputs == second.inputs)
        #expect(first.sources.first { $0.kind == .population }?.isIndicative == true)
    }

    @Test func `reaches that are durations are refused with what would be accepted`() throws {
        #expect(throws: PlanningError.self) { try dossier(query(within: "20min")) }
    }
}

private struct TestFailure: Error {
    var reason: String
    init(_ reason: String) { self.reason = reason }
}
