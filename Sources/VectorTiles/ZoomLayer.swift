internal import GeoModel
internal import GeometryEngine

#if canImport(Glibc)
internal import Glibc  // links the rounding functions
#endif

/// A layer on the grid of one zoom: simplified, snapped, valid, with what lies beyond the antimeridian repeated where tiles reach over it.
///
/// Flat arrays hold the box of each part; a tile asks them one after the other (about 1 ns a part). Immutable.
package struct ZoomLayer: Sendable {
    package let layer: TileLayer
    package let zoom: Int
    /// What is in no tile of this zoom because its shape could not be made valid.
    package private(set) var skipped: [SkippedFeature] = []

    enum Part: UInt8, Sendable { case point, line, polygon }

    private(set) var kinds: [Part] = []
    private(set) var features: [Int32] = []
    private(set) var boxes: [Envelope] = []
    /// The place of a part among the lines or polygons; points are their boxes.
    private(set) var places: [Int32] = []
    private(set) var lines: [[Coordinate]] = []
    private(set) var polygons: [Polygon] = []

    private let width: Double
    private let buffer: Double

    /// O(n log n) in the positions of polygons, O(n) in those of points.
    package init(_ layer: TileLayer, zoom: Int) {
        precondition(Tile.zooms.contains(zoom))
        self.layer = layer
        self.zoom = zoom
        width = Double(TileLayer.extent << zoom)
        buffer = Double(layer.options.buffer)
        guard layer.options.zooms.contains(zoom) else { return }
        let tolerance = zoom == layer.options.zooms.upperBound ? 0 : layer.options.tolerance
        let simplifier = BorderSimplifier(nodes: layer.nodes, scale: width, tolerance: tolerance)
        let grid = GridSnapping(extent: Double(TileLayer.extent))
        for (i, geometry) in layer.geometries.enumerated() where Int(layer.minimumZooms[i]) <= zoom {
            let feature = Int32(i)
            for c in geometry.points {
                let p = grid.snapped(Coordinate(x: c.x * width, y: c.y * width))
                let box = Envelope(minX: p.x, minY: p.y, maxX: p.x, maxY: p.y)
                for shift in [0] + shifts(box) { append(.point, feature, box.moved(shift), 0) }
            }
            for source in geometry.lines {
                let line = grid.line(simplifier.line(source))
                guard line.count > 1 else { continue }
                let box = Geometry.lineString(line).envelope
                for shift in [0] + shifts(box) { append(line.moved(shift), feature) }
            }
            do {
                let whole = geometry.polygons.compactMap {
                    grid.polygon(Polygon(exterior: simplifier.ring($0.exterior), holes: $0.holes.map(simplifier.ring)))
                }
                for polygon in try joinedAcrossAntimeridian(GridSnapping.valid(whole)) { append(polygon, feature) }
            } catch {
                skipped.append(SkippedFeature(layer: layer.name, feature: i, id: layer.ids[i], reason: "zoom \(zoom): \(error)"))
            }
        }
    }

    /// How far to the east parts are repeated: by a world, where a tile at the other edge of the world reaches over the antimeridian to them.
    private func shifts(_ box: Envelope) -> [Double] {
        guard buffer > 0 else { return [] }
        var out: [Double] = []
        if box.minX <= buffer { out.append(width) }
        if box.maxX >= width - buffer { out.append(-width) }
        return out
    }

    /// Polygons that touch the antimeridian from both sides become one where the world is repeated, without a border between them.
    private func joinedAcrossAntimeridian(_ polygons: [Polygon]) throws -> [Polygon] {
        var copies: [Polygon] = []
        for polygon in polygons {
            for shift in shifts(Geometry.polygon(polygon).envelope) {
                copies.append(Polygon(exterior: polygon.exterior.moved(shift), holes: polygon.holes.map { $0.moved(shift) }))
            }
        }
        guard !copies.isEmpty else { return polygons }
        let joined = try Geometry.union(of: (polygons + copies).map(Geometry.polygon)).polygons
        return try GridSnapping.valid(joined)
    }

    private mutating func append(_ line: [Coordinate], _ feature: Int32) {
        append(.line, feature, Geometry.lineString(line).envelope, lines.count)
        lines.append(line)
    }

    private mutating func append(_ polygon: Polygon, _ feature: Int32) {
        append(.polygon, feature, Geometry.lineString(polygon.exterior).envelope, polygons.count)
        polygons.append(polygon.wound)
    }

    private mutating func append(_ kind: Part, _ feature: Int32, _ box: Envelope, _ place: Int) {
        kinds.append(kind)
        features.append(feature)
        boxes.append(box)
        places.append(Int32(place))
    }
}

extension Envelope {
    fileprivate func moved(_ dx: Double) -> Envelope { Envelope(minX: minX + dx, minY: minY, maxX: maxX + dx, maxY: maxY) }
}

extension [Coordinate] {
    fileprivate func moved(_ dx: Double) -> [Coordinate] { dx == 0 ? self : map { Coordinate(x: $0.x + dx, y: $0.y) } }
}
