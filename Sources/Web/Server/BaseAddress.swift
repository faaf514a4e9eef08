import HTTPTypes

/// Where the service is reached, as links say it: what is configured; else what a trusted proxy says; else what the request names.
struct BaseAddress: Sendable {
    /// Without a slash at its end.
    var configured: String?
    var trustedProxies: [IPNetwork]
    /// Where a request names no host.
    var fallback: String

    private static let forwarded = HTTPField.Name("Forwarded")!
    private static let forwardedProto = HTTPField.Name("X-Forwarded-Proto")!
    private static let forwardedHost = HTTPField.Name("X-Forwarded-Host")!
    private static let forwardedPrefix = HTTPField.Name("X-Forwarded-Prefix")!

    func isTrusted(_ peer: String?) -> Bool { peer.map { peer in trustedProxies.contains { $0.contains(peer) } } ?? false }

    func base(authority: String?, headers: HTTPFields, peer: String?) -> String {
        if let configured { return configured }
        var host = authority.flatMap(Self.checkedHost)
        var scheme = "http"
        var prefix = ""
        if !trustedProxies.isEmpty, isTrusted(peer) {
            if let header = headers[Self.forwarded] {
                // The first element is the one that the client's own proxy wrote.
                for pair in header.prefix(while: { $0 != "," }).split(separator: ";") {
                    let sides = pair.split(separator: "=", maxSplits: 1).map(\.trimmed)
                    guard sides.count == 2 else { continue }
                    let value = String(sides[1].filter { $0 != "\"" })
                    switch sides[0].lowercased() {
                    case "proto" where ["http", "https"].contains(value.lowercased()): scheme = value.lowercased()
                    case "host": host = Self.checkedHost(value) ?? host
                    default: break
                    }
                }
            } else {
                if let value = headers[Self.forwardedProto]?.lowercased(), ["http", "https"].contains(value) { scheme = value }
                if let value = headers[Self.forwardedHost] { host = Self.checkedHost(value) ?? host }
            }
            if let value = headers[Self.forwardedPrefix], value.hasPrefix("/"), value.utf8.allSatisfy(Self.isOfPath) {
                prefix = value.hasSuffix("/") ? String(value.dropLast()) : value
            }
        }
        return host.map { "\(scheme)://\($0)\(prefix)" } ?? fallback
    }

    /// A host with or without a port, and nothing that would break out of a link.
    private static func checkedHost(_ text: String) -> String? {
        !text.isEmpty && text.utf8.count <= 255
            && text.utf8.allSatisfy {
                isAlphanumeric($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":")
                    || $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]") || $0 == UInt8(ascii: "_")
            } ? text : nil
    }

    private static func isOfPath(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
