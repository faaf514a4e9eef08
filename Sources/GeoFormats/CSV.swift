/// A table read from delimited text: RFC 4180 quotes, with or without a byte order mark, `,` `;` or tab between fields,
/// UTF-8 or Windows-1252. The first record names the columns.
package struct CSVTable: Sendable {
    package struct Row: Sendable {
        /// The line of the file on which the record begins, from 1.
        package var line: Int
        package var fields: [String]
    }

    package typealias Encoding = CSVReader.Encoding

    package var columns: [String]
    package var rows: [Row]
    package var delimiter: Character
    package var encoding: Encoding

    /// Reads a whole table, O(n). Blank lines are skipped.
    ///
    /// Throws `FormatError` naming the line: bytes that are not UTF-8 where others are, a quote that is not closed,
    /// text after a closing quote, a record with more fields than the header or fewer, a header with an empty or repeated name.
    package init(_ bytes: [UInt8], delimiter given: Character? = nil) throws(FormatError) {
        try self.init(CSVReader(bytes, delimiter: given))
    }

    /// Reads lines of fields between tabs, without quotes and without a header: the exports of GeoNames. O(n).
    ///
    /// Throws `FormatError` naming the line of a record that has not as many fields as there are columns.
    package init(unquoted bytes: [UInt8], columns: [String]) throws(FormatError) {
        try self.init(CSVReader(unquoted: bytes, columns: columns))
    }

    private init(_ given: CSVReader) throws(FormatError) {
        var reader = given
        (columns, delimiter, encoding) = (reader.columns, reader.delimiter, reader.encoding)
        rows = []
        while let row = try reader.next() { rows.append(row) }
    }

    /// The position of a column. Throws with the columns that exist.
    package func column(_ name: String) throws(FormatError) -> Int {
        guard let i = columns.firstIndex(of: name) else {
            throw FormatError("CSV", at: "line 1", "no column '\(name)'; columns: \(columns.joined(separator: ", "))")
        }
        return i
    }
}

func trim(_ s: String) -> String {
    var slice = s[...]
    while slice.first?.isWhitespace == true { slice.removeFirst() }
    while slice.last?.isWhitespace == true { slice.removeLast() }
    return String(slice)
}

struct RecordParser {
    let text: [UInt8]
    let separator: UInt8
    var i: Int
    var line = 1

    /// - Parameter start: how many bytes are skipped.
    init(text: [UInt8], separator: UInt8, start: Int = 0) {
        self.text = text
        self.separator = separator
        i = start
    }

    /// The next record that is not blank, or nil at the end.
    mutating func next() throws(FormatError) -> CSVTable.Row? {
        while i < text.count, text[i] == 0x0A || text[i] == 0x0D { newline() }
        guard i < text.count else { return nil }
        let start = line
        var fields: [String] = []
        while true {
            fields.append(try field())
            if i < text.count, text[i] == separator {
                i += 1
                continue
            }
            if i < text.count { newline() }
            return CSVTable.Row(line: start, fields: fields)
        }
    }

    /// The next line as it stands, and its number; nil at the end.
    mutating func nextLine() -> (number: Int, line: ArraySlice<UInt8>)? {
        guard i < text.count else { return nil }
        let end = text[i...].firstIndex(of: 0x0A) ?? text.count
        defer {
            i = end + 1
            line += 1
        }
        return (line, text[i..<end])
    }

    private mutating func newline() {
        if text[i] == 0x0D, i + 1 < text.count, text[i + 1] == 0x0A { i += 1 }
        i += 1
        line += 1
    }

    private mutating func field() throws(FormatError) -> String {
        let start = i
        guard i < text.count, text[i] == UInt8(ascii: "\"") else {
            while i < text.count, text[i] != separator, text[i] != 0x0A, text[i] != 0x0D { i += 1 }
            return String(decoding: text[start..<i], as: UTF8.self)
        }
        let opening = line
        i += 1
        var out: [UInt8] = []
        while i < text.count {
            let b = text[i]
            if b == UInt8(ascii: "\"") {
                i += 1
                guard i < text.count, text[i] == UInt8(ascii: "\"") else {
                    guard i == text.count || text[i] == separator || text[i] == 0x0A || text[i] == 0x0D else {
                        throw FormatError("CSV", at: "line \(line)", "text after a closing quote; a quote inside quotes is written twice")
                    }
                    return String(decoding: out, as: UTF8.self)
                }
            } else if b == 0x0A {
                line += 1
            }
            out.append(b)
            i += 1
        }
        throw FormatError("CSV", at: "line \(opening)", "a quoted field is not closed")
    }
}

/// The code points of 0x80 to 0x9F in Windows-1252; the five it leaves undefined stay C1 controls.
private let windows1252High: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
    0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
]

func windows1252ToUTF8(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count * 9 / 8)
    for b in bytes {
        if b < 0x80 {
            out.append(b)
        } else {
            let scalar = Unicode.Scalar((0x80...0x9F).contains(b) ? windows1252High[Int(b) - 0x80] : UInt32(b))!
            out.append(contentsOf: String(Character(scalar)).utf8)
        }
    }
    return out
}

/// Writes delimited text: `,` between fields, quotes where needed, CRLF-free lines.
package struct CSVWriter: Sendable {
    package private(set) var text = ""

    package init(columns: [String]) { row(columns) }

    package mutating func row(_ fields: [String]) {
        text += fields.map { field in
            let needsQuotes = field.utf8.contains { [UInt8(ascii: ","), UInt8(ascii: "\""), 0x0A, 0x0D].contains($0) }
            return needsQuotes ? "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" : field
        }.joined(separator: ",")
        text += "\n"
    }
}
