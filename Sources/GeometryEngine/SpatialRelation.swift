internal import CGEOS
package import GeoModel

/// The named relations of two geometries (OGC Simple Features, DE-9IM), planar on longitude and latitude as they stand.
package enum SpatialRelation: String, Sendable, Hashable, CaseIterable {
    case intersects, equals, disjoint, touches, within, overlaps, crosses, contains

    /// True where geometries that are so related share a point: all but `disjoint`.
    package var impliesIntersection: Bool { self != .disjoint }

    /// Whether `a` and `b` are so related. An invalid geometry that GEOS cannot relate is made valid, and the parts of a collection
    /// are dissolved. Throws for a collection of points, lines and polygons at once, which only `intersects` and `disjoint` can take.
    package func holds(_ a: Geometry, _ b: Geometry) throws(GeometryError) -> Bool {
        guard !a.isEmpty, !b.isEmpty, a.envelope.intersects(b.envelope) else { return self == .disjoint }
        do {
            return try related(a, b)
        } catch {
            return try related(a.plain(), b.plain())
        }
    }

    private func related(_ a: Geometry, _ b: Geometry) throws(GeometryError) -> Bool {
        let context = GEOSContext()
        let first = try context.make(a, for: rawValue)
        defer { GEOSGeom_destroy_r(context.handle, first) }
        let second = try context.make(b, for: rawValue)
        defer { GEOSGeom_destroy_r(context.handle, second) }
        let answer =
            switch self {
            case .intersects: GEOSIntersects_r(context.handle, first, second)
            case .equals: GEOSEquals_r(context.handle, first, second)
            case .disjoint: GEOSDisjoint_r(context.handle, first, second)
            case .touches: GEOSTouches_r(context.handle, first, second)
            case .within: GEOSWithin_r(context.handle, first, second)
            case .overlaps: GEOSOverlaps_r(context.handle, first, second)
            case .crosses: GEOSCrosses_r(context.handle, first, second)
            case .contains: GEOSContains_r(context.handle, first, second)
            }
        guard answer < 2 else { throw context.error(rawValue) }
        return answer == 1
    }
}

extension Geometry {
    fileprivate func plain() throws(GeometryError) -> Geometry {
        let valid = try sound()
        guard case .geometryCollection = valid else { return valid }
        return try Geometry.union(of: [valid])
    }
}
