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

    @Test func `the angle between normals bounds the geodesic from both sides`() {
        var g = SeededGenerator(seed: 5)
        for _ in 0..<20_000 {
            let a = Coordinate(x: .random(in: -180...180, using: &g), y: .random(in: -90...90, using: &g))
            let near = Geodesic.direct(from: a, azimuth: .random(in: -180...180, using: &g), distance: pow(10, .random(in: 1...7.2, using: &g))).end
            let angle = NVector.angle(ofSquaredChord: NVector(a).squaredChord(to: NVector(near)))
            let distance = Geodesic.distance(a, near)
            // A chord in double precision knows short angles to about 1e-9 of a metre only in the large: allow a micrometre.
            #expect(NVector.minimumRadius * angle <= distance + 1e-6)
            #expect(NVector.maximumRadius * angle >= distance - 1e-6)
        }
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
