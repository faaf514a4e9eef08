import Foundation
import GRDB
import GeoModel
import GeoPackage
import Population
import Testing
import TestSupport

@Suite struct PopulationTests {
    let folder: TemporaryFolder
    private let info = PopulationLayerInfo(
        id: "test", title: "Test", year: "2021", source: "generated", licence: "none", isIndicative: true, method: "random", countries: ["FR", "CH"])

    init() throws { folder = try TemporaryFolder() }

    private func randomPoints(_ n: Int) -> DemandPoints {
        var g = SeededGenerator(seed: 12)
        var points = DemandPoints()
        points.areaCodes = ["FR-02", "CH-GE"]
        for i in 0..<n {
            points.append(
                Coordinate(x: .random(in: -180...180, using: &g), y: .random(in: -90...90, using: &g)), people: Double(Int.random(in: 1...5000, using: &g)),
                area: Int32(i % 3) - 1, locality: i % 2 == 0 ? 0 : Int64(i))
        }
        return points
    }

    @Test func `a layer comes back as it was written`() throws {
        let points = randomPoints(500)
        try PopulationLayer.create(at: folder.path("test.gpkg"), info: info, points: points)
        let layer = try PopulationLayer.open(at: folder.path("test.gpkg"))
        #expect(layer.info == info)
        let loaded = try layer.load()
        #expect(loaded.coordinates == points.coordinates && loaded.people == points.people && loaded.locality == points.locality)
        let code = { (p: DemandPoints, i: Int) in p.area[i] < 0 ? nil : p.areaCodes[Int(p.area[i])] }
        #expect((0..<500).allSatisfy { code(loaded, $0) == code(points, $0) })
        #expect(try layer.file.check() == [])
        #expect(!FileManager.default.fileExists(atPath: folder.path("test.gpkg.partial")))
    }

    @Test func `a layer that holds more people than there are is not read`() throws {
        var points = randomPoints(2)
        points.people[1] = 1e300
        try PopulationLayer.create(at: folder.path("huge.gpkg"), info: info, points: points)
        let error = #expect(throws: PopulationError.self) { try PopulationLayer.open(at: self.folder.path("huge.gpkg")).load() }
        #expect(error?.description.hasSuffix("row 2 of 'population' has no number of people") == true)
    }

    @Test func `another GeoPackage is not a layer, and an unknown layer names those there are`() throws {
        try GeoPackageFile.create(at: folder.path("other.gpkg")).close()
        let error = #expect(throws: PopulationError.self) { try PopulationLayer.open(at: folder.path("other.gpkg")) }
        #expect(error?.description.contains("it has no tables 'population' and 'layer'") == true)
        #expect(
            PopulationError.noLayer(id: "insee-2021", known: ["census-2021", "indicative"]).description
                == "no population layer 'insee-2021'; layers: census-2021, indicative")
    }

    @Test func `the default layer is read country by country, and a bad row is named`() throws {
        try folder.write(
            #"{"id":"indicative","title":"t","year":2021,"source":"s","licence":"l","indicative":true,"method":"m","countries":["FR"]}"#, to: "indicative.json")
        try folder.write("area,locality,lon,lat,people\nFR-02,2977295,3.28,49.84,53000\nFR-02,,3.1,49.5,27\n", to: "indicative/FR.csv")
        let layer = try IndicativeLayer.read(folder: folder.url)
        #expect(layer.points.totalPeople == 53_027 && layer.points.locality == [2_977_295, 0] && layer.info.year == "2021")
        try folder.write("area,locality,lon,lat,people\nFR-02,,3.1,49.5,27\nFR-02,,3.1,95,27\n", to: "indicative/FR.csv")
        let error = #expect(throws: PopulationError.self) { try IndicativeLayer.read(folder: folder.url) }
        #expect(error?.description.hasPrefix("FR.csv, line 3: expected area") == true)
    }
}
