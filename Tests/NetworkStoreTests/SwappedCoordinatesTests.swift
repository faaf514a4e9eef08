import Foundation
import GeoModel
import NetworkStore
import Testing
import TestSupport

/// The small country is a rectangle from 0,45 to 2,46.
@Suite struct SwappedCoordinatesTests {
    let folder: TemporaryFolder
    let store: NetworkStore

    init() throws {
        folder = try TemporaryFolder()
        store = try SmallGeoData.store(in: folder)
    }

    private func postal(_ rows: String...) throws -> LocalitiesImport {
        try store.importPostalCodes(Array((["country,code,place,lat,lon"] + rows).joined(separator: "\n").utf8), file: "codes.csv")
    }

    private func problems(_ body: () throws -> Void) -> [String] {
        do { try body() } catch StoreError.badContent(_, let problems) { return problems } catch { return ["\(error)"] }
        return []
    }

    @Test func `rows whose latitude and longitude are exchanged are refused with their lines`() throws {
        let found = problems { _ = try postal("FR,01000,Right,45.5,0.5", "FR,01001,Swapville,0.5,45.5", "FR,01002,Also,1,45.2") }
        #expect(found.count == 2 && found[0].hasPrefix("line 3: lat is '0.5'") && found[1].hasPrefix("line 4:"))
        let gazetteer = (["id,name,country,area,lat,lon,population,timezone,section_of,alternates", "77,Swapville,FR,,0.5,45.5,10,,,"]).joined(separator: "\n")
        #expect(problems { _ = try store.importLocalities(Array(gazetteer.utf8), file: "towns.csv") }.first?.hasPrefix("line 2: lat is '0.5'") == true)
    }

    @Test func `what lies off a coarse border, far away, or in a country without a polygon is taken, and the far is counted`() throws {
        let done = try postal("FR,01000,Border,46.05,0.5", "FR,01001,Island,47.5,-1", "FR,01002,Far,10,10", "XX,1,Swapped anywhere,0.5,45.5")
        #expect(done.added == 4 && done.farFromCountry == 1)
    }

    @Test func `a new area is refused where it begins outside its country, with the axes exchanged or far away`() throws {
        func area(_ code: String, _ x: Double, _ y: Double) -> AreaInput {
            let ring = [(0.0, 0.0), (0.1, 0), (0.1, 0.1), (0, 0)].map { Coordinate(x: x + $0.0, y: y + $0.1) }
            return AreaInput(
                code: code, name: code, kind: "commune", parent: nil, country: "FR", geometry: .multiPolygon([Polygon(exterior: ring)]), members: nil,
                population: nil, place: "features[\(code)]")
        }
        func take(_ areas: AreaInput...) throws -> AreaImportOutcome { try store.importAreas(areas, file: "a.geojson", source: "a", who: "t", why: nil) }
        let found = problems { _ = try take(area("a", 0.5, 45.5), area("b", 45.5, 0.5), area("c", 20, 10)) }
        #expect(found.count == 2 && found[0].contains("features[b]") && found[0].contains("exchanged") && found[1].contains("500 km"))
        #expect(try take(area("a", 0.5, 45.5), area("d", -1, 46.5)).added == ["a", "d"])
    }
}
