internal import GeoModel
internal import Geodesy
#if canImport(Glibc)
internal import Glibc
#endif

/// The true area of cells on the ellipsoid.
package enum CellArea {
    /// The area in square metres between two parallels and two meridians, `width` degrees apart. Exact.
    ///
    /// Reference: the authalic area of the ellipsoid, J. P. Snyder, Map Projections: A Working Manual (1987), equation 3-12.
    package static func betweenParallels(_ south: Double, _ north: Double, width: Double) -> Double {
        let f = Geodesic.flattening
        let e2 = f * (2 - f)
        let e = e2.squareRoot()
        func q(_ latitude: Double) -> Double {
            let s = sin(latitude * .pi / 180)
            return s / (1 - e2 * s * s) + atanh(e * s) / e
        }
        let b = Geodesic.equatorialRadius * (1 - f)
        return abs(b * b / 2 * (q(north) - q(south)) * width * .pi / 180)
    }

    /// The area in square metres of a parallelogram of a projected system, its sides cut into four. Its error is far below that of any count.
    static func ofPixel(_ corners: (Coordinate, Coordinate, Coordinate, Coordinate), _ transform: CoordinateTransform) throws -> Double {
        let ring = [corners.0, corners.1, corners.2, corners.3, corners.0]
        var onGround: [Coordinate] = []
        for i in 0..<4 {
            for k in 0..<4 {
                let t = Double(k) / 4
                onGround.append(try transform(Coordinate(x: ring[i].x + (ring[i + 1].x - ring[i].x) * t, y: ring[i].y + (ring[i + 1].y - ring[i].y) * t)))
            }
        }
        onGround.append(onGround[0])
        return abs(Geodesic.signedArea(ofRing: onGround))
    }
}
