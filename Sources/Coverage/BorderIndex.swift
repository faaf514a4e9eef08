#if canImport(Glibc)
internal import Glibc
#endif
package import GeoModel
internal import Geodesy
internal import SpatialIndex

/// The borders of areas, segment by segment: which of them are near, without looking at the rest. Building is O(n log n).
package struct BorderIndex: Sendable {
    private let tree: PackedRTree
    private let starts: [Coordinate]
    private let ends: [Coordinate]
    private let owners: [Int32]

    package init(_ geometries: [Geometry]) {
        var (starts, ends, owners): ([Coordinate], [Coordinate], [Int32]) = ([], [], [])
        for (owner, geometry) in geometries.enumerated() {
            for polygon in geometry.polygons {
                for ring in polygon.rings {
                    for i in ring.indices.dropFirst() {
                        starts.append(ring[i - 1])
                        ends.append(ring[i])
                        owners.append(Int32(owner))
                    }
                }
            }
        }
        tree = PackedRTree(
            starts.indices.map { i in
                var box = Envelope.empty
                box.expand(toInclude: starts[i])
                box.expand(toInclude: ends[i])
                return box
            })
        (self.starts, self.ends, self.owners) = (starts, ends, owners)
    }

    /// The positions of the areas whose borders have a segment of which the box meets `box`.
    package func owners(near box: Envelope) -> Set<Int32> { Set(tree.search(box).map { owners[$0] }) }

    /// The areas whose borders come within `tolerance` metres of a point, and how near; in order.
    ///
    /// The nearest point of a segment is found in a plane tangent at the point, and its distance is the geodesic: right to a centimetre
    /// within 10 km.
    package func distances(from c: Coordinate, within tolerance: Double) -> [(area: Int, distance: Double)] {
        let scale = max(1e-6, cos(c.y * .pi / 180))
        // A degree of latitude is never shorter than 110 km.
        let margin = tolerance / 110_000
        let box = Envelope(minX: c.x, minY: c.y, maxX: c.x, maxY: c.y).insetBy(
            dx: -margin / max(1e-6, cos(min(89, abs(c.y) + margin) * .pi / 180)), dy: -margin)
        var best: [Int32: (square: Double, at: Coordinate)] = [:]
        for i in tree.search(box) {
            let (ax, ay) = ((starts[i].x - c.x) * scale, starts[i].y - c.y)
            let (bx, by) = ((ends[i].x - c.x) * scale, ends[i].y - c.y)
            let (dx, dy) = (bx - ax, by - ay)
            let length = dx * dx + dy * dy
            let t = length > 0 ? min(1, max(0, -(ax * dx + ay * dy) / length)) : 0
            let (px, py) = (ax + t * dx, ay + t * dy)
            let square = px * px + py * py
            if square < best[owners[i]]?.square ?? .infinity { best[owners[i]] = (square, Coordinate(x: c.x + px / scale, y: c.y + py)) }
        }
        return best.sorted { $0.key < $1.key }.map { (Int($0.key), Geodesic.distance(c, $0.value.at)) }.filter { $0.1 <= tolerance }
    }
}
