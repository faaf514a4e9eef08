internal import Foundation
internal import GRDB
package import CiteNetwork
package import GeoPackage

/// The store of a workspace: `network.gpkg`, a GeoPackage that QGIS opens as it is.
///
/// Each write is one transaction. It may be shared between tasks.
package final class NetworkStore: Sendable {
    package let file: GeoPackageFile

    private init(file: GeoPackageFile) { self.file = file }

    /// Makes a new store without records. The file must not exist.
    package static func create(at path: String) throws -> NetworkStore {
        guard !FileManager.default.fileExists(atPath: path) else { throw StoreError.exists(path: path) }
        let file = try GeoPackageFile.create(at: path)
        try StoreSchema.migrate(file)
        return NetworkStore(file: file)
    }

    /// Opens a store and brings its schema up to date. Throws `GeoPackageError`, or `StoreError.notAStore` for a file that
    /// is another GeoPackage or that a newer program made; such a file stays as it was.
    package static func open(at path: String) throws -> NetworkStore {
        let file = try GeoPackageFile.open(at: path)
        guard let version = try file.read({ try StoreSchema.version(in: $0) }) else {
            throw StoreError.notAStore(path: path, reason: "it has no table 'maillage_schema'")
        }
        guard version <= StoreSchema.migrations.count else {
            throw StoreError.notAStore(
                path: path, reason: "its schema is version \(version), this program knows versions up to \(StoreSchema.migrations.count)")
        }
        let applied = try file.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM maillage_schema") ?? 0 }
        if applied < StoreSchema.migrations.count { try StoreSchema.migrate(file) }
        let store = NetworkStore(file: file)
        try store.refreshSearch()
        return store
    }

    /// Writes everything into the one file and closes it. The store is not used afterwards.
    package func close() throws { try file.close() }

    /// The records a viewer may see: the one place where visibility is decided.
    package func records(for viewer: Viewer) throws -> NetworkRecords {
        try file.read { db in
            visible(try RecordRows.fetch(db), to: viewer)
        }
    }

    func visible(_ all: RecordRows, to viewer: Viewer) -> NetworkRecords {
        guard viewer == .everyone else { return all.everything }
        let hidden = Set(all.cites.filter { $0.visibility == .restricted }.map(\.id))
        return all.records {
            !hidden.contains($0)
        } platform: {
            $0.visibility == .public && !hidden.contains($0.cite)
        }
    }
}
