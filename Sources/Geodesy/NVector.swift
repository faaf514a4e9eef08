package import GeoModel
#if canImport(Glibc)
internal import Glibc
#endif

/// The unit normal of the ellipsoid at a position: one vector a position, without seam at the antimeridian or pole.
///
/// The angle between two normals bounds the geodesic between the positions from both sides: along the path the
/// ellipsoid's metric is M²dφ² + N²cos²φ dλ², with both radii of curvature between `minimumRadius` and `maximumRadius`,
/// while the normals move on the unit sphere by dφ² + cos²φ dλ². So minimumRadius·θ ≤ distance ≤ maximumRadius·θ, everywhere.
package struct NVector: Hashable, Sendable {
    package var x: Double
    package var y: Double
    package var z: Double

    package init(_ c: Coordinate) {
        let (lon, lat) = (c.x * .pi / 180, c.y * .pi / 180)
        let cosLat = cos(lat)
        x = cosLat * cos(lon)
        y = cosLat * sin(lon)
        z = sin(lat)
    }

    /// The square of the straight line between two unit vectors: it grows with the angle. 0 to 4.
    @inlinable
    package func squaredChord(to o: NVector) -> Double {
        let (dx, dy, dz) = (x - o.x, y - o.y, z - o.z)
        return dx * dx + dy * dy + dz * dz
    }

    /// b²/a of WGS 84, the smallest radius of curvature, in metres (made smaller in the last digits, to stay a bound after rounding).
    package static let minimumRadius = 6_335_439.32
    /// a²/b of WGS 84, the largest radius of curvature, in metres (made larger likewise).
    package static let maximumRadius = 6_399_593.63

    /// The angle whose chord squared is given, in radians.
    package static func angle(ofSquaredChord q: Double) -> Double { 2 * asin(min(1, q.squareRoot() / 2)) }

    /// The chord squared of an angle in radians; 4 for half a turn and more.
    package static func squaredChord(ofAngle angle: Double) -> Double {
        guard angle < .pi else { return 4 }
        let half = sin(angle / 2)
        return 4 * half * half
    }
}
