import CiteNetwork
import Foundation
import GRDB
import GeoModel
import GeoPackage
import GeometryEngine
import NetworkStore
import Testing
import TestSupport

@Suite struct AreaImportTests {
    let folder: TemporaryFolder
    let store: NetworkStore

    init() throws {
        folder = try TemporaryFolder()
        store = try SmallGeoData.store(in: folder)
    }

    private func box(_ west: Double, _ south: Double, _ east: Double, _ north: Double) -> Geometry {
        .polygon(Polygon(exterior: [(west, south), (east, south), (east, north), (west, north), (west, south)].map { Coordinate(x: $0.0, y: $0.1) }))
    }

    private func area(_ code: String, _ geometry: Geometry?, kind: String = "department", members: [String]? = nil, parent: String? = nil) -> AreaInput {
        AreaInput(
            code: code, name: "New \(code)", kind: kind, parent: parent, country: "FR", geometry: geometry, members: members, population: nil,
            place: "features[0]")
    }

    private func run(_ areas: [AreaInput], dryRun: Bool = false) throws -> AreaImportOutcome {
        try store.importAreas(areas, file: "a.geojson", source: "test", who: "t", why: nil, dryRun: dryRun)
    }

    private var territory: Geometry? { get throws { try store.records(for: .officer).territories(of: "one").first?.geometry } }

    @Test func `areas replace those of their code, and territories that name them are drawn anew`() throws {
        let before = try #require(try territory)
        let done = try run([area("FR-01", box(0, 45, 0.5, 46)), area("group", nil, members: ["FR-01", "FR-02"])])
        #expect(done.added == ["group"] && done.replaced == ["FR-01"] && done.mended.isEmpty)
        let after = try #require(try territory)
        #expect(after != before && after.envelope.maxX == 0.5)
        #expect(try store.history(of: "one").last?.why == "areas of a.geojson")
        #expect(try store.geometries(ofAreas: ["group"])[0]?.envelope.maxX == 2)
        #expect(try store.areaCodes(matching: "new fr 01") == ["FR-01"])
        #expect(try store.check().isEmpty)
    }

    @Test func `the same file again differs in nothing and makes no change`() throws {
        let areas = [area("FR-01", box(0, 45, 0.5, 46)), area("group", nil, members: ["FR-01", "FR-02"])]
        _ = try run(areas)
        let again = try run(areas)
        #expect(again.unchanged == 2 && again.added.isEmpty && again.replaced.isEmpty && again.change == nil)
    }

    @Test func `a dry run tells what would change and changes nothing`() throws {
        let before = try territory
        let done = try run([area("FR-01", box(0, 45, 0.5, 46)), area("new", box(5, 45, 6, 46))], dryRun: true)
        #expect(done.added == ["new"] && done.replaced == ["FR-01"])
        #expect(try territory == before)
        #expect(try store.areaTree()["new"] == nil && store.history().allSatisfy { $0.change == 1 })
    }

    @Test func `an import is undone: areas, names, polygons and territories are as before`() throws {
        let (before, shape, codes) = (try territory, try store.geometries(ofAreas: ["FR-01"]), try store.areaTree().areas.map(\.code))
        let change = try #require(try run([area("FR-01", box(0, 45, 0.5, 46)), area("new", box(5, 45, 6, 46))]).change)
        #expect(try store.history().contains { $0.kind == "area" && $0.record == "FR-01" && $0.operation == "update" })
        let undo = try store.undo(change, who: "t")
        #expect(try territory == before && store.geometries(ofAreas: ["FR-01"]) == shape)
        #expect(try store.areaTree().areas.map(\.code) == codes)
        #expect(try store.areaCodes(matching: "new") == [] && store.areaCodes(matching: "new fr 01") == [])
        #expect(try store.check().isEmpty)
        #expect(undo != nil)
    }

    @Test func `an import whose area a territory names by now is not undone`() throws {
        let change = try #require(try run([area("new", box(0.2, 45, 0.4, 46))]).change)
        _ = try store.edit(who: "t", why: nil) {
            try $0.upsert(.territory, RecordValues(cells: ["cite": "two", "definition": "+new", "basis": "stated", "source": "book"]))
        }
        let error = #expect(throws: StoreError.self) { try store.undo(change, who: "t") }
        #expect(error?.description.contains("the territory of two names new") == true)
        #expect(try store.areaTree()["new"] != nil)
    }

