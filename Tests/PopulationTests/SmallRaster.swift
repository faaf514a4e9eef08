import Foundation

/// Writes a TIFF of one strip a row without a library, so that readers are not held against the library they use.
struct SmallRaster {
    var width: Int
    var values: [Float]
    var isBigEndian = false
    var isPixelPoint = false
    /// 2048 is the key of a geographic system, 3072 that of a projected one.
    var epsg: (key: UInt16, code: UInt16)? = (3072, 3035)
    var origin = (x: 3_000_000.0, y: 2_000_000.0)
    var pixel = 1000.0
    /// That of the width without it.
    var pixelHeight: Double?
    var noData: String?
    /// Declared, whatever there is.
    var declaredWidth: UInt32?
    var declaredHeight: UInt32?

    var bytes: [UInt8] {
        var out: [UInt8] = []
        func put<T: FixedWidthInteger>(_ value: T, into out: inout [UInt8]) {
            withUnsafeBytes(of: isBigEndian ? value.bigEndian : value.littleEndian) { out += $0 }
        }
        let height = values.count / width
        out += isBigEndian ? [0x4D, 0x4D] : [0x49, 0x49]
        put(UInt16(42), into: &out)
        let data = 8
        let directory = data + values.count * 4
        put(UInt32(directory), into: &out)
        for value in values { put(value.bitPattern, into: &out) }

        var entries: [(tag: UInt16, type: UInt16, count: UInt32, payload: [UInt8])] = []
        func add(_ tag: UInt16, shorts: [UInt16]) {
            var payload: [UInt8] = []
            for v in shorts { put(v, into: &payload) }
            entries.append((tag, 3, UInt32(shorts.count), payload))
        }
        func add(_ tag: UInt16, longs: [UInt32]) {
            var payload: [UInt8] = []
            for v in longs { put(v, into: &payload) }
            entries.append((tag, 4, UInt32(longs.count), payload))
        }
        func add(_ tag: UInt16, doubles: [Double]) {
            var payload: [UInt8] = []
            for v in doubles { put(v.bitPattern, into: &payload) }
            entries.append((tag, 12, UInt32(doubles.count), payload))
        }
        add(256, longs: [declaredWidth ?? UInt32(width)])
        add(257, longs: [declaredHeight ?? UInt32(height)])
        add(258, shorts: [32])
        add(259, shorts: [1])
        add(262, shorts: [1])
        add(273, longs: (0..<height).map { UInt32(data + $0 * width * 4) })
        add(277, shorts: [1])
        add(278, longs: [1])
        add(279, longs: (0..<height).map { _ in UInt32(width * 4) })
        add(339, shorts: [3])
        add(33550, doubles: [pixel, pixelHeight ?? pixel, 0])
        add(33922, doubles: [0, 0, 0, origin.x, origin.y, 0])
        var keys: [UInt16] = [1024, 0, 1, epsg?.key == 2048 ? 2 : 1, 1025, 0, 1, isPixelPoint ? 2 : 1]
        if let epsg { keys += [epsg.key, 0, 1, epsg.code] }
        add(34735, shorts: [1, 1, 0, UInt16(keys.count / 4)] + keys)
        if let noData { entries.append((42113, 2, UInt32(noData.utf8.count + 1), Array(noData.utf8) + [0])) }

        put(UInt16(entries.count), into: &out)
        var extra = directory + 2 + entries.count * 12 + 4
        var tail: [UInt8] = []
        for entry in entries {
            put(entry.tag, into: &out)
            put(entry.type, into: &out)
            put(entry.count, into: &out)
            if entry.payload.count <= 4 {
                out += entry.payload + [UInt8](repeating: 0, count: 4 - entry.payload.count)
            } else {
                put(UInt32(extra), into: &out)
                tail += entry.payload
                extra += entry.payload.count
            }
        }
        put(UInt32(0), into: &out)
        return out + tail
    }
}
