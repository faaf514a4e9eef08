import GeoFormats
import GeoModel
import TestSupport
import Testing
import VectorTiles

@Suite struct TileFormatTests {
    /// One feature of a layer that fills the world tile; coordinates are tile units.
    private func content(_ geometry: Geometry, _ properties: Properties = [:], id: PropertyValue? = nil) throws -> TileContent {
        let degrees = geometry.mapCoordinates { WebMercator.position(Coordinate(x: $0.x / 4096, y: $0.y / 4096)) }
        let layer = TileLayer(
            name: "one", features: [Feature(id: id, geometry: degrees, properties: properties)], options: .init(zooms: 0...0, buffer: 0))
        return try TileContent(reading: Tile(zoom: 0, x: 0, y: 0).encoded(from: [ZoomLayer(layer, zoom: 0)]).bytes)
    }

    private func positions(_ pairs: [(Double, Double)]) -> [Coordinate] { pairs.map { Coordinate(x: $0.0, y: $0.1) } }

    @Test func `the commands are those of the format's own examples`() {
        func bytes(_ geometry: Geometry) -> [UInt8] {
            let degrees = geometry.mapCoordinates { WebMercator.position(Coordinate(x: $0.x / 4096, y: $0.y / 4096)) }
            let layer = TileLayer(name: "", features: [Feature(geometry: degrees, properties: [:])], options: .init(zooms: 0...0, buffer: 0))
            let tile = Tile(zoom: 0, x: 0, y: 0).encoded(from: [ZoomLayer(layer, zoom: 0)]).bytes
            // Tile, version and name, feature, type, geometry; the extent at the end.
            return Array(tile[12..<tile.count - 3])
        }
        #expect(bytes(.point(Coordinate(x: 25, y: 17))) == [9, 50, 34])
        #expect(bytes(.multiPoint(positions([(5, 7), (3, 2)]))) == [17, 10, 14, 3, 9])
        #expect(bytes(.lineString(positions([(2, 2), (2, 10), (10, 10)]))) == [9, 4, 4, 18, 0, 16, 16, 0])
        let two = [positions([(2, 2), (2, 10), (10, 10)]), positions([(1, 1), (3, 5)])]
        #expect(bytes(.multiLineString(two)) == [9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8])
        let triangle = Polygon(exterior: positions([(3, 6), (8, 12), (20, 34), (3, 6)]))
        #expect(bytes(.polygon(triangle)) == [9, 6, 12, 18, 10, 12, 24, 44, 15])
    }

    @Test func `every kind of value comes back, null is left out, and arrays become text`() throws {
        let properties: Properties = [
            "text": .string("Cité des métiers"), "whole": .integer(7), "large": .integer(.max), "below": .integer(-7), "lowest": .integer(.min),
            "real": .number(0.1), "true": .bool(true), "false": .bool(false), "nothing": .null, "infinite": .number(.infinity),
            "list": .array([.integer(1), .string("a")]),
        ]
        let feature = try #require(try content(.point(Coordinate(x: 5, y: 5)), properties, id: .integer(1 << 53))["one"]?.features.first)
        var expected = properties
        expected["nothing"] = nil
        expected["infinite"] = nil
        expected["list"] = .string(#"[1,"a"]"#)
        #expect(feature.properties == expected)
        #expect(feature.id == 1 << 53)
    }

    @Test(arguments: [PropertyValue.string("a"), .integer(-1), .integer(1 << 53 + 1), .number(1.5)])
    func `an id that is no whole number up to 2^53 is none`(id: PropertyValue) throws {
        #expect(try content(.point(Coordinate(x: 5, y: 5)), id: id)["one"]?.features.first?.id == nil)
    }

    @Test func `names and values are written once, whatever the number of features`() throws {
        let features = (0..<100).map { i in
            Feature(geometry: .point(Coordinate(x: Double(i), y: 0)), properties: ["kind": .string("associatedCentre"), "n": .integer(Int64(i % 2))])
        }
        let layer = TileLayer(name: "places", features: features)
        let bytes = Tile(zoom: 0, x: 0, y: 0).encoded(from: [ZoomLayer(layer, zoom: 0)]).bytes
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.components(of: "associatedCentre") == 1 && text.components(of: "kind") == 1)
        #expect(try TileContent(reading: bytes)["places"]?.features.map(\.properties) == features.map(\.properties))
    }

    @Test func `values of single precision and signed varints of other writers are read`() throws {
        // A layer "a" with a point, the keys "f", "i" and the values 1.5 as float, -3 as int64.
        let values: [UInt8] = [0x22, 5, 0x15, 0, 0, 0xC0, 0x3F, 0x22, 11, 0x20, 0xFD, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]
        let feature: [UInt8] = [0x12, 4 + 2 + 2 + 5, 0x12, 4, 0, 0, 1, 1, 0x18, 1, 0x22, 3, 9, 50, 34]
        let layer: [UInt8] = [0x78, 2, 0x0A, 1, 0x61] + feature + [0x1A, 1, 0x66, 0x1A, 1, 0x69] + values
        let content = try TileContent(reading: [0x1A, UInt8(layer.count)] + layer)
        #expect(content["a"]?.features.first?.properties == ["f": .number(1.5), "i": .integer(-3)])
    }

    @Test func `bytes cut or changed anywhere give an error or a tile, never an end of the program`() throws {
        let square = Polygon(exterior: positions([(0, 0), (900, 0), (900, 900), (0, 900), (0, 0)]))
        let degrees = Geometry.polygon(square).mapCoordinates { WebMercator.position(Coordinate(x: $0.x / 4096, y: $0.y / 4096)) }
        let layer = TileLayer(name: "a", features: [Feature(id: .integer(3), geometry: degrees, properties: ["k": .string("v"), "n": .number(2.5)])])
        let bytes = Tile(zoom: 0, x: 0, y: 0).encoded(from: [ZoomLayer(layer, zoom: 0)]).bytes
        for end in 1..<bytes.count { #expect(throws: FormatError.self, "\(end)") { try TileContent(reading: Array(bytes[..<end])) } }
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<20_000 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                damaged[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            _ = try? TileContent(reading: damaged)
        }
    }
}

extension String {
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
