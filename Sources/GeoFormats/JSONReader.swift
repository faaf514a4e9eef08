package import GeoModel

/// Reads JSON (RFC 8259) from UTF-8 bytes into values that keep member order, with errors that name line and column.
///
/// One pass, O(n). Nesting is limited to 512 levels, so that hostile input cannot exhaust the stack.
package struct JSONReader {
    private let bytes: [UInt8]
    private var i = 0
    private let format: String

    /// Reads one JSON text. Throws `FormatError` with `format` as its name for anything else, trailing text included.
    package static func read(_ bytes: [UInt8], format: String = "JSON") throws(FormatError) -> PropertyValue {
        try FormatError.refuseWideText(bytes, format: format)
        var reader = JSONReader(bytes: bytes, format: format)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.i = 3 }
        reader.skipSpace()
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.i == bytes.count else { throw reader.error("text after the end of the JSON value") }
        return value
    }

    private init(bytes: [UInt8], format: String) {
        self.bytes = bytes
        self.format = format
    }

    private func error(_ problem: String) -> FormatError {
        var line = 1
        var column = 1
        for b in bytes[..<min(i, bytes.count)] {
            if b == 0x0A {
                line += 1
                column = 1
            } else if b & 0xC0 != 0x80 {
                column += 1
            }
        }
        return FormatError(format, at: "line \(line), column \(column)", problem)
    }

    private mutating func skipSpace() {
        while i < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[i]) { i += 1 }
    }

    private mutating func value(depth: Int) throws(FormatError) -> PropertyValue {
        guard depth < 512 else { throw error("nested deeper than 512 levels") }
        guard i < bytes.count else { throw error("the text ends where a value is expected") }
        switch bytes[i] {
        case UInt8(ascii: "{"): return .object(try object(depth: depth))
        case UInt8(ascii: "["): return .array(try array(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return try number()
        }
    }

    private mutating func literal(_ word: StaticString, _ value: PropertyValue) throws(FormatError) -> PropertyValue {
        let n = word.utf8CodeUnitCount
        guard i + n <= bytes.count, bytes[i..<(i + n)].elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: n))
        else { throw error("expected \(word)") }
        i += n
        return value
    }

    private mutating func object(depth: Int) throws(FormatError) -> Properties {
        i += 1
        var members = Properties()
        skipSpace()
        if i < bytes.count, bytes[i] == UInt8(ascii: "}") {
            i += 1
            return members
        }
        while true {
            skipSpace()
            guard i < bytes.count, bytes[i] == UInt8(ascii: "\"") else { throw error("expected a member name in quotes") }
            let name = try string()
            skipSpace()
            guard i < bytes.count, bytes[i] == UInt8(ascii: ":") else { throw error("expected ':' after the member name '\(name)'") }
            i += 1
            skipSpace()
            members.append(name, try value(depth: depth + 1))
            skipSpace()
            guard i < bytes.count else { throw error("the object has no closing '}'") }
            if bytes[i] == UInt8(ascii: "}") {
                i += 1
                return members
            }
            guard bytes[i] == UInt8(ascii: ",") else { throw error("expected ',' or '}'") }
            i += 1
        }
    }

    private mutating func array(depth: Int) throws(FormatError) -> [PropertyValue] {
        i += 1
        var elements: [PropertyValue] = []
        skipSpace()
        if i < bytes.count, bytes[i] == UInt8(ascii: "]") {
            i += 1
            return elements
        }
        while true {
            skipSpace()
            elements.append(try value(depth: depth + 1))
            skipSpace()
            guard i < bytes.count else { throw error("the array has no closing ']'") }
            if bytes[i] == UInt8(ascii: "]") {
                i += 1
                return elements
            }
            guard bytes[i] == UInt8(ascii: ",") else { throw error("expected ',' or ']'") }
            i += 1
        }
    }

    private mutating func string() throws(FormatError) -> String {
        i += 1
        let start = i
        while i < bytes.count, bytes[i] != UInt8(ascii: "\""), bytes[i] != UInt8(ascii: "\\"), bytes[i] >= 0x20 { i += 1 }
        guard i < bytes.count else { throw error("the string has no closing quote") }
        if bytes[i] == UInt8(ascii: "\"") {
            guard let s = String(validating: bytes[start..<i], as: UTF8.self) else { throw error("the string is not UTF-8") }
            i += 1
            return s
        }
        return try escapedString(from: start)
    }

    /// The slow path: a string with escapes, or with a control character to report.
    private mutating func escapedString(from start: Int) throws(FormatError) -> String {
        var text = Array(bytes[start..<i])
        while true {
            guard i < bytes.count else { throw error("the string has no closing quote") }
            let b = bytes[i]
            if b == UInt8(ascii: "\"") { break }
            guard b >= 0x20 else { throw error("a control character stands unescaped in a string") }
            i += 1
            guard b == UInt8(ascii: "\\") else {
                text.append(b)
                continue
            }
            guard i < bytes.count else { throw error("the string has no closing quote") }
            let escape = bytes[i]
            i += 1
            switch escape {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(escape)
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "f"): text.append(0x0C)
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "u"): text.append(contentsOf: String(Character(try unicodeEscape())).utf8)
            default:
                i -= 1
                throw error("unknown escape; accepted are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX")
            }
        }
        i += 1
        guard let s = String(validating: text, as: UTF8.self) else { throw error("the string is not UTF-8") }
        return s
    }

    /// The code point after `\u`, joining a surrogate pair; a lone surrogate becomes U+FFFD.
    private mutating func unicodeEscape() throws(FormatError) -> Unicode.Scalar {
        let high = try fourHexDigits()
        if let scalar = Unicode.Scalar(high) { return scalar }
        if high < 0xDC00, i + 1 < bytes.count, bytes[i] == UInt8(ascii: "\\"), bytes[i + 1] == UInt8(ascii: "u") {
            let back = i
            i += 2
            let low = try fourHexDigits()
            if (0xDC00...0xDFFF).contains(low), let s = Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)) { return s }
            i = back
        }
        return "\u{FFFD}"
    }

    private mutating func fourHexDigits() throws(FormatError) -> UInt32 {
        guard i + 4 <= bytes.count, bytes[i..<(i + 4)].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let v = UInt32(String(decoding: bytes[i..<(i + 4)], as: UTF8.self), radix: 16)
        else { throw error("expected four hexadecimal digits after \\u") }
        i += 4
        return v
    }

    private static let powersOfTen: [Double] = (0...22).map { n in (0..<n).reduce(1.0) { p, _ in p * 10 } }

    private mutating func number() throws(FormatError) -> PropertyValue {
        let start = i
        let negative = i < bytes.count && bytes[i] == UInt8(ascii: "-")
        if negative { i += 1 }
        var digits: UInt64 = 0
        var count = 0  // significant digits taken into `digits`
        var fraction = 0
        func isDigit(_ i: Int) -> Bool { i < bytes.count && (0x30...0x39).contains(bytes[i]) }
        let first = i
        while isDigit(i) {
            if count < 18 { digits = digits * 10 + UInt64(bytes[i] - 0x30) }
            if digits > 0 { count += 1 }
            i += 1
        }
        guard i > first else { throw failedNumber(start) }
        guard bytes[first] != 0x30 || i == first + 1 else { throw failedNumber(start) }
        var isInteger = true
        if i < bytes.count, bytes[i] == UInt8(ascii: ".") {
            isInteger = false
            i += 1
            let dot = i
            while isDigit(i) {
                if count < 18 {
                    digits = digits * 10 + UInt64(bytes[i] - 0x30)
                    fraction += 1
                }
                if digits > 0 { count += 1 }
                i += 1
            }
            guard i > dot else { throw failedNumber(start) }
        }
        var simple = count <= 15
        if i < bytes.count, bytes[i] | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            simple = false
            i += 1
            if i < bytes.count, bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") { i += 1 }
            let exponent = i
            while isDigit(i) { i += 1 }
            guard i > exponent else { throw failedNumber(start) }
        }
        if isInteger, count <= 18 { return .integer(negative ? -Int64(digits) : Int64(digits)) }
        if simple, fraction <= 22 {
            // Both the digits and the power are exact doubles, so their quotient is correctly rounded.
            let v = Double(digits) / Self.powersOfTen[fraction]
            return .number(negative ? -v : v)
        }
        let text = String(decoding: bytes[start..<i], as: UTF8.self)
        if isInteger, let v = Int64(text) { return .integer(v) }
        guard let v = Double(text), v.isFinite else {
            throw error("the number is out of range")
        }
        return .number(v)
    }

    private mutating func failedNumber(_ start: Int) -> FormatError {
        i = start
        return error("expected a value: a string, a number, true, false, null, an object or an array")
    }
}