    @Test func `what cannot be an area is refused with its place, and nothing is stored`() throws {
        let bad = [
            area("x", box(0, 45, 1, 46), parent: "nowhere"), area("y", nil, members: ["gone"]), area("FR-02", box(1, 45, 2, 46), kind: "commune"),
            area("FR-01", box(45, 0, 46, 1)), area("z", .point(Coordinate(x: 1, y: 1))), area("w", box(0, 45, 1, 46)), area("w", box(0, 45, 1, 46)),
        ]
        let error = try #require(#expect(throws: StoreError.self) { try run(bad) }).description
        for problem in [
            "parent 'nowhere'", "member 'gone'", "FR-02 is a department of FR in the store, not a commune of FR; --kind department replaces it",
            "the polygon of FR-01 lies apart", "z has no polygon", "the code 'w' stands twice",
        ] { #expect(error.contains(problem), "\(problem) in \(error)") }
        #expect(try store.areaTree()["x"] == nil && store.history().allSatisfy { $0.change == 1 })
    }

    @Test func `a crossed outline is made valid and told`() throws {
        let bow = Geometry.polygon(Polygon(exterior: [(5.0, 45.0), (6, 46), (6, 45), (5, 46), (5, 45)].map { Coordinate(x: $0.0, y: $0.1) }))
        let done = try run([area("bow", bow)])
        #expect(done.added == ["bow"] && done.mended.count == 1 && done.mended[0].hasPrefix("features[0]: bow: "))
        #expect(try store.check().isEmpty)
    }

    @Test func `areas that contain themselves, are nowhere, or of no kind are refused`() throws {
        var negative = area("n", box(0, 45, 1, 46))
        negative.population = -1
        let bad = [
            area("FR-01", nil, parent: "FR-01"), area("FR", nil, kind: "country", parent: "FR-02"), area("m", nil, members: ["m", "FR-01"]), area("e", nil),
            area("k", box(0, 45, 1, 46), kind: "kingdom"), area("a b", box(0, 45, 1, 46)), area("", box(0, 45, 1, 46)), negative,
        ]
        let error = try #require(#expect(throws: StoreError.self) { try run(bad) }).description
        for problem in [
            "parent 'FR-01' of FR-01 would contain itself (FR-01 in FR-01)", "of FR would contain itself (FR in FR-02 in FR-R in FR)",
            "m is a member of itself",
            "e has neither a polygon nor members", "'kingdom'; kinds: arrondissement, basin, canton, collectivity, commune", "the code is 'a b'",
            "the code is ''",
            "the population of n is -1.0",
        ] { #expect(error.contains(problem), "\(problem) in \(error)") }
        #expect(try run([area("FR-02", nil)]).replaced == ["FR-02"])
        #expect(try store.areaTree()["FR-02"]?.name == "New FR-02")
    }

    @Test func `imports are undone in their order, the last one first, and the history tells of shapes`() throws {
        let first = try #require(try run([area("FR-02", box(1, 45, 1.5, 46))]).change)
        let between = try store.geometries(ofAreas: ["FR-02"])
        let second = try #require(try run([area("FR-02", box(1, 45, 1.7, 46))]).change)
        let log = try store.history().filter { $0.kind == "area" && $0.change == second }
        #expect(log.map { $0.differences.map(\.column) } == [["shape"]])
        let error = #expect(throws: StoreError.self) { try store.undo(first, who: "t") }
        #expect(error?.description.contains("the polygon of FR-02 has been changed since; undo the later change first") == true)
        _ = try store.undo(second, who: "t")
        #expect(try store.geometries(ofAreas: ["FR-02"]) == between)
        _ = try store.undo(first, who: "t")
        #expect(try store.geometries(ofAreas: ["FR-02"])[0]?.envelope.maxX == 2)
        #expect(try store.check().isEmpty)
    }

    @Test func `a polygon that another program drew since keeps an import from being undone`() throws {
        let change = try #require(try run([area("FR-01", box(0, 45, 0.5, 46)), area("group", nil, members: ["FR-01", "FR-02"])]).change)
        try store.file.write { db in
            try db.execute(sql: "UPDATE areas SET geom = ? WHERE code = 'FR-01'", arguments: [StoredGeometry(box(0, 45, 0.2, 46).asMultiPolygon)])
        }
        #expect(throws: StoreError.self) { try store.undo(change, who: "t") }
        let last = try #require(try store.history().last?.change)
        _ = try store.undo(last, who: "t")
        _ = try store.undo(change, who: "t")
        #expect(try store.geometries(ofAreas: ["FR-01"])[0]?.envelope.maxX == 1 && store.areaTree()["group"] == nil)
    }
}
