internal import Foundation
internal import GRDB
internal import GeoFormats
internal import GeoModel
internal import GeoPackage

/// A row as the change log keeps it: its columns, exactly.
struct LoggedRow {
    var columns: [(name: String, value: DatabaseValue)]

    /// - Parameter marksNUL: whether a NUL in an id is kept as a mark, so that two that are one up to it stay two. Otherwise a text ends at
    ///   its NUL, as it does for whoever reads it from the tables.
    /// Throws `StoreError.badContent` for a log that a foreign hand has spoilt.
    init(json text: String, marksNUL: Bool) throws {
        guard case .object(let members)? = try? JSONReader.read(Array(text.utf8)) else { throw Self.spoilt(text) }
        columns = try members.members.map { member in
            switch member.value {
            case .null: return (member.name, .null)
            case .integer(let i): return (member.name, i.databaseValue)
            case .number(let d): return (member.name, d.databaseValue)
            case .string(let s):
                let isMarked = marksNUL && member.name == "id"
                return (member.name, (isMarked ? s.replacing("\0", with: "␀") : String(s.prefix { $0 != "\0" })).databaseValue)
            case .object(let typed):
                if let digits = typed["real"]?.string, let d = Double(digits) { return (member.name, d.databaseValue) }
                if let hex = typed["blob"]?.string, let data = Data(hex: hex) { return (member.name, data.databaseValue) }
                throw Self.spoilt(text)
            default: throw Self.spoilt(text)
            }
        }
    }

    init(json text: String) throws { try self.init(json: text, marksNUL: false) }

    private static func spoilt(_ text: String) -> StoreError {
        .badContent(file: "network.gpkg", problems: ["the change log has a row that cannot be read: \(text.prefix(120))"])
    }

    subscript(_ name: String) -> DatabaseValue { columns.first { $0.name == name }?.value ?? .null }

    var fid: Int64 { Int64.fromDatabaseValue(self["fid"]) ?? 0 }

    /// - Parameter replacing: whether a row in the way, by its fid or id, goes. A foreign hand may have replaced it without the
    ///   log seeing it go.
    /// What this row says of the columns that the other has too, and the other does not say.
    func differs(from other: LoggedRow) -> Bool {
        columns.contains { mine in other.columns.contains { $0.name == mine.name && $0.value != mine.value } }
    }

    func insert(into table: String, replacing: Bool, _ db: Database) throws {
        let names = columns.map { "\"\($0.name)\"" }.joined(separator: ", ")
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        try db.execute(
            sql: "INSERT \(replacing ? "OR REPLACE " : "")INTO \"\(table)\" (\(names)) VALUES (\(marks))",
            arguments: StatementArguments(columns.map(\.value)))
    }

    func update(fid: Int64, of table: String, replacing: Bool, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE \(replacing ? "OR REPLACE " : "")\"\(table)\" SET \(columns.map { "\"\($0.name)\" = ?" }.joined(separator: ", ")) WHERE fid = ?",
            arguments: StatementArguments(columns.map(\.value) + [fid.databaseValue]))
    }

    /// Takes the geometry out of a row where a foreign hand has left one that cannot be read: the R-tree's triggers fail on it.
    static func dropUnreadableGeometry(fid: Int64, of table: String, _ db: Database) throws {
        guard try db.columns(in: table).contains(where: { $0.name == "geom" }),
            let value = try DatabaseValue.fetchOne(db, sql: "SELECT geom FROM \"\(table)\" WHERE fid = ?", arguments: [fid]),
            !value.isNull, StoredGeometry.fromDatabaseValue(value) == nil
        else { return }
        try db.execute(sql: "UPDATE \"\(table)\" SET geom = NULL WHERE fid = ?", arguments: [fid])
    }

    /// Whether the row of this fid still holds just these values.
    func isCurrent(in table: String, _ db: Database) throws -> Bool {
        guard let row = try Row.fetchOne(db, sql: "SELECT * FROM \"\(table)\" WHERE fid = ?", arguments: [fid]) else { return false }
        return columns.allSatisfy { (row[$0.name] as DatabaseValue) == $0.value }
    }
}

extension Data {
    fileprivate init?(hex: String) {
        let digits = Array(hex.utf8)
        guard digits.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        func value(_ d: UInt8) -> UInt8? {
            switch d {
            case 0x30...0x39: d - 0x30
            case 0x41...0x46: d - 0x37
            case 0x61...0x66: d - 0x57
            default: nil
            }
        }
        for i in stride(from: 0, to: digits.count, by: 2) {
            guard let high = value(digits[i]), let low = value(digits[i + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        self = Data(bytes)
    }
}
