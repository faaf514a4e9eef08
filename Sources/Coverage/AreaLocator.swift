package import GeoModel
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
    private let tree: PackedRTree
    private let geometries: [Geometry]
    /// Borders are looked for segment by segment; made when the first point lies in no area.
    private lazy var borders = BorderIndex(geometries)
    /// Metres.
    private let tolerance: Double

    /// Throws `GeometryError` for an area that GEOS cannot read.
    package init(_ areas: [Geometry], tolerance: Double) throws {
        self.tolerance = tolerance
        geometries = areas
        prepared = try areas.map { area throws(GeometryError) in try PreparedGeometry(area) }
        tree = PackedRTree(areas.map(\.envelope))
    }

    /// The position of the area, or nil. O(log n) and the areas whose box holds the point.
    package func locate(_ c: Coordinate) -> Int? {
        if let inside = covering(c).first(where: { prepared[$0].covers(c) }) { return inside }
        guard tolerance > 0 else { return nil }
        return borders.distances(from: c, within: tolerance).min { ($0.distance, $0.area) < ($1.distance, $1.area) }?.area
    }

    /// The positions of all areas that cover a point or lie within the tolerance, in order.
    package func areas(near c: Coordinate) -> [Int] {
        var found = Set(covering(c).filter { prepared[$0].covers(c) })
        if tolerance > 0 { found.formUnion(borders.distances(from: c, within: tolerance).map(\.area)) }
        return found.sorted()
    }

    /// The areas whose box holds a point, in order.
    private func covering(_ c: Coordinate) -> [Int] { tree.search(Envelope(minX: c.x, minY: c.y, maxX: c.x, maxY: c.y)).sorted() }
}
