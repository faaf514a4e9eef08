internal import Crypto

/// What somebody signs in with: 256 random bits, written as `mlg_` and 43 characters of base64url, so that scanners for leaked secrets
/// recognise it.
///
/// At rest only its SHA-256 is kept. A slow hash such as bcrypt protects passwords, which can be guessed; of 2²⁵⁶ equally likely
/// tokens none can, whatever a try costs.
package struct AccessToken: Hashable, Sendable {
    package static let prefix = "mlg_"
    private static let characters = prefix.utf8.count + 43

    package let text: String

    /// A new token, by the random numbers of the system, which are made for cryptography.
    package init() {
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        for _ in 0..<4 { withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) } }
        text = Self.prefix + base64URL(bytes)
    }

    /// Nil for a text that cannot be a token. That it has the form of one says nothing about whose it is.
    package init?(_ text: String) {
        guard text.utf8.count == Self.characters, text.hasPrefix(Self.prefix),
            text.utf8.dropFirst(Self.prefix.utf8.count).allSatisfy({ base64Alphabet.contains($0) })
        else { return nil }
        self.text = text
    }

    /// The SHA-256 of the text, 32 bytes.
    var digest: SHA256Digest { SHA256.hash(data: Array(text.utf8)) }
}

/// Never the token itself: a value that ends up in a log gives nothing away.
extension AccessToken: CustomStringConvertible, CustomReflectable {
    package var description: String { Self.prefix + "…" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

private let base64Alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

/// RFC 4648, section 5, without padding.
private func base64URL(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    var (bits, count) = (UInt32(0), 0)
    for byte in bytes {
        bits = bits << 8 | UInt32(byte)
        count += 8
        while count >= 6 {
            count -= 6
            out.append(base64Alphabet[Int(bits >> UInt32(count) & 63)])
        }
    }
    if count > 0 { out.append(base64Alphabet[Int(bits << UInt32(6 - count) & 63)]) }
    return String(decoding: out, as: UTF8.self)
}
