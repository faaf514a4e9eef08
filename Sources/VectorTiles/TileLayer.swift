package import GeoModel

/// A layer of features ready to be cut into tiles of any zoom: on the square of the world, valid, with its names and values numbered.
///
/// An immutable value: it crosses tasks, and every tile of it is the same bytes whoever asks.
package struct TileLayer: Sendable {
    package let name: String
    package let options: Options
    /// What is in no tile, and why.
    package let skipped: [SkippedFeature]
    let attributes: AttributeTable
    let ids: [PropertyValue?]
    let minimumZooms: [UInt8]
    let geometries: [WorldGeometry]
    let nodes: BorderNodes

    package struct Options: Sendable {
        package var description: String
        /// The zooms at which the layer is shown.
        package var zooms: ClosedRange<Int>
        /// How far tiles reach beyond their borders, in tile units.
        package var buffer: Int
        /// The most that lines and borders may move when they are simplified, in tile units; at the last zoom nothing is simplified.
        package var tolerance: Double

        package init(description: String = "", zooms: ClosedRange<Int> = 0...14, buffer: Int = 64, tolerance: Double = 1) {
            precondition(zooms.lowerBound >= 0 && zooms.upperBound <= Tile.zooms.upperBound && (0...TileLayer.extent).contains(buffer) && tolerance >= 0)
            self.description = description
            self.zooms = zooms
            self.buffer = buffer
            self.tolerance = tolerance
        }
    }

    /// The side of a tile in its own units.
    package static let extent = 4096

    /// - Parameters:
    ///   - features: in degrees, in the order in which they are drawn. A whole number from 0 to 2^53 as id is the id in the tiles; others are none.
    ///     Properties that are null are left out; arrays and objects become JSON text.
    ///   - minimumZoom: the first zoom that shows a feature, given its place among the features.
    ///
    /// A feature that has no geometry, or one that cannot be drawn, is left out and named in `skipped`. O(n log n) in the positions.
    package init(name: String, features: [Feature], options: Options = Options(), minimumZoom: (Int) -> Int = { _ in 0 }) {
        self.name = name
        self.options = options
        var (attributes, skipped, geometries): (AttributeTable, [SkippedFeature], [WorldGeometry]) = (AttributeTable(), [], [])
        var (ids, zooms): ([PropertyValue?], [UInt8]) = ([], [])
        for (i, feature) in features.enumerated() {
            do {
                guard let shape = feature.geometry, !shape.isEmpty else { throw WorldGeometry.Refusal(reason: "it has no geometry") }
                let geometry = try WorldGeometry(shape)
                guard !geometry.isEmpty else {
                    throw WorldGeometry.Refusal(reason: "nothing of it lies within \(WebMercator.latitudeLimit)° of latitude or has an extent of its kind")
                }
                geometries.append(geometry)
                attributes.append(feature.properties)
                ids.append(feature.id)
                zooms.append(UInt8(max(0, min(Tile.zooms.upperBound + 1, minimumZoom(i)))))
            } catch {
                skipped.append(SkippedFeature(layer: name, feature: i, id: feature.id, reason: "\(error)"))
            }
        }
        self.attributes = attributes
        self.skipped = skipped
        self.geometries = geometries
        self.ids = ids
        minimumZooms = zooms
        nodes = BorderNodes(geometries)
    }

    /// The names of the properties with the kind of their values ("String", "Number", "Boolean"), as TileJSON lists them.
    package var fields: [(name: String, type: String)] { attributes.fields }

    /// The smallest box in degrees that holds everything; empty for a layer without features.
    package var bounds: Envelope {
        var world = Envelope.empty
        for geometry in geometries {
            geometry.points.forEach { world.expand(toInclude: $0) }
            geometry.lines.forEach { $0.forEach { world.expand(toInclude: $0) } }
            geometry.polygons.forEach { $0.exterior.forEach { world.expand(toInclude: $0) } }
        }
        guard !world.isEmpty else { return world }
        let northWest = WebMercator.position(Coordinate(x: world.minX, y: world.minY))
        let southEast = WebMercator.position(Coordinate(x: world.maxX, y: world.maxY))
        return Envelope(minX: northWest.x, minY: southEast.y, maxX: southEast.x, maxY: northWest.y)
    }

    func identifier(of feature: Int) -> UInt64? {
        guard case .integer(let id) = ids[feature], id >= 0, id <= 1 << 53 else { return nil }
        return UInt64(id)
    }
}
