internal import GeoFormats

// The commands of Mapbox Vector Tile 2.1, section 4.3: MoveTo 1, LineTo 2, ClosePath 7, with a count; parameters are zigzag steps from a cursor
// that goes on from part to part.
extension TileShape {
    /// Appends the commands that draw this shape. O(n), no allocation.
    func appendCommands(to bytes: inout [UInt8]) {
        var (cx, cy): (Int32, Int32) = (0, 0)
        @inline(__always) func step(_ i: Int, _ bytes: inout [UInt8]) {
            bytes.appendVarint(zigzag(Int64(xs[i]) - Int64(cx)))
            bytes.appendVarint(zigzag(Int64(ys[i]) - Int64(cy)))
            (cx, cy) = (xs[i], ys[i])
        }
        if kind == .point {
            bytes.appendVarint(UInt64(xs.count) << 3 | 1)
            for i in xs.indices { step(i, &bytes) }
            return
        }
        var start = 0
        for end in ends {
            bytes.appendVarint(1 << 3 | 1)
            step(start, &bytes)
            bytes.appendVarint(UInt64(Int(end) - start - 1) << 3 | 2)
            for i in start + 1..<Int(end) { step(i, &bytes) }
            if kind == .polygon { bytes.appendVarint(1 << 3 | 7) }
            start = Int(end)
        }
    }

    /// The shape that commands draw. Refuses what section 4.3 refuses: other commands, counts of zero, missing positions, an unclosed ring.
    init(_ kind: Kind, reading reader: inout ProtobufReader) throws(FormatError) {
        self.init(kind)
        var (cx, cy): (Int64, Int64) = (0, 0)
        func step(_ reader: inout ProtobufReader, into shape: inout TileShape) throws(FormatError) {
            cx &+= unzigzag(try reader.varint() & 0xFFFF_FFFF)
            cy &+= unzigzag(try reader.varint() & 0xFFFF_FFFF)
            guard let x = Int32(exactly: cx), let y = Int32(exactly: cy) else { throw reader.error("a position beyond 32 bits") }
            shape.append(x, y)
        }
        func command(_ expected: UInt64, _ name: StaticString, _ reader: inout ProtobufReader) throws(FormatError) -> Int {
            let value = try reader.varint()
            guard value & 7 == expected, value >> 3 > 0 else { throw reader.error("command \(value & 7) with a count of \(value >> 3); expected \(name)") }
            guard value >> 3 <= UInt64(reader.end - reader.position) || expected == 7 else {
                throw reader.error("\(value >> 3) positions where fewer bytes are left")
            }
            return Int(value >> 3)
        }
        switch kind {
        case .point:
            for _ in 0..<(try command(1, "MoveTo", &reader)) {
                try step(&reader, into: &self)
                endPart()
            }
            guard reader.isAtEnd else { throw reader.error("a command after the points; expected one MoveTo") }
        case .line, .polygon:
            while !reader.isAtEnd {
                guard try command(1, "MoveTo", &reader) == 1 else { throw reader.error("a MoveTo of several positions; expected one") }
                try step(&reader, into: &self)
                for _ in 0..<(try command(2, "LineTo", &reader)) { try step(&reader, into: &self) }
                if kind == .polygon, try command(7, "ClosePath", &reader) != 1 { throw reader.error("a ClosePath counted more than once") }
                endPart()
            }
        }
        guard !isEmpty else { throw reader.error("no position") }
    }
}
