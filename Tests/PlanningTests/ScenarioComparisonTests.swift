import CiteNetwork
import Coverage
import GeoModel
import Geodesy
import Impedance
import Planning
import Population
import TestSupport
import Testing

/// Scenarios side by side, held against distances computed one by one.
@Suite struct ScenarioComparisonTests {
    private let atlas = RealWorkspace.atlas
    private let info = RealWorkspace.layer.info
    private static let day: CalendarDate = "2026-11-23"
    private let reaches = ["10km", "20km", "30km"].map { Reach($0)! }

    /// The people of the Aisne and around, with a class of density each, which no shipped layer has.
    private static let demand: DemandPoints = {
        var demand = RealWorkspace.layer.demand
        for i in 0..<demand.count { demand.density[i] = demand.people[i] > 20_000 ? .urbanCentre : demand.people[i] > 900 ? .urbanCluster : .rural }
        for i in stride(from: 0, to: demand.count, by: 50) { demand.density[i] = .unknown }
        return demand
    }()

    private func open(_ id: String, _ x: Double, _ y: Double, cite: String? = nil) -> ScenarioChange {
        ScenarioChange(
            .open(
                PlannedPlatform(
                    id: id, name: id, cite: cite, kind: .ruralPlatform, location: Coordinate(x: x, y: y), locationAccuracy: .venue, country: "FR")))
    }

    private func scenario(_ id: String, _ changes: [ScenarioChange], asOf: CalendarDate = day) -> Scenario {
        Scenario(id: id, name: id, asOf: asOf, area: "FR-02", changes: changes)
    }

    private func compare(_ scenarios: [Scenario], area: String = "FR-02", demand: DemandPoints = demand, eligibility: Eligibility? = nil) throws
        -> ScenarioComparison
    {
        try atlas.compare(
            scenarios, area: atlas.area(area, asOf: Self.day), reaches: reaches, eligibility: eligibility ?? Eligibility(asOf: Self.day), layer: info,
            demand: demand)
    }

    /// The people of an area and their metres to the nearest of some places, one by one.
    private func bruteForce(_ area: String, _ places: [Coordinate]) throws -> (members: [Int], metres: [Double]) {
        let codes = Set(atlas.areas.leaves(of: area))
        let demand = Self.demand
        let members = demand.people.indices.filter { demand.area[$0] >= 0 && codes.contains(demand.areaCodes[Int(demand.area[$0])]) }
        return (members, members.map { i in places.map { Geodesic.distance(demand.coordinates[i], $0) }.min() ?? .infinity })
    }

    private func places(_ records: NetworkRecords) -> [Coordinate] { records.eligible(Eligibility(asOf: Self.day)).members.map(\.location) }

    @Test func `people gained and lost are those of a count point by point, by reach and by class`() throws {
        var g = SeededGenerator(seed: 61)
        for round in 0..<4 {
            var changes = (0..<3).map { open("new-\(round)-\($0)", .random(in: 3.0...4.2, using: &g), .random(in: 48.9...50.0, using: &g)) }
            switch round {
            case 1: changes.append(ScenarioChange(.close(platform: "saint-quentinois-main")))
            case 2: changes.append(ScenarioChange(.move(platform: "saint-quentinois-main", to: Coordinate(x: 3.6, y: 49.4), accuracy: .venue)))
            case 3: changes = [ScenarioChange(.close(platform: "saint-quentinois-main"))]
            default: break
            }
            let plan = scenario("plan", changes)
            let comparison = try compare([plan])
            let (members, before) = try bruteForce("FR-02", places(atlas.records))
            let after = try bruteForce("FR-02", places(atlas.records.applying(plan))).metres
            let variant = comparison.variants[0]
            for (k, reach) in reaches.enumerated() {
                var (gained, lost) = ([DensityClass: Double](), [DensityClass: Double]())
                for (j, i) in members.enumerated() {
                    let density = Self.demand.density[i]
                    if after[j] <= reach.value, before[j] > reach.value { gained[density, default: 0] += Self.demand.people[i] }
                    if after[j] > reach.value, before[j] <= reach.value { lost[density, default: 0] += Self.demand.people[i] }
                }
                #expect(variant.shifts[k].within == reach.text)
                #expect(variant.shifts[k].gained == gained.values.reduce(0, +) && variant.shifts[k].lost == lost.values.reduce(0, +), "round \(round)")
                for group in variant.byDensity {
                    let shift = group.shifts[k]
                    #expect(shift.gained == gained[group.density] ?? 0 && shift.lost == lost[group.density] ?? 0, "round \(round), \(group.density)")
                }
                let net = variant.coverage.total.reaches[k].people - comparison.baseline.coverage.total.reaches[k].people
                #expect(abs(net - (variant.shifts[k].gained - variant.shifts[k].lost)) < 1e-6)
            }
            #expect(variant.byDensity.reduce(0) { $0 + $1.population } == variant.coverage.total.population)
            #expect(comparison.baseline.shifts.allSatisfy { $0.gained == 0 && $0.lost == 0 })
        }
    }

