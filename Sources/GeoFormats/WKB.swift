package import GeoModel

/// Well-known binary, ISO 13249-3: both byte orders and the Z, M and EWKB variants are read (further ordinates dropped);
/// little-endian two-dimensional ISO WKB is written.
package enum WKB {
    package static func encode(_ geometry: Geometry) -> [UInt8] {
        var out: [UInt8] = []
        encode(geometry, into: &out)
        return out
    }

    package static func encode(_ geometry: Geometry, into out: inout [UInt8]) {
        switch geometry {
        case .point(let c):
            header(1, &out)
            double(c.x, &out)
            double(c.y, &out)
        case .lineString(let cs):
            header(2, &out)
            sequence(cs, &out)
        case .polygon(let p): encode(p, &out)
        case .multiPoint(let cs):
            header(4, &out)
            count(cs.count, &out)
            for c in cs { encode(.point(c), into: &out) }
        case .multiLineString(let lines):
            header(5, &out)
            count(lines.count, &out)
            for l in lines { encode(.lineString(l), into: &out) }
        case .multiPolygon(let ps):
            header(6, &out)
            count(ps.count, &out)
            for p in ps { encode(p, &out) }
        case .geometryCollection(let gs):
            header(7, &out)
            count(gs.count, &out)
            for g in gs { encode(g, into: &out) }
        }
    }

    private static func encode(_ p: Polygon, _ out: inout [UInt8]) {
        header(3, &out)
        let rings = p.exterior.isEmpty ? [] : p.rings
        count(rings.count, &out)
        for ring in rings { sequence(ring, &out) }
    }

    private static func header(_ type: UInt32, _ out: inout [UInt8]) {
        out.append(1)
        count(Int(type), &out)
    }

    private static func count(_ n: Int, _ out: inout [UInt8]) {
        withUnsafeBytes(of: UInt32(n).littleEndian) { out.append(contentsOf: $0) }
    }

    private static func double(_ v: Double, _ out: inout [UInt8]) {
        withUnsafeBytes(of: v.bitPattern.littleEndian) { out.append(contentsOf: $0) }
    }

    private static func sequence(_ cs: [Coordinate], _ out: inout [UInt8]) {
        count(cs.count, &out)
        for c in cs {
            double(c.x, &out)
            double(c.y, &out)
        }
    }

    /// Reads one geometry that starts at `offset` and ends with the bytes. Errors name the byte.
    package static func decode(_ bytes: [UInt8], from offset: Int = 0) throws(FormatError) -> Geometry {
        var reader = Reader(bytes: bytes, i: offset)
        let geometry = try reader.geometry(depth: 0)
        guard reader.i == bytes.count else {
            throw FormatError("WKB", at: "byte \(reader.i)", "\(bytes.count - reader.i) bytes follow the end of the geometry")
        }
        return geometry
    }

    private struct Reader {
        let bytes: [UInt8]
        var i: Int
        var bigEndian = false
        var ordinates = 2

        mutating func need(_ n: Int) throws(FormatError) {
            guard n <= bytes.count - i else { throw FormatError("WKB", at: "byte \(i)", "the bytes end inside a geometry") }
        }

        mutating func uint32() throws(FormatError) -> UInt32 {
            try need(4)
            let v = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: i, as: UInt32.self) }
            i += 4
            return bigEndian ? UInt32(bigEndian: v) : UInt32(littleEndian: v)
        }

        mutating func double() -> Double {
            let v = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: i, as: UInt64.self) }
            i += 8
            return Double(bitPattern: bigEndian ? UInt64(bigEndian: v) : UInt64(littleEndian: v))
        }

        mutating func coordinate() throws(FormatError) -> Coordinate {
            try need(8 * ordinates)
            let c = Coordinate(x: double(), y: double())
            i += 8 * (ordinates - 2)
            return c
        }

        /// A count of things of at least `size` bytes each: one that the bytes cannot hold is an error, not an allocation.
        mutating func count(of size: Int) throws(FormatError) -> Int {
            let n = Int(try uint32())
            guard n <= (bytes.count - i) / size else {
                throw FormatError("WKB", at: "byte \(i - 4)", "a count of \(n) is more than the bytes can hold")
            }
            return n
        }

        mutating func sequence() throws(FormatError) -> [Coordinate] {
            let n = try count(of: 8 * ordinates)
            var cs: [Coordinate] = []
            cs.reserveCapacity(n)
            for _ in 0..<n { cs.append(try coordinate()) }
            return cs
        }

        mutating func polygon() throws(FormatError) -> Polygon {
            var rings: [[Coordinate]] = []
            for _ in 0..<(try count(of: 4)) { rings.append(try sequence()) }
            return rings.isEmpty ? Polygon(exterior: []) : Polygon(exterior: rings[0], holes: Array(rings.dropFirst()))
        }

        mutating func geometry(depth: Int) throws(FormatError) -> Geometry {
            guard depth < 64 else { throw FormatError("WKB", at: "byte \(i)", "collections nested deeper than 64 levels") }
            let start = i
            try need(5)
            guard bytes[i] <= 1 else { throw FormatError("WKB", at: "byte \(i)", "byte order must be 0 or 1, found \(bytes[i])") }
            bigEndian = bytes[i] == 0
            i += 1
            var type = try uint32()
            var extra = 0
            if type & 0x8000_0000 != 0 { extra += 1 }
            if type & 0x4000_0000 != 0 { extra += 1 }
            if type & 0x2000_0000 != 0 { _ = try uint32() }
            type &= 0x0FFF_FFFF
            if extra == 0 { extra = [0, 1, 1, 2][Int(min(type / 1000, 3))] }
            ordinates = 2 + extra
            switch type % 1000 {
            case 1: return .point(try coordinate())
            case 2: return .lineString(try sequence())
            case 3: return .polygon(try polygon())
            case 4:
                return .multiPoint(try parts(depth, "Point") { if case .point(let c) = $0 { c } else { nil } })
            case 5:
                return .multiLineString(try parts(depth, "LineString") { if case .lineString(let l) = $0 { l } else { nil } })
            case 6:
                return .multiPolygon(try parts(depth, "Polygon") { if case .polygon(let p) = $0 { p } else { nil } })
            case 7: return .geometryCollection(try parts(depth, "geometry") { $0 })
            default: throw FormatError("WKB", at: "byte \(start + 1)", "geometry type \(type) is not one of 1 to 7")
            }
        }

        mutating func parts<T>(_ depth: Int, _ kind: String, _ take: (Geometry) -> T?) throws(FormatError) -> [T] {
            var out: [T] = []
            for _ in 0..<(try count(of: 5)) {
                let start = i
                let order = bigEndian
                guard let part = take(try geometry(depth: depth + 1)) else {
                    throw FormatError("WKB", at: "byte \(start)", "expected a \(kind) inside the collection")
                }
                bigEndian = order
                out.append(part)
            }
            return out
        }
    }
}
