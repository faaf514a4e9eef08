import CiteNetwork
import Coverage
import Foundation
import GeoModel
import Geodesy
import Impedance
import Planning
import Population
import Testing
import TestSupport

@Suite struct MeasureTests {
    private let atlas = RealWorkspace.atlas
    private let day: CalendarDate = "2026-11-22"
    private let reaches = ["10km", "30km", "50km", "100km"].map { Reach($0)! }
    private var info: PopulationLayerInfo { RealWorkspace.layer.info }

    /// The shipped people with a class of density each, which no shipped layer has.
    private static let classed: DemandPoints = {
        var demand = RealWorkspace.layer.demand
        for i in 0..<demand.count { demand.density[i] = demand.people[i] > 20_000 ? .urbanCentre : demand.people[i] > 900 ? .urbanCluster : .rural }
        for i in stride(from: 0, to: demand.count, by: 50) { demand.density[i] = .unknown }
        return demand
    }()

    private func query(_ area: String, _ groupings: [CoverageQuery.Grouping], _ reaches: [Reach]? = nil) throws -> CoverageQuery {
        try CoverageQuery(
            area: atlas.area(area, asOf: day), reaches: reaches ?? self.reaches, groupings: groupings, facilities: .network(Eligibility(asOf: day)))
    }

    @Test(arguments: ["FR", "IT", "all", "FR-02"])
    func `every grouping that divides the people sums to the whole, which is counted apart`(area: String) throws {
        let answer = try atlas.coverage(
            query(area, [.whole, .area(kind: nil), .density, .cite, .platform]), layer: info, demand: Self.classed)
        #expect(answer.groups.count == 5)
        for group in answer.groups {
            let parts = group.rows + [group.unplaced].compactMap { $0 }
            #expect(parts.reduce(0) { $0 + $1.population } == answer.total.population, "\(group.grouping)")
            #expect(parts.reduce(0) { $0 + $1.unreached } == answer.total.unreached)
            for k in reaches.indices {
                #expect(parts.reduce(0) { $0 + $1.reaches[k].people } == answer.total.reaches[k].people, "\(group.grouping) \(reaches[k].text)")
            }
        }
        let unreached = try atlas.unreached(query(area, [.whole]), count: 10, layer: info, demand: Self.classed)
        let beyond = answer.total.population - answer.total.reaches[3].people
        #expect(unreached.people == beyond)
        #expect(unreached.rows.reduce(unreached.peopleElsewhere) { $0 + $1.people } == beyond)
        let cells = try atlas.cells(query(area, [.whole]), layer: info, demand: Self.classed, grid: nil)
        for k in reaches.indices {
            let near = cells.demand.people.indices.filter { cells.reachClass[$0] <= k }.reduce(0) { $0 + cells.demand.people[$1] }
            #expect(near == answer.total.reaches[k].people)
        }
    }

    @Test func `density classes are listed from the densest, what is not known last`() throws {
        let group = try #require(atlas.coverage(query("FR", [.density]), layer: info, demand: Self.classed).groups.first)
        #expect(group.rows.map(\.key) == ["urbanCentre", "urbanCluster", "rural", "unknown"])
        let (demand, areas) = (Self.classed, Self.classed.areaCodes)
        let rural = demand.people.indices.filter { demand.density[$0] == .rural && areas[Int(demand.area[$0])].hasPrefix("FR-") }
        #expect(group.rows[2].population == rural.reduce(0) { $0 + demand.people[$1] })
        let none = try #require(atlas.coverage(query("FR", [.density]), layer: info, demand: RealWorkspace.layer.demand).groups.first)
        #expect(none.rows.map(\.key) == ["unknown"])
    }

    @Test func `the platforms of Genève serve Haute-Savoie`() throws {
        let answer = try atlas.coverage(query("FR-74", [.platform]), layer: info, demand: RealWorkspace.layer.demand)
        let group = answer.groups[0]
        let position = try #require(group.rows.firstIndex { $0.key == "geneve-annemasse" })
        let geneva = try #require(group.rows.firstIndex { $0.key == "geneve-main" })
        #expect(group.rows[position].population > 0 && group.extras[geneva].catchments![1].people > 100_000)
        let demand = RealWorkspace.layer.demand
        let here = try #require(atlas.records.platform("geneve-main")?.location)
        let savoie = demand.people.indices.filter { demand.areaCodes[Int(demand.area[$0])] == "FR-74" }
        for (k, reach) in reaches.enumerated() {
            let near = savoie.filter { Geodesic.distance(here, demand.coordinates[$0]) <= reach.value }
            #expect(group.extras[geneva].catchments![k].people == near.reduce(0) { $0 + demand.people[$1] })
        }
    }

