internal import GRDB
internal import GeoPackage

extension NetworkStore {
    /// The rows of the network's tables as text, a line each and sorted, whatever order and row ids they have: the same records give the
    /// same lines, in any store. Columns are `name=value`, shapes and other bytes in hexadecimal. O(n log n).
    package func contentLines() throws -> [String] {
        try file.read { db in
            var lines: [String] = []
            for table in StoreSchema.networkTables {
                let columns = try db.columns(in: table).map(\.name).filter { $0 != "fid" }
                let list = columns.map { "quote(\"\($0)\")" }.joined(separator: ", ")
                for row in try Row.fetchAll(db, sql: "SELECT \(list) FROM \"\(table)\"") {
                    let values: [String] = columns.indices.map { row[$0] }
                    lines.append("\(table) " + zip(columns, values).map { "\($0)=\($1)" }.joined(separator: " "))
                }
            }
            return lines.sorted()
        }
    }

    /// The number and the instant of the last change that stands in the log; nil for a store without any.
    package func lastChange() throws -> (number: Int64, at: String)? {
        try file.read { db in
            try Row.fetchOne(db, sql: "SELECT change, CAST(at AS TEXT) FROM change_log WHERE change < 1000000000000 ORDER BY change DESC, fid DESC LIMIT 1")
                .map { ($0[0], $0[1] ?? "") }
        }
    }
}
