internal import Foundation
internal import GeoFormats

/// A file read from its beginning to its end in pieces, inflated where it is gzip data.
final class FileBytes {
    private let handle: FileHandle
    private let size: Int
    private var count = 0
    private var inflater: GzipStream?

    init(_ path: String) throws {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw PopulationError.badFile(file: path, place: "", problem: "it cannot be read")
        }
        self.handle = handle
        size = Int((try? handle.seekToEnd()) ?? 0)
        try handle.seek(toOffset: 0)
        let head = try handle.read(upToCount: 2) ?? Data()
        try handle.seek(toOffset: 0)
        if Gzip.isCompressed(Array(head)) {
            inflater = try GzipStream { [unowned self] in try readPiece() }
        }
    }

    deinit { try? handle.close() }

    var isCompressed: Bool { inflater != nil }

    /// How much of the file has been read, 0 to 1.
    var share: Double { size == 0 ? 1 : Double(count) / Double(size) }

    /// The next piece, empty at the end. Throws `FormatError` with the byte where compressed data are cut or damaged.
    func next() throws -> [UInt8] { try inflater?.next() ?? readPiece() }

    private func readPiece() throws -> [UInt8] {
        let data = try handle.read(upToCount: 1 << 18) ?? Data()
        count += data.count
        return Array(data)
    }
}
