import CiteNetwork
import Coverage
import Foundation
import GeoModel
import Geodesy
import Impedance
import Planning
import Population
import Siting
import Testing
import TestSupport

/// Where the next platforms go, held against what coverage says and against every choice there is.
@Suite struct SitingTests {
    private let atlas = RealWorkspace.atlas
    private let layer = RealWorkspace.layer
    private let folder = try! TemporaryFolder()
    private static let day: CalendarDate = "2026-11-23"

    private func query(
        _ area: String = "FR-02", _ objective: SitingQuery.Objective = .coverage, count: Int? = 3, within: String = "20km",
        candidates: [SitingQuery.Candidates] = [.localities(minimumPeople: 500)]
    ) throws -> SitingQuery {
        SitingQuery(
            area: try atlas.area(area, asOf: Self.day), objective: objective, count: count, within: Reach(within)!, candidates: candidates,
            facilities: .network(Eligibility(asOf: Self.day)))
    }

    private func site(_ query: SitingQuery) throws -> SitingProposal { try atlas.site(query, layer: layer.info, demand: layer.demand) }

    /// Places as a file would give them.
    private func places(_ rows: [(id: String, at: Coordinate)]) throws -> PlacesFile {
        let text = "id,name,lat,lon\n" + rows.map { "\($0.id),\($0.id),\($0.at.y),\($0.at.x)\n" }.joined()
        let name = "\(UUID().uuidString).csv"
        try folder.write(text, to: name)
        return try PlacesFile.read(folder.path(name))
    }

    private func coverage(_ area: AreaChoice, _ places: PlacesFile, within: String) throws -> CoverageRow {
        let query = CoverageQuery(area: area, reaches: [Reach(within)!], groupings: [.whole], facilities: .places(places, asOf: Self.day))
        return try atlas.coverage(query, layer: layer.info, demand: layer.demand).total
    }

    @Test(arguments: [SitingQuery.Objective.coverage, .median, .coverageThenMedian, .coverAll, .center])
    func `its figures are those that coverage gives once the proposed platforms are there`(objective: SitingQuery.Objective) throws {
        let proposal = try site(query("FR-02", objective, count: objective.takesCount ? 3 : nil))
        #expect(proposal.proof == .own && proposal.value.objective == proposal.value.bound)
        let all = proposal.facilities.members.map { ($0.id, $0.location) } + proposal.steps.map { ($0.candidate.id, $0.candidate.location) }
        let row = try coverage(proposal.query.area, places(all), within: "20km")
        let after = try #require(proposal.after.first)
        #expect(abs(row.reaches[0].people - after.reaches[0].people) < 1e-6 * row.population)
        #expect(row.distribution?.median == after.distribution?.median && row.distribution?.p90 == after.distribution?.p90)
        #expect(abs((row.distribution?.mean ?? 0) - (after.distribution?.mean ?? 1)) < 1e-6)
        let objectiveFigure = proposal.value.objective
        switch objective {
        case .coverage, .coverageThenMedian: #expect(abs(objectiveFigure - row.reaches[0].people) < 1)
        // Each person's way is a whole number of metres there, rounded up.
        case .median: #expect(objectiveFigure - row.distribution!.mean >= 0 && objectiveFigure - row.distribution!.mean < 1)
        case .center: #expect(objectiveFigure - row.distribution!.max >= 0 && objectiveFigure - row.distribution!.max < 1)
        case .coverAll: #expect(abs(row.population - row.reaches[0].people - proposal.beyondReach) < 1)
        case .fewest: break
        }
    }

    @Test func `platforms come in the order of what they add, and what they add makes up the gain`() throws {
        let proposal = try site(query(count: 6))
        let adds = proposal.steps.map(\.adds)
        #expect(adds == adds.sorted(by: >) && adds.allSatisfy { $0 > 0 })
        let gain = proposal.after[0].reaches[0].people - proposal.before[0].reaches[0].people
        #expect(abs(adds.reduce(0, +) - gain) < 1e-6 * gain)
        let newly = proposal.assignments.filter(\.isNewlyCovered).reduce(0) { $0 + $1.people }
        #expect(abs(newly - gain) < 1e-6 * gain)
    }

    @Test func `the curve rises to the proposal, each count proved, and no alternative is better`() throws {
        let proposal = try site(query(count: 5))
        #expect(proposal.curve.map(\.count) == [0, 1, 2, 3, 4, 5] && proposal.curve.allSatisfy(\.isProved))
        let values = proposal.curve.map(\.value.objective)
        #expect(values == values.sorted() && values.last == proposal.value.objective)
        #expect(proposal.alternatives.count == 5)
        for other in proposal.alternatives {
            #expect(other.change == .without && other.value!.objective <= proposal.value.objective)
            #expect(other.removed.contains(other.candidate) && !other.added.isEmpty)
        }
    }

