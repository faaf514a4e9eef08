/// Finds the fields of one record of delimited text with the quotes of RFC 4180, in bytes at hand. Nothing is copied.
struct RecordScanner: Sendable {
    struct Field: Sendable {
        /// The positions of the text, without the quotes around it.
        var range: Range<Int>
        /// Whether quotes stand around it, so that one inside is written twice.
        var isQuoted: Bool
    }

    let separator: UInt8
    private(set) var fields: [Field] = []
    /// The position after the last field, where a line ends or the text does.
    private(set) var end = 0
    /// The line on which the record that was read last begins, from 1.
    private(set) var line = 1
    /// Whether the record that was read last had no line end.
    private(set) var endsWithoutNewline = false
    private var nextLine = 1

    init(separator: UInt8) { self.separator = separator }

    /// The first position from `start` on that begins a record; nil where there is none at hand.
    ///
    /// A carriage return at the end of the bytes is left, unless they are whole: a line feed may follow it.
    mutating func skipLineEnds(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isWhole: Bool) -> (position: Int, begins: Bool) {
        var i = start
        while i < bytes.count {
            switch bytes[i] {
            case 0x0A: nextLine += 1
            case 0x0D:
                guard i + 1 < bytes.count || isWhole else { return (i, false) }
                if i + 1 == bytes.count || bytes[i + 1] != 0x0A { nextLine += 1 }
            default:
                line = nextLine
                return (i, true)
            }
            i += 1
        }
        return (i, false)
    }

    /// Reads the record at `start`; false where its end is not at hand yet, and the bytes are not whole. O(n).
    ///
    /// Throws `FormatError` naming the line of a quote that is not closed, and of text after a closing quote.
    mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isWhole: Bool) throws(FormatError) -> Bool {
        fields.removeAll(keepingCapacity: true)
        let (quote, separator, count) = (UInt8(ascii: "\""), separator, bytes.count)
        var i = start
        var newlines = 0
        while true {
            var begin = i
            let isQuoted = i < count && bytes[i] == quote
            if isQuoted {
                let opening = line + newlines
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
                    throw FormatError("CSV", at: "line \(line + newlines)", "text after a closing quote; a quote inside quotes is written twice")
                }
            } else {
                while i < count, bytes[i] != separator, bytes[i] != 0x0A, bytes[i] != 0x0D { i += 1 }
            }
            guard i < count || isWhole else { return false }
            if !isQuoted { fields.append(Field(range: begin..<i, isQuoted: false)) }
            endsWithoutNewline = i == count
            guard i < count, bytes[i] == separator else { break }
            i += 1
        }
        nextLine += newlines
        end = i
        return true
    }

    /// The bytes of a field as they are meant: a doubled quote inside quotes is one.
    static func content(of field: Field, in bytes: [UInt8]) -> ArraySlice<UInt8> {
        let written = bytes[field.range]
        guard field.isQuoted, written.contains(UInt8(ascii: "\"")) else { return written }
        var out: [UInt8] = []
        var i = written.startIndex
        while i < written.endIndex {
            out.append(written[i])
            i += written[i] == UInt8(ascii: "\"") ? 2 : 1
        }
        return out[...]
    }

    /// Of comma, semicolon, tab and bar the one that occurs most often outside quotes in the first record; a comma where none does.
    static func detectedSeparator(_ text: ArraySlice<UInt8>) -> UInt8 {
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

    /// Refuses a header with an empty or repeated name.
    static func check(header: [String], line: Int) throws(FormatError) {
        var seen = Set<String>()
        for (i, name) in header.enumerated() {
            guard !name.isEmpty else { throw FormatError("CSV", at: "line \(line)", "column \(i + 1) has no name") }
            guard seen.insert(name).inserted else { throw FormatError("CSV", at: "line \(line)", "two columns are named '\(name)'") }
        }
    }
}
