package import GeoModel

/// The geometry blob of GeoPackage 1.4, clause 2.1.3: `GP`, version, flags, SRS id, envelope, ISO WKB.
package enum GeoPackageBlob {
    /// A standard blob, little-endian, with an xy envelope unless the geometry is a point or empty.
    package static func encode(_ geometry: Geometry, srsID: Int32) -> [UInt8] {
        let empty = geometry.isEmpty
        var isPoint = false
        if case .point = geometry { isPoint = true }
        let hasEnvelope = !empty && !isPoint
        var flags: UInt8 = 0b1
        if hasEnvelope { flags |= 1 << 1 }
        if empty { flags |= 1 << 4 }
        var out: [UInt8] = [0x47, 0x50, 0, flags]
        withUnsafeBytes(of: srsID.littleEndian) { out.append(contentsOf: $0) }
        if hasEnvelope {
            let box = geometry.envelope
            for v in [box.minX, box.maxX, box.minY, box.maxY] {
                withUnsafeBytes(of: v.bitPattern.littleEndian) { out.append(contentsOf: $0) }
            }
        }
        WKB.encode(geometry, into: &out)
        return out
    }

    package struct Header: Equatable, Sendable {
        package var srsID: Int32
        package var isEmpty: Bool
        /// The box that the blob states; nil where it states none.
        package var envelope: Envelope?
        /// Where the WKB begins.
        package var bodyOffset: Int
    }

    package static func header(_ bytes: [UInt8]) throws(FormatError) -> Header {
        guard bytes.count >= 8, bytes[0] == 0x47, bytes[1] == 0x50 else {
            throw FormatError("GeoPackage geometry", at: "byte 0", "expected the magic 'GP' and a header of 8 bytes")
        }
        guard bytes[2] == 0 else { throw FormatError("GeoPackage geometry", at: "byte 2", "version must be 0, found \(bytes[2])") }
        let flags = bytes[3]
        guard flags & 0b10_0000 == 0 else {
            throw FormatError("GeoPackage geometry", at: "byte 3", "an extended geometry type; only standard ones are read")
        }
        let little = flags & 1 == 1
        let raw = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 4, as: Int32.self) }
        let indicator = Int((flags >> 1) & 0b111)
        guard indicator <= 4 else {
            throw FormatError("GeoPackage geometry", at: "byte 3", "envelope indicator must be 0 to 4, found \(indicator)")
        }
        let size = [0, 32, 48, 48, 64][indicator]
        guard bytes.count >= 8 + size else {
            throw FormatError("GeoPackage geometry", at: "byte 8", "the bytes end inside the envelope")
        }
        var box: Envelope?
        if size > 0 {
            func ordinate(_ k: Int) -> Double {
                let v = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 8 + 8 * k, as: UInt64.self) }
                return Double(bitPattern: little ? UInt64(littleEndian: v) : UInt64(bigEndian: v))
            }
            box = Envelope(minX: ordinate(0), minY: ordinate(2), maxX: ordinate(1), maxY: ordinate(3))
        }
        return Header(
            srsID: little ? Int32(littleEndian: raw) : Int32(bigEndian: raw),
            isEmpty: flags & 0b1_0000 != 0, envelope: box, bodyOffset: 8 + size)
    }

    package static func decode(_ bytes: [UInt8]) throws(FormatError) -> Geometry {
        try WKB.decode(bytes, from: header(bytes).bodyOffset)
    }

    /// The box of the geometry, from the header where it states one; nil for an empty geometry.
    package static func envelope(_ bytes: [UInt8]) throws(FormatError) -> Envelope? {
        let head = try header(bytes)
        if head.isEmpty { return nil }
        if let box = head.envelope, !box.minX.isNaN { return box }
        let box = try WKB.decode(bytes, from: head.bodyOffset).envelope
        return box.isEmpty ? nil : box
    }
}
