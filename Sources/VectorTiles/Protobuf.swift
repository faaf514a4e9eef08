internal import GeoFormats

// The part of Protocol Buffers that vector tiles and PMTiles directories are made of: varints, fixed-size numbers, and fields with a length.
// https://protobuf.dev/programming-guides/encoding/

/// How the value of a field is written.
enum WireType: UInt8 {
    case varint = 0
    case fixed64 = 1
    case bytes = 2
    case fixed32 = 5
}

extension [UInt8] {
    /// Appends an unsigned number in base 128, least significant group first: one to ten bytes.
    @inline(__always)
    mutating func appendVarint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    @inline(__always)
    mutating func appendKey(_ field: Int, _ type: WireType) { appendVarint(UInt64(field << 3) | UInt64(type.rawValue)) }

    mutating func appendField(_ field: Int, _ value: UInt64) {
        appendKey(field, .varint)
        appendVarint(value)
    }

    mutating func appendField(_ field: Int, _ bytes: some Collection<UInt8>) {
        appendKey(field, .bytes)
        appendVarint(UInt64(bytes.count))
        append(contentsOf: bytes)
    }

    /// Appends a number in little-endian order.
    mutating func appendFixed<N: FixedWidthInteger>(_ value: N) {
        for i in 0..<N.bitWidth / 8 { append(UInt8(truncatingIfNeeded: value >> (8 * N(i)))) }
    }
}

/// Small magnitudes as small unsigned numbers: 0, -1, 1, -2 become 0, 1, 2, 3.
@inline(__always)
func zigzag(_ value: Int64) -> UInt64 { UInt64(bitPattern: (value << 1) ^ (value >> 63)) }

@inline(__always)
func unzigzag(_ value: UInt64) -> Int64 { Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }

/// Reads the fields of one message. Whatever the bytes are, it ends: with a value or with a `FormatError` that names the byte.
struct ProtobufReader {
    private let bytes: [UInt8]
    private(set) var position: Int
    let end: Int
    let format: String

    init(_ bytes: [UInt8], _ range: Range<Int>? = nil, format: String) {
        self.bytes = bytes
        position = range?.lowerBound ?? 0
        end = range?.upperBound ?? bytes.count
        self.format = format
    }

    var isAtEnd: Bool { position >= end }

    func error(_ problem: String) -> FormatError { FormatError(format, at: "byte \(position)", problem) }

    mutating func varint() throws(FormatError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < end {
            let byte = bytes[position]
            position += 1
            if shift == 63, byte > 1 { throw error("a number of more than 64 bits") }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
            if shift > 63 { throw error("a number of more than 64 bits") }
        }
        throw error("the data end within a number; the file has been cut")
    }

    mutating func key() throws(FormatError) -> (field: Int, type: WireType) {
        let key = try varint()
        guard let type = WireType(rawValue: UInt8(key & 7)), key >> 3 > 0, key >> 3 < 1 << 29 else {
            throw error("field key \(key) is none of Protocol Buffers")
        }
        return (Int(key >> 3), type)
    }

    /// The place of a field's bytes.
    mutating func range() throws(FormatError) -> Range<Int> {
        let count = try varint()
        guard count <= UInt64(end - position) else { throw error("a field of \(count) bytes where \(end - position) are left") }
        let start = position
        position += Int(count)
        return start..<position
    }

    mutating func string() throws(FormatError) -> String { String(decoding: bytes[try range()], as: UTF8.self) }

    mutating func fixed<N: FixedWidthInteger & UnsignedInteger>(_: N.Type) throws(FormatError) -> N {
        let size = N.bitWidth / 8
        guard end - position >= size else { throw error("the data end within a number; the file has been cut") }
        var value: N = 0
        for i in 0..<size { value |= N(truncatingIfNeeded: bytes[position + i]) << N(8 * i) }
        position += size
        return value
    }

    mutating func message() throws(FormatError) -> ProtobufReader { ProtobufReader(bytes, try range(), format: format) }

    mutating func skip(_ type: WireType) throws(FormatError) {
        switch type {
        case .varint: _ = try varint()
        case .fixed64: _ = try fixed(UInt64.self)
        case .fixed32: _ = try fixed(UInt32.self)
        case .bytes: _ = try range()
        }
    }
}
