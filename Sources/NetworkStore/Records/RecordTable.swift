internal import Foundation
internal import CiteNetwork
internal import GeoFormats

/// A CSV file of records being read: every bad cell is noted with its line, so that one run tells all that is to be mended.
final class RecordTable {
    let file: String
    private let reader: CSVReader
    private(set) var problems: [String] = []

    /// Records that are read while they are mapped.
    init(_ reader: CSVReader, file: String) {
        self.file = file
        self.reader = reader
    }

    init(_ url: URL) throws {
        file = url.lastPathComponent
        do {
            reader = try CSVReader(Array(Data(contentsOf: url)), delimiter: ",")
        } catch let error as FormatError {
            throw StoreError.badContent(file: file, problems: ["\(error.place): \(error.problem)"])
        }
    }

    var encodingNote: String? { NetworkStore.encodingNote(reader.encoding, file: file) }

    /// Makes a value of each row; throws all problems found, at most fifty of them.
    func map<T>(columns: [String], _ make: (RecordCells) throws -> T) throws -> [T] {
        for column in columns where !reader.columns.contains(column) {
            problems.append("line 1: no column '\(column)'; columns: \(reader.columns.joined(separator: ", "))")
        }
        try finish()
        return try map(positions: Dictionary(uniqueKeysWithValues: reader.columns.enumerated().map { ($1, $0) }), make)
    }

    /// The same with columns under other names than the header's.
    func map<T>(positions: [String: Int], _ make: (RecordCells) throws -> T) throws -> [T] {
        var out: [T] = []
        var reader = reader
        while let row = try nextRow(&reader) {
            do {
                out.append(try make(RecordCells(line: row.line, fields: row.fields, positions: positions)))
            } catch let problem as CellProblem {
                problems.append(problem.text)
                if problems.count >= 50 { break }
            }
        }
        try finish()
        return out
    }

    private func nextRow(_ reader: inout CSVReader) throws -> CSVTable.Row? {
        do { return try reader.next() } catch { throw StoreError.badContent(file: file, problems: ["\(error.place): \(error.problem)"]) }
    }

    private func finish() throws {
        guard problems.isEmpty else { throw StoreError.badContent(file: file, problems: Array(problems.prefix(50))) }
    }
}

/// The cells of one record by column name; an empty cell is nil.
struct RecordCells {
    let line: Int
    let fields: [String]
    let positions: [String: Int]

    func problem(_ column: String, _ accepted: String) -> CellProblem {
        CellProblem(text: "line \(line): \(column) is '\(self[column] ?? "")'; expected \(accepted)")
    }

    subscript(_ column: String) -> String? {
        guard let i = positions[column], !fields[i].isEmpty else { return nil }
        return fields[i]
    }

    func text(_ column: String) throws -> String {
        guard let value = self[column] else { throw problem(column, "some text") }
        return value
    }

    func number(_ column: String) throws -> Double? {
        guard let text = self[column] else { return nil }
        guard let value = Double(text), value.isFinite else { throw problem(column, "a number, or nothing") }
        return value
    }

    func integer(_ column: String) throws -> Int64? {
        guard let text = self[column] else { return nil }
        guard let value = Int64(text) else { throw problem(column, "a whole number, or nothing") }
        return value
    }

    func boolean(_ column: String) throws -> Bool? {
        switch self[column] {
        case nil: nil
        case "true": true
        case "false": false
        default: throw problem(column, "true, false or nothing")
        }
    }

    /// The text of a date, checked.
    func date(_ column: String) throws -> String? {
        guard let text = self[column] else { return nil }
        guard PartialDate(text) != nil else { throw problem(column, "\(PartialDate.acceptedForms), or nothing") }
        return text
    }

    func code<T: RawRepresentable & CaseIterable>(_ column: String, _ type: T.Type) throws -> String where T.RawValue == String {
        guard let text = self[column], T(rawValue: text) != nil else {
            throw problem(column, T.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return text
    }

    func codes<T: RawRepresentable & CaseIterable>(_ column: String, _ type: T.Type) throws -> String? where T.RawValue == String {
        guard let text = self[column] else { return nil }
        guard text.split(separator: " ").allSatisfy({ T(rawValue: String($0)) != nil }) else {
            throw problem(column, "codes among \(T.allCases.map(\.rawValue).joined(separator: ", ")), separated by spaces")
        }
        return text
    }

    /// A longitude and a latitude, both or neither.
    func position(_ lon: String, _ lat: String) throws -> (lon: Double, lat: Double)? {
        guard let x = try number(lon), let y = try number(lat) else {
            guard self[lon] == nil, self[lat] == nil else { throw problem(lon, "a longitude and a latitude, both or neither") }
            return nil
        }
        guard (-180...180).contains(x) else { throw problem(lon, "a longitude from -180 to 180") }
        guard (-90...90).contains(y) else { throw problem(lat, "a latitude from -90 to 90") }
        return (x, y)
    }
}

extension NetworkStore {
    /// What had to be assumed of a file that is not UTF-8.
    static func encodingNote(_ encoding: CSVReader.Encoding, file: String) -> String? {
        encoding == .windows1252 ? "\(file) is not UTF-8: it was read as Windows-1252; look at the accents" : nil
    }
}
