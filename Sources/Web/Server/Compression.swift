import GeoFormats

/// Which answers are worth compressing.
enum Compression {
    /// Shorter ones fit into a packet or two as they are.
    static let least = 1_024
    /// Of this size compressing is work for a thread of its own.
    static let large = 131_072

    static func isWorthwhile(_ answer: Answer) -> Bool {
        answer.bytes.count >= least && (answer.type.hasPrefix("text/") || answer.type.contains("json") || answer.type.contains("xml"))
    }

    /// Whether `Accept-Encoding` takes gzip.
    static func isAccepted(_ header: String?) -> Bool {
        guard let header else { return false }
        if header == "gzip" { return true }
        let codings = AcceptRange.list(header)
        return (codings.first { $0.name.lowercased() == "gzip" || $0.name.lowercased() == "x-gzip" } ?? codings.first { $0.name == "*" })?.weight ?? 0 > 0
    }

    /// Level 5: within 5 % of the smallest, in a third of its time.
    static func gzip(_ bytes: [UInt8]) -> [UInt8] { Gzip.deflate(bytes, level: 5) }
}
