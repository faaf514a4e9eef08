import Foundation
import GeoModel
import GeometryEngine
import TestSupport
import Testing
import VectorTiles

@Suite struct TileGeometryTests {
    private func feature(_ geometry: Geometry) -> Feature { Feature(geometry: geometry, properties: [:]) }
    private func ring(_ pairs: [(Double, Double)]) -> [Coordinate] { (pairs + [pairs[0]]).map { Coordinate(x: $0.0, y: $0.1) } }

    /// The features of each tile of a zoom, in the units of the whole zoom.
    private func tiles(_ features: [Feature], zoom: Int, tolerance: Double = 0, last: Int = 12) throws -> [(tile: Tile, features: [TileContent.Feature])] {
        let layer = TileLayer(name: "a", features: features, options: .init(zooms: 0...last, tolerance: tolerance))
        let prepared = [ZoomLayer(layer, zoom: zoom)]
        return try (0..<1 << (2 * zoom)).compactMap { i in
            let tile = Tile(zoom: zoom, x: i % (1 << zoom), y: i >> zoom)
            let bytes = tile.encoded(from: prepared).bytes
            return bytes.isEmpty ? nil : (tile, try TileContent(reading: bytes)["a"]!.features)
        }
    }

    private func polygons(_ shape: TileShape, in tile: Tile) -> [Polygon] {
        var out: [Polygon] = []
        for part in shape.parts {
            var ring = part.map { Coordinate(x: Double(Int(shape.xs[$0]) + tile.x * 4096), y: Double(Int(shape.ys[$0]) + tile.y * 4096)) }
            ring.append(ring[0])
            if shape.doubleArea(part) > 0 { out.append(Polygon(exterior: ring)) } else { out[out.count - 1].holes.append(ring) }
        }
        return out
    }

    private func area(_ polygons: [Polygon]) -> Double {
        polygons.reduce(0) { sum, p in sum + p.rings.enumerated().reduce(0) { $0 + ($1.offset == 0 ? 1 : -1) * abs(signedDoubleArea($1.element)) / 2 } }
    }

    private func box(_ tile: Tile) -> Geometry {
        let (x, y) = (Double(tile.x * 4096), Double(tile.y * 4096))
        return .polygon(Polygon(exterior: ring([(x, y), (x + 4096, y), (x + 4096, y + 4096), (x, y + 4096)])))
    }

    /// A star around a centre, in degrees, its arms wider than the grid is fine.
    private func star(_ generator: inout SeededGenerator) -> Polygon {
        let (cx, cy) = (Double.random(in: -150...150, using: &generator), Double.random(in: -60...60, using: &generator))
        let n = Int.random(in: 5...40, using: &generator)
        var points: [(Double, Double)] = []
        for i in 0..<n {
            let angle = Double(i) / Double(n) * 2 * .pi
            let radius = Double.random(in: 8...20, using: &generator)
            points.append((cx + radius * cos(angle), cy + radius * sin(angle)))
        }
        return Polygon(exterior: ring(points), holes: [ring([(cx - 0.5, cy - 0.5), (cx, cy + 0.7), (cx + 0.5, cy - 0.5)])])
    }

    @Test func `what tiles show of an area joins without seam or overlap`() throws {
        var generator = SeededGenerator(seed: 6)
        for zoom in [2, 4] {
            for _ in 0..<12 {
                let shape = feature(.polygon(star(&generator)))
                let pieces = try tiles([shape], zoom: zoom).map { tile, features in
                    try Geometry.multiPolygon(features.flatMap { polygons($0.shape, in: tile) }).intersection(box(tile))
                }
                let whole = try Geometry.union(of: pieces).polygons
                // No overlap: the areas add up. No seam: the union has no more parts or holes than the shape on the grid of the zoom.
                let sum = pieces.reduce(0) { $0 + area($1.polygons) }
                #expect(abs(sum - area(whole)) < 1e-6 * sum)
                #expect(whole.count == 1)
                #expect(whole[0].holes.count == 1)
            }
        }
    }

    @Test func `a hole that the border of a tile cuts stays a hole on both sides`() throws {
        // On zoom 1 the meridian of Greenwich is a border of tiles, and the buffers of both end within the hole.
        let shape = Polygon(exterior: ring([(-40, -40), (40, -40), (40, 40), (-40, 40)]), holes: [ring([(-20, -20), (20, -20), (20, 20), (-20, 20)])])
        let found = try tiles([feature(.polygon(shape))], zoom: 1)
        #expect(found.count == 4)
        for (tile, features) in found {
            let shown = try Geometry.multiPolygon(features.flatMap { polygons($0.shape, in: tile) }).intersection(box(tile))
            // A quarter of the square is 910 by 995 units here, that of the hole 455 by 465.
            #expect(abs(area(shown.polygons) - (910 * 995 - 455 * 465)) < 3_000)
        }
    }

