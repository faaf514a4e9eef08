package import GeoModel

/// A square of the Web Mercator pyramid: at zoom z, 2^z columns counted from 180° west and 2^z rows counted from the north.
package struct Tile: Hashable, Sendable, Comparable {
    package var zoom: Int
    package var x: Int
    package var y: Int

    package static let zooms = 0...24

    package init(zoom: Int, x: Int, y: Int) {
        self.zoom = zoom
        self.x = x
        self.y = y
    }

    /// The tile of a zoom that holds a position in degrees; latitudes beyond the pyramid's give its first or last row.
    package init(at position: Coordinate, zoom: Int) {
        let world = WebMercator.world(position)
        let n = Double(1 << zoom)
        self.init(zoom: zoom, x: Int(max(0, min(n - 1, (world.x * n).rounded(.down)))), y: Int(max(0, min(n - 1, (world.y * n).rounded(.down)))))
    }

    /// Whether the pyramid has this tile.
    package var exists: Bool { Tile.zooms.contains(zoom) && x >= 0 && y >= 0 && x < 1 << zoom && y < 1 << zoom }

    /// Its box in degrees.
    package var bounds: Envelope {
        let n = Double(1 << zoom)
        let northWest = WebMercator.position(Coordinate(x: Double(x) / n, y: Double(y) / n))
        let southEast = WebMercator.position(Coordinate(x: Double(x + 1) / n, y: Double(y + 1) / n))
        return Envelope(minX: northWest.x, minY: southEast.y, maxX: southEast.x, maxY: northWest.y)
    }

    package var parent: Tile? { zoom == 0 ? nil : Tile(zoom: zoom - 1, x: x / 2, y: y / 2) }

    package var children: [Tile] {
        [(0, 0), (1, 0), (0, 1), (1, 1)].map { Tile(zoom: zoom + 1, x: 2 * x + $0.0, y: 2 * y + $0.1) }
    }

    /// The row counted from the south, as TMS and MBTiles do.
    package var rowFromSouth: Int { (1 << zoom) - 1 - y }

    /// Zoom by zoom, each along the Hilbert curve: the order of PMTiles.
    package static func < (a: Tile, b: Tile) -> Bool { a.identifier < b.identifier }
}

extension Tile: CustomStringConvertible {
    /// `zoom/x/y`.
    package var description: String { "\(zoom)/\(x)/\(y)" }
}
