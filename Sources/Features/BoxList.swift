internal import GeoFormats
internal import GeoModel
internal import GeometryEngine

/// Boxes as a bound value, and whether a stored geometry meets one of them: what the SQL function `features_meet` asks.
enum BoxList {
    /// Four doubles a box: minX, minY, maxX, maxY.
    static func encode(_ boxes: [Envelope]) -> [UInt8] {
        boxes.flatMap { b in [b.minX, b.minY, b.maxX, b.maxY].flatMap { v in withUnsafeBytes(of: v) { Array($0) } } }
    }

    /// Nil for what is no geometry. A point costs some nanoseconds; GEOS is asked only where the box of the geometry lies neither inside nor outside.
    static func isMet(by blob: UnsafeRawBufferPointer, _ boxes: UnsafeRawBufferPointer) -> Bool? {
        func box(_ k: Int) -> Envelope {
            func ordinate(_ i: Int) -> Double { boxes.loadUnaligned(fromByteOffset: 32 * k + 8 * i, as: Double.self) }
            return Envelope(minX: ordinate(0), minY: ordinate(1), maxX: ordinate(2), maxY: ordinate(3))
        }
        let count = boxes.count / 32
        if let c = point(blob) { return (0..<count).contains { box($0).contains(c) } }
        let bytes = Array(blob)
        guard let header = try? GeoPackageBlob.header(bytes) else { return nil }
        if header.isEmpty { return false }
        if let own = header.envelope, !own.minX.isNaN {
            var mayMeet = false
            for k in 0..<count where box(k).intersects(own) {
                mayMeet = true
                if box(k).holds(own) { return true }
            }
            guard mayMeet else { return false }
        }
        guard let geometry = try? WKB.decode(bytes, from: header.bodyOffset) else { return nil }
        let own = geometry.envelope
        for k in 0..<count where box(k).intersects(own) {
            if box(k).holds(own) { return true }
            if (try? SpatialRelation.intersects.holds(geometry, box(k).shape)) == true { return true }
        }
        return false
    }

    /// Whether a stored geometry meets a shape; nil for what is no geometry.
    static func isMet(by blob: UnsafeRawBufferPointer, _ shape: LastShape.Shape) -> Bool? {
        if let c = point(blob) { return shape.prepared.covers(c) }
        guard let geometry = try? GeoPackageBlob.decode(Array(blob)) else { return nil }
        return try? SpatialRelation.intersects.holds(geometry, shape.geometry)
    }

    /// A blob without envelope that holds a little-endian point of two dimensions, as this program writes them.
    private static func point(_ blob: UnsafeRawBufferPointer) -> Coordinate? {
        guard blob.count == 29, blob[0] == 0x47, blob[1] == 0x50, blob[3] & 0b11_1110 == 0, blob[8] == 1,
            UInt32(littleEndian: blob.loadUnaligned(fromByteOffset: 9, as: UInt32.self)) == 1
        else { return nil }
        func ordinate(_ i: Int) -> Double { Double(bitPattern: UInt64(littleEndian: blob.loadUnaligned(fromByteOffset: i, as: UInt64.self))) }
        return Coordinate(x: ordinate(13), y: ordinate(21))
    }
}

extension Envelope {
    /// As a geometry: of no width or height, a line or a point.
    var shape: Geometry {
        let (a, b) = (Coordinate(x: minX, y: minY), Coordinate(x: maxX, y: maxY))
        if a == b { return .point(a) }
        if a.x == b.x || a.y == b.y { return .lineString([a, b]) }
        return .polygon(Polygon(exterior: [a, Coordinate(x: b.x, y: a.y), b, Coordinate(x: a.x, y: b.y), a]))
    }
}
