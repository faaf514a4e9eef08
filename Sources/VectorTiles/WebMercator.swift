package import GeoModel

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Spherical Mercator as web maps use it (EPSG:3857), with the world as a square of side 1: x eastward from 180° west, y southward from `latitudeLimit`.
package enum WebMercator {
    /// Where the square ends, in degrees: atan(sinh π).
    package static let latitudeLimit = 85.051_128_779_806_59

    /// The place in the square of a position in degrees. Latitudes beyond the limit lie at its edge; longitudes run on.
    package static func world(_ position: Coordinate) -> Coordinate {
        let latitude = max(-latitudeLimit, min(latitudeLimit, position.y)) * .pi / 180
        let y = 0.5 - atanh(sin(latitude)) / (2 * .pi)
        return Coordinate(x: (position.x + 180) / 360, y: max(0, min(1, y)))
    }

    /// The position in degrees of a place in the square.
    package static func position(_ world: Coordinate) -> Coordinate {
        Coordinate(x: world.x * 360 - 180, y: atan(sinh(.pi * (1 - 2 * world.y))) * 180 / .pi)
    }
}
