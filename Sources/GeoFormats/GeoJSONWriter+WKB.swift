package import GeoModel

extension GeoJSONWriter {
    /// Writes a geometry from its well-known binary as `write(_:to:)` writes the geometry, mostly without making one: little-endian
    /// geometries of two dimensions that do not cross the antimeridian go from bytes to bytes, others by way of a `Geometry`. O(n).
    ///
    /// Throws `FormatError` for what is no geometry; nothing is then written.
    package static func write(wkb: UnsafeRawBufferPointer, to writer: inout JSONWriter) throws(FormatError) {
        var scan = WKBScan(bytes: wkb)
        guard scan.canBeWritten(as: nil), scan.i == wkb.count else { return write(try WKB.decode(Array(wkb)), to: &writer) }
        scan.i = 0
        scan.write(to: &writer)
    }
}

/// Walks over little-endian WKB of types 1 to 6, first to see whether it can be written as it stands, then to write it.
private struct WKBScan {
    let bytes: UnsafeRawBufferPointer
    var i = 0

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    private func uint32(at i: Int) -> UInt32 { UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: i, as: UInt32.self)) }
    private func double(at i: Int) -> Double { Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self))) }
    private func coordinate(at i: Int) -> Coordinate { Coordinate(x: double(at: i), y: double(at: i + 8)) }

    /// A count of things of at least `size` bytes; nil for none and for more than the bytes can hold.
    private mutating func count(of size: Int) -> Int? {
        guard i + 4 <= bytes.count else { return nil }
        let n = Int(uint32(at: i))
        i += 4
        return n > 0 && n <= (bytes.count - i) / size ? n : nil
    }

    /// Moves over one geometry, of a type where one is expected.
    mutating func canBeWritten(as expected: UInt32?) -> Bool {
        guard i + 5 <= bytes.count, bytes[i] == 1 else { return false }
        let type = uint32(at: i + 1)
        guard expected == nil || type == expected else { return false }
        i += 5
        switch type {
        case 1:
            guard i + 16 <= bytes.count else { return false }
            let c = coordinate(at: i)
            i += 16
            return abs(c.x) <= 180 && !c.y.isNaN
        case 2: return line()
        case 3:
            guard let n = count(of: 4) else { return false }
            for _ in 0..<n where !line() { return false }
            return true
        case 4, 5, 6:
            guard let n = count(of: 5) else { return false }
            for _ in 0..<n where !canBeWritten(as: type - 3) { return false }
            return true
        default: return false
        }
    }

    /// Moves over a sequence; false where it crosses the antimeridian, as `cutAtAntimeridian` has it.
    private mutating func line() -> Bool {
        guard let n = count(of: 16) else { return false }
        var previous = double(at: i)
        var isPlain = true
        for k in 0..<n {
            let x = double(at: i + 16 * k)
            let step = abs(x - previous)
            if !(abs(x) <= 180) || (step > 180 && step < 360) { isPlain = false }
            previous = x
        }
        i += 16 * n
        return isPlain
    }

    mutating func write(to writer: inout JSONWriter) {
        switch uint32(at: i + 1) {
        case 1: writer.raw("{\"type\":\"Point\",\"coordinates\":")
        case 2: writer.raw("{\"type\":\"LineString\",\"coordinates\":")
        case 3: writer.raw("{\"type\":\"Polygon\",\"coordinates\":")
        case 4: writer.raw("{\"type\":\"MultiPoint\",\"coordinates\":")
        case 5: writer.raw("{\"type\":\"MultiLineString\",\"coordinates\":")
        default: writer.raw("{\"type\":\"MultiPolygon\",\"coordinates\":")
        }
        writeCoordinates(to: &writer)
        writer.raw("}")
    }

    private mutating func writeCoordinates(to writer: inout JSONWriter) {
        let type = uint32(at: i + 1)
        i += 5
        switch type {
        case 1:
            write(coordinate(at: i), to: &writer)
            i += 16
        case 2: writeLine(exterior: nil, to: &writer)
        default:
            let n = Int(uint32(at: i))
            i += 4
            writer.raw("[")
            for k in 0..<n {
                if k > 0 { writer.raw(",") }
                if type == 3 { writeLine(exterior: k == 0, to: &writer) } else { writeCoordinates(to: &writer) }
            }
            writer.raw("]")
        }
    }

    /// A line as it stands, or a ring by the right-hand rule.
    private mutating func writeLine(exterior: Bool?, to writer: inout JSONWriter) {
        let n = Int(uint32(at: i))
        let start = i + 4
        i = start + 16 * n
        var isReversed = false
        if let exterior {
            let area = doubleArea(from: start, count: n)
            isReversed = exterior ? area < 0 : area > 0
        }
        writer.raw("[")
        for k in 0..<n {
            if k > 0 { writer.raw(",") }
            write(coordinate(at: start + 16 * (isReversed ? n - 1 - k : k)), to: &writer)
        }
        writer.raw("]")
    }

    /// As `signedDoubleArea`.
    private func doubleArea(from start: Int, count n: Int) -> Double {
        guard n > 2 else { return 0 }
        let origin = coordinate(at: start)
        var sum = 0.0
        var (ax, ay) = (0.0, 0.0)
        for k in 1..<n {
            let c = coordinate(at: start + 16 * k)
            let (bx, by) = (c.x - origin.x, c.y - origin.y)
            sum += ax * by - bx * ay
            (ax, ay) = (bx, by)
        }
        return sum
    }

    private func write(_ c: Coordinate, to writer: inout JSONWriter) {
        writer.raw("[")
        writer.fixed(c.x, digits: 7)
        writer.raw(",")
        writer.fixed(c.y, digits: 7)
        writer.raw("]")
    }
}
