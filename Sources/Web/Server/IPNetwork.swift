#if canImport(Glibc)
import Glibc
#endif

/// An address or a network of addresses: `127.0.0.1`, `10.0.0.0/8`, `fd00::/8`.
package struct IPNetwork: Sendable, Equatable, CustomStringConvertible {
    private var bytes: [UInt8]
    private var bits: Int
    package let description: String

    package static let acceptedForms = "an address such as 127.0.0.1 or ::1, or a network such as 10.0.0.0/8"

    /// Nil for a text that is neither.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let address = Self.bytes(of: String(parts[0])) else { return nil }
        bytes = address
        bits = address.count * 8
        if parts.count == 2 {
            guard let prefix = Int(parts[1]), (0...bits).contains(prefix) else { return nil }
            bits = prefix
        }
        description = text
    }

    /// Whether an address, as text, lies in it. IPv4 addresses inside IPv6 (`::ffff:127.0.0.1`) count as what they are.
    func contains(_ address: String) -> Bool {
        guard let other = Self.bytes(of: address), other.count == bytes.count else { return false }
        for bit in 0..<bits where (other[bit / 8] ^ bytes[bit / 8]) & (0x80 >> UInt8(bit % 8)) != 0 { return false }
        return true
    }

    private static func bytes(of text: String) -> [UInt8]? {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 { return withUnsafeBytes(of: &four) { Array($0) } }
        var six = in6_addr()
        guard inet_pton(AF_INET6, text, &six) == 1 else { return nil }
        let all = withUnsafeBytes(of: &six) { Array($0) }
        return all[..<12].elementsEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]) ? Array(all[12...]) : all
    }
}
