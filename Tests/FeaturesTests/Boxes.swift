import Foundation
import GeoModel
import GeometryEngine
import TestSupport
import Testing

import Features

@Suite("Features in a box")
struct Boxes {
    /// By brute force: GEOS on every feature, and every feature without geometry.
    private static func meeting(_ n: [Double], _ features: [Feature]) throws -> Set<String> {
        let parts = n[0] <= n[2] ? [n] : [[n[0], n[1], 180, n[3]], [-180, n[1], n[2], n[3]]]
        var found: Set<String> = []
        for f in features {
            var isIn = f.geometry == nil
            for p in parts {
                let (a, b) = (Coordinate(x: p[0], y: p[1]), Coordinate(x: p[2], y: p[3]))
                let shape: Geometry =
                    a == b
                    ? .point(a)
                    : a.x == b.x || a.y == b.y
                        ? .lineString([a, b]) : .polygon(Polygon(exterior: [a, Coordinate(x: b.x, y: a.y), b, Coordinate(x: a.x, y: b.y), a]))
                if let geometry = f.geometry { isIn = try isIn || SpatialRelation.intersects.holds(geometry, shape) }
            }
            if isIn { found.insert(f.id?.string ?? "") }
        }
        return found
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `are those whose geometry meets it, at the antimeridian and the poles too`(seed: UInt64) throws {
        var g = SeededGenerator(seed: seed)
        let sample = Sample(300, seed: seed)
        let made = try sample.materialised()
        let folder = try TemporaryFolder()
        let (reader, table) = try sample.file(folder)
        var boxes: [[Double]] = [
            [-180, -90, 180, 90], [177, 65, -177, 70], [170, -90, -170, 90], [-180, 80, 180, 90], [-180, -90, 180, -85], [-180, 90, 180, 90], [180, -90, 180, 90],
            [-180, -90, -180, 90], [180, -80, -180, 80], [0, 0, 0, 0], [400, 10, 420, 20], [0, 91, 10, 95],
        ]
        for _ in 0..<150 {
            let (x1, x2) = (Double.random(in: -180...180, using: &g), Double.random(in: -180...180, using: &g))
            let (y1, y2) = (Double.random(in: -90...90, using: &g), Double.random(in: -90...90, using: &g))
            boxes.append([x1, min(y1, y2), x2, max(y1, y2)])
        }
        for box in boxes {
            let expected = try Self.meeting(box, sample.features)
            let query = FeatureQuery(limit: 1000, box: try BoundingBox(box), counting: .always)
            for page in [try made.reader.page(made.table, query), try reader.page(table, query)] {
                #expect(Set(try ids(page)) == expected, "\(box)")
                #expect(page.matched == expected.count)
            }
            var short = query
            (short.limit, short.counting) = (3, .ifCheap)
            let page = try made.reader.page(made.table, short)
            #expect(try ids(page) == Array(expected.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.prefix(3)))
            #expect(page.matched == (expected.count <= 3 ? expected.count : nil))
        }
    }

    @Test func `are found in a table without R-tree as well`() throws {
        let sample = Sample(100, seed: 9)
        let folder = try TemporaryFolder()
        var (reader, table) = try sample.file(folder)
        let query = FeatureQuery(limit: 1000, box: try BoundingBox([-20, -20, 60, 60]))
        let indexed = try reader.page(table, query)
        table.geometry?.index = nil
        #expect(try reader.page(table, query) == indexed)
        reader = try FeatureReader(path: "/dev/null")
        #expect(throws: (any Error).self) { try reader.page(table, query) }
    }

    @Test func `are the same whether it is told in CRS84, in EPSG:4326 with latitude first, or with heights`() throws {
        let made = try Sample(200, seed: 10).materialised()
        func ask(_ numbers: [Double], _ crs: CRS = .crs84) throws -> [UInt8] {
            try made.reader.page(made.table, FeatureQuery(limit: 1000, box: BoundingBox(numbers, crs: crs))).features
        }
        let plain = try ask([170, -40, -160, 30])
        #expect(try ask([-40, 170, 30, -160], .epsg4326) == plain)
        #expect(try ask([170, -40, -100, -160, 30, 9000]) == plain)
        #expect(try ask([10, 20, 30, 40]) != plain)
    }

    /// A box of a projection, the corner being where Lambert's and Mercator's axes differ, against each feature brought into that projection.
    @Test(arguments: ["EPSG:3035", "EPSG:2154", "EPSG:3857", "EPSG:32633", "EPSG:3413"])
    func `of a projection are those that lie in it there`(name: String) throws {
        var g = SeededGenerator(seed: 11)
        let isPolar = name == "EPSG:3413"
        let sample = Sample(400, seed: 12) { g in
            .point(
                isPolar
                    ? Coordinate(x: Double.random(in: -180...180, using: &g), y: Double.random(in: 60...90, using: &g))
                    : Coordinate(x: Double.random(in: -10...30, using: &g), y: Double.random(in: 35...65, using: &g)))
        }
        let made = try sample.materialised()
        let crs = try CRS(name)
        for _ in 0..<20 {
            // Two features as corners; in the axis order of the authority, as the answer in that system has it.
            let page = try made.reader.page(made.table, FeatureQuery(limit: 1000, crs: crs))
            var positions: [String: Coordinate] = [:]
            for f in try features(inAnyUnit: page) { positions[f.id] = f.position }
            let corners = [positions.values.randomElement(using: &g)!, positions.values.randomElement(using: &g)!]
            let (xs, ys) = (corners.map(\.x), corners.map(\.y))
            let box = [xs.min()! - 1, ys.min()! - 1, xs.max()! + 1, ys.max()! + 1]
            let expected = positions.filter { box[0]...box[2] ~= $0.value.x && box[1]...box[3] ~= $0.value.y }
            let found = try ids(made.reader.page(made.table, FeatureQuery(limit: 1000, box: BoundingBox(box, crs: crs))))
            #expect(Set(found) == Set(expected.keys), "\(name) \(box)")
        }
    }

    private func features(inAnyUnit page: FeaturePage) throws -> [(id: String, position: Coordinate)] {
        let text = String(decoding: page.features, as: UTF8.self)
        return try text.split(separator: "\n").map { line in
            func between(_ a: String, _ b: String) throws -> Substring {
                let from = try #require(line.range(of: a)?.upperBound)
                return line[from..<(try #require(line[from...].range(of: b)?.lowerBound))]
            }
            let numbers = try between("\"coordinates\":[", "]").split(separator: ",").compactMap { Double($0) }
            return (String(try between("\"id\":\"", "\"")), Coordinate(x: numbers[0], y: numbers[1]))
        }
    }

    @Test func `of a projection that holds the pole are all around it`() throws {
        let points = stride(from: -180.0, to: 180, by: 15).flatMap { x in [50.0, 75, 89].map { Coordinate(x: x, y: $0) } }
        let all = points.enumerated().map { Feature(id: .string("\($0)"), geometry: .point($1), properties: [:]) }
        let made = try MaterialisedTable(.init(id: "ring", title: "Ring", geometryType: "POINT", properties: []), features: all)
        let polar = try CRS("EPSG:3413")
        let found = try ids(made.reader.page(made.table, FeatureQuery(limit: 100, box: BoundingBox([-2_000_000, -2_000_000, 2_000_000, 2_000_000], crs: polar))))
        #expect(Set(found) == Set(points.indices.filter { points[$0].y > 60 }.map(String.init)))
    }

    @Test func `out of range are none, and the answer is no error`() throws {
        let made = try Sample(50, seed: 13) { _ in .point(Coordinate(x: 2, y: 48)) }.materialised()
        for (box, name) in [
            ([1e9, 1e9, 2e9, 2e9], "EPSG:3857"), ([1e12, 1e12, 2e12, 2e12], "EPSG:3035"), ([-1e9, -1e9, -9e8, -9e8], "EPSG:32633"), ([200, 10, 210, 20], "OGC:CRS84"),
        ] {
            let page = try made.reader.page(made.table, FeatureQuery(box: BoundingBox(box, crs: CRS(name)), counting: .always))
            #expect(page.count == 0 && page.matched == 0, "\(name)")
        }
        let wide = try made.reader.page(made.table, FeatureQuery(limit: 100, box: BoundingBox([-1e9, -1e9, 1e9, 1e9], crs: CRS("EPSG:3857"))))
        #expect(wide.count == 50)
    }

    @Test func `that is no box is refused with a reason`() throws {
        for odd in [[], [1, 2, 3], [1, 2, 3, 4, 5], [0, 10, 5, 5], [0, .nan, 5, 5], [0, 0, .infinity, 5]] as [[Double]] {
            #expect(throws: FeaturesError.self, "\(odd)") { try BoundingBox(odd) }
        }
        #expect(throws: FeaturesError.parameter("bbox", problem: "the minimum 10.0 is above the maximum 5.0")) {
            try BoundingBox([10, 0, 5, 5], crs: CRS("EPSG:3857"))
        }
        for odd in ["EPSG:1", "EPSG:5703", "EPSG:4978", "EPSG:4979", "EPSG:x", "4326", "", "http://www.opengis.net/def/crs/EPSG/0/", "OGC:CRS83", "IAU:1"] {
            #expect(throws: FeaturesError.self, "\(odd)") { try CRS(odd) }
        }
        for name in ["http://www.opengis.net/def/crs/EPSG/0/4326", "https://www.opengis.net/def/crs/EPSG/9.9.1/4326", "urn:ogc:def:crs:EPSG::4326", "[EPSG:4326]"] {
            #expect(try CRS(name) == .epsg4326)
        }
    }
}
