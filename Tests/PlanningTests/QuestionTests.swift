import CiteNetwork
import Coverage
import Foundation
import GeoModel
import Geodesy
import GeoPackage
import GRDB
import NetworkStore
import Impedance
import Planning
import Population
import Testing
import TestSupport

@Suite struct QuestionTests {
    private let atlas = RealWorkspace.atlas

    @Test func `the nearest platforms from anywhere are those that brute force finds, to the millimetre`() {
        let rule = Eligibility(asOf: "2026-11-22")
        let nearest = NearestPlatforms(atlas.records, rule)
        let members = atlas.records.eligible(rule).members
        var g = SeededGenerator(seed: 21)
        for _ in 0..<500 {
            let c = Coordinate(x: .random(in: -180...180, using: &g), y: asin(.random(in: -1...1, using: &g)) * 180 / .pi)
            let expected = members.map { (Geodesic.distance(c, $0.location), $0.platform.id) }.sorted { $0 < $1 }.prefix(5)
            let answer = nearest.nearest(5, to: c)
            #expect(answer.results.map(\.platform.id) == expected.map(\.1))
            #expect(zip(answer.results, expected).allSatisfy { abs($0.distance - $1.0) < 0.001 })
        }
    }

    @Test func `platforms of unknown state count only when asked for, and are counted when left out`() {
        let without = atlas.records.eligible(Eligibility(asOf: "2026-11-22"))
        let with = atlas.records.eligible(Eligibility(asOf: "2026-11-22", includesUnknown: true))
        #expect(without.leftOutAsUnknown > 0 && with.members.count == without.members.count + without.leftOutAsUnknown)
        #expect(with.members.contains { $0.platform.id == "nimes-main" } && !without.members.contains { $0.platform.id == "nimes-main" })
        #expect(!with.members.contains { $0.platform.id == "nanaimo-main" })
    }

    @Test func `a place of unknown state is listed apart where it is nearer than the farthest answer`() {
        let nearest = NearestPlatforms(atlas.records, Eligibility(asOf: "2026-11-22"))
        let fromMauritius = nearest.nearest(1, to: Coordinate(x: 57.5, y: -20.16))
        #expect(fromMauritius.results.map(\.platform.id) == ["mayotte-main"] && fromMauritius.stateNotKnown.map(\.platform.id) == ["maurice-main"])
        #expect(nearest.nearest(1, to: Coordinate(x: 2.39, y: 48.9)).stateNotKnown.isEmpty)
    }

    @Test func `who is asked for a service lists apart those of whom it is not known`() throws {
        let answer = NearestPlatforms(atlas.records, Eligibility(asOf: "2026-11-22", service: .training)).nearest(3, to: Coordinate(x: 2.35, y: 48.85))
        #expect(answer.results.allSatisfy { $0.platform.services?.contains(.training) == true } && answer.results.first?.platform.id == "paris-main")
        #expect(!answer.serviceNotKnown.isEmpty && answer.serviceNotKnown.allSatisfy { $0.platform.services == nil })
    }

    @Test func `a name means the most populous place, an area after a comma narrows it`() throws {
        #expect(try atlas.place(named: "Genf").locality?.name == "Genève" || atlas.place(named: "Genf").locality?.name == "Geneva")
        let reunion = try atlas.place(named: "Saint-Denis")
        #expect(reunion.locality?.area == "FR-974" && reunion.alternatives.contains { $0.area == "FR-93" })
        #expect(try atlas.place(named: "saint denis, Seine-Saint-Denis").locality?.area == "FR-93")
        let error = #expect(throws: PlanningError.self) { try atlas.place(named: "Saint-Quentinnn") }
        #expect(error?.description.contains("Saint-Quentin") == true)
    }

