internal import Foundation
package import GRDB
internal import Synchronization

/// An open GeoPackage 1.4: a SQLite database in WAL mode, read by many and written by one at a time.
///
/// Handles are GRDB's; a value of this class may be shared between tasks. Every connection knows the spatial functions.
package final class GeoPackageFile: Sendable {
    /// `GPKG` in ASCII.
    package static let applicationID: Int32 = 0x4750_4B47
    /// GeoPackage 1.4.0.
    package static let userVersion: Int32 = 10400

    package let path: String
    private let reader: any DatabaseReader
    /// Nil until somebody writes, where another program was writing when the file was opened: reading does not wait for it.
    private let writer: Mutex<(any DatabaseWriter)?>
    private let patience: Patience

    private init(path: String, pool: any DatabaseWriter, patience: Patience = Patience()) {
        self.path = path
        self.patience = patience
        reader = pool
        writer = Mutex(pool)
    }

    private init(path: String, reader: any DatabaseReader) {
        self.path = path
        self.reader = reader
        patience = Patience()
        writer = Mutex(nil)
    }

    private static func configuration(_ patience: Patience = Patience()) -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .callback { tries in patience.waits(after: tries) }
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { db in
            SpatialFunctions.register(on: db)
            // 64 MB: a gazetteer is written without spilling half a transaction to disk.
            try db.execute(sql: "PRAGMA cache_size = -65536")
        }
        return configuration
    }

    /// Makes a new, empty GeoPackage. The file must not exist.
    ///
    /// - Parameter isDisposable: true for a file that is thrown away where anything goes wrong before it is whole and brought to the disk by
    ///   its maker: it has no journal, waits for no disk, and nothing of a failed write is taken back.
    package static func create(at path: String, isDisposable: Bool = false) throws -> GeoPackageFile {
        precondition(!FileManager.default.fileExists(atPath: path), "\(path) exists")
        let patience = Patience()
        let pool: any DatabaseWriter
        if isDisposable {
            var configuration = configuration(patience)
            configuration.prepareDatabase { db in
                _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = OFF")
                try db.execute(sql: "PRAGMA synchronous = OFF")
            }
            pool = try DatabaseQueue(path: path, configuration: configuration)
        } else {
            pool = try DatabasePool(path: path, configuration: configuration(patience))
        }
        try pool.write { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(userVersion)")
            try CoreTables.create(in: db)
        }
        return GeoPackageFile(path: path, pool: pool, patience: patience)
    }

    /// An empty GeoPackage in memory, without foreign keys: a place to rebuild tables in.
    package static func inMemory() throws -> DatabaseQueue {
        var configuration = configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(configuration: configuration)
        try queue.write { db in try CoreTables.create(in: db) }
        return queue
    }

    /// Opens a GeoPackage. Throws `GeoPackageError` for a missing, damaged or foreign file, which stays as it was.
    package static func open(at path: String) throws -> GeoPackageFile {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw GeoPackageError.missing(path: path) }
        guard !isFolder.boolValue else { throw GeoPackageError.foreign(path: path, reason: "a folder, not a file") }
        guard let handle = FileHandle(forReadingAtPath: path) else { throw GeoPackageError.inaccessible(path: path, reason: "it may not be read") }
        let head = try? handle.read(upToCount: 72)
        try? handle.close()
        guard let head, head.count == 72, head.starts(with: Array("SQLite format 3\0".utf8)) else {
            throw GeoPackageError.damaged(path: path, reason: "it does not begin as a SQLite database does")
        }
        // Read from the header, before SQLite touches the file: a foreign database is not even put in WAL mode.
        let found = head[68..<72].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard found == UInt32(bitPattern: applicationID) else {
            throw GeoPackageError.foreign(
                path: path, reason: "a SQLite database, but not a GeoPackage (application_id 0x\(String(found, radix: 16)), expected 0x47504b47)")
        }
        let patience = Patience()
        do {
            // A pool makes sure that there is a WAL with something in it, for which it may need the lock of writers.
            let pool = try patience.hurried { try DatabasePool(path: path, configuration: configuration(patience)) }
            try pool.read { db in
                _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM gpkg_contents")
            }
            return GeoPackageFile(path: path, pool: pool, patience: patience)
        } catch let error as DatabaseError {
            let isBusy = error.resultCode == .SQLITE_BUSY || error.resultCode == .SQLITE_LOCKED
            guard let file = isBusy ? besideWriter(path) : readOnly(path) else { throw explained(error, path) }
            return file
        }
    }

    /// A file that another program is writing: its readers need no lock. Who writes then waits for it. Nil where it cannot be read.
    private static func besideWriter(_ path: String) -> GeoPackageFile? {
        var configuration = configuration()
        configuration.readonly = true
        guard let pool = try? DatabasePool(path: path, configuration: configuration),
            (try? pool.read({ try Int.fetchOne($0, sql: "SELECT count(*) FROM gpkg_contents") })) != nil
        else { return nil }
        return GeoPackageFile(path: path, reader: pool)
    }

    /// The connection that writes, made where there is none yet.
    private func writing() throws -> any DatabaseWriter {
        try writer.withLock { ready in
            if let ready { return ready }
            let pool = try DatabasePool(path: path, configuration: Self.configuration(patience))
            ready = pool
            return pool
        }
    }

    /// A file on a medium, or in a folder, that may only be read: WAL mode wants to write beside it even so, unless it is told that
    /// nobody changes the file. That holds as long as there is no WAL. Nil where it cannot be read either.
    private static func readOnly(_ path: String) -> GeoPackageFile? {
        let folder = (path as NSString).deletingLastPathComponent
        let mayWrite = FileManager.default.isWritableFile(atPath: path) && FileManager.default.isWritableFile(atPath: folder.isEmpty ? "." : folder)
        let wal = (try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int) ?? 0
        guard !mayWrite, wal == 0, let escaped = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) else { return nil }
        var configuration = configuration()
        configuration.readonly = true
        guard let queue = try? DatabaseQueue(path: "file:\(escaped)?immutable=1", configuration: configuration),
            (try? queue.read({ try Int.fetchOne($0, sql: "SELECT count(*) FROM gpkg_contents") })) != nil
        else { return nil }
        return GeoPackageFile(path: path, pool: queue)
    }

    /// Opens a GeoPackage that is only to be read, and leaves the file as it is, its journal mode too. Throws as `open` does, and for a
    /// file whose pages do not hold together.
    package static func openForReading(at path: String) throws -> GeoPackageFile {
        guard FileManager.default.fileExists(atPath: path) else { throw GeoPackageError.missing(path: path) }
        var configuration = configuration()
        configuration.readonly = true
        let wal = (try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int) ?? 0
        let escaped = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
        do {
            let queue = try DatabaseQueue(path: wal == 0 ? "file:\(escaped)?immutable=1" : path, configuration: configuration)
            let file = GeoPackageFile(path: path, pool: queue)
            let problems = try queue.read { db in
                guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == applicationID else { return ["no GeoPackage"] }
                return try String.fetchAll(db, sql: "PRAGMA quick_check(1)")
            }
            if problems == ["no GeoPackage"] {
                throw GeoPackageError.foreign(path: path, reason: "a SQLite database, but not a GeoPackage (its application_id is not 0x47504b47)")
            }
            guard problems == ["ok"] else { throw GeoPackageError.damaged(path: path, reason: problems.first ?? "quick_check gave nothing") }
            return file
        } catch let error as DatabaseError { throw explained(error, path) }
    }

    /// Runs `body` on a snapshot of the file; writes of others do not block it.
    package func read<T>(_ body: (Database) throws -> T) throws -> T {
        do { return try reader.read(body) } catch let error as DatabaseError { throw explained(error) }
    }

    /// Runs `body` as one transaction: all of it, or nothing where it throws.
    package func write<T>(_ body: (Database) throws -> T) throws -> T {
        do { return try writing().write(body) } catch let error as DatabaseError { throw explained(error) }
    }

    /// Runs `body` as one transaction if nobody else is writing, else does nothing: for what can be done later. Nil where it was not done.
    package func writeIfFree<T>(_ body: (Database) throws -> T) throws -> T? {
        do {
            let pool = try patience.hurried { try writing() }
            return try pool.writeWithoutTransaction { db in
                try patience.hurried { try db.beginTransaction(.immediate) }
                do {
                    let result = try body(db)
                    try db.commit()
                    return result
                } catch {
                    try? db.rollback()
                    throw error
                }
            }
        } catch let error as DatabaseError {
            guard [.SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_READONLY].contains(error.resultCode) else { throw explained(error) }
            return nil
        }
    }

    /// Runs `body` as a transaction and takes everything back: what it would do, without doing it.
    package func rehearse<T>(_ body: (Database) throws -> T) throws -> T {
        do {
            return try writing().writeWithoutTransaction { db in
                var result: T?
                try db.inTransaction(.immediate) {
                    result = try body(db)
                    return .rollback
                }
                return result!
            }
        } catch let error as DatabaseError { throw explained(error) }
    }

    private func explained(_ error: DatabaseError) -> any Error { Self.explained(error, path) }

    /// What SQLite's code means to who handed in the file; other errors stay as they are.
    private static func explained(_ error: DatabaseError, _ path: String) -> any Error {
        let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        return switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: GeoPackageError.damaged(path: path, reason: reason)
        case .SQLITE_ERROR where reason.hasPrefix("no such"): GeoPackageError.foreign(path: path, reason: "\(reason): it is not complete")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_AUTH:
            GeoPackageError.inaccessible(path: path, reason: "\(reason); it must be readable and writable, and so must its folder")
        case .SQLITE_FULL, .SQLITE_IOERR: GeoPackageError.inaccessible(path: path, reason: reason)
        case .SQLITE_BUSY, .SQLITE_LOCKED: GeoPackageError.inaccessible(path: path, reason: "another program has been writing for 30 seconds")
        default: error
        }
    }

    /// Copies the file as it stands with SQLite's online backup while others read and write it; the copy is a plain
    /// file without WAL, complete or absent.
    ///
    /// - Parameter progress: pages done and pages in all.
    package func backup(to destination: String, progress: @escaping (Int, Int) -> Void = { _, _ in }) throws {
        let partial = destination + ".partial"
        try? FileManager.default.removeItem(atPath: partial)
        do {
            let queue = try DatabaseQueue(path: partial, configuration: Self.configuration())
            try reader.backup(to: queue, pagesPerStep: 1000) { progress($0.completedPageCount, $0.totalPageCount) }
            // The copy carries the WAL mode of its source: a reader without write access could not open it.
            try queue.writeWithoutTransaction { db in _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE") }
            try queue.close()
            guard rename(partial, destination) == 0 else {
                throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: destination])
            }
        } catch {
            try? FileManager.default.removeItem(atPath: partial)
            throw error
        }
    }

    /// Rewrites the file without free pages, so that nothing deleted can be read from it, and takes it out of WAL mode.
    package func compact() throws {
        let pool = try writing()
        try pool.writeWithoutTransaction { db in try db.execute(sql: "VACUUM") }
        try pool.close()
        let queue = try DatabaseQueue(path: path, configuration: Self.configuration())
        try queue.writeWithoutTransaction { db in _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE") }
        try queue.close()
    }

    /// Writes what the WAL holds into the file and closes it; the file then stands alone.
    package func close() throws {
        let pool = try writing()
        try pool.writeWithoutTransaction { db in _ = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        try pool.close()
    }
}
