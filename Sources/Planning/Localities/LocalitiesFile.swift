internal import Foundation
internal import GeoFormats
package import NetworkStore

/// A file of postal codes or of localities, plain or compressed with gzip.
package struct LocalitiesFile: Sendable {
    private let name: String
    private let bytes: [UInt8]
    package let kind: LocalitiesImport.Kind

    /// Reads the file. Throws `PlanningError` for one that is not there, or that is cut, damaged or too large.
    package init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw PlanningError.notFound("\(path): no such file; a file of postal codes or localities would be accepted, .csv, .txt or .gz")
        }
        name = URL(fileURLWithPath: path).lastPathComponent
        do {
            bytes = try Gzip.isCompressed(Array(data.prefix(2))) ? Gzip.inflate(Array(data)) : Array(data)
        } catch {
            throw PlanningError.badContent("\(path): \(error)")
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
