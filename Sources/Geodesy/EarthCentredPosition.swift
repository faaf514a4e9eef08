package import GeoModel
#if canImport(Glibc)
internal import Glibc
#endif

/// A position on the surface of WGS 84 in metres from the centre of the earth: no seam at the antimeridian, none at the poles.
///
/// The chord between two positions bounds the geodesic from both sides. It is never longer; and since a geodesic bends nowhere more
/// than a circle of `minimumRadius`, it spans no more than an arc of that circle with the same chord (Schur's comparison theorem).
package struct EarthCentredPosition: Hashable, Sendable {
    package var x: Double
    package var y: Double
    package var z: Double

    @inlinable
    package init(x: Double, y: Double, z: Double) { (self.x, self.y, self.z) = (x, y, z) }

    /// Longitude and latitude in degrees. About 50 ns.
    package init(_ c: Coordinate) {
        let (lon, lat) = (c.x * .pi / 180, c.y * .pi / 180)
        let (sinLat, cosLat) = (sin(lat), cos(lat))
        // The radius of curvature across the meridian.
        let n = Geodesic.equatorialRadius / (1 - Self.squaredEccentricity * sinLat * sinLat).squareRoot()
        x = n * cosLat * cos(lon)
        y = n * cosLat * sin(lon)
        z = n * (1 - Self.squaredEccentricity) * sinLat
    }

    @inlinable
    package func squaredChord(to o: EarthCentredPosition) -> Double {
        let (dx, dy, dz) = (x - o.x, y - o.y, z - o.z)
        return dx * dx + dy * dy + dz * dz
    }

    /// e² of WGS 84.
    package static let squaredEccentricity = Geodesic.flattening * (2 - Geodesic.flattening)
    /// b²/a of WGS 84, the smallest radius of curvature, in metres (made smaller in the last digits, to stay a bound after rounding).
    package static let minimumRadius = 6_335_439.32

    /// More metres than a chord can be wrong by from rounding.
    private static let rounding = 1e-6

    /// No geodesic whose chord squared is `q` is longer, in metres.
    package static func longestGeodesic(ofSquaredChord q: Double) -> Double {
        let half = q.squareRoot() / (2 * minimumRadius)
        return half < 1 ? 2 * minimumRadius * asin(half) + rounding : .infinity
    }

    /// The chord squared within which every geodesic is at most `distance` metres; negative where there is none.
    package static func squaredChord(surelyWithin distance: Double) -> Double {
        guard distance < .pi * minimumRadius else { return distance.isFinite && distance < 20_004_000 ? 4 * minimumRadius * minimumRadius : .infinity }
        let chord = 2 * minimumRadius * sin(distance / (2 * minimumRadius)) - rounding
        return chord >= 0 ? chord * chord : -1
    }

    /// The chord squared beyond which every geodesic is longer than `distance` metres.
    package static func squaredChord(surelyBeyond distance: Double) -> Double { (distance + rounding) * (distance + rounding) }
}