    @Test func `its figures are those of coverage with the same places in a file`() throws {
        let plan = scenario("plan", [open("a", 3.4, 49.5), open("b", 3.9, 49.85), ScenarioChange(.close(platform: "saint-quentinois-main"))])
        let comparison = try compare([plan])
        let members = try atlas.records.applying(plan).eligible(Eligibility(asOf: Self.day)).members
        let folder = try TemporaryFolder()
        try folder.write("id,lat,lon\n" + members.map { "\($0.platform.id),\($0.location.y),\($0.location.x)\n" }.joined(), to: "places.csv")
        let query = CoverageQuery(
            area: try atlas.area("FR-02", asOf: Self.day), reaches: reaches, groupings: [.whole, .density],
            facilities: .places(try PlacesFile.read(folder.path("places.csv")), asOf: Self.day))
        let answer = try atlas.coverage(query, layer: info, demand: Self.demand)
        let coverage = comparison.variants[0].coverage
        #expect(coverage.total == answer.total && coverage.groups.map(\.rows) == answer.groups.map(\.rows))
        #expect(coverage.platforms == members.count && coverage.facilities.scenario == "plan" && comparison.baseline.coverage.facilities.scenario == nil)
    }

    @Test func `one platform that opens and one that closes do not make up for each other`() throws {
        let comparison = try compare([scenario("swap", [ScenarioChange(.close(platform: "saint-quentinois-main")), open("south", 3.4, 49.05)])])
        let shift = comparison.variants[0].shifts[1]
        #expect(shift.gained > 1_000 && shift.lost > 1_000)
    }

    @Test func `a layer without classes has none here either`() throws {
        let comparison = try compare([scenario("plan", [open("a", 3.4, 49.5)])], demand: RealWorkspace.layer.demand)
        #expect(comparison.baseline.byDensity.isEmpty && comparison.variants[0].byDensity.isEmpty && comparison.baseline.coverage.groups.count == 1)
    }

