package import GeoModel

/// A square cell of a statistical grid: which grid, and where in it.
package struct GridCell: Hashable, Sendable {
    /// The EPSG code of the projected system of the grid; 0 where the system has none.
    package var epsg: Int32
    /// The side of the square in metres.
    package var size: Double
    /// The lower-left corner divided by the size: whole numbers of cells east and north of the origin.
    package var column: Int32
    package var row: Int32

    package init(epsg: Int32, size: Double, column: Int32, row: Int32) {
        self.epsg = epsg
        self.size = size
        self.column = column
        self.row = row
    }

    /// The middle of the cell, easting and northing in metres.
    package var centre: Coordinate { Coordinate(x: (Double(column) + 0.5) * size, y: (Double(row) + 0.5) * size) }

    /// Reads a cell code of INSPIRE: `CRS3035RES1000mN3135000E3801000` (also with `RES1km`), or the short `1kmN3135E3801`, which is always
    /// EPSG:3035 and leaves off as many zeros of its corner as its size ends with. Nil for anything else.
    ///
    /// Reference: INSPIRE data specification on geographical grid systems, D2.8.I.2, 4.2.2.
    package init?(code: some Collection<UInt8>) {
        var reader = CodeReader(bytes: Array(code))
        var epsg = 3035
        let isLong = reader.take("CRS")
        if isLong {
            guard let number = reader.number(), number > 0, number <= 32_767, reader.take("RES") else { return nil }
            epsg = number
        }
        guard var size = reader.number(), size > 0, size <= 1_000_000 else { return nil }
        if reader.take("km") { size *= 1000 } else if !reader.take("m") { return nil }
        var (north, east): (Int?, Int?)
        if reader.take("N") {
            north = reader.number()
            guard reader.take("E") else { return nil }
            east = reader.number()
        } else {
            guard reader.take("E") else { return nil }
            east = reader.number()
            guard reader.take("N") else { return nil }
            north = reader.number()
        }
        guard var n = north, var e = east, reader.isAtEnd else { return nil }
        if !isLong {
            var zeros = size
            while zeros % 10 == 0 {
                zeros /= 10
                (n, e) = (n * 10, e * 10)
            }
        }
        // A corner that is no multiple of the size is no corner of this grid.
        guard n % size == 0, e % size == 0, abs(n) < 1 << 31, abs(e) < 1 << 31 else { return nil }
        self.init(epsg: Int32(epsg), size: Double(size), column: Int32(e / size), row: Int32(n / size))
    }

    package static let acceptedForms = "CRS3035RES1000mN3135000E3801000 or 1kmN3135E3801"
}

private struct CodeReader {
    let bytes: [UInt8]
    var i = 0

    var isAtEnd: Bool { i == bytes.count }

    mutating func take(_ word: StaticString) -> Bool {
        let n = word.utf8CodeUnitCount
        guard i + n <= bytes.count else { return false }
        for k in 0..<n where bytes[i + k] | 0x20 != word.utf8Start[k] | 0x20 { return false }
        i += n
        return true
    }

    /// A whole number of at most ten digits.
    mutating func number() -> Int? {
        let isNegative = i < bytes.count && bytes[i] == UInt8(ascii: "-")
        if isNegative { i += 1 }
        let first = i
        var value = 0
        while i < bytes.count, (0x30...0x39).contains(bytes[i]) {
            guard i - first < 10 else { return nil }
            value = value * 10 + Int(bytes[i] - 0x30)
            i += 1
        }
        return i > first ? (isNegative ? -value : value) : nil
    }
}
