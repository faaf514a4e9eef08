/// Delimited text, record by record in bounded memory: RFC 4180 quotes, `,` `;` `|` or tab between fields, with or without a byte
/// order mark, UTF-8 or (field by field, where it is not UTF-8) Windows-1252. The first record names the columns.
///
/// A record's fields are read in place until the next is asked for.
package final class CSVRecords {
    /// The longest record, in bytes: a quote that is never closed would otherwise take in the whole file.
    package static let longestRecord = 1 << 24

    package private(set) var columns: [String] = []
    package var delimiter: UInt8 { scanner.separator }
    /// The line on which the current record begins, from 1.
    package var line: Int { scanner.line }
    /// How many fields the current record has.
    package var fieldCount: Int { scanner.fields.count }
    /// Whether the last record had no line end; told after `next` has returned false.
    package var endsWithoutNewline: Bool { scanner.endsWithoutNewline }

    private let source: () throws -> [UInt8]
    private var buffer: [UInt8] = []
    private var start = 0
    private var isWhole = false
    private var scanner: RecordScanner

    /// Reads the header. `source` gives the next piece of the text, empty at the end.
    ///
    /// Throws `FormatError` for an empty file and for a header with an empty or repeated name, and what `source` throws.
    package init(delimiter given: UInt8? = nil, _ source: @escaping () throws -> [UInt8]) throws {
        self.source = source
        scanner = RecordScanner(separator: given ?? UInt8(ascii: ","))
        while buffer.count < 3, try fill() {}
        if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
        if given == nil {
            while !isWhole, buffer.count < Self.longestRecord, !buffer[start...].contains(0x0A), try fill() {}
            scanner = RecordScanner(separator: RecordScanner.detectedSeparator(buffer[start...]))
        }
        guard try next() else { throw FormatError("CSV", at: "line 1", "the file is empty; expected a header line") }
        columns = (0..<fieldCount).map { text($0) }
        try RecordScanner.check(header: columns, line: line)
    }

    /// Goes to the next record that is not blank; false at the end.
    ///
    /// Throws `FormatError` naming the line of a quote that is not closed, and of text after a closing quote.
    package func next() throws -> Bool {
        while true {
            let (position, begins) = buffer.withUnsafeBufferPointer { scanner.skipLineEnds($0, from: start, isWhole: isWhole) }
            start = position
            if begins { break }
            // A carriage return that ends the text is looked at again once nothing follows it.
            guard try fill() || start < buffer.count else { return false }
        }
        while true {
            if try buffer.withUnsafeBufferPointer({ try scanner.scan($0, from: start, isWhole: isWhole) }) {
                start = scanner.end
                return true
            }
            guard buffer.count - start <= Self.longestRecord else {
                throw FormatError("CSV", at: "line \(line)", "a record of more than \(Self.longestRecord >> 20) MB; is a quote not closed?")
            }
            guard try fill() else { continue }
        }
    }

    /// The text of a field, without its quotes and without space around it.
    package func text(_ i: Int) -> String {
        var bytes = RecordScanner.content(of: scanner.fields[i], in: buffer)
        while let first = bytes.first, first == 0x20 || first == 0x09 { bytes.removeFirst() }
        while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
        return String(validating: bytes, as: UTF8.self) ?? String(decoding: windows1252ToUTF8(bytes), as: UTF8.self)
    }

    /// The bytes of a field without quotes inside, as they stand.
    package func withBytes<T>(_ i: Int, _ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
        buffer.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[scanner.fields[i].range])) }
    }

    private func fill() throws -> Bool {
        guard !isWhole else { return false }
        let piece = try source()
        guard !piece.isEmpty else {
            isWhole = true
            return false
        }
        if start > 0 {
            buffer.removeFirst(start)
            start = 0
        }
        buffer.append(contentsOf: piece)
        return true
    }
}
