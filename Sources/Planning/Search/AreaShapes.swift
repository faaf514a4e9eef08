internal import GeoModel
internal import Synchronization

/// The polygons of areas that were asked for lately: reading one takes longer than asking whether it holds a point.
final class AreaShapes: Sendable {
    private let shelf = Mutex<[String: Geometry]>([:])

    /// The polygon of an area; `read` is asked where it is not at hand.
    func shape(of code: String, read: () throws -> Geometry?) rethrows -> Geometry? {
        if let known = shelf.withLock({ $0[code] }) { return known }
        guard let shape = try read() else { return nil }
        shelf.withLock { shelf in
            if shelf.count >= 512 { shelf.removeAll() }
            shelf[code] = shape
        }
        return shape
    }
}

extension Geometry {
    /// Whether a point lies inside one of the polygons, by the number of edges that a ray to the east crosses; on a border either way. O(vertices).
    func encloses(_ c: Coordinate) -> Bool {
        polygons.contains { polygon in polygon.rings.reduce(false) { inside, ring in inside != ring.isCrossedOddly(from: c) } }
    }
}

extension [Coordinate] {
    fileprivate func isCrossedOddly(from c: Coordinate) -> Bool {
        withUnsafeBufferPointer { points in
            guard var last = points.last else { return false }
            var isOdd = false
            for point in points {
                if (point.y > c.y) != (last.y > c.y), c.x < (last.x - point.x) * (c.y - point.y) / (last.y - point.y) + point.x { isOdd.toggle() }
                last = point
            }
            return isOdd
        }
    }
}
