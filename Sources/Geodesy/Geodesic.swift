internal import CPROJ
package import GeoModel

/// Geodesics on WGS 84, by PROJ's implementation of Karney's algorithms (accurate to about 15 nanometres).
///
/// Latitudes and longitudes in degrees, distances in metres, azimuths in degrees clockwise from north.
/// Reference: C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87, 43-55 (2013), doi:10.1007/s00190-012-0578-z.
package enum Geodesic {
    /// The semi-major axis of WGS 84 in metres.
    package static let equatorialRadius = 6_378_137.0
    package static let flattening = 1 / 298.257223563

    // Written once, before first use, and only read afterwards: any number of tasks may share it.
    nonisolated(unsafe) private static let wgs84: UnsafePointer<geod_geodesic> = {
        let g = UnsafeMutablePointer<geod_geodesic>.allocate(capacity: 1)
        geod_init(g, equatorialRadius, flattening)
        return UnsafePointer(g)
    }()

    /// The length of the shortest path between two positions, in metres. About 0.8 µs.
    package static func distance(_ a: Coordinate, _ b: Coordinate) -> Double {
        var s12 = 0.0
        geod_inverse(wgs84, a.y, a.x, b.y, b.x, &s12, nil, nil)
        return s12
    }

    package struct Inverse: Equatable, Sendable {
        package var distance: Double
        /// Direction at the start.
        package var azimuth: Double
        /// Direction on arrival, going on.
        package var finalAzimuth: Double
    }

    package static func inverse(from a: Coordinate, to b: Coordinate) -> Inverse {
        var result = Inverse(distance: 0, azimuth: 0, finalAzimuth: 0)
        geod_inverse(wgs84, a.y, a.x, b.y, b.x, &result.distance, &result.azimuth, &result.finalAzimuth)
        return result
    }

    /// Where one arrives after `distance` metres from `start` in the direction `azimuth`.
    package static func direct(from start: Coordinate, azimuth: Double, distance: Double) -> (end: Coordinate, finalAzimuth: Double) {
        var (lat, lon, azimuth2) = (0.0, 0.0, 0.0)
        geod_direct(wgs84, start.y, start.x, azimuth, distance, &lat, &lon, &azimuth2)
        return (Coordinate(x: lon, y: lat), azimuth2)
    }

    /// The area that a closed ring bounds, in square metres: positive when it runs counterclockwise. O(n).
    package static func signedArea(ofRing ring: [Coordinate]) -> Double {
        guard ring.count > 3 else { return 0 }
        var (lats, lons) = (ring.dropLast().map(\.y), ring.dropLast().map(\.x))
        var (area, perimeter) = (0.0, 0.0)
        geod_polygonarea(wgs84, &lats, &lons, Int32(lats.count), &area, &perimeter)
        return area
    }

    /// The area of the polygons of a geometry in square metres, holes taken out; 0 for lines and points.
    package static func area(_ geometry: Geometry) -> Double {
        geometry.polygons.reduce(0) { sum, polygon in
            sum + abs(signedArea(ofRing: polygon.exterior)) - polygon.holes.reduce(0) { $0 + abs(signedArea(ofRing: $1)) }
        }
    }
}
