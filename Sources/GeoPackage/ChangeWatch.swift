internal import Foundation
internal import GRDB

/// Tells whether anyone, in this process or another, has written to a GeoPackage since it was last asked.
///
/// It keeps a connection of its own that never writes; GRDB's queue serialises its use between tasks.
package final class ChangeWatch: Sendable {
    private let queue: DatabaseQueue

    /// Throws `GeoPackageError.missing`, or GRDB's error for a file that cannot be read.
    package init(path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { throw GeoPackageError.missing(path: path) }
        var configuration = Configuration()
        configuration.readonly = true
        queue = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// A number that differs from the last one after any commit by another connection. About 10 µs.
    package func version() throws -> Int {
        try queue.read { db in try Int.fetchOne(db, sql: "PRAGMA data_version") ?? 0 }
    }
}
