internal import GeoFormats
package import GeoModel

/// The first 127 bytes of a PMTiles 3 archive: where its four sections are, and what the tiles are.
///
/// https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md, section 3.
package struct PMTilesHeader: Hashable, Sendable {
    package static let length = 127
    /// The root directory lies within so many bytes from the beginning, so that one request reads it.
    package static let rootEnd = 16_384

    package enum Compression: UInt8, Sendable { case unknown = 0, none, gzip, brotli, zstd }
    package enum TileType: UInt8, Sendable { case unknown = 0, mvt, png, jpeg, webp, avif }

    package var root: Range<Int>
    package var metadata: Range<Int>
    package var leaves: Range<Int>
    package var tiles: Range<Int>
    /// How many tiles can be asked for, how many entries name them, and how many contents there are; 0 for not known.
    package var addressedTiles = 0
    package var tileEntries = 0
    package var tileContents = 0
    package var isClustered = true
    package var internalCompression = Compression.gzip
    package var tileCompression = Compression.gzip
    package var tileType = TileType.mvt
    package var zooms = 0...0
    /// In degrees; written to seven decimals.
    package var bounds = Envelope(minX: -180, minY: -WebMercator.latitudeLimit, maxX: 180, maxY: WebMercator.latitudeLimit)
    package var centre = Coordinate(x: 0, y: 0)
    package var centreZoom = 0

    var encoded: [UInt8] {
        var bytes = Array("PMTiles".utf8) + [3]
        for section in [root, metadata, leaves, tiles] {
            bytes.appendFixed(UInt64(section.lowerBound))
            bytes.appendFixed(UInt64(section.count))
        }
        for count in [addressedTiles, tileEntries, tileContents] { bytes.appendFixed(UInt64(count)) }
        bytes += [isClustered ? 1 : 0, internalCompression.rawValue, tileCompression.rawValue, tileType.rawValue]
        bytes += [UInt8(zooms.lowerBound), UInt8(zooms.upperBound)]
        for degrees in [bounds.minX, bounds.minY, bounds.maxX, bounds.maxY] { bytes.appendFixed(Self.tenMillionths(degrees)) }
        bytes.append(UInt8(centreZoom))
        for degrees in [centre.x, centre.y] { bytes.appendFixed(Self.tenMillionths(degrees)) }
        assert(bytes.count == Self.length)
        return bytes
    }

    private static func tenMillionths(_ degrees: Double) -> Int32 {
        let scaled = max(-180, min(180, degrees)) * 1e7
        return Int32(scaled < 0 ? scaled - 0.5 : scaled + 0.5)
    }

    /// Throws `FormatError` for bytes that are no PMTiles 3 header.
    init(reading bytes: [UInt8], fileSize: Int) throws(FormatError) {
        func error(_ place: Int, _ problem: String) -> FormatError { FormatError("PMTiles", at: "byte \(place)", problem) }
        guard bytes.count >= Self.length else { throw error(0, "\(bytes.count) bytes; a header has \(Self.length)") }
        guard bytes.starts(with: Array("PMTiles".utf8)) else { throw error(0, "it does not begin with 'PMTiles'") }
        guard bytes[7] == 3 else { throw error(7, "version \(bytes[7]); expected 3") }
        var reader = ProtobufReader(bytes, 8..<Self.length, format: "PMTiles")
        func section() throws(FormatError) -> Range<Int> {
            let (offset, length) = (try reader.fixed(UInt64.self), try reader.fixed(UInt64.self))
            guard offset <= UInt64(fileSize), length <= UInt64(fileSize) - offset else {
                throw reader.error("a section of \(length) bytes from \(offset) in a file of \(fileSize); the file has been cut")
            }
            return Int(offset)..<Int(offset + length)
        }
        root = try section()
        metadata = try section()
        leaves = try section()
        tiles = try section()
        addressedTiles = Int(truncatingIfNeeded: try reader.fixed(UInt64.self))
        tileEntries = Int(truncatingIfNeeded: try reader.fixed(UInt64.self))
        tileContents = Int(truncatingIfNeeded: try reader.fixed(UInt64.self))
        isClustered = try reader.fixed(UInt8.self) == 1
        internalCompression = Compression(rawValue: try reader.fixed(UInt8.self)) ?? .unknown
        tileCompression = Compression(rawValue: try reader.fixed(UInt8.self)) ?? .unknown
        tileType = TileType(rawValue: try reader.fixed(UInt8.self)) ?? .unknown
        let (low, high) = (Int(try reader.fixed(UInt8.self)), Int(try reader.fixed(UInt8.self)))
        guard low <= high, Tile.zooms.contains(high) else { throw error(100, "zooms \(low) to \(high); expected 0 to \(Tile.zooms.upperBound)") }
        zooms = low...high
        func degrees() throws(FormatError) -> Double { Double(Int32(bitPattern: try reader.fixed(UInt32.self))) / 1e7 }
        bounds = Envelope(minX: try degrees(), minY: try degrees(), maxX: try degrees(), maxY: try degrees())
        centreZoom = Int(try reader.fixed(UInt8.self))
        centre = Coordinate(x: try degrees(), y: try degrees())
    }

    init(root: Range<Int>, metadata: Range<Int>, leaves: Range<Int>, tiles: Range<Int>) {
        (self.root, self.metadata, self.leaves, self.tiles) = (root, metadata, leaves, tiles)
    }
}
