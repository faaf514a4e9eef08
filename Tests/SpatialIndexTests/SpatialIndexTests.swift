import GeoModel
import Geodesy
import SpatialIndex
import Testing
import TestSupport

@Suite struct GeodesicIndexTests {
    /// Points all over the world, more of them where indexes go wrong: poles, antimeridian, equal places.
    private func world(_ n: Int, _ g: inout SeededGenerator) -> [Coordinate] {
        (0..<n).map { i in
            switch i % 6 {
            case 0: Coordinate(x: .random(in: -180...180, using: &g), y: .random(in: 89...90, using: &g))
            case 1:
                Coordinate(
                    x: Bool.random(using: &g) ? .random(in: 179...180, using: &g) : .random(in: -180 ... -179, using: &g), y: .random(in: -30...30, using: &g))
            case 2: Coordinate(x: Double(Int.random(in: -3...3, using: &g)), y: Double(Int.random(in: -3...3, using: &g)))
            case 3: Coordinate(x: .random(in: -180...180, using: &g), y: -90)
            default: Coordinate(x: .random(in: -180...180, using: &g), y: .random(in: -90...90, using: &g))
            }
        }
    }

    private func bruteForce(_ points: [Coordinate], _ c: Coordinate) -> [GeodesicIndex.Neighbour] {
        points.indices.map { .init(index: $0, distance: Geodesic.distance(c, points[$0])) }
            .sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }
    }

    @Test(arguments: [0, 1, 2, 7, 8, 9, 40, 700])
    func `the nearest and those within a radius equal brute force, in order, ties by index`(n: Int) {
        var g = SeededGenerator(seed: UInt64(n) + 7)
        let points = world(n, &g)
        let index = GeodesicIndex(points)
        for c in world(300, &g) {
            let expected = bruteForce(points, c)
            #expect(index.nearest(to: c) == expected.first)
            for k in [1, 3, 12] { #expect(index.nearest(k, to: c) == Array(expected.prefix(k))) }
            let radius = Double.random(in: 0...4_000_000, using: &g)
            #expect(index.within(radius, of: c) == expected.filter { $0.distance <= radius })
        }
    }

    @Test func `near antipodes, where great circles and geodesics disagree most, the order is the geodesic's`() {
        var g = SeededGenerator(seed: 99)
        let points = (0..<60).map { _ in Coordinate(x: 180 + .random(in: -1...0, using: &g), y: .random(in: -1...1, using: &g)) }
        let index = GeodesicIndex(points)
        for _ in 0..<50 {
            let c = Coordinate(x: .random(in: -0.5...0.5, using: &g), y: .random(in: -0.5...0.5, using: &g))
            #expect(index.nearest(5, to: c) == Array(bruteForce(points, c).prefix(5)))
        }
    }
}

@Suite struct PackedRTreeTests {
    @Test(arguments: [0, 1, 15, 16, 17, 300, 5000])
    func `a search finds the boxes that brute force finds`(n: Int) {
        var g = SeededGenerator(seed: UInt64(n) + 11)
        let boxes = (0..<n).map { i in
            let (x, y) = (Double.random(in: 0...100, using: &g), Double.random(in: 0...100, using: &g))
            return i % 50 == 3 ? Envelope.empty : Envelope(minX: x, minY: y, maxX: x + .random(in: 0...5, using: &g), maxY: y + .random(in: 0...5, using: &g))
        }
        let tree = PackedRTree(boxes)
        for _ in 0..<200 {
            let (x, y) = (Double.random(in: -5...105, using: &g), Double.random(in: -5...105, using: &g))
            let query = Envelope(minX: x, minY: y, maxX: x + .random(in: 0...10, using: &g), maxY: y + .random(in: 0...10, using: &g))
            #expect(tree.search(query) == boxes.indices.filter { !boxes[$0].isEmpty && boxes[$0].intersects(query) })
        }
    }
}
