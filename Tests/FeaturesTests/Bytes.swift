import Foundation
import GeoFormats
import GeoModel
import GeoPackage
import TestSupport
import Testing

import Features

@Suite("GeoJSON as bytes")
struct Bytes {
    /// As the writer of whole features has it, properties in the order of the table.
    private static func expected(_ feature: Feature, _ names: [String]) -> String {
        let properties = Properties(names.map { ($0, feature.properties[$0] ?? .null) })
        return String(decoding: GeoJSONWriter.feature(Feature(id: feature.id, geometry: feature.geometry, properties: properties)), as: UTF8.self)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `is what the writer of features makes, from a file, from memory, and with some properties`(seed: UInt64) throws {
        var all = Sample(200, seed: seed + 40)
        all.features.append(
            Feature(
                id: .string("fiji"), geometry: .polygon(Polygon(exterior: [(177, -20), (183, -20), (183, -15), (177, -15), (177, -20)].map { Coordinate(x: $0.0, y: $0.1) })),
                properties: [:]))
        all.features.append(
            Feature(id: .string("jump"), geometry: .lineString([Coordinate(x: 179, y: 0), Coordinate(x: -179, y: 1)]), properties: [:]))
        all.features.append(
            Feature(
                id: .string("mixed"),
                geometry: .geometryCollection([.point(Coordinate(x: 1, y: 2)), .multiLineString([[Coordinate(x: 1, y: 2), Coordinate(x: 3.123456789, y: 4)]])]),
                properties: [:]))
        let names = Sample.properties.map(\.name)
        let sorted = all.features.sorted { ($0.id?.string ?? "").utf8.lexicographicallyPrecedes(($1.id?.string ?? "").utf8) }
        let made = try all.materialised()
        let folder = try TemporaryFolder()
        let (reader, table) = try all.file(folder)
        let whole = sorted.map { Self.expected($0, names) }.joined(separator: ",\n")
        for page in [try made.reader.page(made.table, FeatureQuery(limit: 1000)), try reader.page(table, FeatureQuery(limit: 1000))] {
            #expect(String(decoding: page.features, as: UTF8.self) == whole)
        }
        // Whatever the order in which they are asked for.
        let some = sorted.map { Self.expected($0, ["name", "tags"]) }.joined(separator: ",\n")
        for names in [["name", "tags"], ["tags", "name", "name"]] {
            #expect(String(decoding: try made.reader.page(made.table, FeatureQuery(limit: 1000, properties: names)).features, as: UTF8.self) == some)
            #expect(String(decoding: try reader.page(table, FeatureQuery(limit: 1000, properties: names)).features, as: UTF8.self) == some)
        }
        let none = try reader.page(table, FeatureQuery(limit: 1, properties: []))
        #expect(String(decoding: none.features, as: UTF8.self).hasSuffix("\"properties\":{}}"))
        for f in sorted.prefix(50) {
            let id = f.id?.string ?? ""
            let one = try #require(try reader.feature(table, id: id))
            #expect(String(decoding: one.bytes, as: UTF8.self) == Self.expected(f, names))
            let ready = try #require(try made.reader.feature(made.table, id: id))
            #expect(ready == one && ready.tag == one.tag && one.tag.count == 32)
        }
        #expect(Set(try sorted.compactMap { try reader.feature(table, id: $0.id?.string ?? "")?.tag }).count == sorted.count)
        #expect(try reader.feature(table, id: "none") == nil)
    }

    private static func write(_ bytes: [UInt8], to writer: inout JSONWriter) throws {
        try bytes.withUnsafeBytes { buffer in try GeoJSONWriter.write(wkb: buffer, to: &writer) }
    }

    @Test func `of geometries comes from any well-known binary as from the geometry`() throws {
        var g = SeededGenerator(seed: 3)
        func check(_ bytes: [UInt8], _ what: String) throws {
            var writer = JSONWriter()
            let expected = GeoJSONWriter.geometry(try WKB.decode(bytes))
            try Self.write(bytes, to: &writer)
            #expect(writer.bytes == expected, "\(what)")
        }
        for _ in 0..<500 {
            guard let shape = Sample.anywhere(&g) else { continue }
            try check(WKB.encode(shape), "\(shape)")
            try check(WKB.encode(shape.mapCoordinates { Coordinate(x: $0.x * 1.3, y: $0.y) }), "\(shape), wider")
            // Cut short, it is refused and nothing is written.
            let cut = Array(WKB.encode(shape).dropLast(3))
            var writer = JSONWriter()
            var isRefused = false
            do { try Self.write(cut, to: &writer) } catch { isRefused = error is FormatError }
            #expect(isRefused && writer.bytes.isEmpty)
        }
        for shape: Geometry in [
            .point(.empty), .lineString([]), .polygon(Polygon(exterior: [])), .multiPoint([]), .multiPolygon([Polygon(exterior: [])]), .geometryCollection([]),
            .multiPoint([Coordinate(x: 190, y: 1), Coordinate(x: 2, y: 3)]),
        ] {
            try check(WKB.encode(shape), "\(shape)")
        }
        // Big-endian, and with heights.
        try check([0, 0, 0, 0, 1, 0x3F, 0xF0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0], "POINT (1 2), big-endian")
        try check([1, 0xE9, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 8, 0x40], "POINT Z (1 2 3)")
    }

    @Test(arguments: [
        // By the definitions of the projections: their origins have round coordinates; northing first where the authority has it so.
        ("EPSG:4326", 3.0, 46.5, [46.5, 3]), ("OGC:CRS84", 3, 46.5, [3, 46.5]), ("EPSG:2154", 3, 46.5, [700_000, 6_600_000]),
        ("EPSG:3035", 10, 52, [3_210_000, 4_321_000]), ("EPSG:3857", 180, 0, [20037508.343, 0]), ("EPSG:32633", 15, 0, [500_000, 0]),
        ("EPSG:32661", 0, 90, [2_000_000, 2_000_000]), ("EPSG:4258", 3.5, 46.25, [46.25, 3.5]),
    ] as [(String, Double, Double, [Double])])
    func `in another reference system has its numbers and the axes of its authority`(name: String, x: Double, y: Double, expected: [Double]) throws {
        let point = Feature(id: .integer(7), geometry: .point(Coordinate(x: x, y: y)), properties: [:])
        let made = try MaterialisedTable(.init(id: "p", title: "P", idType: .integer, geometryType: "POINT", properties: []), features: [point])
        let bytes = try #require(try made.reader.feature(made.table, id: "7", crs: try CRS(name))).bytes
        let value = try JSONReader.read(bytes)
        let position = value.object?["geometry"]?.object?["coordinates"]?.array?.compactMap(\.number) ?? []
        #expect(position.count == 2)
        for (found, wanted) in zip(position, expected) { #expect(abs(found - wanted) < 0.002, "\(name): \(position)") }
        #expect(try made.reader.feature(made.table, id: "07") == nil)
        #expect(try made.reader.feature(made.table, id: "seven") == nil)
    }

    @Test func `of what another system cannot show has no geometry, and its neighbours have theirs`() throws {
        let all = [
            Feature(id: .string("a"), geometry: .point(Coordinate(x: 2, y: 48)), properties: [:]),
            Feature(id: .string("b"), geometry: .point(Coordinate(x: 100, y: -90)), properties: [:]),
        ]
        let made = try MaterialisedTable(.init(id: "p", title: "P", geometryType: "POINT", properties: []), features: all)
        let text = String(decoding: try made.reader.page(made.table, FeatureQuery(crs: CRS("EPSG:2154"))).features, as: UTF8.self)
        #expect(text.contains("\"id\":\"b\",\"geometry\":null"))
        #expect(text.contains("\"id\":\"a\",\"geometry\":{\"type\":\"Point\""))
    }

    @Test func `is right from many tasks at once, transformations included`() async throws {
        let made = try Sample(300, seed: 50).materialised()
        let crs = try CRS("EPSG:3035")
        let expected = try made.reader.page(made.table, FeatureQuery(limit: 300, crs: crs))
        let plain = try made.reader.page(made.table, FeatureQuery(limit: 300))
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    (0..<20).allSatisfy { _ in
                        (try? made.reader.page(made.table, FeatureQuery(limit: 300, crs: crs))) == expected
                            && (try? made.reader.page(made.table, FeatureQuery(limit: 300))) == plain
                    }
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}
