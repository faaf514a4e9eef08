internal import Foundation
package import GeoModel

/// The Lambert azimuthal equal-area projection of the authalic sphere around a centre: a square kilometre is as large anywhere on the map,
/// distances near the centre are true (within 0.1 % to 300 km, and 0.3 % for the sphere in the place of the ellipsoid), north is up at the
/// centre. Longitudes are taken by their difference from the centre, so that the antimeridian is a line like any other.
///
/// J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395 (1987), equations 24-2 to 24-4.
package struct MapProjection: Sendable {
    /// Of the authalic sphere of WGS 84, in metres.
    package static let radius = 6_371_007.181

    package let centre: Coordinate
    private let sine: Double
    private let cosine: Double

    package init(centre: Coordinate) {
        self.centre = centre
        (sine, cosine) = (sin(centre.y * .pi / 180), cos(centre.y * .pi / 180))
    }

    /// Metres east and north of the centre.
    package func plane(_ c: Coordinate) -> (x: Double, y: Double) {
        let (phi, lambda) = (c.y * .pi / 180, (c.x - centre.x) * .pi / 180)
        let (s, k) = (sin(phi), cos(phi))
        let along = cos(lambda)
        // The antipode has no place of its own: it is drawn on the rim.
        let scale = Self.radius * (2 / max(1e-9, 1 + sine * s + cosine * k * along)).squareRoot()
        return (scale * k * sin(lambda), scale * (cosine * s - sine * k * along))
    }

    /// The point that lies so many metres from another in a direction, clockwise from north in radians, along a great circle.
    package static func point(from c: Coordinate, metres: Double, towards bearing: Double) -> Coordinate {
        let (phi, way) = (c.y * .pi / 180, metres / radius)
        let s = sin(phi) * cos(way) + cos(phi) * sin(way) * cos(bearing)
        let turn = atan2(sin(bearing) * sin(way) * cos(phi), cos(way) - sin(phi) * s)
        return Coordinate(x: c.x + turn * 180 / .pi, y: asin(max(-1, min(1, s))) * 180 / .pi)
    }
}
