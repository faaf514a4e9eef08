internal import Dispatch
internal import GeoFormats
package import GeoModel

/// Cuts layers into all tiles of their zooms and puts these together as a PMTiles archive.
package struct TilesetBuilder: Sendable {
    /// What readers show about the archive.
    package struct Description: Sendable {
        package var name: String
        package var text: String
        package var attribution: String

        package init(name: String, text: String = "", attribution: String = "") {
            (self.name, self.text, self.attribution) = (name, text, attribution)
        }
    }

    package struct Result: Sendable {
        package var archive: [UInt8]
        package var tiles = 0
        package var skipped: [SkippedFeature] = []
    }

    package var layers: [TileLayer]
    package var description: Description
    /// Whether tiles are cut on one core or on all; the bytes are the same.
    package var isConcurrent: Bool

    package init(_ layers: [TileLayer], description: Description, isConcurrent: Bool = true) {
        precondition(Set(layers.map(\.name)).count == layers.count, "names of layers differ")
        (self.layers, self.description, self.isConcurrent) = (layers, description, isConcurrent)
    }

    /// Tiles taken at a time: what is kept before it is written.
    private static let batch = 256

    package func build() -> Result {
        var writer = PMTilesWriter()
        var result = Result(archive: [])
        result.skipped = layers.flatMap(\.skipped)
        let zooms = zooms
        for zoom in zooms {
            let prepared = mapped(layers.count) { ZoomLayer(layers[$0], zoom: zoom) }
            result.skipped += prepared.flatMap(\.skipped)
            let tiles = Self.tiles(met: prepared, zoom: zoom)
            for start in stride(from: 0, to: tiles.count, by: Self.batch) {
                let batch = Array(tiles[start..<min(start + Self.batch, tiles.count)])
                let encoded = mapped(batch.count) { i in
                    var tile = batch[i].encoded(from: prepared)
                    if !tile.bytes.isEmpty { tile.bytes = Gzip.deflate(tile.bytes) }
                    return tile
                }
                for (tile, content) in zip(batch, encoded) {
                    result.skipped += content.skipped
                    guard !content.bytes.isEmpty else { continue }
                    writer.append(tile, compressed: content.bytes)
                    result.tiles += 1
                }
            }
        }
        var bounds = Envelope.empty
        for layer in layers { bounds.expand(toInclude: layer.bounds) }
        result.archive = writer.archive(metadata: metadata, zooms: zooms, bounds: bounds)
        return result
    }

    private var zooms: ClosedRange<Int> {
        let ranges = layers.map(\.options.zooms)
        return (ranges.map(\.lowerBound).min() ?? 0)...(ranges.map(\.upperBound).max() ?? 0)
    }

    /// The metadata that the format asks for, `vector_layers` as in TileJSON 3.
    package var metadata: Properties {
        let vectorLayers = layers.map { layer in
            PropertyValue.object([
                "id": .string(layer.name), "description": .string(layer.options.description),
                "minzoom": .integer(Int64(layer.options.zooms.lowerBound)), "maxzoom": .integer(Int64(layer.options.zooms.upperBound)),
                "fields": .object(Properties(layer.fields.map { ($0.name, .string($0.type)) })),
            ])
        }
        return [
            "name": .string(description.name), "description": .string(description.text), "attribution": .string(description.attribution),
            "type": .string("baselayer"), "version": .string("1.0.0"), "vector_layers": .array(vectorLayers),
        ]
    }

    /// The tiles of a zoom that the box of a part meets, ascending: found from the world down, leaving out every quarter that none meets.
    static func tiles(met layers: [ZoomLayer], zoom: Int) -> [Tile] {
        var found: [Tile] = []
        func descend(_ corner: Tile, _ candidates: [[Int]]) {
            let side = 1 << (zoom - corner.zoom)
            let remaining = zip(layers, candidates).map { layer, parts in
                let (extent, buffer) = (TileLayer.extent, layer.layer.options.buffer)
                let box = Envelope(
                    minX: Double(corner.x * side * extent - buffer), minY: Double(corner.y * side * extent - buffer),
                    maxX: Double((corner.x + 1) * side * extent + buffer), maxY: Double((corner.y + 1) * side * extent + buffer))
                return parts.filter { layer.boxes[$0].intersects(box) }
            }
            guard remaining.contains(where: { !$0.isEmpty }) else { return }
            if side == 1 { found.append(corner) } else { corner.children.forEach { descend($0, remaining) } }
        }
        descend(Tile(zoom: 0, x: 0, y: 0), layers.map { Array($0.boxes.indices) })
        let identified = found.map { (identifier: $0.identifier, tile: $0) }.sorted { $0.identifier < $1.identifier }
        return identified.map(\.tile)
    }

    private func mapped<T: Sendable>(_ count: Int, _ body: @Sendable (Int) -> T) -> [T] {
        guard isConcurrent, count > 1 else { return (0..<count).map(body) }
        return [T](unsafeUninitializedCapacity: count) { buffer, initialized in
            // Each iteration initialises an element of its own; all are done before the buffer is handed on.
            nonisolated(unsafe) let start = buffer.baseAddress!
            DispatchQueue.concurrentPerform(iterations: count) { i in (start + i).initialize(to: body(i)) }
            initialized = count
        }
    }
}
