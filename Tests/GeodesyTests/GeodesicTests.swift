import Foundation
import GeoModel
import Geodesy
import Testing
import TestSupport

@Suite struct GeodesicTests {
    @Test func `an arc of the equator and a quarter meridian have their known lengths`() {
        let degree = Geodesic.distance(Coordinate(x: 0, y: 0), Coordinate(x: 1, y: 0))
        #expect(abs(degree - 6_378_137 * Double.pi / 180) < 1e-6)
        // The quarter meridian of WGS 84, from the series for elliptic arcs.
        #expect(abs(Geodesic.distance(Coordinate(x: 5, y: 0), Coordinate(x: 5, y: 90)) - 10_001_965.729_313) < 1e-5)
    }

    @Test func `going there and asking how far agree, all over the world`() {
        var g = SeededGenerator(seed: 4)
        for _ in 0..<5_000 {
            let start = Coordinate(x: .random(in: -180...180, using: &g), y: .random(in: -90...90, using: &g))
            let (azimuth, distance) = (Double.random(in: -180...180, using: &g), pow(10, Double.random(in: 0...7, using: &g)))
            let end = Geodesic.direct(from: start, azimuth: azimuth, distance: distance).end
            #expect(abs(Geodesic.distance(start, end) - distance) < 1e-6)
        }
    }

    @Test func `the area of a square degree at the equator is known, whichever way the ring runs`() {
        let ring = [(0.0, 0.0), (1, 0), (1, 1), (0, 1), (0, 0)].map { Coordinate(x: $0.0, y: $0.1) }
        let area = Geodesic.signedArea(ofRing: ring)
        #expect(abs(area - 12_308_778_361.469) < 1e-2)
        #expect(abs(Geodesic.signedArea(ofRing: ring.reversed()) + area) < 1e-3)
        let hole = ring.map { Coordinate(x: $0.x / 2 + 0.2, y: $0.y / 2 + 0.2) }
        let holed = Geodesic.area(.polygon(Polygon(exterior: ring, holes: [hole])))
        #expect(abs(holed - (area - Geodesic.signedArea(ofRing: hole))) < 1)
    }

    /// A position, and another some way off in a random direction; many near poles, the equator and the antimeridian.
    private func pair(_ i: Int, upTo range: Double, _ g: inout SeededGenerator) -> (Coordinate, Coordinate) {
        let lat: Double =
            switch i % 4 {
            case 0: (Bool.random(using: &g) ? 1 : -1) * (90 - pow(10, .random(in: -6...0.5, using: &g)))
            case 1: .random(in: -5...5, using: &g)
            default: .random(in: -90...90, using: &g)
            }
        let lon = i % 5 == 0 ? 180 - .random(in: 0...0.1, using: &g) : .random(in: -180...180, using: &g)
        // The error of the short formula is largest along meridians.
        let azimuth = i % 3 == 0 ? Double(Int.random(in: 0...7, using: &g)) * 45 : .random(in: -180...180, using: &g)
        let distance = i % 2 == 0 ? range * .random(in: 0.9...1, using: &g) : range * pow(10, .random(in: -8...0, using: &g))
        let start = Coordinate(x: lon, y: lat)
        return (start, Geodesic.direct(from: start, azimuth: azimuth, distance: distance).end)
    }

    @Test(arguments: [(range: 30_000.0, error: 2e-8), (100_000, 4e-7), (200_000, 1e-5), (300_000, 8e-5), (ShortGeodesic.range, 3.4e-4)])
    func `the short formula is as near to geod_inverse as is stated, up to its range`(range: Double, error: Double) {
        #expect(error < ShortGeodesic.tolerance / 2)
        var g = SeededGenerator(seed: 21)
        var worst = 0.0
        for i in 0..<200_000 {
            let (a, b) = pair(i, upTo: range, &g)
            let (p, q) = (EarthCentredPosition(a), EarthCentredPosition(b))
            let square = p.squaredChord(to: q)
            guard square <= ShortGeodesic.range * ShortGeodesic.range else { continue }
            worst = max(worst, abs(ShortGeodesic.distance(p, q, squaredChord: square) - Geodesic.distance(a, b)))
        }
        #expect(worst <= error)
        let here = EarthCentredPosition(Coordinate(x: 1, y: 2))
        #expect(ShortGeodesic.distance(here, here, squaredChord: 0) == 0)
    }

    @Test func `the chord bounds the geodesic from both sides, up to the antipodes`() {
        var g = SeededGenerator(seed: 5)
        for i in 0..<100_000 {
            let (a, b) = pair(i, upTo: [1e3, 1e5, 1e6, 2e7][i / 7 % 4], &g)
            let square = EarthCentredPosition(a).squaredChord(to: EarthCentredPosition(b))
            let distance = Geodesic.distance(a, b)
            #expect(square <= EarthCentredPosition.squaredChord(surelyBeyond: distance))
            #expect(EarthCentredPosition.longestGeodesic(ofSquaredChord: square) >= distance)
            // Where the chord says surely within a radius, the geodesic is.
            for radius in [distance, distance * 0.999_999_9, distance - 1, distance * 1.01, 19_950_000, 20_004_000] {
                if square <= EarthCentredPosition.squaredChord(surelyWithin: radius) { #expect(distance <= radius) }
            }
        }
        #expect(EarthCentredPosition.squaredChord(surelyWithin: 0) < 0)
    }

    @Test(.enabled(if: ProjectFolder.hasReference, "the reference data are not beside this checkout"))
    func `the reference geodesics come out to the digits they have`() throws {
        let folder = try #require(ProjectFolder.reference)
        let text = try String(contentsOf: folder.appendingPathComponent("conformance/GeodTest-100.dat"), encoding: .utf8)
        var lines = 0
        for line in text.split(separator: "\n") {
            let v = line.split(separator: " ").compactMap { Double($0) }
            let (a, b) = (Coordinate(x: v[1], y: v[0]), Coordinate(x: v[4], y: v[3]))
            let inverse = Geodesic.inverse(from: a, to: b)
            #expect(abs(inverse.distance - v[6]) < 1e-7, "\(line)")
            // The columns give azimuths to 1e-18 degrees; an inverse knows them as well as the positions allow.
            let direct = Geodesic.direct(from: a, azimuth: v[2], distance: v[6])
            #expect(Geodesic.distance(direct.end, b) < 1e-7, "\(line)")
            lines += 1
        }
        #expect(lines == 100)
        let csv = try String(contentsOf: folder.appendingPathComponent("conformance/geodesic_inverse_10k.csv"), encoding: .utf8)
        var rows = 0
        for line in csv.split(separator: "\n").dropFirst() {
            let f = line.split(separator: ",")
            let v = f.dropFirst().compactMap { Double($0) }
            let inverse = Geodesic.inverse(from: Coordinate(x: v[1], y: v[0]), to: Coordinate(x: v[3], y: v[2]))
            #expect(abs(inverse.distance - v[6]) < 1e-6, "\(line)")
            rows += 1
        }
        #expect(rows == 10_000)
    }
}
