/// Numbers of a drawing: at most one decimal, which is finer than any eye at the sizes drawn.
enum SVGNumber {
    static func text(_ value: Double) -> String {
        var bytes: [UInt8] = []
        append(tenths(value), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Halves go away from zero; 0 for what is no number.
    static func tenths(_ value: Double) -> Int { value.isFinite ? Int((max(-1e8, min(1e8, value)) * 10).rounded()) : 0 }

    static func append(_ tenths: Int, to bytes: inout [UInt8]) {
        if tenths < 0 { bytes.append(UInt8(ascii: "-")) }
        let size = tenths.magnitude
        bytes += Array(String(size / 10).utf8)
        if size % 10 > 0 { bytes += [UInt8(ascii: "."), 0x30 + UInt8(size % 10)] }
    }
}

/// Writes the `d` of a path: an absolute start, then steps, in tenths of a unit so that rounding never adds up.
struct PathWriter {
    private(set) var bytes: [UInt8] = []
    private var last = (x: 0, y: 0)

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var isEmpty: Bool { bytes.isEmpty }

    mutating func move(_ x: Double, _ y: Double) {
        last = (SVGNumber.tenths(x), SVGNumber.tenths(y))
        bytes.append(UInt8(ascii: "M"))
        pair(last.x, last.y)
    }

    mutating func line(_ x: Double, _ y: Double) {
        let to = (x: SVGNumber.tenths(x), y: SVGNumber.tenths(y))
        guard to != last else { return }
        bytes.append(UInt8(ascii: "l"))
        pair(to.x - last.x, to.y - last.y)
        last = to
    }

    mutating func close() { bytes.append(UInt8(ascii: "z")) }

    /// A subpath of no length: a dot as large as the stroke is wide, round or square as its caps are.
    mutating func dot(_ x: Double, _ y: Double) {
        move(x, y)
        bytes += Array("h0".utf8)
    }

    private mutating func pair(_ x: Int, _ y: Int) {
        SVGNumber.append(x, to: &bytes)
        if y >= 0 { bytes.append(UInt8(ascii: " ")) }
        SVGNumber.append(y, to: &bytes)
    }
}
