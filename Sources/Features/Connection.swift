internal import CQL2
internal import GRDB
internal import GRDBSQLite
#if canImport(Glibc)
internal import Glibc
#endif
internal import Synchronization

/// A connection that only reads, with its compiled statements. One task uses it at a time; `ConnectionPool` sees to that.
final class Connection {
    private let queue: DatabaseQueue
    private let handle: OpaquePointer
    private let deadline = Deadline()
    /// Compiled statements by their SQL; filters are of endless variety, so the oldest half goes when there are many.
    private var statements: [String: OpaquePointer] = [:]
    private var latest: [String] = []
    /// Numbers of features, true as long as nobody else has written.
    private var counts: [String: Int] = [:]
    private var countedVersion: Int64 = -1

    private static let maximumStatements = 128

    init(_ queue: DatabaseQueue) throws {
        self.queue = queue
        handle = queue.unsafeRead { UnsafeHandle(pointer: $0.sqliteConnection!) }.pointer
        SQLFunctions.register(on: handle)
        // Every 2,000 steps of SQLite's machine, some 50 µs.
        sqlite3_progress_handler(
            handle, 2_000, { Unmanaged<Deadline>.fromOpaque($0!).takeUnretainedValue().hasPassed ? 1 : 0 }, Unmanaged.passUnretained(deadline).toOpaque())
    }

    /// A pointer that leaves the closure of its queue: this class alone uses the queue, and not from two tasks.
    private struct UnsafeHandle: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_progress_handler(handle, 0, nil, nil)
    }

    private final class Deadline {
        /// Nanoseconds of the monotonic clock; 0 for none.
        var at: UInt64 = 0
        var hasPassed: Bool { at > 0 && Deadline.now > at }
        static var now: UInt64 {
            var t = timespec()
            clock_gettime(CLOCK_MONOTONIC, &t)
            return UInt64(t.tv_sec) * 1_000_000_000 + UInt64(t.tv_nsec)
        }
    }

    /// Runs `body` with a limit of time; what it reads is one state of the file where `isSnapshot`.
    func reading<T>(within seconds: Double, isSnapshot: Bool, _ body: (Connection) throws -> T) throws -> T {
        deadline.at = Deadline.now + UInt64(seconds * 1e9)
        defer { deadline.at = 0 }
        guard isSnapshot else { return try body(self) }
        try run(SQLFragment("BEGIN")) { _ in true }
        defer { try? run(SQLFragment("COMMIT")) { _ in true } }
        return try body(self)
    }

    /// Calls `body` with each row until it says false.
    func run(_ fragment: SQLFragment, _ body: (borrowing ResultRow) throws -> Bool) throws {
        let statement = try compiled(fragment.sql)
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        for (i, value) in fragment.arguments.enumerated() {
            let position = Int32(i + 1)
            let code: Int32 =
                switch value {
                case .null: sqlite3_bind_null(statement, position)
                case .integer(let n): sqlite3_bind_int64(statement, position, n)
                case .real(let d): sqlite3_bind_double(statement, position, d)
                case .text(let s): sqlite3_bind_text(statement, position, s, Int32(s.utf8.count), transient)
                case .blob(let bytes): sqlite3_bind_blob(statement, position, bytes, Int32(bytes.count), transient)
                }
            guard code == SQLITE_OK else { throw failure(code) }
        }
        let row = ResultRow(statement: statement)
        while true {
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { return }
            guard code == SQLITE_ROW else { throw failure(code) }
            guard try body(row) else { return }
        }
    }

    func integer(_ fragment: SQLFragment) throws -> Int64? {
        var found: Int64?
        try run(fragment) { row in
            found = row.integer(0)
            return false
        }
        return found
    }

    /// A number of features, counted once for each state of the file.
    func count(_ fragment: SQLFragment) throws -> Int {
        guard fragment.arguments.isEmpty else { return Int(try integer(fragment) ?? 0) }
        let version = try integer(SQLFragment("PRAGMA data_version")) ?? 0
        if version != countedVersion { counts.removeAll() }
        countedVersion = version
        if let known = counts[fragment.sql] { return known }
        let count = Int(try integer(fragment) ?? 0)
        counts[fragment.sql] = count
        return count
    }

    private func compiled(_ sql: String) throws -> OpaquePointer {
        if let ready = statements[sql] { return ready }
        if latest.count >= Self.maximumStatements {
            for old in latest.prefix(Self.maximumStatements / 2) { sqlite3_finalize(statements.removeValue(forKey: old)) }
            latest.removeFirst(Self.maximumStatements / 2)
        }
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement else { throw failure(code) }
        statements[sql] = statement
        latest.append(sql)
        return statement
    }

    private func failure(_ code: Int32) -> any Error {
        if code == SQLITE_INTERRUPT { return SQLiteInterrupted() }
        return DatabaseError(resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(handle)))
    }

    func read<T>(_ body: (Database) throws -> T) throws -> T { try queue.unsafeRead(body) }
}

/// SQLite stopped because the time was up.
struct SQLiteInterrupted: Error {}

/// The row on which a statement stands. What it hands out is valid until the next row.
struct ResultRow: ~Copyable {
    let statement: OpaquePointer

    func isNull(_ i: Int) -> Bool { sqlite3_column_type(statement, Int32(i)) == SQLITE_NULL }
    func type(_ i: Int) -> Int32 { sqlite3_column_type(statement, Int32(i)) }
    func integer(_ i: Int) -> Int64 { sqlite3_column_int64(statement, Int32(i)) }
    func real(_ i: Int) -> Double { sqlite3_column_double(statement, Int32(i)) }

    func text(_ i: Int) -> UnsafeBufferPointer<UInt8> {
        let start = sqlite3_column_text(statement, Int32(i))
        return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, Int32(i))))
    }

    func blob(_ i: Int) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(statement, Int32(i))
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, Int32(i))))
    }

    func value(_ i: Int) -> SQLValue {
        switch type(i) {
        case SQLITE_INTEGER: .integer(integer(i))
        case SQLITE_FLOAT: .real(real(i))
        case SQLITE_TEXT: .text(String(decoding: text(i), as: UTF8.self))
        case SQLITE_BLOB: .blob(Array(blob(i)))
        default: .null
        }
    }
}
