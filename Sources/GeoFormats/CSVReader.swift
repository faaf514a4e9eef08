/// Reads the records of delimited text one by one, so that a large file needs no table in memory; what it reads is what `CSVTable` says.
package struct CSVReader: Sendable {
    package enum Encoding: String, Sendable { case utf8 = "UTF-8", windows1252 = "Windows-1252" }

    package let columns: [String]
    package let delimiter: Character
    package let encoding: Encoding
    private var parser: RecordParser
    /// Whether quotes mean nothing: the exports of GeoNames.
    private let isUnquoted: Bool

    /// Begins a table with a header. Throws `FormatError` for a header with an empty or repeated name.
    package init(_ bytes: [UInt8], delimiter given: Character? = nil) throws(FormatError) {
        try FormatError.refuseWideText(bytes, format: "CSV")
        var text = bytes
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        if isUTF8(bytes[...]) {
            encoding = .utf8
        } else {
            let body = Array(bytes[start...])
            try Self.refuseMixture(body)
            text = windows1252ToUTF8(body)
            start = 0
            encoding = .windows1252
        }
        delimiter = given ?? Self.detectDelimiter(text[start...])
        guard let separator = delimiter.asciiValue else {
            throw FormatError("CSV", at: "", "the delimiter '\(delimiter)' is not an ASCII character")
        }
        parser = RecordParser(text: text, separator: separator, start: start)
        isUnquoted = false
        guard let header = try parser.next() else { throw FormatError("CSV", at: "line 1", "the file is empty; expected a header line") }
        columns = header.fields.map { trim($0) }
        var seen = Set<String>()
        for (i, name) in columns.enumerated() {
            guard !name.isEmpty else { throw FormatError("CSV", at: "line \(header.line)", "column \(i + 1) has no name") }
            guard seen.insert(name).inserted else {
                throw FormatError("CSV", at: "line \(header.line)", "two columns are named '\(name)'")
            }
        }
    }

    /// Refuses text that is UTF-8 in one place and not in another, as two files put together make it: read as either, one part is spoilt.
    private static func refuseMixture(_ text: [UInt8]) throws(FormatError) {
        var (i, line, bad, hasUTF8) = (0, 1, Int?.none, false)
        while i < text.count {
            let b = text[i]
            if b < 0x80 {
                if b == 0x0A || (b == 0x0D && (i + 1 == text.count || text[i + 1] != 0x0A)) { line += 1 }
                i += 1
                continue
            }
            let length = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2
            if i + length <= text.count, String(validating: text[i..<(i + length)], as: UTF8.self) != nil {
                hasUTF8 = true
                i += length
            } else {
                if bad == nil { bad = line }
                i += 1
            }
            if let bad, hasUTF8 {
                throw FormatError(
                    "CSV", at: "line \(bad)", "a byte that is not UTF-8, where other lines have UTF-8; expected UTF-8 throughout, or Windows-1252 throughout")
            }
        }
    }

    /// Begins lines of fields between tabs, without quotes and without a header.
    package init(unquoted bytes: [UInt8], columns: [String]) {
        self.columns = columns
        delimiter = "\t"
        encoding = .utf8
        parser = RecordParser(text: bytes, separator: 0x09)
        isUnquoted = true
    }

    /// The next record that is not blank, or nil at the end. Throws `FormatError` naming the line.
    package mutating func next() throws(FormatError) -> CSVTable.Row? {
        guard isUnquoted else {
            guard let row = try parser.next() else { return nil }
            guard row.fields.count == columns.count else {
                throw FormatError("CSV", at: "line \(row.line)", "\(row.fields.count) fields where the header names \(columns.count) columns")
            }
            return row
        }
        while let (number, line) = parser.nextLine() {
            let text = line.last == 0x0D ? line.dropLast() : line
            guard !text.isEmpty else { continue }
            guard isUTF8(text) else { throw FormatError("TSV", at: "line \(number)", "the text is not UTF-8") }
            var fields = text.split(separator: 0x09, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
            // A last column that is often left out.
            if fields.count == columns.count - 1 { fields.append("") }
            guard fields.count == columns.count else {
                throw FormatError("TSV", at: "line \(number)", "\(fields.count) fields; expected \(columns.count): \(columns.joined(separator: ", "))")
            }
            return CSVTable.Row(line: number, fields: fields)
        }
        return nil
    }

    /// The delimiter that occurs most often outside quotes in the first record.
    private static func detectDelimiter(_ text: ArraySlice<UInt8>) -> Character {
        var counts: [Character: Int] = [",": 0, ";": 0, "\t": 0]
        var quoted = false
        for b in text {
            if b == UInt8(ascii: "\"") { quoted.toggle() }
            if quoted { continue }
            if b == 0x0A || b == 0x0D { break }
            counts[Character(Unicode.Scalar(b))]? += 1
        }
        return [",", ";", "\t"].max { counts[$0]! < counts[$1]! }.flatMap { counts[$0]! > 0 ? $0 : nil } ?? ","
    }
}

/// Whether bytes are UTF-8; nothing is copied.
private func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.withUnsafeBufferPointer { buffer in
        do {
            _ = try UTF8Span(validating: buffer.span)
            return true
        } catch { return false }
    }
}
