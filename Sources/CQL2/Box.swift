package import GeoModel

/// A box of CQL2: it crosses the antimeridian where its west is greater than its east. Heights are kept and mean nothing here.
package struct Box: Hashable, Sendable {
    package var minX: Double
    package var minY: Double
    package var maxX: Double
    package var maxY: Double
    package var heights: [Double]

    /// From four numbers, or six with heights; nil for another count, and for a south above the north.
    init?(_ n: [Double]) {
        guard n.count == 4 || n.count == 6 else { return nil }
        let half = n.count / 2
        (minX, minY, maxX, maxY) = (n[0], n[1], n[half], n[half + 1])
        heights = n.count == 6 ? [n[2], n[5]] : []
        guard minY <= maxY else { return nil }
    }

    var numbers: [Double] {
        heights.isEmpty ? [minX, minY, maxX, maxY] : [minX, minY, heights[0], maxX, maxY, heights[1]]
    }

    /// One box, or the two on either side of the antimeridian.
    package var envelopes: [Envelope] {
        guard minX > maxX else { return [Envelope(minX: minX, minY: minY, maxX: maxX, maxY: maxY)] }
        return [Envelope(minX: minX, minY: minY, maxX: 180, maxY: maxY), Envelope(minX: -180, minY: minY, maxX: maxX, maxY: maxY)]
    }

    /// The box as a geometry: of no width or height, a line or a point.
    package var geometry: Geometry {
        let parts = envelopes.map { e -> Geometry in
            let (a, b) = (Coordinate(x: e.minX, y: e.minY), Coordinate(x: e.maxX, y: e.maxY))
            if a == b { return .point(a) }
            if a.x == b.x || a.y == b.y { return .lineString([a, b]) }
            return .polygon(Polygon(exterior: [a, Coordinate(x: b.x, y: a.y), b, Coordinate(x: a.x, y: b.y), a]))
        }
        if parts.count == 1 { return parts[0] }
        let polygons = parts.flatMap(\.polygons)
        return polygons.count == parts.count ? .multiPolygon(polygons) : .geometryCollection(parts)
    }
}
