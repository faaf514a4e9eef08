internal import GeoFormats
package import GeoModel

/// Reads a PMTiles 3 archive, wherever its bytes are. The header and the root directory are kept; a tile costs its own bytes and those of a leaf.
package struct PMTilesArchive: Sendable {
    package let header: PMTilesHeader
    package let metadata: Properties
    private let root: PMTilesDirectory
    private let read: @Sendable (Range<Int>) throws -> [UInt8]

    /// - Parameters:
    ///   - size: the length of the archive in bytes.
    ///   - read: the bytes of a range of it.
    package init(size: Int, read: @escaping @Sendable (Range<Int>) throws -> [UInt8]) throws {
        self.read = read
        header = try PMTilesHeader(reading: try read(0..<min(size, PMTilesHeader.length)), fileSize: size)
        let inner = header.internalCompression
        guard inner == .gzip || inner == .none else {
            throw FormatError("PMTiles", at: "byte 97", "directories compressed as \(inner); expected gzip or none")
        }
        root = try PMTilesDirectory(reading: try Self.unpacked(try read(header.root), inner))
        let json = try Self.unpacked(try read(header.metadata), inner)
        guard case .object(let object) = try JSONReader.read(json, format: "PMTiles metadata") else {
            throw FormatError("PMTiles", at: "metadata", "expected a JSON object")
        }
        metadata = object
    }

    package init(_ bytes: [UInt8]) throws {
        try self.init(size: bytes.count) { Array(bytes[$0]) }
    }

    /// The bytes of a tile as they are stored (see `header.tileCompression`), or nil where the archive has none. O(log n).
    package func stored(_ tile: Tile) throws -> [UInt8]? {
        guard tile.exists else { return nil }
        let identifier = tile.identifier
        var directory = root
        // The format allows three levels of leaves at most; a longer chain is a circle.
        for _ in 0..<4 {
            guard let entry = directory.entry(of: identifier) else { return nil }
            let section = entry.run > 0 ? header.tiles : header.leaves
            guard entry.offset <= section.count, entry.length <= section.count - entry.offset else {
                throw FormatError("PMTiles", at: "tile \(tile)", "its bytes lie beyond the end of their section; the file has been cut")
            }
            let bytes = try read(section.lowerBound + entry.offset..<section.lowerBound + entry.offset + entry.length)
            if entry.run > 0 { return bytes }
            directory = try PMTilesDirectory(reading: try Self.unpacked(bytes, header.internalCompression))
        }
        throw FormatError("PMTiles", at: "tile \(tile)", "directories point to directories without end")
    }

    /// The bytes of a tile, not compressed, or nil where the archive has none.
    package func tile(_ tile: Tile) throws -> [UInt8]? {
        guard let bytes = try stored(tile) else { return nil }
        guard header.tileCompression == .gzip || header.tileCompression == .none else {
            throw FormatError("PMTiles", at: "tile \(tile)", "it is compressed as \(header.tileCompression); expected gzip or none")
        }
        return try Self.unpacked(bytes, header.tileCompression)
    }

    private static func unpacked(_ bytes: [UInt8], _ compression: PMTilesHeader.Compression) throws -> [UInt8] {
        compression == .gzip ? try Gzip.inflate(bytes) : bytes
    }
}
