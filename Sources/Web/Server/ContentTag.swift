/// Strong validators: a hash of the content, so that the same bytes have the same tag after a restart too.
enum ContentTag {
    /// 64 bits of hash and the length. About 1 GB/s.
    static func tag(of bytes: [UInt8]) -> String {
        let hash = bytes.withUnsafeBytes { raw in
            var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(raw.count)
            var at = 0
            while at + 8 <= raw.count {
                mix(&state, raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
                at += 8
            }
            var last: UInt64 = 0
            while at < raw.count {
                last = last << 8 | UInt64(raw[at])
                at += 1
            }
            mix(&state, last)
            return state
        }
        return "\"\(String(hash, radix: 36))-\(String(bytes.count, radix: 36))\""
    }

    /// One round: the two halves of the product with an odd constant, folded, so that each bit reaches all.
    private static func mix(_ state: inout UInt64, _ word: UInt64) {
        let product = (state ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        state = product.high ^ product.low &+ 0x2545_F491_4F6C_DD1D
    }

    /// The tag of the same content compressed: other bytes need another tag.
    static func compressed(_ tag: String) -> String { tag.dropLast() + "-gz\"" }

    /// Whether an `If-None-Match` names the tag, in either coding. `W/` counts for nothing there (RFC 9110, section 13.1.2).
    static func matches(_ header: String, _ tag: String) -> Bool {
        if header.utf8.count == tag.utf8.count, header == tag { return true }
        if header == "*" { return true }
        return header.split(separator: ",").contains { part in
            var one = part.trimmed
            if one.hasPrefix("W/") { one = one.dropFirst(2) }
            return one == tag || one == compressed(tag)
        }
    }
}
