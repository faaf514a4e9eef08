import GeoFormats
import GeoModel
import Testing
import TestSupport

@Suite struct BinaryTests {
    /// A geometry of any type, empty parts included.
    private func randomGeometry(_ g: inout SeededGenerator, depth: Int = 0) -> Geometry {
        func coordinate() -> Coordinate {
            Coordinate(x: Double.random(in: -180...180, using: &g), y: Double.random(in: -90...90, using: &g))
        }
        func line() -> [Coordinate] { (0..<Int.random(in: 0...5, using: &g)).map { _ in coordinate() } }
        func polygon() -> Polygon {
            Polygon(exterior: [coordinate()] + line(), holes: (0..<Int.random(in: 0...2, using: &g)).map { _ in line() })
        }
        func many<T>(_ make: () -> T) -> [T] { (0..<Int.random(in: 0...3, using: &g)).map { _ in make() } }
        switch Int.random(in: 0...(depth < 2 ? 6 : 5), using: &g) {
        case 0: return .point(coordinate())
        case 1: return .lineString(line())
        case 2: return .polygon(polygon())
        case 3: return .multiPoint(many(coordinate))
        case 4: return .multiLineString(many(line))
        case 5: return .multiPolygon(many(polygon))
        default: return .geometryCollection((0..<Int.random(in: 0...3, using: &g)).map { _ in randomGeometry(&g, depth: depth + 1) })
        }
    }

    @Test func `every geometry comes back from WKB and from a GeoPackage blob`() throws {
        var g = SeededGenerator(seed: 2)
        for _ in 0..<2_000 {
            let geometry = randomGeometry(&g)
            #expect(try WKB.decode(WKB.encode(geometry)) == geometry)
            let blob = GeoPackageBlob.encode(geometry, srsID: 4326)
            #expect(try GeoPackageBlob.decode(blob) == geometry)
            let header = try GeoPackageBlob.header(blob)
            #expect(header.srsID == 4326 && header.isEmpty == geometry.isEmpty)
            #expect(try GeoPackageBlob.envelope(blob) == (geometry.isEmpty ? nil : geometry.envelope))
        }
    }

    @Test func `big-endian and three-dimensional WKB are read, and heights dropped`() throws {
        let point: [UInt8] = [0, 0, 0, 3, 0xE9] + [0x3FF0_0000_0000_0000, 0x4000_0000_0000_0000, 0x4008_0000_0000_0000].flatMap { bigEndian($0) }
        #expect(try WKB.decode(point) == .point(Coordinate(x: 1, y: 2)))
        let ewkb: [UInt8] = [1, 1, 0, 0, 0xA0, 0xE6, 0x10, 0, 0] + [0x3FF0_0000_0000_0000, 0x4000_0000_0000_0000, 0].flatMap { bigEndian($0).reversed() }
        #expect(try WKB.decode(ewkb) == .point(Coordinate(x: 1, y: 2)))
    }

    private func bigEndian(_ v: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: v >> (56 - 8 * UInt64($0))) } }

    @Test func `bytes cut short or changed are an error that names the byte, never a crash`() {
        var g = SeededGenerator(seed: 3)
        for _ in 0..<500 {
            let bytes = GeoPackageBlob.encode(randomGeometry(&g), srsID: 4326)
            for cut in stride(from: 0, to: bytes.count - 1, by: 3) {
                #expect(throws: FormatError.self) { try GeoPackageBlob.decode(Array(bytes[..<cut])) }
            }
            var changed = bytes
            changed[Int.random(in: 0..<changed.count, using: &g)] = UInt8.random(in: 0...255, using: &g)
            _ = try? GeoPackageBlob.decode(changed)
        }
        let huge: [UInt8] = [1, 2, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F]
        let error = #expect(throws: FormatError.self) { try WKB.decode(huge) }
        #expect(error?.place == "byte 5")
    }
}
