package import GeoModel
internal import Geodesy
internal import GeometryEngine
internal import SpatialIndex
#if canImport(Glibc)
internal import Glibc
#endif

/// Tells in which of some areas a point lies.
///
/// The polygon that covers it, the first in the order given where borders are shared; else, borders being coarse, the nearest
/// polygon within `tolerance`; else none. It holds GEOS handles: one task at a time.
package final class AreaLocator {
    private let prepared: [PreparedGeometry]
    private let geometries: [Geometry]
    private let tree: PackedRTree
    /// Metres.
    private let tolerance: Double

    /// Throws `GeometryError` for an area that GEOS cannot read.
    package init(_ areas: [Geometry], tolerance: Double) throws {
        self.tolerance = tolerance
        geometries = areas
        prepared = try areas.map { area throws(GeometryError) in try PreparedGeometry(area) }
        // Half as much again as a degree of latitude at its shortest, and more along parallels: a box may only be too large.
        let margin = tolerance / 110_000
        tree = PackedRTree(
            areas.map { area in
                let box = area.envelope
                guard !box.isEmpty else { return box }
                let farthest = min(89, max(abs(box.minY), abs(box.maxY)) + margin)
                return box.insetBy(dx: -margin / cosine(degrees: farthest), dy: -margin)
            })
    }

    /// The position of the area, or nil.
    package func locate(_ c: Coordinate) -> Int? {
        let candidates = tree.search(Envelope(minX: c.x, minY: c.y, maxX: c.x, maxY: c.y))
        if let inside = candidates.first(where: { prepared[$0].covers(c) }) { return inside }
        guard tolerance > 0 else { return nil }
        var best: (area: Int, distance: Double)?
        for i in candidates {
            let distance = distanceToBoundary(of: geometries[i], from: c)
            if distance <= tolerance, distance < best?.distance ?? .infinity { best = (i, distance) }
        }
        return best?.area
    }

    /// The positions of all areas that cover a point or lie within the tolerance, in order.
    package func areas(near c: Coordinate) -> [Int] {
        tree.search(Envelope(minX: c.x, minY: c.y, maxX: c.x, maxY: c.y))
            .filter { prepared[$0].covers(c) || (tolerance > 0 && distanceToBoundary(of: geometries[$0], from: c) <= tolerance) }
            .sorted()
    }
}

private func cosine(degrees: Double) -> Double { cos(degrees * .pi / 180) }

/// The geodesic in metres to the nearest point of the rings of a geometry, found in a plane tangent at `c`:
/// right to a centimetre within 10 km, where it is needed.
private func distanceToBoundary(of geometry: Geometry, from c: Coordinate) -> Double {
    let scale = cosine(degrees: c.y)
    var best = (square: Double.infinity, at: c)
    for polygon in geometry.polygons {
        for ring in polygon.rings {
            for i in 1..<max(1, ring.count) {
                let (ax, ay) = ((ring[i - 1].x - c.x) * scale, ring[i - 1].y - c.y)
                let (bx, by) = ((ring[i].x - c.x) * scale, ring[i].y - c.y)
                let (dx, dy) = (bx - ax, by - ay)
                let length = dx * dx + dy * dy
                let t = length > 0 ? min(1, max(0, -(ax * dx + ay * dy) / length)) : 0
                let (px, py) = (ax + t * dx, ay + t * dy)
                let square = px * px + py * py
                if square < best.square { best = (square, Coordinate(x: c.x + px / scale, y: c.y + py)) }
            }
        }
    }
    return best.square.isFinite ? Geodesic.distance(c, best.at) : .infinity
}
