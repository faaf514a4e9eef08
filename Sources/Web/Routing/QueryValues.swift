import HTTPTypes

/// The parameters of a query in the order of the address, decoded: `name=value` with `&` between, `+` for a space (as forms write it).
struct QueryValues: Sendable {
    private(set) var pairs: [(name: String, value: String)] = []

    /// Throws the problem of a parameter that is not known, given twice, or not UTF-8 in percent encoding.
    init(_ query: Substring.UTF8View?, known: [String]?) throws {
        guard let query, !query.isEmpty else { return }
        for part in query.split(separator: UInt8(ascii: "&")) {
            let cut = part.firstIndex(of: UInt8(ascii: "="))
            guard let name = percentDecoded(part[..<(cut ?? part.endIndex)], plusIsSpace: true),
                let value = percentDecoded(cut.map { part[part.index(after: $0)...] } ?? part[part.endIndex...], plusIsSpace: true)
            else {
                throw Problem(
                    status: .badRequest, title: "Invalid query", detail: "'\(String(part.prefix(80)) ?? "")' is not UTF-8 in percent encoding", parameter: nil)
            }
            guard known?.contains(name) ?? true else {
                let accepted = (known ?? []).isEmpty ? "there are none here" : "parameters: \((known ?? []).joined(separator: ", "))"
                throw Problem.badParameter(name, "unknown parameter '\(name.prefix(80))'; \(accepted)")
            }
            guard known == nil || self[name] == nil else { throw Problem.badParameter(name, "'\(name)' is given twice") }
            pairs.append((name, value))
        }
    }

    subscript(_ name: String) -> String? { pairs.first { $0.name == name }?.value }
}

/// The text that percent encoding stands for; nil where it stands for no UTF-8. O(n).
func percentDecoded(_ text: some Collection<UInt8>, plusIsSpace: Bool = false) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var rest = text.makeIterator()
    while let byte = rest.next() {
        if byte == UInt8(ascii: "+"), plusIsSpace {
            bytes.append(0x20)
        } else if byte == UInt8(ascii: "%") {
            guard let high = rest.next().flatMap(hexValue), let low = rest.next().flatMap(hexValue) else { return nil }
            bytes.append(high << 4 | low)
        } else {
            bytes.append(byte)
        }
    }
    return String(validating: bytes, as: UTF8.self)
}

private func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
}

/// A text in percent encoding, so that it can stand in a path or a query: RFC 3986's unreserved characters stay, and those in `keeping`.
func percentEncoded(_ text: String, keeping: String = "") -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): bytes.append(byte)
        case _ where keeping.utf8.contains(byte): bytes.append(byte)
        default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
