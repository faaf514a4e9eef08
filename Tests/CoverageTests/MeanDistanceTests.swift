import Coverage
import GeoModel
import Geodesy
import Testing
import TestSupport

@Suite struct MeanDistanceTests {
    private func brute(_ points: [Coordinate], _ people: [Double]) -> Double {
        let total = people.reduce(0, +)
        var sum = 0.0
        for i in points.indices { for j in points.indices { sum += people[i] * people[j] * Geodesic.distance(points[i], points[j]) } }
        return sum / (total * total)
    }

    private func world(_ count: Int, seed: UInt64, wide: Double, around c: Coordinate) -> (points: [Coordinate], people: [Double]) {
        var random = SeededGenerator(seed: seed)
        let points = (0..<count).map { _ in
            Coordinate(x: c.x + Double.random(in: -wide...wide, using: &random), y: c.y + Double.random(in: -wide...wide, using: &random))
        }
        return (points, points.map { _ in Double(Int.random(in: 0...900, using: &random)) })
    }

    @Test(arguments: [1 as UInt64, 2, 3])
    func `two people drawn at random are as far apart as every pair says`(seed: UInt64) {
        let (points, people) = world(120, seed: seed, wide: 1, around: Coordinate(x: 3.3, y: 49.8))
        let distance = MeanDistance(points, people: people)
        #expect(abs(distance.metres - brute(points, people)) < 0.001 && distance.error == 0)
    }

    @Test func `pairs across an ocean are within two thousandths`() {
        let (points, people) = world(60, seed: 4, wide: 40, around: Coordinate(x: -30, y: 10))
        let exact = brute(points, people)
        #expect(abs(MeanDistance(points, people: people).metres - exact) < 0.002 * exact)
    }

    @Test(arguments: [5, 20, 60])
    func `gathering in cells errs by no more than it says`(limit: Int) {
        let (points, people) = world(400, seed: 5, wide: 0.8, around: Coordinate(x: 179.9, y: -17))
        let exact = brute(points, people)
        let gathered = MeanDistance(points, people: people, exactUpTo: limit)
        #expect(gathered.error > 0 && abs(gathered.metres - exact) <= gathered.error)
    }

    @Test func `one place, and nobody, are no distance apart`() {
        let here = Coordinate(x: 3, y: 49)
        #expect(MeanDistance([here, here], people: [5, 7]).metres == 0 && MeanDistance([], people: []).metres == 0)
        #expect(MeanDistance([here], people: [0]).metres == 0)
    }
}
