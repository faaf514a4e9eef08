internal import CQL2
internal import Crypto
internal import Foundation
internal import GRDB
package import GeoFormats
package import GeoModel
internal import GeoPackage

/// Reads features from one SQLite database, a GeoPackage or one in memory, with a few connections that only read.
///
/// It may be shared between tasks; every question blocks the thread that asks until it is answered. What an answer holds is one state of the database.
package final class FeatureReader: Sendable {
    private let pool: ConnectionPool
    /// A question that takes longer is stopped.
    package let timeLimit: Double

    /// Opens a file, which stays as it is: no journal is made, no mode changed.
    ///
    /// - Parameters:
    ///   - timeLimit: seconds.
    ///   - connections: how many may read at a time.
    ///
    /// Throws `GeoPackageError.missing`; what is no database is told when it is first asked.
    package init(path: String, timeLimit: Double = 10, connections: Int = 8) throws {
        guard FileManager.default.fileExists(atPath: path) else { throw GeoPackageError.missing(path: path) }
        self.timeLimit = timeLimit
        pool = ConnectionPool(maximum: connections) {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(5)
            configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA cache_size = -16384; PRAGMA mmap_size = 268435456") }
            let folder = (path as NSString).deletingLastPathComponent
            let wal = (try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int) ?? 0
            let isSealed = wal == 0 && !FileManager.default.isWritableFile(atPath: folder.isEmpty ? "." : folder)
            guard isSealed, let escaped = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) else {
                return try Connection(DatabaseQueue(path: path, configuration: configuration))
            }
            return try Connection(DatabaseQueue(path: "file:\(escaped)?immutable=1", configuration: configuration))
        }
    }

    /// Reads a database in memory, which its connections share.
    init(image: DatabaseImage, timeLimit: Double, connections: Int) {
        self.timeLimit = timeLimit
        pool = ConnectionPool(maximum: connections) { try Connection(image.open()) }
    }

    /// The feature tables of a GeoPackage, as it describes them itself.
    package func tables() throws -> [FeatureTable] {
        try pool.with { try $0.read { db in try FeatureTable.all(in: db) } }
    }

    /// The box of all features by the R-tree, a little rounded outwards; nil for a table without features or without R-tree. Some microseconds.
    package func extent(of table: FeatureTable) throws -> Envelope? {
        try asking(table) { try GeometryFacts(table, $0).extent }
    }

    /// A page of features, written to `writer` with `,\n` between them.
    ///
    /// O(limit) for pages in the order of ids or of an indexed property; a box costs what the R-tree finds in it; a filter, or another order, may
    /// have to look at every feature. Throws `FeaturesError`.
    package func page(_ table: FeatureTable, _ query: FeatureQuery, into writer: inout JSONWriter) throws -> PageSummary {
        try asking(table) { connection in
            let statement = try PageStatement(table, query, connection)
            guard !statement.isEmpty else { return PageSummary(count: 0, next: nil, matched: query.counting == .never ? nil : 0) }
            let statements = statement.statements(room: query.limit + 1)
            let needsCount = query.counting == .always
            return try connection.reading(within: timeLimit, isSnapshot: statements.count > 1 || needsCount) { connection in
                try FeatureBytes.with(statement) { bytes in
                    var (count, next) = (0, nil as String?)
                    var last: FeatureCursor?
                    for k in statements.indices where next == nil {
                        // Of the second range of an order only as many as are still wanted.
                        try connection.run(count == 0 ? statements[k] : statement.statements(room: query.limit + 1 - count)[k]) { row in
                            if count == query.limit {
                                next = last?.text(context: statement.context)
                                return false
                            }
                            if count > 0 { writer.raw(",\n") }
                            try bytes.write(row, to: &writer)
                            count += 1
                            if count == query.limit { last = statement.cursor(at: row) }
                            return true
                        }
                    }
                    return PageSummary(
                        count: count, next: next, matched: try matched(connection, statement, count: count, isLast: next == nil))
                }
            }
        }
    }

    /// A page of features as bytes of their own.
    package func page(_ table: FeatureTable, _ query: FeatureQuery) throws -> FeaturePage {
        var writer = JSONWriter(reserving: min(query.limit, 1000) * 400)
        let summary = try page(table, query, into: &writer)
        return FeaturePage(features: writer.bytes, count: summary.count, next: summary.next, matched: summary.matched)
    }

    /// How many features a question selects, whatever its limit and position.
    package func count(_ table: FeatureTable, _ query: FeatureQuery) throws -> Int {
        try asking(table) { connection in
            let statement = try PageStatement(table, query, connection)
            return try connection.reading(within: timeLimit, isSnapshot: false) { try $0.count(statement.count) }
        }
    }

    /// One feature as GeoJSON; nil where there is none of this id. The id is text as it stands in a URL. O(log n).
    package func feature(_ table: FeatureTable, id: String, properties: [String]? = nil, crs: CRS = .crs84) throws -> SingleFeature? {
        try asking(table) { connection in
            let statement = try PageStatement(table, FeatureQuery(limit: 1, properties: properties, crs: crs), connection)
            guard let value = table.id(id) else { return nil }
            return try connection.reading(within: timeLimit, isSnapshot: false) { connection in
                try FeatureBytes.with(statement) { bytes in
                    var writer = JSONWriter(reserving: 1024)
                    var isFound = false
                    try connection.run(statement.one(id: value)) { row in
                        try bytes.write(row, to: &writer)
                        isFound = true
                        return false
                    }
                    return isFound ? SingleFeature(bytes: writer.bytes) : nil
                }
            }
        }
    }

    /// What SQLite would do to answer, a line a step.
    package func plan(_ table: FeatureTable, _ query: FeatureQuery) throws -> [String] {
        try asking(table) { connection in
            let statement = try PageStatement(table, query, connection)
            return try statement.statements(room: query.limit + 1).flatMap { try connection.plan($0) }
        }
    }

    /// What SQLite would do to find one feature.
    package func plan(_ table: FeatureTable, id: String) throws -> [String] {
        try asking(table) { try $0.plan(PageStatement(table, FeatureQuery(), $0).one(id: table.id(id) ?? .null)) }
    }

    private func matched(_ connection: Connection, _ statement: PageStatement, count: Int, isLast: Bool) throws -> Int? {
        let query = statement.query
        if query.counting == .never { return nil }
        if isLast {
            switch query.position {
            case .start: return count
            case .offset(let n) where count > 0: return n + count
            default: break
            }
        }
        guard query.counting == .always || query.isOfAll else { return nil }
        return try connection.count(statement.count)
    }

    private func asking<T>(_ table: FeatureTable, _ body: (Connection) throws -> T) throws -> T {
        do {
            return try pool.with(body)
        } catch is SQLiteInterrupted {
            throw FeaturesError.tooSlow(seconds: timeLimit)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
            throw FeaturesError.table(table.id, problem: error.message ?? "\(error)")
        }
    }
}

/// One feature as it is sent.
package struct SingleFeature: Sendable, Hashable {
    /// A JSON object, without anything after its brace.
    package let bytes: [UInt8]

    /// What an ETag is made of: the first half of the SHA-256 of the bytes, 32 hexadecimal digits.
    package var tag: String {
        SHA256.hash(data: bytes).prefix(16).reduce(into: "") { text, byte in
            text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
    }
}

extension Connection {
    fileprivate func plan(_ fragment: SQLFragment) throws -> [String] {
        var steps: [String] = []
        try run(SQLFragment("EXPLAIN QUERY PLAN " + fragment.sql, fragment.arguments)) { row in
            steps.append(String(decoding: row.text(3), as: UTF8.self))
            return true
        }
        return steps
    }
}

extension PageStatement {
    /// The cursor of a page that ends with this row.
    fileprivate func cursor(at row: borrowing ResultRow) -> FeatureCursor {
        var keys: [SQLValue] = []
        for i in 0..<sortKeyCount { keys.append(row.value(firstSortColumn + i)) }
        return FeatureCursor(keys: keys, id: row.value(0))
    }
}