    @Test func `a territory has the people of its areas, and its own Cité reaches no more of them than all do`() throws {
        let demand = RealWorkspace.layer.demand
        let answer = try atlas.coverage(query("all", [.territory]), layer: info, demand: demand)
        let group = answer.groups[0]
        #expect(group.rows.count > 10 && !group.grouping.isPartition)
        for (row, extra) in zip(group.rows, group.extras) {
            for k in reaches.indices { #expect(extra.own![k].people <= row.reaches[k].people) }
            #expect(extra.basis != nil && extra.basis != TerritoryBasis.none)
        }
        let armor = try #require(group.rows.firstIndex { $0.key == "cotes-d-armor" })
        let members = demand.people.indices.filter { demand.areaCodes[Int(demand.area[$0])] == "FR-22" }
        #expect(group.rows[armor].population == members.reduce(0) { $0 + demand.people[$1] })
        let own = atlas.records.eligible(Eligibility(asOf: day, cites: ["cotes-d-armor"])).members.map(\.location)
        let near = members.filter { i in own.contains { Geodesic.distance($0, demand.coordinates[i]) <= 30_000 } }
        #expect(!own.isEmpty && group.extras[armor].own![1].people == near.reduce(0) { $0 + demand.people[$1] })
    }

    @Test func `what a platform makes is the difference of two answers`() throws {
        let demand = RealWorkspace.layer.demand
        let query = try query("FR-02", [.platform, .cite])
        let comparison = try atlas.compareCoverage(query, with: query.facilities, without: ["saint-quentinois-main"], layer: info, demand: demand)
        #expect(comparison.before.platforms == comparison.after.platforms + 1)
        let left = atlas.records.eligible(Eligibility(asOf: day)).members.filter { $0.platform.id != "saint-quentinois-main" }.map(\.location)
        let aisne = demand.people.indices.filter { demand.areaCodes[Int(demand.area[$0])] == "FR-02" }
        for (k, reach) in reaches.enumerated() {
            let near = aisne.filter { i in left.contains { Geodesic.distance($0, demand.coordinates[i]) <= reach.value } }
            #expect(comparison.after.total.reaches[k].people == near.reduce(0) { $0 + demand.people[$1] })
        }
        let pair = try #require(comparison.pairs.first { $0.before.key == "saint-quentinois-main" })
        #expect(pair.before.population > 0 && pair.after.population == 0 && pair.after.reaches.map(\.within) == reaches.map(\.text))
        // Those of nobody else count for the platform alone: that is what is lost.
        let platforms = comparison.before.groups[0]
        let extra = platforms.extras[try #require(platforms.rows.firstIndex { $0.key == "saint-quentinois-main" })]
        for k in reaches.indices {
            #expect(comparison.before.total.reaches[k].people - comparison.after.total.reaches[k].people == extra.catchments![k].exclusive)
        }
        let error = #expect(throws: PlanningError.self) {
            try atlas.compareCoverage(query, with: query.facilities, without: ["saint-quentinois"], layer: info, demand: demand)
        }
        #expect(error?.description.contains("is a Cité; its platforms: saint-quentinois-main") == true)
    }

    @Test func `what a date makes is measured on the same people and areas`() throws {
        let demand = RealWorkspace.layer.demand
        var query = try query("FR", [.area(kind: "region")])
        query.facilities = .network(Eligibility(asOf: "2009-12-31"))
        let comparison = try atlas.compareCoverage(query, with: .network(Eligibility(asOf: day)), without: [], layer: info, demand: demand)
        #expect(comparison.before.asOf == "2009-12-31" && comparison.after.asOf == day && comparison.before.platforms < comparison.after.platforms)
        #expect(comparison.pairs.contains { $0.after.key == "FR-HDF" } && !comparison.pairs.contains { $0.after.key == "FR-S" })
        for pair in comparison.pairs { #expect(pair.before.population == pair.after.population) }
        #expect(comparison.total.before.population == comparison.pairs.reduce(0) { $0 + $1.after.population })
    }

    @Test func `the same places from a file measure the same`() throws {
        let members = atlas.records.eligible(Eligibility(asOf: day)).members
        let folder = try TemporaryFolder()
        let rows = members.map { "\($0.platform.id);\($0.platform.cite);\($0.location.y);\($0.location.x)" }
        let file = try folder.write("ID;Cite;Latitude;Longitude\n" + rows.joined(separator: "\n") + "\n", to: "places.csv")
        let features = members.map {
            #"{"type":"Feature","geometry":{"type":"Point","coordinates":[\#($0.location.x),\#($0.location.y)]},"properties":{"id":"\#($0.platform.id)","cite":"\#($0.platform.cite)"}}"#
        }
        let other = try folder.write(#"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#, to: "places.geojson")
        let demand = RealWorkspace.layer.demand
        var query = try query("FR", [.area(kind: "region"), .cite, .territory])
        let network = try atlas.coverage(query, layer: info, demand: demand)
        for path in [file, other] {
            query.facilities = .places(try PlacesFile.read(path), asOf: day)
            let answer = try atlas.coverage(query, layer: info, demand: demand)
            #expect(answer.rows == network.rows && answer.total == network.total && answer.facilities.file == URL(fileURLWithPath: path).lastPathComponent)
        }
        let fromNetwork = try atlas.distances(kinds: nil, within: reaches, eligibility: Eligibility(asOf: day), layer: info, demand: demand)
        let fromFile = try atlas.distances(
            kinds: nil, within: reaches, facilities: .places(try PlacesFile.read(file), asOf: day), layer: info, demand: demand)
        let counted = fromNetwork.rows.filter { $0.assigned != nil }
        #expect(counted.map(\.id) == fromFile.rows.map(\.id) && counted.map(\.catchments) == fromFile.rows.map(\.catchments))
        #expect(counted.map(\.nearest) == fromFile.rows.map(\.nearest) && counted.reduce(0) { $0 + $1.assigned! } == demand.totalPeople)
    }

    @Test(arguments: [
        ("id,lat,lon\na,95,3\nb,45,x\n", "line 2: '95', '3' is no latitude and longitude"),
        ("id,lat,lon\na,45,3\na,46,3\n", "line 3: the id 'a' is that of line 2"),
        ("id,lat\na,45\n", "no column 'lon'; columns: id, lat"), ("lat,lon,counsellors\n45,3,many\n", "line 2: counsellors is 'many'"),
        ("lat,lon\n", "holds no place"),
        (#"{"type":"Feature","geometry":{"type":"LineString","coordinates":[[0,0],[1,1]]},"properties":{}}"#, "features[0]: expected a Point"), ("", "line 1"),
        (#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[200,0]},"properties":{}}]}"#, "features[0]"),
    ])
    func `a bad file of places is refused with the line or the feature`(text: String, problem: String) throws {
        let file = try TemporaryFolder()
        let path = try file.write(text, to: "places.txt")
        let error = #expect(throws: PlanningError.self) { try PlacesFile.read(path) }
        #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
    }

    @Test(arguments: [
        (2.0, "Mo-Fr 09:00-12:00,14:00-17:00", 60.0), (1.5, "Tu,Th 10:00-12:00 \"sur rendez-vous\"", 6), (1, "Mo-Fr 09:00-17:00; PH off; Sa 10:00-12:00", 42),
        (1, "24/7", 168), (1, "Fr 22:00-02:00; Sa 01:00-03:00", 5), (0, "Mo 09:00-10:00", 0), (1, "Mo-Fr,PH 09:00-10:00; SH off", 5), (1, "off", 0),
    ])
    func `supply is counsellors times the hours of an ordinary week`(counsellors: Double, hours: String, supply: Double) {
        #expect(Supply(counsellors: counsellors, hours: hours) == .counsellorHours(supply))
    }

    @Test(
        arguments: [
            (nil, nil, "counsellors and opening hours are not known"), (nil, "24/7", "its counsellors are not known"),
            (1.0, nil, "its opening hours are not known"),
            (1, "Mo[1] 09:00-12:00", "not the same every week"), (1, "Jul-Aug Mo 09:00-12:00", "not the same every week"), (1, "Mo 17:00+", "partly unknown"),
            (1, "9h-17h", "cannot be read"), (1, "PH 10:00-12:00", "not the same every week"),
        ] as [(Double?, String?, String)])
    func `where supply is not known the reason is told`(counsellors: Double?, hours: String?, reason: String) {
        #expect(Supply(counsellors: counsellors, hours: hours).reason?.contains(reason) == true)
    }

    @Test func `supply is shared with those outside the area, and conserved over all`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            """
            id,lat,lon,counsellors,hours
            soissons,49.38,3.32,2,Mo-Fr 09:00-17:00
            reims,49.26,4.03,3,Mo-Fr 09:00-17:00
            laon,49.56,3.62,1,We 14:00-18:00
            """, to: "places.csv")
        let demand = RealWorkspace.layer.demand
        func answer(_ area: String) throws -> CoverageAnswer {
            var query = try query(area, [.area(kind: nil)], [Reach("20km")!, Reach("45km")!])
            query.facilities = .places(try PlacesFile.read(file), asOf: day)
            query.includesAccess = true
            return try atlas.coverage(query, layer: info, demand: demand)
        }
        let whole = try answer("all")
        for k in 0..<2 {
            let sum = try zip(whole.groups[0].rows, whole.groups[0].extras).reduce(0) { sum, row in
                guard row.0.population > 0 else { return sum }
                return try sum + row.0.population * #require(row.1.access?[k].hoursPerThousand) / 1000
            }
            #expect(abs(sum - 204) < 1e-6)
        }
        let aisne = try answer("FR-02")
        let row = try #require(whole.groups[0].rows.firstIndex { $0.key == "FR-02" })
        #expect(aisne.totalExtra.access?[1].hoursPerThousand ?? 0 > 0)
        #expect(abs(aisne.totalExtra.access![1].hoursPerThousand! - whole.groups[0].extras[row].access![1].hoursPerThousand!) < 1e-9)
        // The network's own counsellors are not known: no figure, but a reason and whom it concerns.
        var network = try query("FR-02", [.whole])
        network.includesAccess = true
        let unknown = try atlas.coverage(network, layer: info, demand: demand)
        #expect(unknown.totalExtra.access?.allSatisfy { $0.hoursPerThousand == nil } == true)
        #expect(unknown.totalExtra.access![1].notKnownFor == unknown.total.reaches[1].people && unknown.supplyNotKnown.count == unknown.platforms)
    }

    @Test func `people who state no area, or one of which we know nothing, are read and placed whatever part of the layer is read`() throws {
        let folder = try TemporaryFolder()
        var demand = DemandPoints()
        demand.areaCodes = ["FR-02", "xx", "FR-75C"]
        demand.append(Coordinate(x: 3.29, y: 49.85), people: 10, area: 0)
        demand.append(Coordinate(x: 3.32, y: 49.38), people: 20)
        demand.append(Coordinate(x: 3.62, y: 49.56), people: 40, area: 1)
        demand.append(Coordinate(x: 2.35, y: 48.85), people: 80, area: 2)
        demand.append(Coordinate(x: -8.6, y: 41.15), people: 160)
        try PopulationLayer.create(at: folder.path("small.gpkg"), info: info, points: demand)
        let layer = try PopulationLayer.open(at: folder.path("small.gpkg"))
        let read = try layer.load(.areas(["FR-02"]) { $0.hasPrefix("FR-") })
        #expect(read.people.sorted() == [10, 20, 40, 160])
        for area in ["FR-02", "FR", "PT", "all", "FR-HDF"] {
            let whole = try atlas.coverage(query(area, [.area(kind: nil)]), layer: info, demand: demand)
            let part = try atlas.coverage(query(area, [.area(kind: nil)]), layer: layer)
            #expect(whole.rows == part.rows && whole.total == part.total, "\(area)")
        }
        #expect(try atlas.coverage(query("FR-02", [.whole]), layer: layer).total.population == 70)
        #expect(try layer.load(.box(Envelope(minX: 2, minY: 48, maxX: 3, maxY: 50))).people == [80])
        #expect(try layer.grid == nil)
    }

    @Test func `cells of a kilometre grid are squares of a square kilometre`() throws {
        var demand = DemandPoints()
        demand.append(Coordinate(x: -8.61, y: 41.15), people: 10)
        demand.append(Coordinate(x: -31.12, y: 39.68), people: 3)
        let answer = try atlas.cells(query("all", [.whole]), layer: info, demand: demand, grid: CellGrid(cellSize: 1000, crs: "EPSG:3035"))
        let squares = try #require(try answer.squares?.polygons(around: demand.coordinates))
        for (square, centre) in zip(squares, demand.coordinates) {
            let ring = square.polygons[0].exterior
            #expect(ring.count == 5 && abs(Geodesic.area(square) - 1_000_000) < 5_000 && Geodesic.signedArea(ofRing: ring) > 0)
            for corner in ring { #expect(abs(Geodesic.distance(corner, centre) - 707) < 60) }
        }
        #expect(answer.reachClass.count == 2 && answer.impedance[0] < 10_000 && answer.reachClass[0] == 0 && answer.reachClass[1] == 4)
    }

    @Test func `labels and Cités narrow, and a label that is not known is told`() throws {
        let all = atlas.records.eligible(Eligibility(asOf: day)).members
        let one = atlas.records.eligible(Eligibility(asOf: day, cites: ["geneve"])).members
        #expect(one == all.filter { $0.platform.cite == "geneve" } && one.count > 3)
        let labelled = atlas.records.eligible(Eligibility(asOf: day, labels: [.fonctionnement]))
        #expect(labelled.members.allSatisfy { atlas.records.label(of: $0.platform.cite, asOf: day).level == .fonctionnement })
        #expect(labelled.labelNotKnown.allSatisfy { atlas.records.label(of: $0.platform.cite, asOf: day).level == .unknown } && !labelled.labelNotKnown.isEmpty)
    }
}
