import Coverage
import Foundation
import GeoFormats
import GeoModel
import Geodesy
import GeometryEngine
import Testing
import TestSupport

@Suite struct CatchmentTests {
    private static let centres: [Coordinate] = [
        (2.35, 48.85), (3.29, 49.85), (0, 0), (180, 0), (-180, 12), (179.95, -16.5), (-179.9, 66), (57.5, -20.16), (25, 89.9), (-130, -89.99),
        (0, 90), (77, -90), (180, 89.8), (-123.9, 49.2),
    ].map { Coordinate(x: $0.0, y: $0.1) }

    private func holds(_ shape: Geometry, _ c: Coordinate) throws -> Bool { try PreparedGeometry(shape).covers(c) }

    @Test(arguments: centres, [50.0, 10_000, 30_000, 250_000, 5_000_000])
    func `a disc holds the points within its radius and no others, but for the error it states`(centre: Coordinate, radius: Double) throws {
        let disc = GeodesicDisc.outline(around: centre, radius: radius)
        #expect(try disc.invalidity() == nil)
        // Written with seven decimals, as in GeoJSON, it is valid too.
        let written = disc.mapCoordinates { (c: Coordinate) throws(Never) in
            Coordinate(x: (c.x * 1e7).rounded() / 1e7, y: (c.y * 1e7).rounded() / 1e7)
        }
        if radius > 100 { #expect(try written.invalidity() == nil) }
        // What writes GeoJSON finds no further crossing in it.
        #expect(disc.cutAtAntimeridian() == disc)
        // A disc is in one piece, or in two where the antimeridian cuts it.
        let holdsPole = abs(centre.y) > 90 - radius / 112_000
        #expect(disc.polygons.count == (holdsPole ? 1 : disc.polygons.count) && disc.polygons.count <= 2)
        var isGeographic = true
        var offCircle = 0.0
        disc.forEachCoordinate { c in
            isGeographic = isGeographic && c.isGeographic
            // Vertices at the cut of the antimeridian and along a pole are not on the circle.
            if abs(c.x) != 180, abs(c.y) != 90 { offCircle = max(offCircle, abs(Geodesic.distance(centre, c) - radius)) }
        }
        #expect(isGeographic && offCircle <= radius * GeodesicDisc.outlineError)
        let prepared = try PreparedGeometry(disc)
        var g = SeededGenerator(seed: UInt64(radius))
        for i in 0..<400 {
            let share = i % 2 == 0 ? 1 + .random(in: -3e-4...3e-4, using: &g) : .random(in: 0...1.9, using: &g)
            guard abs(share - 1) > GeodesicDisc.outlineError else { continue }
            let c = Geodesic.direct(from: centre, azimuth: .random(in: -180...180, using: &g), distance: radius * share).end
            #expect(prepared.covers(c) == (share < 1), "\(share) of the radius at \(c)")
        }
        // The poles themselves.
        for y in [-90.0, 90] {
            let pole = Coordinate(x: centre.x, y: y)
            if abs(Geodesic.distance(centre, pole) / radius - 1) > GeodesicDisc.outlineError {
                #expect(prepared.covers(pole) == (Geodesic.distance(centre, pole) < radius))
            }
        }
    }

    @Test func `a circle that goes through a pole, or just beside it, is as good`() throws {
        for offset in [-3.0, -0.4, -0.01, 0, 0.01, 0.4, 3] {
            let centre = Coordinate(x: 31, y: 89.5)
            let radius = Geodesic.distance(centre, Coordinate(x: 0, y: 90)) + offset
            let disc = GeodesicDisc.outline(around: centre, radius: radius)
            #expect(try disc.invalidity() == nil)
            let prepared = try PreparedGeometry(disc)
            var g = SeededGenerator(seed: 9)
            for _ in 0..<300 {
                let share = 1 + Double.random(in: -1e-3...1e-3, using: &g)
                guard abs(share - 1) > GeodesicDisc.outlineError else { continue }
                let c = Geodesic.direct(from: centre, azimuth: .random(in: -180...180, using: &g), distance: radius * share).end
                #expect(prepared.covers(c) == (share < 1))
            }
        }
    }

    @Test(arguments: centres)
    func `the area of a disc is that of the geodesic circle, within its error`(centre: Coordinate) throws {
        for radius in [1_000.0, 30_000, 400_000] {
            let area = Geodesic.area(GeodesicDisc.outline(around: centre, radius: radius))
            // Brute force: triangles from the centre are exact for geodesic edges; as many that the sagitta vanishes.
            let rim = (0..<8_000).map { Geodesic.direct(from: centre, azimuth: Double($0) * 0.045, distance: radius).end }
            let expected = abs(Geodesic.signedArea(ofRing: rim.reversed() + [rim[rim.count - 1]]))
            #expect(abs(area / expected - 1) <= 2 * GeodesicDisc.outlineError, "\(centre) \(radius)")
        }
    }

    @Test(arguments: 0..<12)
    func `dissolved discs hold whoever is near any of them, and their area is that of the parts less what they share`(seed: Int) throws {
        var g = SeededGenerator(seed: UInt64(seed) + 300)
        // Around the antimeridian, a pole, and in between.
        let middle = [Coordinate(x: 180, y: -17), Coordinate(x: 40, y: 89), Coordinate(x: 2, y: 47)][seed % 3]
        let centres = (0..<6).map { _ in
            Geodesic.direct(from: middle, azimuth: .random(in: -180...180, using: &g), distance: .random(in: 0...200_000, using: &g)).end
        }
        let radius = Double.random(in: 20_000...110_000, using: &g)
        let shape = try GeodesicDisc.dissolved(around: centres, radius: radius)
        #expect(try shape.invalidity() == nil)
        let prepared = try PreparedGeometry(shape)
        for _ in 0..<500 {
            let c = Geodesic.direct(from: middle, azimuth: .random(in: -180...180, using: &g), distance: .random(in: 0...350_000, using: &g)).end
            let nearest = centres.map { Geodesic.distance($0, c) }.min()!
            if abs(nearest / radius - 1) > GeodesicDisc.outlineError { #expect(prepared.covers(c) == (nearest < radius)) }
        }
        let (a, b) = (try GeodesicDisc.dissolved(around: [centres[0]], radius: radius), try GeodesicDisc.dissolved(around: [centres[1]], radius: radius))
        let whole = Geodesic.area(try GeodesicDisc.dissolved(around: [centres[0], centres[1]], radius: radius))
        let shared = Geodesic.area(try a.intersection(b))
        #expect(abs(whole + shared - Geodesic.area(a) - Geodesic.area(b)) <= 1e-6 * whole)
        #expect(try GeodesicDisc.dissolved(around: [], radius: radius).isEmpty)
    }

    @Test(arguments: 0..<20)
    func `groups that reach a point, their people and the people they share are those of brute force`(seed: Int) {
        var g = SeededGenerator(seed: UInt64(seed) + 500)
        func random(_ n: Int) -> [Coordinate] {
            (0..<n).map { _ in Coordinate(x: 179.5 + .random(in: 0...1, using: &g), y: .random(in: -1...1, using: &g)) }
                .map { Coordinate(x: $0.x > 180 ? $0.x - 360 : $0.x, y: $0.y) }
        }
        let (places, facilities) = (random(300), random(Int.random(in: 0...12, using: &g)))
        let group = facilities.map { _ in Int.random(in: 0...4, using: &g) }
        let people = places.map { _ in Double(Int.random(in: 0...9, using: &g)) }
        // The very distance of a pair: the border counts.
        let radius = facilities.first.map { Geodesic.distance($0, places[7]) } ?? 10_000
        let found = GroupsWithin(reaching: places, from: facilities, group: group, within: radius)
        let expected = places.map { place in Set(facilities.indices.filter { Geodesic.distance(facilities[$0], place) <= radius }.map { group[$0] }) }
        #expect(Set(zip(found.points, found.groups).map { [$0, $1] }) == Set(expected.enumerated().flatMap { i, s in s.map { [Int32(i), Int32($0)] } }))
        #expect(found.points.count == expected.reduce(0) { $0 + $1.count })
        let sums = found.people(people, groupCount: 5)
        let shared = found.sharedPeople(people)
        for a in 0..<5 {
            #expect(sums[a] == places.indices.reduce(0) { $0 + (expected[$1].contains(a) ? people[$1] : 0) })
            for b in a + 1..<5 {
                let both = places.indices.filter { expected[$0].isSuperset(of: [a, b]) }
                #expect(shared[GroupsWithin.Pair(first: a, second: b)] == (both.isEmpty ? nil : both.reduce(0) { $0 + people[$1] }))
            }
        }
    }
}
