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

    @Test(arguments: [0, 1, 2, 8, 9, 40, 700])
    func `columns of points have the neighbours of brute force, and distances within a millimetre, exact at cutoffs`(n: Int) {
        var g = SeededGenerator(seed: UInt64(n) + 70)
        let points = world(n, &g)
        let index = GeodesicIndex(points)
        let queries = world(600, &g) + points.prefix(20) + [Coordinate(x: .nan, y: 0), Coordinate(x: 0, y: 0)]
        let expected = queries.map { bruteForce(points, $0).first }
        // Some cutoffs are the very distance of a point.
        let cutoffs = [0, 1_000, 250_000] + stride(from: 0, to: 600, by: 60).compactMap { expected[$0]?.distance }
        var (distances, indices) = ([Double](repeating: -1, count: queries.count), [Int32](repeating: -2, count: queries.count))
        queries.withUnsafeBufferPointer { queries in
            distances.withUnsafeMutableBufferPointer { distances in
                indices.withUnsafeMutableBufferPointer { indices in
                    index.nearest(of: queries, cutoffs: cutoffs, distance: distances.baseAddress!, index: indices.baseAddress!)
                }
            }
        }
        for (i, best) in expected.enumerated() {
            guard let best, queries[i].x.isFinite else {
                #expect(distances[i] == .infinity && indices[i] == -1)
                continue
            }
            #expect(indices[i] == Int32(best.index))
            #expect(abs(distances[i] - best.distance) <= 0.001)
            for cutoff in cutoffs { #expect((distances[i] <= cutoff) == (best.distance <= cutoff)) }
        }
    }

    @Test func `of places at equal distances, the first is the nearest`() {
        var g = SeededGenerator(seed: 3)
        // A lattice symmetric to the equator and a meridian, and queries on both: geodesics that differ in nothing, or in the last digit.
        let points = (-20...20).flatMap { x in (-20...20).map { Coordinate(x: Double(x) / 10, y: Double($0) / 10) } }.shuffled(using: &g)
        let queries = (0..<400).map { i in Coordinate(x: Double(i % 20) / 10 + 0.05, y: i % 3 == 0 ? 0 : .random(in: -2...2, using: &g)) }
        let found = columnNearest(GeodesicIndex(points), queries)
        for (c, index) in zip(queries, found) { #expect(Int(index) == bruteForce(points, c)[0].index) }
    }

    private func columnNearest(_ index: GeodesicIndex, _ queries: [Coordinate]) -> [Int32] {
        var (distances, indices) = ([Double](repeating: 0, count: queries.count), [Int32](repeating: 0, count: queries.count))
        queries.withUnsafeBufferPointer { queries in
            distances.withUnsafeMutableBufferPointer { distances in
                indices.withUnsafeMutableBufferPointer { index.nearest(of: queries, distance: distances.baseAddress!, index: $0.baseAddress!) }
            }
        }
        return indices
    }

    @Test(arguments: [1, 9, 300])
    func `weights within radii equal those that brute force adds, borders included`(n: Int) {
        var g = SeededGenerator(seed: UInt64(n) + 700)
        let points = world(n, &g)
        let others = world(500, &g)
        let weights = others.map { _ in Double(Int.random(in: 0...9, using: &g)) }
        let radii = [0, 5_000, Geodesic.distance(points[0], others[3]), 300_000, Geodesic.distance(points[n / 2], others[7]), 9_000_000, 19_960_000, .infinity]
        var sums = [Double](repeating: 0, count: n * radii.count)
        others.withUnsafeBufferPointer { others in
            weights.withUnsafeBufferPointer { weights in
                sums.withUnsafeMutableBufferPointer { GeodesicIndex(points).addWeights(weights, of: others, within: radii, to: $0.baseAddress!) }
            }
        }
        for (i, p) in points.enumerated() {
            let distances = others.map { Geodesic.distance(p, $0) }
            for (k, radius) in radii.enumerated() {
                let expected = others.indices.reduce(0) { $0 + (distances[$1] <= radius ? weights[$1] : 0) }
                #expect(sums[i * radii.count + k] == expected)
            }
        }
    }

    @Test(arguments: [(9, 300_000.0), (300, 90_000), (300, 4_000_000)])
    func `pairs within a radius are those of brute force, with distances within a millimetre and exact at cutoffs`(n: Int, radius: Double) {
        var g = SeededGenerator(seed: UInt64(n) + 7_000)
        let points = world(n, &g)
        let others = world(300, &g)
        let expected = others.indices.flatMap { i in
            points.indices.map { (point: i, index: $0, distance: Geodesic.distance(others[i], points[$0])) }.filter { $0.distance <= radius }
        }
        let cutoffs = [1_000] + expected.prefix(5).map(\.distance)
        var found: [[Int]: Double] = [:]
        var pairs = 0
        others.withUnsafeBufferPointer { others in
            GeodesicIndex(points).forEachNeighbour(of: others, within: radius, cutoffs: cutoffs) { found[[$0, $1]] = $2 }
            GeodesicIndex(points).forEachPair(of: others, within: radius) { point, index in
                pairs += 1
                #expect(found[[point, index]] != nil)
            }
        }
        #expect(found.count == expected.count && pairs == expected.count)
        for pair in expected {
            let distance = found[[pair.point, pair.index]] ?? .nan
            #expect(abs(distance - pair.distance) <= 0.001)
            for cutoff in cutoffs { #expect((distance <= cutoff) == (pair.distance <= cutoff)) }
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
