internal import Foundation
internal import GeoFormats
package import NetworkStore

/// A file of postal codes or of localities, plain or compressed with gzip.
package struct LocalitiesFile: Sendable {
    /// The largest file that is read, in bytes, once it is decompressed: some 7 times as much is in memory while it is.
    package static let largestSize = 64 << 20

    private let name: String
    private let bytes: [UInt8]
    package let kind: LocalitiesImport.Kind

    /// Reads the file. Throws `PlanningError` for one that is not there, or that is cut, damaged or too large.
    package init(path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw PlanningError.notFound("\(path): no such file; a file of postal codes or localities would be accepted, .csv, .txt or .gz")
        }
        let otherwise = "a file for each country would be accepted"
        let read = try InputFile.read(path, atMost: Self.largestSize, otherwise: otherwise)
        name = URL(fileURLWithPath: path).lastPathComponent
        do {
            bytes = try Gzip.isCompressed(read) ? Gzip.inflate(read, limit: Self.largestSize) : read
        } catch {
            throw PlanningError.badContent("\(path): \(error)")
        }
        guard bytes.count <= Self.largestSize else {
            throw PlanningError.badContent("\(path) has \(bytes.count >> 20) MB; files of up to \(Self.largestSize >> 20) MB are read; \(otherwise)")
        }
        // The gazetteer's own columns tell a gazetteer file; everything else is read as postal codes.
        let header = bytes.prefix { $0 != 0x0A && $0 != 0x0D }.filter { $0 != 0x22 }
        let names = header.split(separator: UInt8(ascii: ",")).map { String(decoding: $0, as: UTF8.self) }
        kind = Set(NetworkStore.localityFileColumns).isSubset(of: names) ? .localities : .postalCodes
    }

    /// Takes the file into a store, all of it or nothing. In a dry run, says only what would be done.
    package func load(
        into store: NetworkStore, columns: PostalColumns, isDryRun: Bool, progress: (Int, Int) -> Void
    ) throws -> LocalitiesImport {
        switch kind {
        case .localities: try store.importLocalities(bytes, file: name, isDryRun: isDryRun, progress: progress)
        case .postalCodes: try store.importPostalCodes(bytes, file: name, columns: columns, isDryRun: isDryRun, progress: progress)
        }
    }
}