    @Test func `every choice of small candidate files is worse than the proposed one`() throws {
        var g = SeededGenerator(seed: 51)
        let area = try atlas.area("FR-02", asOf: Self.day)
        let there = atlas.records.eligible(Eligibility(asOf: Self.day)).members.map { ($0.platform.id, $0.location) }
        for round in 0..<12 {
            let rows = (0..<7).map { (id: "c\($0)", at: Coordinate(x: .random(in: 3.0...4.2, using: &g), y: .random(in: 48.9...50.0, using: &g))) }
            let within = ["8km", "15km", "30km"][round % 3]
            let file = try places(rows)
            var best = (people: 0.0, mean: Double.infinity, largest: Double.infinity)
            for a in 0..<7 {
                for b in (a + 1)..<7 {
                    let row = try coverage(area, places(there + [rows[a], rows[b]]), within: within)
                    best.people = max(best.people, row.reaches[0].people)
                    best.mean = min(best.mean, row.distribution!.mean)
                    best.largest = min(best.largest, row.distribution!.max)
                }
            }
            var asked = try query("FR-02", .coverage, count: 2, within: within, candidates: [.places(file)])
            (asked.alternatives, asked.includesCurve) = (0, false)
            #expect(abs(try site(asked).value.objective - best.people) < 1)
            asked.objective = .median
            let mean = try site(asked).value.objective - best.mean
            #expect(mean >= -0.01 && mean < 1)
            asked.objective = .center
            let largest = try site(asked).value.objective - best.largest
            #expect(largest >= 0 && largest < 1)
        }
    }

    @Test func `the order of the rows of a file changes nothing`() throws {
        var g = SeededGenerator(seed: 52)
        let rows = (0..<40).map { (id: "c\($0)", at: Coordinate(x: .random(in: 3.0...4.2, using: &g), y: .random(in: 48.9...50.0, using: &g))) }
        let answers = try [rows, rows.shuffled(using: &g), rows.reversed()].map { rows in
            let proposal = try site(query("FR-02", .coverageThenMedian, count: 4, candidates: [.places(places(rows))]))
            return "\(proposal.steps) \(proposal.value) \(proposal.curve) \(proposal.after) \(proposal.alternatives) \(proposal.assignments)"
        }
        #expect(Set(answers).count == 1)
    }

    @Test func `required places are among them, forbidden ones not, and the spacing is kept`() throws {
        var asked = try query(count: 3)
        (asked.required, asked.forbidden, asked.spacing) = (["Hirson"], ["Laon", "Soissons"], 30_000)
        let proposal = try site(asked)
        #expect(proposal.steps.contains { $0.candidate.name == "Hirson" && $0.isRequired } && !proposal.steps.contains { $0.candidate.name == "Laon" })
        let places = proposal.steps.map(\.candidate.location)
        for (i, a) in places.enumerated() {
            for b in places[(i + 1)...] { #expect(Geodesic.distance(a, b) >= 30_000) }
            for platform in proposal.facilities.members { #expect(Geodesic.distance(a, platform.location) >= 30_000) }
        }
        let requiring = try #require(proposal.alternatives.first { $0.change == .notRequiring })
        #expect(requiring.value!.objective >= proposal.value.objective)
    }

    @Test(arguments: [
        ("FR-02", 1_000, "20km", "there are"), ("FR-75C", 1, "50km", "has a platform within 50km already"),
    ])
    func `what cannot be is answered with what would be possible`(area: String, count: Int, within: String, sentence: String) throws {
        let error = #expect(throws: PlanningError.self) { try site(query(area, count: count, within: within)) }
        #expect(error?.description.contains(sentence) == true, "\(error.map(\.description) ?? "")")
        #expect(error?.description.contains("would be accepted") == true)
    }

    @Test func `a reach that nobody is in is told with the nearest that somebody is in`() throws {
        let sea = try places([("sea", Coordinate(x: -5, y: 47))])
        let error = #expect(throws: PlanningError.self) { try site(query(count: 1, within: "10km", candidates: [.places(sea)])) }
        #expect(error?.description.contains("no candidate has anyone within 10km who has no platform within it already; the nearest is at") == true)
        var spaced = try query(count: 1)
        spaced.spacing = 300_000
        #expect("\(#expect(throws: PlanningError.self) { try site(spaced) }!)".contains("a smaller --spacing would be accepted"))
    }

    @Test func `contradictory requirements are named`() throws {
        var asked = try query(count: 1)
        asked.required = ["Laon", "Hirson"]
        #expect("\(#expect(throws: PlanningError.self) { try site(asked) }!)".contains("2 places are required and --count is 1"))
        (asked.required, asked.forbidden) = (["Laon"], ["Laon"])
        #expect("\(#expect(throws: PlanningError.self) { try site(asked) }!)".contains("Laon (3007477) is both required and forbidden"))
        (asked.required, asked.forbidden) = (["Atlantis"], [])
        #expect("\(#expect(throws: PlanningError.self) { try site(asked) }!)".contains("'Atlantis': no candidate of that id or name"))
        var spaced = try query(count: 2)
        (spaced.required, spaced.spacing) = (["Laon", "Athies-sous-Laon"], 30_000)
        #expect("\(#expect(throws: PlanningError.self) { try site(spaced) }!)".contains("both required and nearer to each other than the spacing"))
    }

    @Test func `a capacity is kept, and fewer people are served than without`() throws {
        var asked = try query(count: 2)
        asked.alternatives = 0
        let free = try site(asked)
        asked.capacity = 20_000
        let tight = try site(asked)
        #expect(tight.value.objective <= free.value.objective && tight.value.objective - free.before[0].reaches[0].people <= 40_000.01)
    }
}
