package import GeoModel

/// The window of a map: which ground it shows, and where each point of it is drawn.
package struct MapFrame: Sendable {
    package let projection: MapProjection
    /// In units of the drawing.
    package let width: Double
    package let height: Double
    /// Units a metre.
    package let scale: Double
    private let left: Double
    private let top: Double

    /// Around everything given, with a margin, no flatter than 3:2 and no taller than 4:3.
    ///
    /// - Parameters:
    ///   - width: of the drawing.
    ///   - margin: the share of the larger side that is added all around.
    ///   - least: the least width of ground in metres, so that a point has surroundings.
    package init(around shapes: [Geometry], width: Double = 640, margin: Double = 0.06, least: Double = 10_000) {
        var box = Envelope.empty
        for shape in shapes { box.expand(toInclude: shape.envelope) }
        if box.isEmpty { box = Envelope(minX: 0, minY: 0, maxX: 0, maxY: 0) }
        let projection = MapProjection(centre: Coordinate(x: (box.minX + box.maxX) / 2, y: (box.minY + box.maxY) / 2))
        var plane = Envelope.empty
        for shape in shapes {
            shape.forEachCoordinate { c in
                let p = projection.plane(c)
                plane.expand(toInclude: Coordinate(x: p.x, y: p.y))
            }
        }
        if plane.isEmpty { plane = Envelope(minX: 0, minY: 0, maxX: 0, maxY: 0) }
        let room = margin * max(plane.maxX - plane.minX, plane.maxY - plane.minY)
        var across = max(plane.maxX - plane.minX + 2 * room, least)
        var down = max(plane.maxY - plane.minY + 2 * room, least * 2 / 3)
        if down < across * 2 / 3 { down = across * 2 / 3 }
        if down > across * 4 / 3 { across = down * 3 / 4 }
        self.projection = projection
        self.width = width
        scale = width / across
        height = (down * width / across).rounded()
        left = (plane.minX + plane.maxX) / 2 - across / 2
        top = (plane.minY + plane.maxY) / 2 + down / 2
    }

    /// Where a point is drawn: x to the right, y down.
    package func position(_ c: Coordinate) -> (x: Double, y: Double) {
        let p = projection.plane(c)
        return ((p.x - left) * scale, (top - p.y) * scale)
    }

    package func holds(_ p: (x: Double, y: Double), margin: Double = 0) -> Bool {
        p.x >= margin && p.y >= margin && p.x <= width - margin && p.y <= height - margin
    }
}
