/// Twice the signed planar area of a closed ring: positive when it runs counterclockwise (y up).
///
/// Positions are taken relative to the first, so that small rings far from the origin keep their digits. O(n).
package func signedDoubleArea(_ ring: [Coordinate]) -> Double {
    guard let origin = ring.first, ring.count > 2 else { return 0 }
    var sum = 0.0
    for i in 1..<ring.count {
        let (ax, ay) = (ring[i - 1].x - origin.x, ring[i - 1].y - origin.y)
        let (bx, by) = (ring[i].x - origin.x, ring[i].y - origin.y)
        sum += ax * by - bx * ay
    }
    return sum
}

extension Polygon {
    /// The same polygon by the right-hand rule of RFC 7946: exterior counterclockwise, holes clockwise.
    package var wound: Polygon {
        Polygon(
            exterior: signedDoubleArea(exterior) < 0 ? exterior.reversed() : exterior,
            holes: holes.map { signedDoubleArea($0) > 0 ? $0.reversed() : $0 })
    }
}

extension Geometry {
    /// The same geometry with every polygon by the right-hand rule.
    package var wound: Geometry {
        switch self {
        case .polygon(let p): .polygon(p.wound)
        case .multiPolygon(let ps): .multiPolygon(ps.map(\.wound))
        case .geometryCollection(let gs): .geometryCollection(gs.map(\.wound))
        default: self
        }
    }
}