    @Test func `France is the sum of its départements, and a département of its people`() throws {
        let (info, demand) = RealWorkspace.layer
        let reaches = ["10km", "30km", "50km"].map { Reach($0)! }
        let rule = Eligibility(asOf: "2026-11-22")
        let answer = try atlas.coverage(
            CoverageQuery(area: atlas.area("FR", asOf: "2026-11-22"), reaches: reaches, grouping: .area(kind: nil), eligibility: rule), layer: info,
            demand: demand)
        #expect(answer.rows.count == 101)
        let parts = answer.rows + [answer.unplaced].compactMap { $0 }
        #expect(parts.reduce(0) { $0 + $1.population } == answer.total.population)
        for k in reaches.indices { #expect(parts.reduce(0) { $0 + $1.reaches[k].people } == answer.total.reaches[k].people) }
        // One département by brute force.
        let platforms = atlas.records.eligible(rule).members.map(\.location)
        let aisne = demand.people.indices.filter { demand.area[$0] >= 0 && demand.areaCodes[Int(demand.area[$0])] == "FR-02" }
        let near = aisne.filter { i in platforms.contains { Geodesic.distance($0, demand.coordinates[i]) <= 30_000 } }
        let row = try #require(answer.rows.first { $0.key == "FR-02" })
        #expect(row.population == aisne.reduce(0) { $0 + demand.people[$1] })
        #expect(row.reaches[1].people == near.reduce(0) { $0 + demand.people[$1] })
        // Régions hold their départements.
        let regions = try atlas.coverage(
            CoverageQuery(area: atlas.area("France", asOf: "2026-11-22"), reaches: reaches, grouping: .area(kind: "region"), eligibility: rule), layer: info,
            demand: demand)
        #expect(regions.rows.count == 18 && regions.rows.reduce(0) { $0 + $1.population } == regions.total.population)
    }

    @Test func `a shape, an EPCI and an old région have the people they cover`() throws {
        let (info, demand) = RealWorkspace.layer
        func people(_ area: String, _ day: CalendarDate = "2026-11-22") throws -> Double {
            try atlas.coverage(
                CoverageQuery(area: atlas.area(area, asOf: day), reaches: [Reach("30km")!], grouping: .whole, eligibility: Eligibility(asOf: day)),
                layer: info, demand: demand
            ).total.population
        }
        #expect(try people("FR-S") == people("FR-02") + people("FR-60") + people("FR-80"))
        let folder = try TemporaryFolder()
        let file = try folder.write(
            #"{"type":"Polygon","coordinates":[[[-10,41],[11,41],[11,52],[-10,52],[-10,41]]]}"#, to: "box.geojson")
        let inside = demand.people.indices.filter { (-10...11).contains(demand.coordinates[$0].x) && (41...52).contains(demand.coordinates[$0].y) }
        #expect(try people(file) == inside.reduce(0) { $0 + demand.people[$1] })
        let nimes = try people("epci:243000643")
        #expect(nimes > 200_000 && nimes < 300_000)
    }

    @Test func `EPCI as parts have the people their polygons cover, and the rest is listed apart`() throws {
        let (info, demand) = RealWorkspace.layer
        func answer(_ grouping: CoverageQuery.Grouping, _ area: String, _ day: CalendarDate = "2026-11-22") throws -> CoverageAnswer {
            try atlas.coverage(
                CoverageQuery(area: atlas.area(area, asOf: day), reaches: [Reach("30km")!], grouping: grouping, eligibility: Eligibility(asOf: day)),
                layer: info,
                demand: demand)
        }
        let gard = try answer(.area(kind: "epci"), "FR-30")
        #expect(gard.rows.map(\.key) == ["epci:243000643"] && gard.rows[0].population > 200_000)
        #expect(gard.rows[0].population + (gard.unplaced?.population ?? 0) == gard.total.population)
        // Régions are those of the day.
        #expect(try answer(.area(kind: "region"), "FR", "2009-12-31").rows.contains { $0.key == "FR-S" })
        #expect(try !answer(.area(kind: "region"), "FR").rows.contains { $0.key == "FR-S" })
    }

    @Test func `points that state no area are placed by the polygons, and those at sea are listed apart`() throws {
        var demand = DemandPoints()
        demand.append(Coordinate(x: 3.29, y: 49.85), people: 100)  // Saint-Quentin
        demand.append(Coordinate(x: 4.83, y: 45.76), people: 50)  // Lyon
        demand.append(Coordinate(x: -30, y: 45), people: 7)  // the Atlantic
        let answer = try atlas.coverage(
            CoverageQuery(
                area: atlas.area("FR", asOf: "2026-11-22"), reaches: [Reach("10km")!], grouping: .area(kind: nil), eligibility: Eligibility(asOf: "2026-11-22")),
            layer: RealWorkspace.layer.info, demand: demand)
        #expect(answer.total.population == 150)
        #expect(answer.rows.first { $0.key == "FR-02" }?.reaches[0].people == 100)
        #expect(answer.rows.first { $0.key == "FR-69" }?.population == 50)
        #expect(answer.unplaced == nil)
    }

    @Test func `without any platform everybody is unreached, and no statistic is made up`() throws {
        let (info, demand) = RealWorkspace.layer
        let answer = try atlas.coverage(
            CoverageQuery(
                area: atlas.area("MU", asOf: "1980-01-01"), reaches: [Reach("10km")!], grouping: .whole, eligibility: Eligibility(asOf: "1980-01-01")),
            layer: info, demand: demand)
        #expect(answer.platforms == 0 && answer.total.unreached == answer.total.population && answer.total.population > 1_000_000)
        #expect(answer.total.distribution == nil && answer.total.reaches[0].share == 0)
    }

    @Test func `rural platforms show an unknown seat with its reason, the nearest other, and the people around`() throws {
        let (info, demand) = RealWorkspace.layer
        let answer = try atlas.distances(
            kinds: [.ruralPlatform], within: ["10km", "20km", "30km"].map { Reach($0)! }, eligibility: Eligibility(asOf: "2026-11-22"), layer: info,
            demand: demand)
        #expect(answer.rows.map(\.id) == ["pays-gardois-bagnols-sur-ceze", "pays-gardois-le-vigan"])
        for row in answer.rows {
            guard case .unknown(let reason) = row.toSeat else { Issue.record("the seat is not known"); continue }
            #expect(!reason.isEmpty)
            let location = try #require(row.location)
            for (k, radius) in [10_000.0, 20_000, 30_000].enumerated() {
                let near = demand.people.indices.filter { Geodesic.distance(location, demand.coordinates[$0]) <= radius }
                #expect(row.catchments?[k].people == near.reduce(0) { $0 + demand.people[$1] })
            }
        }
        #expect(answer.rows[1].nearest?.distance ?? 0 > 50_000)
        let seat = try atlas.distances(
            kinds: nil, within: [Reach("10km")!], eligibility: Eligibility(asOf: "2026-11-22"), layer: info, demand: DemandPoints())
        let vermandois = try #require(seat.rows.first { $0.id == "saint-quentinois-vermandois" })
        guard case .distance(let metres, "saint-quentinois-main") = vermandois.toSeat else { Issue.record("expected a distance"); return }
        #expect(abs(metres - 19_500) < 100)
    }

    @Test(arguments: [("FR-999", "no area 'FR-999'"), ("nowhere.geojson", "no such file")])
    func `an area that is not there says what would be accepted`(text: String, problem: String) {
        let error = #expect(throws: PlanningError.self) { try atlas.area(text, asOf: "2026-11-22") }
        #expect(error?.description.contains(problem) == true)
    }

    @Test func `an abandoned half-made workspace is never taken for one, and is cleared away`() throws {
        let folder = try TemporaryFolder()
        try folder.write("half", to: "w.partial-999999/network.gpkg")
        let workspace = Workspace(path: folder.path("w"))
        #expect(!workspace.exists)
        #expect(throws: PlanningError.self) { try workspace.openStore() }
        let missing = URL(fileURLWithPath: folder.path("none"))
        #expect(throws: PlanningError.self) { try workspace.create(from: missing) { _ in } }
        #expect(!workspace.exists)
        try folder.write("mine", to: "full/notes.txt")
        let error = #expect(throws: PlanningError.self) { try Workspace(path: folder.path("full")).create(from: ProjectFolder.geoData) { _ in } }
        #expect(error?.description.contains("exists already") == true)
        #expect(FileManager.default.fileExists(atPath: folder.path("full/notes.txt")))
    }

    @Test func `a snapshot is replaced after a write by anyone`() throws {
        let folder = try TemporaryFolder()
        try RealWorkspace.workspace.backup(to: folder.path("network.gpkg")) { _, _ in }
        let live = try LiveAtlas(Workspace(path: folder.url.path), for: .everyone)
        let before = try live.current()
        let rule = Eligibility(asOf: "2026-11-22")
        #expect(try live.nearest(rule).nearest(1, to: Coordinate(x: 2.39, y: 48.9)).results.first?.platform.id == "paris-main")
        try Workspace(path: folder.url.path).openStore().file.write { db in
            try db.execute(sql: "UPDATE platforms SET visibility = 'restricted' WHERE id = 'paris-main'")
        }
        #expect(try live.current().records.platform("paris-main") == nil)
        #expect(try live.nearest(rule).nearest(1, to: Coordinate(x: 2.39, y: 48.9)).results.first?.platform.id == "nanterre-main")
        #expect(before.records.platform("paris-main") != nil)
        // An edit that makes the records unreadable leaves the last readable snapshot in place, and is told.
        try Workspace(path: folder.url.path).openStore().file.write { db in try db.execute(sql: "UPDATE platforms SET kind = 'shop' WHERE id = 'nanaimo-main'")
        }
        #expect(try live.current().records.platform("nanterre-main") != nil)
        #expect(live.fault?.contains("kind is 'shop'") == true)
    }
}
