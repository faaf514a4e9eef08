internal import GeoFormats
package import GeoModel

/// Puts tiles together as a PMTiles 3 archive: each content once, in the order of the tiles' identifiers, directories and metadata compressed.
///
/// The same tiles give the same bytes.
package struct PMTilesWriter: Sendable {
    private var tiles: [UInt8] = []
    private var entries: [PMTilesDirectory.Entry] = []
    private var addressed = 0
    /// Where the contents of a hash lie, the first of them first.
    private var places: [Int: [(offset: Int, length: Int)]] = [:]
    private var contents = 0
    private var zooms: ClosedRange<Int>?

    package init() {}

    /// Adds a tile: not compressed, tiles in ascending order. An empty one is not written: who asks for it learns that it is not there.
    package mutating func append(_ tile: Tile, _ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        append(tile, compressed: Gzip.deflate(bytes))
    }

    mutating func append(_ tile: Tile, compressed bytes: [UInt8]) {
        let identifier = tile.identifier
        precondition(entries.last.map { $0.identifier + UInt64($0.run) <= identifier } ?? true, "tiles come in ascending order")
        addressed += 1
        zooms = zooms.map { min($0.lowerBound, tile.zoom)...max($0.upperBound, tile.zoom) } ?? tile.zoom...tile.zoom
        let place = place(of: bytes)
        if let last = entries.last, last.offset == place, last.length == bytes.count, last.identifier + UInt64(last.run) == identifier {
            entries[entries.count - 1].run += 1
        } else {
            entries.append(.init(identifier: identifier, offset: place, length: bytes.count, run: 1))
        }
    }

    private mutating func place(of bytes: [UInt8]) -> Int {
        // FNV-1a: what it maps together is compared byte for byte.
        let hash = bytes.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let key = Int(bitPattern: UInt(hash))
        for known in places[key, default: []] where known.length == bytes.count && tiles[known.offset..<known.offset + known.length].elementsEqual(bytes) {
            return known.offset
        }
        let offset = tiles.count
        places[key, default: []].append((offset, bytes.count))
        contents += 1
        tiles += bytes
        return offset
    }

    /// The archive. `metadata` is the JSON object that readers see, `vector_layers` among it. O(size).
    ///
    /// - Parameters:
    ///   - zooms: the zooms that the archive is made for; nil for those of its tiles.
    ///   - bounds: in degrees; an empty box stands for the whole world.
    package func archive(metadata: Properties, zooms: ClosedRange<Int>? = nil, bounds: Envelope = .empty) -> [UInt8] {
        let metadata = Gzip.deflate(PropertyValue.object(metadata).json)
        var (root, leaves) = (PMTilesDirectory(entries).encoded, [UInt8]())
        var leafSize = 4096
        while PMTilesHeader.length + root.count > PMTilesHeader.rootEnd {
            var pointers: [PMTilesDirectory.Entry] = []
            leaves = []
            for start in stride(from: 0, to: entries.count, by: leafSize) {
                let leaf = PMTilesDirectory(Array(entries[start..<min(start + leafSize, entries.count)])).encoded
                pointers.append(.init(identifier: entries[start].identifier, offset: leaves.count, length: leaf.count, run: 0))
                leaves += leaf
            }
            root = PMTilesDirectory(pointers).encoded
            leafSize += leafSize / 2
        }
        let rootEnd = PMTilesHeader.length + root.count
        let (metadataEnd, leavesEnd) = (rootEnd + metadata.count, rootEnd + metadata.count + leaves.count)
        var header = PMTilesHeader(
            root: PMTilesHeader.length..<rootEnd, metadata: rootEnd..<metadataEnd, leaves: metadataEnd..<leavesEnd, tiles: leavesEnd..<leavesEnd + tiles.count)
        (header.addressedTiles, header.tileEntries, header.tileContents) = (addressed, entries.count, contents)
        header.zooms = zooms ?? self.zooms ?? 0...0
        if !bounds.isEmpty { header.bounds = bounds }
        header.centre = Coordinate(x: (header.bounds.minX + header.bounds.maxX) / 2, y: (header.bounds.minY + header.bounds.maxY) / 2)
        header.centreZoom = header.zooms.lowerBound
        var bytes = header.encoded
        bytes.reserveCapacity(leavesEnd + tiles.count)
        bytes += root
        bytes += metadata
        bytes += leaves
        bytes += tiles
        return bytes
    }
}
