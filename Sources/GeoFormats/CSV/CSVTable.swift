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
