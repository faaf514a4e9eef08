internal import GeoModel
internal import GeometryEngine

#if canImport(Glibc)
internal import Glibc  // links the rounding functions
#endif

/// Puts positions on the whole numbers of a zoom's grid, with a position wherever a line passes from tile to tile.
///
/// Both tiles then have that very position, so that what they show joins without seam or overlap.
struct GridSnapping {
    /// The side of a tile on the grid.
    let extent: Double

    @inline(__always)
    func snapped(_ c: Coordinate) -> Coordinate { Coordinate(x: c.x.rounded(), y: c.y.rounded()) }

    /// A line on the grid without repeated positions: nowhere farther from the given one than half a unit on each axis, for the positions at
    /// the borders of tiles are taken from the line before its ends are rounded. O(n + crossings).
    func line(_ line: [Coordinate]) -> [Coordinate] {
        var out: [Coordinate] = []
        out.reserveCapacity(line.count)
        for (i, c) in line.enumerated() {
            if i > 0 {
                let last = line[i - 1]
                if tileOf(last.x) != tileOf(c.x) || tileOf(last.y) != tileOf(c.y) { appendCrossings(from: last, to: c, &out) }
            }
            let next = snapped(c)
            if out.last != next { out.append(next) }
        }
        return out
    }

    /// The polygon on the grid; rings of fewer than three positions or no area are left out, nil where the exterior is one.
    func polygon(_ polygon: Polygon) -> Polygon? {
        let exterior = line(polygon.exterior)
        guard exterior.count > 3, signedDoubleArea(exterior) != 0 else { return nil }
        return Polygon(exterior: exterior, holes: polygon.holes.map(line).filter { $0.count > 3 && signedDoubleArea($0) != 0 })
    }

    /// Valid polygons of whole numbers that are the given ones where those are valid.
    ///
    /// Each polygon is made valid alone, then they are dissolved: that is faster by far than making many of them valid together.
    static func valid(_ polygons: [Polygon]) throws(GeometryError) -> [Polygon] {
        guard !polygons.isEmpty, try Geometry.multiPolygon(polygons).invalidity() != nil else { return polygons }
        var parts: [Polygon] = []
        for polygon in polygons {
            parts += try Geometry.polygon(polygon).sound().polygons
        }
        if parts.count > 1, try Geometry.multiPolygon(parts).invalidity() != nil {
            parts = try Geometry.union(of: parts.map(Geometry.polygon)).polygons
        }
        let isOnGrid = parts.allSatisfy { $0.rings.allSatisfy { $0.allSatisfy { $0.x == $0.x.rounded() && $0.y == $0.y.rounded() } } }
        return isOnGrid ? parts : try Geometry.multiPolygon(parts).onGrid(of: 1).polygons
    }

    @inline(__always)
    private func tileOf(_ v: Double) -> Double { (v / extent).rounded(.down) }

    /// Where a line from a to b crosses the borders of tiles, on whole numbers: the same positions from b to a.
    private func appendCrossings(from a: Coordinate, to b: Coordinate, _ out: inout [Coordinate]) {
        let isBackward = precedes(b, a)
        let (p, q) = isBackward ? (b, a) : (a, b)
        var found: [Coordinate] = []
        func lines(_ low: Double, _ high: Double, _ body: (Double) -> Void) {
            var at = (low / extent).rounded(.up) * extent
            while at < high {
                body(at)
                at += extent
            }
        }
        lines(p.x, q.x) { x in found.append(Coordinate(x: x, y: (p.y + (q.y - p.y) * (x - p.x) / (q.x - p.x)).rounded())) }
        lines(min(p.y, q.y), max(p.y, q.y)) { y in found.append(Coordinate(x: (p.x + (q.x - p.x) * (y - p.y) / (q.y - p.y)).rounded(), y: y)) }
        // Rounding keeps the order along the line: both coordinates only rise or only fall.
        let isSouthward = q.y > p.y
        found.sort { $0.x != $1.x ? $0.x < $1.x : (isSouthward ? $0.y < $1.y : $0.y > $1.y) }
        if isBackward { found.reverse() }
        for c in found where c != out[out.count - 1] { out.append(c) }
    }
}
