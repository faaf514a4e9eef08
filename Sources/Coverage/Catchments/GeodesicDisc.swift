internal import GeoFormats
package import GeoModel
internal import Geodesy
internal import GeometryEngine

/// Everything within a distance of a point on the ellipsoid, as a polygon.
///
/// Its vertices lie on the geodesic circle (but for a circle that all but touches a pole, which is moved by a tenth of the error), so
/// close to one another that a straight edge in longitude and latitude departs from the circle by no more than `outlineError`. The
/// polygon is cut at the antimeridian as RFC 7946 wants, and runs along the edge of the world where it holds a pole.
package enum GeodesicDisc {
    /// How far an edge may be from the circle, as a share of the radius: 3 m at 30 km.
    package static let outlineError = 1e-4
    /// Metres. A larger disc could hold both poles.
    package static let largestRadius = 10_000_000.0

    private static let north = Coordinate(x: 0, y: 90)
    private static let south = Coordinate(x: 0, y: -90)

    /// About 0.3 ms.
    ///
    /// - Precondition: `radius` is more than 0 and at most `largestRadius` metres.
    package static func outline(around centre: Coordinate, radius: Double) -> Geometry {
        precondition(radius > 0 && radius <= largestRadius)
        let pole = [north, south].min { Geodesic.distance(centre, $0) < Geodesic.distance(centre, $1) }!
        let toPole = Geodesic.distance(centre, pole)
        // A circle through a pole has all longitudes there: it is drawn a little smaller.
        let drawn = abs(toPole - radius) < radius * outlineError / 10 ? radius * (1 - outlineError / 5) : radius
        var ring = circle(around: centre, radius: drawn, allowed: radius * outlineError * 0.75)
        let turns = ((ring[ring.count - 1].x - ring[0].x) / 360).rounded()
        ring[ring.count - 1] = Coordinate(x: ring[0].x + 360 * turns, y: ring[0].y)
        guard turns != 0 else { return Geometry.polygon(Polygon(exterior: ring).wound).cutAtAntimeridian() }
        return Geometry.polygon(Polygon(exterior: closed(ring, through: pole, turns: turns)).wound)
    }

    /// A ring that goes around a pole, from one edge of the world to the other and back along the pole.
    private static func closed(_ ring: [Coordinate], through pole: Coordinate, turns: Double) -> [Coordinate] {
        let edge = 360 * ((ring[0].x - 180) / 360).rounded(turns > 0 ? .up : .down) + 180
        let after = (1..<ring.count).first { turns > 0 ? ring[$0].x > edge : ring[$0].x < edge } ?? ring.count - 1
        let (a, b) = (ring[after - 1], ring[after])
        let y = a.y + (b.y - a.y) * (edge - a.x) / (b.x - a.x)
        // Once around from the edge: what comes after it, then what came before it, a turn on.
        let shift = -180 * turns - edge
        let rest = ring[after...].dropLast() + ring[..<after].map { Coordinate(x: $0.x + 360 * turns, y: $0.y) }
        let inside = rest.map { Coordinate(x: $0.x + shift, y: $0.y) }.filter { abs($0.x) < 180 }
        let (first, last) = (-180 * turns, 180 * turns)
        return [Coordinate(x: first, y: y)] + inside + [(last, y), (last, pole.y), (first, pole.y), (first, y)].map { Coordinate(x: $0.0, y: $0.1) }
    }

    /// Vertices clockwise from north, closed, their longitudes without jumps.
    private static func circle(around centre: Coordinate, radius: Double, allowed: Double) -> [Coordinate] {
        func vertex(_ azimuth: Double) -> Coordinate { Geodesic.direct(from: centre, azimuth: azimuth, distance: radius).end }
        let middle = EarthCentredPosition(centre)
        func distance(to c: Coordinate) -> Double {
            let there = EarthCentredPosition(c)
            let square = middle.squaredChord(to: there)
            return square <= ShortGeodesic.range * ShortGeodesic.range
                ? ShortGeodesic.distance(middle, there, squaredChord: square) : Geodesic.distance(centre, c)
        }
        var ring = [vertex(0)]
        func refine(_ from: Double, _ a: Coordinate, _ to: Double, _ b: Coordinate, _ depth: Int) {
            let next = Coordinate(x: b.x + 360 * ((a.x - b.x) / 360).rounded(), y: b.y)
            // An edge is straight in degrees for GeoJSON, a geodesic for an area: 256 of them are as close for both.
            let isClose =
                to - from < 1.5 && abs(next.x - a.x) < 90
                && [0.25, 0.5, 0.75].allSatisfy { t in
                    let c = Coordinate(x: a.x + t * (next.x - a.x), y: a.y + t * (next.y - a.y))
                    return abs(distance(to: c) - radius) <= allowed
                }
            if isClose || depth == 0 {
                let last = ring[ring.count - 1]
                ring.append(Coordinate(x: b.x + 360 * ((last.x - b.x) / 360).rounded(), y: b.y))
                return
            }
            let half = (from + to) / 2
            let m = vertex(half)
            refine(from, a, half, m, depth - 1)
            refine(half, m, to, b, depth - 1)
        }
        for step in 0..<16 {
            let (from, to) = (Double(step) * 22.5, Double(step + 1) * 22.5)
            refine(from, vertex(from), to, vertex(to), 16)
        }
        return ring
    }

    /// The discs around some points as one geometry, overlaps dissolved; an empty multipolygon for no point. O(n log n) of GEOS, whose
    /// `GeometryError` it throws.
    package static func dissolved(around centres: [Coordinate], radius: Double) throws -> Geometry {
        let discs = centres.map { outline(around: $0, radius: radius) }
        return discs.count == 1 ? discs[0].asMultiPolygon : try Geometry.union(of: discs).asMultiPolygon
    }
}
