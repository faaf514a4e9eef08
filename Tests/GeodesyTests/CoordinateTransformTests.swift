import GeoModel
import Geodesy
import Testing

@Suite struct CoordinateTransformTests {
    @Test func `x is longitude or easting whatever order the authority states`() throws {
        // EPSG:3035 and EPSG:4326 both put the northern axis first; EPSG:3857 does not.
        let toEurope = try CoordinateTransform(from: "EPSG:4326", to: "EPSG:3035")
        let origin = try toEurope(Coordinate(x: 10, y: 52))
        #expect(abs(origin.x - 4_321_000) < 1e-3 && abs(origin.y - 3_210_000) < 1e-3)
        let mercator = try CoordinateTransform(from: "OGC:CRS84", to: "EPSG:3857")
        let edge = try mercator(Coordinate(x: 180, y: 0))
        #expect(abs(edge.x - 20_037_508.342_789_244) < 1e-6 && abs(edge.y) < 1e-6)
    }

    @Test func `there and back again is where one started`() throws {
        let lambert = try CoordinateTransform(from: "EPSG:2154")
        let paris = try lambert(Coordinate(x: 652_469, y: 6_862_035))
        #expect(abs(paris.x - 2.3522) < 1e-3 && abs(paris.y - 48.8566) < 1e-3)
        let back = try lambert.inverse(paris)
        #expect(abs(back.x - 652_469) < 1e-4 && abs(back.y - 6_862_035) < 1e-4)
    }

    @Test func `an unknown system is an error that says what would be accepted`() {
        let error = #expect(throws: GeodesyError.self) { try CoordinateTransform(from: "EPSG:99999") }
        #expect(error?.description == "unknown coordinate reference system 'EPSG:99999'; an EPSG code such as EPSG:3035 would be accepted")
    }

    @Test func `a position that cannot be transformed is an error, not an infinity`() throws {
        let transform = try CoordinateTransform(from: "OGC:CRS84", to: "EPSG:3857")
        #expect(throws: GeodesyError.self) { try transform(Coordinate(x: 0, y: 1e9)) }
    }
}
