internal import GeoModel
internal import Geodesy

/// Tells whether square cells of a projected system are of 1 km² on the ground, within 1 %: those of EPSG:3035 are, those of a web
/// Mercator of 1,000 m are not.
enum KilometreGrid {
    static func holds(size: Double, corner: Coordinate, transform: CoordinateTransform) -> Bool {
        guard size == 1000 else { return false }
        let (x, y) = (corner.x, corner.y)
        let ring = [(x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y)].map { Coordinate(x: $0.0, y: $0.1) }
        guard let onGround = try? ring.map({ try transform($0) }), onGround.allSatisfy(\.isGeographic) else { return false }
        return abs(abs(Geodesic.signedArea(ofRing: onGround)) - 1_000_000) <= 10_000
    }
}
