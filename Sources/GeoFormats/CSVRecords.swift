/// Delimited text, record by record in bounded memory: RFC 4180 quotes, `,` `;` `|` or tab between fields, with or without a byte
/// order mark, UTF-8 or (field by field, where it is not UTF-8) Windows-1252. The first record names the columns.
///
/// A record's fields are read in place until the next is asked for.
package final class CSVRecords {
    /// The longest record, in bytes: a quote that is never closed would otherwise take in the whole file.
    package static let longestRecord = 1 << 24

    package private(set) var columns: [String] = []
    package private(set) var delimiter: UInt8
    /// The line on which the current record begins, from 1.
    package private(set) var line = 1
    /// How many fields the current record has.
    package var fieldCount: Int { fields.count }
    /// Whether the last record had no line end; told after `next` has returned false.
    package private(set) var endsWithoutNewline = false

    private struct Field {
        var range: Range<Int>
        var isQuoted: Bool
    }

    private let source: () throws -> [UInt8]
    private var buffer: [UInt8] = []
    private var start = 0
    private var nextLine = 1
    private var isWhole = false
    private var fields: [Field] = []

    /// Reads the header. `source` gives the next piece of the text, empty at the end.
    ///
    /// Throws `FormatError` for an empty file and for a header with an empty or repeated name, and what `source` throws.
    package init(delimiter given: UInt8? = nil, _ source: @escaping () throws -> [UInt8]) throws {
        self.source = source
        delimiter = given ?? UInt8(ascii: ",")
        while buffer.count < 3, try fill() {}
        if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
        if given == nil {
            while !isWhole, buffer.count < Self.longestRecord, !buffer[start...].contains(0x0A), try fill() {}
            delimiter = Self.detectDelimiter(buffer[start...])
        }
        guard try next() else { throw FormatError("CSV", at: "line 1", "the file is empty; expected a header line") }
        columns = (0..<fieldCount).map { text($0) }
        var seen = Set<String>()
        for (i, name) in columns.enumerated() {
            guard !name.isEmpty else { throw FormatError("CSV", at: "line \(line)", "column \(i + 1) has no name") }
            guard seen.insert(name).inserted else { throw FormatError("CSV", at: "line \(line)", "two columns are named '\(name)'") }
        }
    }

    /// Goes to the next record that is not blank; false at the end.
    ///
    /// Throws `FormatError` naming the line of a quote that is not closed, and of text after a closing quote.
    package func next() throws -> Bool {
        while true {
            while start < buffer.count, buffer[start] == 0x0A || buffer[start] == 0x0D {
                if buffer[start] == 0x0A { nextLine += 1 }
                start += 1
            }
            if start < buffer.count { break }
            guard try fill() else { return false }
        }
        line = nextLine
        while true {
            if try scan() { return true }
            guard buffer.count - start <= Self.longestRecord else {
                throw FormatError("CSV", at: "line \(line)", "a record of more than \(Self.longestRecord >> 20) MB; is a quote not closed?")
            }
            guard try fill() else { continue }
        }
    }

    /// The text of a field, without its quotes and without space around it.
    package func text(_ i: Int) -> String {
        let field = fields[i]
        var bytes = buffer[field.range]
        if field.isQuoted {
            var out: [UInt8] = []
            var k = bytes.startIndex
            while k < bytes.endIndex {
                out.append(bytes[k])
                k += bytes[k] == UInt8(ascii: "\"") ? 2 : 1
            }
            bytes = out[...]
        }
        while let first = bytes.first, first == 0x20 || first == 0x09 { bytes.removeFirst() }
        while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        return String(decoding: windows1252ToUTF8(Array(bytes)), as: UTF8.self)
    }

    /// The bytes of a field without quotes inside, as they stand.
    package func withBytes<T>(_ i: Int, _ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
        buffer.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[fields[i].range])) }
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

    /// Reads the record at `start`; false where its end is not in the buffer yet.
    private func scan() throws -> Bool {
        fields.removeAll(keepingCapacity: true)
        let quote = UInt8(ascii: "\"")
        let (separator, count, isWhole) = (delimiter, buffer.count, isWhole)
        var i = start
        var newlines = 0
        return try buffer.withUnsafeBufferPointer { bytes in
            while true {
                var begin = i
                var isQuoted = false
                if i < count, bytes[i] == quote {
                    let opening = line + newlines
                    isQuoted = true
                    i += 1
                    begin = i
                    while true {
                        guard i < count else {
                            guard !isWhole else { throw FormatError("CSV", at: "line \(opening)", "a quoted field is not closed; has the file been cut?") }
                            return false
                        }
                        if bytes[i] == quote {
                            guard i + 1 < count || isWhole else { return false }
                            guard i + 1 < count, bytes[i + 1] == quote else { break }
                            i += 1
                        } else if bytes[i] == 0x0A {
                            newlines += 1
                        }
                        i += 1
                    }
                    fields.append(Field(range: begin..<i, isQuoted: true))
                    i += 1
                    guard i == count || bytes[i] == separator || bytes[i] == 0x0A || bytes[i] == 0x0D else {
                        throw FormatError(
                            "CSV", at: "line \(line + newlines)", "text after a closing quote; a quote inside quotes is written twice")
                    }
                } else {
                    while i < count, bytes[i] != separator, bytes[i] != 0x0A, bytes[i] != 0x0D { i += 1 }
                }
                guard i < count else {
                    guard isWhole else { return false }
                    if !isQuoted { fields.append(Field(range: begin..<i, isQuoted: false)) }
                    endsWithoutNewline = true
                    break
                }
                if !isQuoted { fields.append(Field(range: begin..<i, isQuoted: false)) }
                if bytes[i] != separator { break }
                i += 1
            }
            nextLine += newlines
            start = i
            return true
        }
    }

    private static func detectDelimiter(_ text: ArraySlice<UInt8>) -> UInt8 {
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, UInt8(ascii: "|")]
        var counts = [Int](repeating: 0, count: candidates.count)
        var isQuoted = false
        for b in text {
            if b == UInt8(ascii: "\"") { isQuoted.toggle() }
            if isQuoted { continue }
            if b == 0x0A || b == 0x0D { break }
            if let k = candidates.firstIndex(of: b) { counts[k] += 1 }
        }
        let best = counts.indices.max { counts[$0] < counts[$1] }!
        return counts[best] > 0 ? candidates[best] : candidates[0]
    }
}