    @Test(arguments: [0, 1, 3, 5]) func `rings wind right, are valid and never degenerate, at any zoom`(zoom: Int) throws {
        var generator = SeededGenerator(seed: 7)
        let features = (0..<20).map { _ in feature(.polygon(star(&generator))) }
        for (tile, found) in try tiles(features, zoom: zoom, tolerance: 2) {
            for one in found {
                #expect(one.shape.doubleArea(one.shape.parts[0]) > 0)
                for part in one.shape.parts {
                    #expect(part.count >= 3 && one.shape.doubleArea(part) != 0)
                    let first = part.lowerBound
                    for i in part {
                        let next = i + 1 < part.upperBound ? i + 1 : first
                        #expect(one.shape.xs[i] != one.shape.xs[next] || one.shape.ys[i] != one.shape.ys[next])
                        #expect((-64...4160).contains(one.shape.xs[i]) && (-64...4160).contains(one.shape.ys[i]))
                    }
                }
                #expect(try Geometry.multiPolygon(polygons(one.shape, in: tile)).invalidity() == nil)
            }
        }
    }

    @Test func `every position decodes to what was encoded within half a unit`() throws {
        var generator = SeededGenerator(seed: 8)
        let points = (0..<300).map { _ in Coordinate(x: .random(in: -179...179, using: &generator), y: .random(in: -84...84, using: &generator)) }
        let features = points.enumerated().map { Feature(id: .integer(Int64($0.offset)), geometry: .point($0.element), properties: [:]) }
        let scale = Double(4096 << 5)
        var seen = Set<UInt64>()
        for (tile, found) in try tiles(features, zoom: 5) {
            for one in found {
                let world = WebMercator.world(points[Int(try #require(one.id))])
                for i in one.shape.xs.indices {
                    #expect(abs(Double(one.shape.xs[i]) + Double(tile.x * 4096) - world.x * scale) <= 0.5)
                    #expect(abs(Double(one.shape.ys[i]) + Double(tile.y * 4096) - world.y * scale) <= 0.5)
                }
                seen.insert(one.id!)
            }
        }
        #expect(seen.count == 300)
    }

    @Test func `neighbours keep the border they share when it is simplified`() throws {
        var generator = SeededGenerator(seed: 9)
        // Two areas on both sides of a ragged border of 400 positions, each with its own direction.
        let border = (0...400).map { (Double.random(in: -0.4...0.4, using: &generator), Double($0) / 10 - 20) }
        let west = ring(border + [(-30, 20), (-30, -20)])
        let east = ring(border.reversed() + [(30, -20), (30, 20)])
        for (_, found) in try tiles([feature(.polygon(Polygon(exterior: west))), feature(.polygon(Polygon(exterior: east)))], zoom: 2, tolerance: 8)
        where found.count == 2 {
            let tile = Tile(zoom: 0, x: 0, y: 0)
            let (a, b) = (polygons(found[0].shape, in: tile), polygons(found[1].shape, in: tile))
            #expect(area(a) > 0)
            #expect(try area(Geometry.multiPolygon(a).intersection(.multiPolygon(b)).polygons) == 0)
            let both = try Geometry.multiPolygon(a).union(.multiPolygon(b)).polygons
            #expect(both.count == 1 && both[0].holes.isEmpty)
            #expect(a.reduce(0) { $0 + $1.exterior.count } < 300)
        }
    }

    @Test func `an area across the antimeridian is on both sides, and in the world tile without a border there`() throws {
        let shape = feature(.polygon(Polygon(exterior: ring([(170, 10), (195, 12), (190, 25), (172, 22)]))))
        #expect(Set(try tiles([shape], zoom: 3).map(\.tile)).isSuperset(of: [Tile(zoom: 3, x: 7, y: 3), Tile(zoom: 3, x: 0, y: 3)]))
        for (tile, found) in try tiles([shape], zoom: 3) {
            // The border of the world is inside the area: no side of a ring runs along it.
            let edge: Int32 = tile.x == 7 ? 4096 : 0
            for one in found {
                for part in one.shape.parts {
                    for i in part.dropLast() { #expect(!(one.shape.xs[i] == edge && one.shape.xs[i + 1] == edge)) }
                }
            }
        }
    }

    @Test func `a point near the antimeridian is also in the buffer of the tile beyond it`() throws {
        let found = try tiles([feature(.point(Coordinate(x: 179.999, y: 10)))], zoom: 4)
        #expect(found.map(\.tile) == [Tile(zoom: 4, x: 0, y: 7), Tile(zoom: 4, x: 15, y: 7)])
        #expect(found.map(\.features[0].shape.xs[0]) == [0, 4096])
    }

    @Test func `areas beyond 85_0511 degrees are cut there, points beyond are left out and named`() throws {
        let north = feature(.polygon(Polygon(exterior: ring([(-60, 70), (-20, 70), (-20, 89), (-60, 89)]))))
        let layer = TileLayer(name: "a", features: [north, feature(.point(Coordinate(x: 0, y: 89)))])
        #expect(layer.skipped.map(\.feature) == [1])
        #expect(layer.skipped[0].description.contains("85.0511"))
        let found = try tiles([north], zoom: 0)
        #expect(found[0].features[0].shape.ys.min() == 0)
    }

    @Test func `one bad feature never fails a tile`() throws {
        let good = feature(.point(Coordinate(x: 1, y: 1)))
        let bowTie = feature(.polygon(Polygon(exterior: ring([(-80, -30), (-60, -10), (-60, -30), (-80, -10)]))))
        let bad = [
            feature(.polygon(Polygon(exterior: [Coordinate(x: 0, y: 0), Coordinate(x: 1, y: 1)]))), feature(.point(Coordinate(x: .infinity, y: 0))),
            feature(.lineString([Coordinate(x: 0, y: 0), Coordinate(x: 900, y: 0)])), Feature(geometry: nil, properties: [:]),
            feature(.point(.empty)), feature(.lineString([Coordinate(x: .nan, y: 0), Coordinate(x: 1, y: 1)])),
        ]
        let layer = TileLayer(name: "a", features: [good] + bad + [bowTie])
        #expect(layer.skipped.map(\.feature) == [1, 2, 3, 4, 5, 6])
        let bytes = Tile(zoom: 0, x: 0, y: 0).encoded(from: [ZoomLayer(layer, zoom: 0)]).bytes
        let shapes = try #require(try TileContent(reading: bytes)["a"]).features.map(\.shape)
        #expect(shapes.map(\.kind) == [.point, .polygon])
        #expect(shapes[1].ends.count == 2)
    }

    @Test func `a line is cut into the pieces that a tile has of it`() throws {
        let line = feature(.lineString([(-10, 5), (10, 40), (30, 5), (50, 40)].map { Coordinate(x: $0.0, y: $0.1) }))
        let found = try tiles([line], zoom: 3)
        for (tile, features) in found {
            for one in features {
                #expect(one.shape.kind == .line)
                for part in one.shape.parts { #expect(part.count > 1) }
                #expect(one.shape.xs.allSatisfy { (-64...4160).contains($0) } && one.shape.ys.allSatisfy { (-64...4160).contains($0) }, "\(tile)")
            }
        }
        #expect(found.count == 3)
    }

    @Test func `an archive is the same bytes on one core and on all`() throws {
        var generator = SeededGenerator(seed: 10)
        let areas = TileLayer(name: "areas", features: (0..<15).map { _ in feature(.polygon(star(&generator))) }, options: .init(zooms: 0...4))
        let points = (0..<200).map { i in
            Feature(id: .integer(i), geometry: .point(Coordinate(x: Double(i) - 100, y: Double(i % 50))), properties: ["n": .integer(i)])
        }
        let places = TileLayer(name: "places", features: points, options: .init(zooms: 2...5), minimumZoom: { $0 % 2 == 0 ? 0 : 4 })
        let one = TilesetBuilder([areas, places], description: .init(name: "a"), isConcurrent: false).build()
        let all = TilesetBuilder([areas, places], description: .init(name: "a")).build()
        #expect(one.archive == all.archive)
        let reader = try PMTilesArchive(one.archive)
        #expect(reader.header.zooms == 0...5)
        #expect(reader.metadata["vector_layers"]?.array?.count == 2)
        let low = try #require(try reader.tile(Tile(zoom: 2, x: 2, y: 1)))
        #expect(try TileContent(reading: low)["places"]?.features.allSatisfy { $0.id! % 2 == 0 } == true)
    }
}
