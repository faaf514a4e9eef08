internal import CQL2
internal import Foundation

/// Where a page ended: the sort keys and the id of its last feature, as text that is safe in a URL.
///
/// It says of which collection and order it is, and carries a checksum, so that one that was altered, cut or meant for another question is
/// refused. It is no secret: whoever makes one by hand reaches no feature that the question would not give.
struct FeatureCursor: Hashable {
    /// The value of each sort key.
    var keys: [SQLValue]
    var id: SQLValue

    /// - Parameter context: what it belongs to: the collection and the order.
    func text(context: String) -> String {
        var body = ""
        for value in keys + [id] {
            switch value {
            case .null: body += "n"
            case .integer(let n): body += "i\(n);"
            case .real(let d): body += "r\(String(d.bitPattern, radix: 16));"
            case .text(let s): body += "t\(s.utf8.count);\(s)"
            case .blob: body += "n"
            }
        }
        let bytes = Array(body.utf8)
        let sum = Self.checksum(bytes, context)
        let all = withUnsafeBytes(of: sum.littleEndian) { Array($0) } + bytes
        return Data(all).base64EncodedString().map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }.filter { $0 != "=" }.reduce(into: "") { $0.append($1) }
    }

    /// Throws `FeaturesError.parameter` for a text that is no cursor of this context.
    init(text: String, context: String, keys count: Int) throws(FeaturesError) {
        let refused = FeaturesError.parameter(
            "cursor", problem: "it was not made for this collection and order, or was altered; accepted is what the link 'next' of an earlier page holds")
        guard text.utf8.count <= 100_000, text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "=") }) else {
            throw refused
        }
        var base = text.reduce(into: "") { $0.append($1 == "-" ? "+" : $1 == "_" ? "/" : $1) }
        base += String(repeating: "=", count: (4 - base.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: base), data.count > 8 else { throw refused }
        let bytes = Array(data)
        let body = Array(bytes[8...])
        let stated = bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
        guard stated == Self.checksum(body, context), let values = Self.values(body), values.count == count + 1, let last = values.last, last != .null else {
            throw refused
        }
        keys = values.dropLast()
        id = last
        // Base64 has several texts for some bytes: only the one that was given out is taken.
        guard self.text(context: context) == text else { throw refused }
    }

    init(keys: [SQLValue], id: SQLValue) {
        self.keys = keys
        self.id = id
    }

    private static func values(_ b: [UInt8]) -> [SQLValue]? {
        var values: [SQLValue] = []
        var i = 0
        func field() -> String? {
            guard let end = b[i...].firstIndex(of: UInt8(ascii: ";")) else { return nil }
            defer { i = end + 1 }
            return String(decoding: b[i..<end], as: UTF8.self)
        }
        while i < b.count {
            let kind = b[i]
            i += 1
            switch kind {
            case UInt8(ascii: "n"): values.append(.null)
            case UInt8(ascii: "i"):
                guard let n = field().flatMap({ Int64($0) }) else { return nil }
                values.append(.integer(n))
            case UInt8(ascii: "r"):
                guard let bits = field().flatMap({ UInt64($0, radix: 16) }) else { return nil }
                values.append(.real(Double(bitPattern: bits)))
            case UInt8(ascii: "t"):
                guard let n = field().flatMap({ Int($0) }), n >= 0, n <= b.count - i else { return nil }
                values.append(.text(String(decoding: b[i..<i + n], as: UTF8.self)))
                i += n
            default: return nil
            }
        }
        return values
    }

    /// FNV-1a, 64 bits.
    private static func checksum(_ bytes: [UInt8], _ context: String) -> UInt64 {
        var h: UInt64 = 0xcbf2_9ce4_8422_2325
        for b in context.utf8 { h = (h ^ UInt64(b)) &* 0x100_0000_01b3 }
        h = (h ^ 0xFF) &* 0x100_0000_01b3
        for b in bytes { h = (h ^ UInt64(b)) &* 0x100_0000_01b3 }
        return h
    }
}