    @Test func `platforms without a Cité meet the labels of others as one label, and not each other`() throws {
        let near = scenario("near", [open("a", 3.3, 49.84), open("b", 3.31, 49.85)])
        let own = scenario("own", [open("a", 3.3, 49.84, cite: "saint-quentinois"), open("b", 3.31, 49.85, cite: "saint-quentinois")])
        let comparison = try compare([near, own])
        func pairs(_ k: Int) -> [[String]] {
            comparison.variants[k].overlaps.overlaps.compactMap { overlap in
                guard case .reach(let reach, _, _, _) = overlap.basis, reach.text == "10km" else { return nil }
                return [overlap.first.id, overlap.second.id].sorted()
            }
        }
        #expect(pairs(0).contains(["saint-quentinois", "scenario:near"]) && !pairs(1).contains { $0.contains("scenario:own") })
        #expect(!comparison.variants[0].overlaps.territoryUnknown.contains { $0.cite.id == "scenario:near" })
        #expect(comparison.baseline.overlaps.overlaps.count < comparison.variants[0].overlaps.overlaps.count)
        // Asked of the scenario's network alone, labels meet in the same way.
        let alone = try atlas.applying(near).overlaps(
            within: reaches, area: atlas.area("FR-02", asOf: Self.day), eligibility: Eligibility(asOf: Self.day), layer: info, demand: Self.demand)
        let told = alone.overlaps.filter { $0.first.id == "scenario:near" || $0.second.id == "scenario:near" }
        #expect(alone.hasStandIn && !told.isEmpty && !comparison.baseline.overlaps.hasStandIn)
        #expect(
            told.map(\.people)
                == comparison.variants[0].overlaps.overlaps.filter { $0.second.id == "scenario:near" || $0.first.id == "scenario:near" }.map(\.people))
    }

    @Test func `scenarios of different days are compared on the latest, and on no day before`() throws {
        let (early, late) = (scenario("early", [open("a", 3.4, 49.5)], asOf: "2026-01-01"), scenario("late", [open("b", 3.9, 49.85)], asOf: "2027-03-01"))
        #expect(try ScenarioComparison.day(of: [early, late]) == "2027-03-01")
        #expect(try ScenarioComparison.day(of: [early, late], asked: "2030-01-01") == "2030-01-01")
        let error = #expect(throws: PlanningError.self) { try compare([early, late]) }
        #expect(error?.description.contains("'late' changes the network from 2027-03-01 on; 2026-11-23 is before that") == true)
        let comparison = try compare([early, late], eligibility: Eligibility(asOf: "2027-03-01"))
        let counts = ([comparison.baseline] + comparison.variants).map(\.coverage.platforms)
        #expect(counts == [counts[0], counts[0] + 1, counts[0] + 1])
    }

    @Test func `a scenario that no longer fits the network says which change to take back`() throws {
        let error = #expect(throws: PlanningError.self) { try compare([scenario("old", [open("a", 3.4, 49.5), ScenarioChange(.close(platform: "gone"))])]) }
        #expect(error?.description.contains("'old' does not fit the network: change 2 (close gone)") == true)
        #expect(error?.description.contains("'maillage scenario drop old 2'") == true)
    }

    @Test func `every measure takes the network of a scenario, and names it`() throws {
        let plan = scenario("plan", [open("a", 3.4, 49.5)])
        let there = try atlas.applying(plan)
        let rule = Eligibility(asOf: Self.day)
        let distances = try there.distances(kinds: nil, within: reaches, eligibility: rule, layer: info, demand: RealWorkspace.thinnedDemand)
        let row = try #require(distances.rows.first { $0.id == "a" })
        #expect(row.toSeat == .unknown(reason: "its Cité is not recorded") && distances.facilities.scenario == "plan")
        let site = SitingQuery(
            area: try atlas.area("FR-02", asOf: Self.day), objective: .coverage, count: 1, within: Reach("20km")!,
            candidates: [.localities(minimumPeople: 2_000)], facilities: .network(rule))
        let proposal = try there.site(site, layer: info, demand: RealWorkspace.layer.demand)
        #expect(proposal.facilities.members.contains { $0.id == "a" && $0.cite == nil } && proposal.facilities.scenario == "plan")
        var query = CoverageQuery(area: try atlas.area("FR-02", asOf: Self.day), reaches: reaches, groupings: [.cite], facilities: .network(rule))
        #expect(try there.coverage(query, layer: info, demand: Self.demand).groups[0].unplaced?.name == "of no Cité")
        query.without = ["a"]
        #expect(
            try there.coverage(query, layer: info, demand: Self.demand).total
                == atlas.coverage(
                    {
                        var q = query; q.without = []; return q
                    }(), layer: info, demand: Self.demand
                ).total)
    }
}
