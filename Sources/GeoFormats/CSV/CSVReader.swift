/// Reads the records of delimited text one by one, so that a large file needs no table in memory; what it reads is what `CSVTable` says.
package struct CSVReader: Sendable {
    package enum Encoding: String, Sendable { case utf8 = "UTF-8", windows1252 = "Windows-1252" }

    package let columns: [String]
    package let delimiter: Character
    package let encoding: Encoding
    private let text: [UInt8]
    private var position: Int
    /// Nil where quotes mean nothing: the exports of GeoNames.
    private var scanner: RecordScanner?
    /// The line at `position`, of text without quotes.
    private var line = 1

    /// Begins a table with a header. Throws `FormatError` for a header with an empty or repeated name, and for text in several encodings.
    package init(_ bytes: [UInt8], delimiter given: Character? = nil) throws(FormatError) {
        try FormatError.refuseWideText(bytes, format: "CSV")
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let isUTF8 = Self.isUTF8(bytes[...])
        if !isUTF8 { try Self.refuseMixture(bytes[start...]) }
        encoding = isUTF8 ? .utf8 : .windows1252
        text = isUTF8 ? bytes : windows1252ToUTF8(bytes[start...])
        position = isUTF8 ? start : 0
        delimiter = given ?? Character(Unicode.Scalar(RecordScanner.detectedSeparator(text[position...])))
        guard let separator = delimiter.asciiValue else {
            throw FormatError("CSV", at: "", "the delimiter '\(delimiter)' is not an ASCII character")
        }
        var scanner = RecordScanner(separator: separator)
        guard let header = try Self.next(&scanner, text, &position) else {
            throw FormatError("CSV", at: "line 1", "the file is empty; expected a header line")
        }
        columns = header.fields.map { name in
            let blank = name.drop { $0.isWhitespace }
            return String(blank[..<(blank.lastIndex { !$0.isWhitespace }.map { blank.index(after: $0) } ?? blank.startIndex)])
        }
        try RecordScanner.check(header: columns, line: header.line)
        self.scanner = scanner
    }

    /// Begins lines of fields between tabs, without quotes and without a header.
    package init(unquoted bytes: [UInt8], columns: [String]) {
        self.columns = columns
        delimiter = "\t"
        encoding = .utf8
        text = bytes
        position = 0
    }

    /// The next record that is not blank, or nil at the end. Throws `FormatError` naming the line.
    package mutating func next() throws(FormatError) -> CSVTable.Row? {
        guard var scanner else { return try nextLine() }
        let row = try Self.next(&scanner, text, &position)
        self.scanner = scanner
        guard let row else { return nil }
        guard row.fields.count == columns.count else {
            throw FormatError("CSV", at: "line \(row.line)", "\(row.fields.count) fields where the header names \(columns.count) columns")
        }
        return row
    }

    private static func next(_ scanner: inout RecordScanner, _ text: [UInt8], _ position: inout Int) throws(FormatError) -> CSVTable.Row? {
        let (start, begins) = text.withUnsafeBufferPointer { scanner.skipLineEnds($0, from: position, isWhole: true) }
        position = start
        guard begins else { return nil }
        _ = try text.withUnsafeBufferPointer { bytes throws(FormatError) in try scanner.scan(bytes, from: start, isWhole: true) }
        position = scanner.end
        return CSVTable.Row(line: scanner.line, fields: scanner.fields.map { String(decoding: RecordScanner.content(of: $0, in: text), as: UTF8.self) })
    }

    private mutating func nextLine() throws(FormatError) -> CSVTable.Row? {
        while position < text.count {
            let end = text[position...].firstIndex(of: 0x0A) ?? text.count
            var content = text[position..<end]
            let number = line
            (position, line) = (end + 1, line + 1)
            if content.last == 0x0D { content.removeLast() }
            guard !content.isEmpty else { continue }
            guard Self.isUTF8(content) else { throw FormatError("TSV", at: "line \(number)", "the text is not UTF-8") }
            var fields = content.split(separator: 0x09, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
            // A last column that is often left out.
            if fields.count == columns.count - 1 { fields.append("") }
            guard fields.count == columns.count else {
                throw FormatError("TSV", at: "line \(number)", "\(fields.count) fields; expected \(columns.count): \(columns.joined(separator: ", "))")
            }
            return CSVTable.Row(line: number, fields: fields)
        }
        return nil
    }

    /// Refuses text that is UTF-8 in one place and not in another, as two files put together make it: read as either, one part is spoilt.
    private static func refuseMixture(_ text: ArraySlice<UInt8>) throws(FormatError) {
        var scan = EncodingScan()
        scan.add(text)
        scan.end()
        guard scan.isMixed, let (line, _) = scan.firstInvalid else { return }
        throw FormatError(
            "CSV", at: "line \(line)", "a byte that is not UTF-8, where other lines have UTF-8; expected UTF-8 throughout, or Windows-1252 throughout")
    }

    /// Text as it was meant, whichever of the two encodings it is in.
    package static func text(_ bytes: [UInt8]) -> String {
        String(decoding: isUTF8(bytes[...]) ? bytes : windows1252ToUTF8(bytes), as: UTF8.self)
    }

    /// Whether bytes are UTF-8; nothing is copied.
    private static func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.withUnsafeBufferPointer { buffer in
            do {
                _ = try UTF8Span(validating: buffer.span)
                return true
            } catch { return false }
        }
    }
}
