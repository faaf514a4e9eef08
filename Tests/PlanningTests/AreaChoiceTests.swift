import CiteNetwork
import Coverage
import Foundation
import GeoModel
import Geodesy
import GeometryEngine
import Impedance
import NetworkStore
import Planning
import Population
import Testing
import TestSupport

/// Areas as people name them: several, lists, towns of the gazetteer.
@Suite struct AreaChoiceTests {
    private let atlas = RealWorkspace.atlas
    private let day: CalendarDate = "2026-11-22"
    private var info: PopulationLayerInfo { RealWorkspace.layer.info }
    private var demand: DemandPoints { RealWorkspace.thinnedDemand }

    private func people(_ choice: AreaChoice, _ demand: DemandPoints) throws -> Double {
        let query = CoverageQuery(area: choice, reaches: [Reach("10km")!], grouping: .whole, eligibility: Eligibility(asOf: day))
        return try atlas.coverage(query, layer: info, demand: demand).total.population
    }

    private func people(_ text: String...) throws -> Double { try people(atlas.area(text, asOf: day), demand) }

    private func box(_ west: Double, _ south: Double, _ east: Double, _ north: Double) -> AreaChoice {
        let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)].map { Coordinate(x: $0.0, y: $0.1) }
        return .shape(name: "box", .polygon(Polygon(exterior: corners)))
    }

    @Test func `who lives in two areas of several counts once`() throws {
        let region = try people("FR-HDF")
        #expect(try people("FR-HDF,FR-02") == region && people("FR-02", "FR-HDF", "Aisne") == region)
        #expect(try people("FR-02, FR-60") == people("FR-02") + people("FR-60"))
        // Three boxes that overlap one another, and a département: by brute force.
        let boxes = [(2.0, 49.0, 4.0, 50.0), (3.0, 49.5, 5.0, 50.5), (3.5, 48.0, 3.9, 51.0)]
        let all = AreaChoice.several(name: "all", boxes.map { box($0.0, $0.1, $0.2, $0.3) } + [try atlas.area("FR-02", asOf: day)])
        let aisne = Int32(demand.areaCodes.firstIndex(of: "FR-02")!)
        var expected = 0.0
        for i in 0..<demand.count {
            let c = demand.coordinates[i]
            let isIn = boxes.contains { $0.0 <= c.x && c.x <= $0.2 && $0.1 <= c.y && c.y <= $0.3 }
            if isIn || demand.area[i] == aisne { expected += demand.people[i] }
        }
        #expect(try people(all, demand) == expected)
    }

    @Test func `reading what several areas need gives what reading everything gives`() throws {
        let layer = try RealWorkspace.workspace.openLayer(nil)
        for text in ["FR-02,CH-GE", "FR-HDF,Guise", "epci:243000643,FR-30", "Guise,Hirson,Vervins"] {
            let choice = try atlas.area(text, asOf: day)
            let query = CoverageQuery(area: choice, reaches: [Reach("20km")!], grouping: .whole, eligibility: Eligibility(asOf: day))
            #expect(try atlas.coverage(query, layer: layer).total == atlas.coverage(query, layer: info, demand: RealWorkspace.layer.demand).total, "\(text)")
        }
    }

    @Test func `several areas have the parts of each, once`() throws {
        let choice = try atlas.area("FR-HDF,FR-02,CH-GE", asOf: day)
        let query = CoverageQuery(area: choice, reaches: [Reach("20km")!], grouping: .area(kind: nil), eligibility: Eligibility(asOf: day))
        let answer = try atlas.coverage(query, layer: info, demand: demand)
        #expect(answer.rows.map(\.key).sorted() == ["CH-GE", "FR-02", "FR-59", "FR-60", "FR-62", "FR-80"] && answer.unplaced == nil)
        #expect(answer.rows.reduce(0) { $0 + $1.population } == answer.total.population)
        let shapes = try answer.geometries(query, in: atlas)
        #expect(shapes["area"]?.count == 6)
    }

    @Test func `a town stands for its own people and for the cells nearest to it, by brute force`() throws {
        let names = ["Guise", "Hirson", "Vervins"]
        let choice = try atlas.area(names.joined(separator: ","), asOf: day)
        let towns = choice.parts.compactMap { part in if case .locality(let l, _) = part { l } else { nil } }
        #expect(towns.map(\.name) == names && towns.allSatisfy { $0.area == "FR-02" })
        let all = try atlas.store.localities(in: Envelope(minX: 3, minY: 49.4, maxX: 5, maxY: 50.4))
        let listed = Set(all.map(\.id))
        let ids = Set(towns.map(\.id))
        var expected = 0.0
        let full = RealWorkspace.layer.demand
        for i in 0..<full.count {
            let c = full.coordinates[i]
            guard (3.4...4.4).contains(c.x), (49.7...50.1).contains(c.y) else { continue }
            let nearest = all.map { (Geodesic.distance($0.location, c), $0.id) }.min { $0.0 < $1.0 }!.1
            let owner = listed.contains(full.locality[i]) ? full.locality[i] : nearest
            if ids.contains(owner) { expected += full.people[i] }
        }
        #expect(try people(choice, full) == expected && expected > 10_000)
    }

    @Test func `a name that many towns bear is told by the company it is in`() throws {
        func taken(_ text: String) throws -> [String] { try atlas.area(text, asOf: day).parts.compactMap(\.code) }
        // The most populous is that of La Réunion.
        let alone = try taken("Saint-Denis")
        let metropolitan = try taken("Saint-Denis,Bobigny,Aubervilliers")
        #expect(alone != [metropolitan[0]] && metropolitan.count == 3)
        #expect(try atlas.store.locality(id: Int64(alone[0].dropFirst(9))!)?.area == "FR-974")
        #expect(try atlas.store.locality(id: Int64(metropolitan[0].dropFirst(9))!)?.area == "FR-93")
        #expect(try taken("FR-93,Saint-Denis")[1] == metropolitan[0] && taken("Le Tampon,Saint-Denis")[1] == alone[0])
        #expect(try taken("locality:2977824") == ["locality:2977824"])
    }

    @Test func `a list in a file means its areas, and each line that is none is named`() throws {
        let folder = try TemporaryFolder()
        let list = try folder.write("FR-02\n\nOise\nlocality:2977824\n", to: "list.txt")
        #expect(try atlas.area(list, asOf: day).parts.map(\.name).prefix(2) == ["Aisne", "Oise"])
        let windows = folder.url.appendingPathComponent("windows.txt")
        try Data(Array("Laon\r\nCh".utf8) + [0xE2] + Array("teau-Thierry\r\n".utf8)).write(to: windows)
        #expect(try atlas.area(windows.path, asOf: day).parts.map(\.name) == ["Laon", "Château-Thierry"])
        let table = try folder.write("dep;code;nom\nx;FR-02;\nx;99999;Guise\n", to: "communes.csv")
        #expect(try atlas.area(table, asOf: day).parts.map(\.name) == ["Aisne", "Guise"])
        let bad = try folder.write("name\nAisne\nNowhereville\n99999\n", to: "bad.csv")
        let error = #expect(throws: PlanningError.self) { _ = try atlas.area(bad, asOf: day) }
        #expect(
            "\(error!)".contains("bad.csv, line 3: no area 'Nowhereville'") && "\(error!)".contains("bad.csv, line 4: no area '99999'; communes are areas once")
        )
        let columns = try folder.write("a,b\n1,2\n", to: "columns.csv")
        #expect(throws: PlanningError.badContent("\(columns), line 1: no column 'code' or 'name'; columns: a, b")) { _ = try atlas.area(columns, asOf: day) }
        let empty = try folder.write("\n", to: "empty.txt")
        #expect(throws: PlanningError.self) { _ = try atlas.area(empty, asOf: day) }
    }

    @Test(arguments: [
        ("FR-02,,FR-60", "empty part"), (" ", "the area is empty"), ("FR-02,Nowhereville", "no area 'Nowhereville'"),
        ("locality:x", "no locality 'locality:x'"),
        ("Atlantis", "outside the network's countries, is locality:"),
    ])
    func `what is no area says what would be accepted`(text: String, words: String) throws {
        let error = #expect(throws: PlanningError.self) { _ = try atlas.area(text, asOf: day) }
        #expect("\(error!)".contains(words))
    }

    @Test func `the ground of a town is what is nearer to it than to any other`() throws {
        let choice = try atlas.area("Guise,Hirson,Vervins", asOf: day)
        let assessment = try atlas.assess(
            AssessmentQuery(area: choice, eligibility: Eligibility(asOf: day)), layer: RealWorkspace.workspace.openLayer(nil))
        #expect(assessment.groundIsDrawn)
        let ground = try PreparedGeometry(assessment.geometry)
        let all = try atlas.store.localities(in: Envelope(minX: 3, minY: 49.4, maxX: 5, maxY: 50.4))
        let aisne = try PreparedGeometry(atlas.geometries(ofAreas: ["FR-02"])["FR-02"]!)
        let ids = Set(choice.parts.compactMap { part in if case .locality(let l, _) = part { l.id } else { nil } })
        var random = SeededGenerator(seed: 7)
        var inside = 0
        for _ in 0..<600 {
            let c = Coordinate(x: Double.random(in: 3.4...4.3, using: &random), y: Double.random(in: 49.7...50.05, using: &random))
            let ranked = all.map { (Geodesic.distance($0.location, c), $0.id) }.sorted { $0.0 < $1.0 }
            // At a bisector a plane and the ellipsoid may differ.
            guard ranked[1].0 - ranked[0].0 > 50 else { continue }
            let expected = ids.contains(ranked[0].1) && aisne.covers(c)
            #expect(ground.covers(c) == expected, "\(c)")
            if expected { inside += 1 }
        }
        #expect(inside > 10)
    }
}
