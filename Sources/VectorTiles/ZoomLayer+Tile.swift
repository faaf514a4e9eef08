internal import GeoModel
internal import GeometryEngine

/// The bytes of a tile, not compressed, and the features that could not be drawn in it.
package struct EncodedTile: Sendable {
    /// Empty for a tile without any feature.
    package var bytes: [UInt8] = []
    package var skipped: [SkippedFeature] = []
}

extension Tile {
    /// This tile of layers prepared for its zoom, as Mapbox Vector Tile 2.1; layers without a feature here are left out.
    ///
    /// O(parts of the layers + positions of what meets the tile).
    package func encoded(from layers: [ZoomLayer]) -> EncodedTile {
        var tile = EncodedTile()
        for layer in layers { layer.append(self, to: &tile) }
        return tile
    }
}

extension ZoomLayer {
    /// The box of a tile on the grid with its buffer.
    func bufferedBox(_ tile: Tile) -> Envelope {
        let (extent, buffer) = (TileLayer.extent, layer.options.buffer)
        return Envelope(
            minX: Double(tile.x * extent - buffer), minY: Double(tile.y * extent - buffer),
            maxX: Double((tile.x + 1) * extent + buffer), maxY: Double((tile.y + 1) * extent + buffer))
    }

    func append(_ tile: Tile, to encoded: inout EncodedTile) {
        precondition(tile.zoom == zoom && tile.exists)
        let box = bufferedBox(tile)
        var drawing = TileDrawing(self, tile, box)
        boxes.withUnsafeBufferPointer { boxes in
            for part in boxes.indices where boxes[part].intersects(box) { drawing.add(part) }
        }
        drawing.finish(into: &encoded)
    }
}

/// One layer of one tile while its parts come in: those of one feature and one kind make one feature of the tile.
private struct TileDrawing {
    let source: ZoomLayer
    let tile: Tile
    let clip: BoxClip
    let (originX, originY): (Double, Double)
    let boxDoubleArea: Double
    var encoder: LayerEncoder
    var shape = TileShape(.point)
    var current: Int32 = -1
    var pending: [Polygon] = []
    var isCut = false
    var skipped: [SkippedFeature] = []

    init(_ source: ZoomLayer, _ tile: Tile, _ box: Envelope) {
        self.source = source
        self.tile = tile
        clip = BoxClip(box: box)
        boxDoubleArea = 2 * (box.maxX - box.minX) * (box.maxY - box.minY)
        (originX, originY) = (Double(tile.x * TileLayer.extent), Double(tile.y * TileLayer.extent))
        encoder = LayerEncoder(source.layer.attributes)
    }

    mutating func add(_ part: Int) {
        let kind: TileShape.Kind =
            switch source.kinds[part] {
            case .point: .point
            case .line: .line
            case .polygon: .polygon
            }
        if source.features[part] != current || kind != shape.kind {
            flush()
            (current, shape.kind) = (source.features[part], kind)
        }
        let box = source.boxes[part]
        let isInside = box.minX >= clip.box.minX && box.maxX <= clip.box.maxX && box.minY >= clip.box.minY && box.maxY <= clip.box.maxY
        switch kind {
        case .point:
            append(Coordinate(x: box.minX, y: box.minY))
            shape.endPart()
        case .line:
            let line = source.lines[Int(source.places[part])]
            for piece in isInside ? [line] : clip.line(line) {
                piece.forEach { append($0) }
                shape.endPart()
            }
        case .polygon:
            let polygon = source.polygons[Int(source.places[part])]
            if isInside {
                pending.append(polygon)
            } else {
                let exterior = clip.ring(polygon.exterior)
                guard exterior.count > 3, signedDoubleArea(exterior) != 0 else { return }
                let holes = polygon.holes.map(clip.ring).filter { $0.count > 3 && signedDoubleArea($0) != 0 }
                pending.append(Polygon(exterior: exterior, holes: holes))
                // A tile that lies within the polygon gets the box itself.
                let isBox = exterior.count == 5 && abs(signedDoubleArea(exterior)) == boxDoubleArea
                if !isBox || !holes.isEmpty { isCut = true }
            }
        }
    }

    private mutating func flush() {
        if !pending.isEmpty {
            do {
                // A ring that was cut may touch itself along the border of the box, or cross itself beside it where its new ends were rounded.
                for polygon in isCut ? try GridSnapping.valid(pending) : pending { append(polygon) }
            } catch {
                let feature = Int(current)
                skipped.append(SkippedFeature(layer: source.layer.name, feature: feature, id: source.layer.ids[feature], tile: tile, reason: "\(error)"))
            }
            pending.removeAll(keepingCapacity: true)
            isCut = false
        }
        if !shape.isEmpty {
            encoder.append(shape, id: source.layer.identifier(of: Int(current)), feature: Int(current))
            shape.removeAll()
        }
    }

    /// Exterior rings get positive area on the grid, holes negative; what is no area there is left out.
    private mutating func append(_ polygon: Polygon) {
        let wound = polygon.wound
        for (i, ring) in wound.rings.enumerated() {
            guard ring.count > 3, signedDoubleArea(ring) != 0 else {
                if i == 0 { return }
                continue
            }
            ring.dropLast().forEach { append($0) }
            shape.endPart()
        }
    }

    @inline(__always)
    private mutating func append(_ c: Coordinate) { shape.append(Int32(c.x - originX), Int32(c.y - originY)) }

    consuming func finish(into encoded: inout EncodedTile) {
        flush()
        if !encoder.isEmpty { encoder.finish(name: source.layer.name, extent: TileLayer.extent, into: &encoded.bytes) }
        encoded.skipped += skipped
    }
}
