/// Tells, piece by piece, whether a text is UTF-8, another encoding of single bytes, or a mixture of both.
///
/// O(n), a state of some bytes: sequences may be cut between pieces. Reference: Unicode 15, table 3-7, well-formed UTF-8 byte sequences.
package struct EncodingScan: Sendable {
    /// The line, from 1, and the value of the first byte that is no UTF-8.
    package private(set) var firstInvalid: (line: Int, byte: UInt8)?
    /// The line of the first sequence of two bytes or more that is UTF-8.
    package private(set) var firstSequence: Int?

    package init() {}

    private var line = 1
    /// How many bytes the sequence at hand wants still, and between what the next one lies.
    private var missing = 0
    private var accepted: ClosedRange<UInt8> = 0x80...0xBF
    private var lead: UInt8 = 0

    /// True where there are both UTF-8 beyond ASCII and bytes that are none.
    package var isMixed: Bool { firstInvalid != nil && firstSequence != nil }

    package mutating func add(_ piece: ArraySlice<UInt8>) {
        for byte in piece {
            if missing == 0, byte < 0x80 {
                if byte == 0x0A { line += 1 }
                continue
            }
            take(byte)
        }
    }

    /// The text ends here: a sequence that is not whole is no UTF-8.
    package mutating func end() {
        if missing > 0 { refuse(lead) }
        missing = 0
    }

    private mutating func take(_ byte: UInt8) {
        if missing > 0 {
            if accepted.contains(byte) {
                missing -= 1
                accepted = 0x80...0xBF
                if missing == 0, firstSequence == nil { firstSequence = line }
                return
            }
            refuse(lead)
            missing = 0
        }
        lead = byte
        accepted = 0x80...0xBF
        switch byte {
        case 0x0A: line += 1
        case 0x00...0x7F: break
        case 0xC2...0xDF: missing = 1
        case 0xE0: (missing, accepted) = (2, 0xA0...0xBF)
        case 0xED: (missing, accepted) = (2, 0x80...0x9F)
        case 0xE1...0xEF: missing = 2
        case 0xF0: (missing, accepted) = (3, 0x90...0xBF)
        case 0xF1...0xF3: missing = 3
        case 0xF4: (missing, accepted) = (3, 0x80...0x8F)
        default: refuse(byte)
        }
    }

    private mutating func refuse(_ byte: UInt8) {
        if firstInvalid == nil { firstInvalid = (line, byte) }
    }
}
