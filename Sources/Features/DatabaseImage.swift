internal import GRDB
internal import GRDBSQLite

/// A finished SQLite database in memory that any number of connections read at once, each by itself, without copies and without locks.
///
/// Sendable because the bytes are never written again, and live as long as the image; every connection holds it.
final class DatabaseImage: @unchecked Sendable {
    private let bytes: UnsafeMutablePointer<UInt8>
    let count: Int

    /// Takes the content of a database.
    init(of queue: DatabaseQueue) throws {
        var size: Int64 = 0
        let copy = queue.unsafeRead { db in UnsafeSendablePointer(sqlite3_serialize(db.sqliteConnection, "main", &size, 0)) }.pointer
        guard let copy else { throw DatabaseError(resultCode: .SQLITE_NOMEM, message: "a database in memory could not be copied") }
        bytes = copy
        count = Int(size)
    }

    deinit { sqlite3_free(bytes) }

    /// A connection of its own. The image must outlive it: who opens keeps the image.
    func open() throws -> DatabaseQueue {
        let queue = try DatabaseQueue()
        let code = queue.unsafeRead { db in
            sqlite3_deserialize(db.sqliteConnection, "main", bytes, Int64(count), Int64(count), UInt32(SQLITE_DESERIALIZE_READONLY))
        }
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code), message: "a database in memory could not be opened") }
        return queue
    }

    private struct UnsafeSendablePointer: @unchecked Sendable {
        let pointer: UnsafeMutablePointer<UInt8>?
        init(_ pointer: UnsafeMutablePointer<UInt8>?) { self.pointer = pointer }
    }
}
