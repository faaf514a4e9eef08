/// A geometry within a tile, on its grid: x eastward and y southward from its north-western corner.
///
/// Flat arrays: `ends[i]` is where part i ends in `xs` and `ys`. The parts of polygons are rings without their closing position, each exterior
/// ring (of positive area, that is clockwise as drawn) followed by its holes.
package struct TileShape: Hashable, Sendable {
    /// What the parts are; the raw value is the one of the tile's format.
    package enum Kind: UInt8, Hashable, Sendable {
        case point = 1
        case line = 2
        case polygon = 3
    }

    package var kind: Kind
    package var xs: [Int32] = []
    package var ys: [Int32] = []
    package var ends: [Int32] = []

    package init(_ kind: Kind) { self.kind = kind }

    package var isEmpty: Bool { xs.isEmpty }

    /// The positions of each part.
    package var parts: [Range<Int>] {
        ends.indices.map { ($0 == 0 ? 0 : Int(ends[$0 - 1]))..<Int(ends[$0]) }
    }

    mutating func removeAll() {
        xs.removeAll(keepingCapacity: true)
        ys.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    @inline(__always)
    mutating func append(_ x: Int32, _ y: Int32) {
        xs.append(x)
        ys.append(y)
    }

    mutating func endPart() { ends.append(Int32(xs.count)) }
}

extension TileShape {
    /// Twice the signed area of a ring on the grid: positive for an exterior ring.
    package func doubleArea(_ ring: Range<Int>) -> Int64 {
        guard ring.count > 2 else { return 0 }
        var sum: Int64 = 0
        var previous = ring.upperBound - 1
        for i in ring {
            sum += Int64(xs[previous]) * Int64(ys[i]) - Int64(xs[i]) * Int64(ys[previous])
            previous = i
        }
        return sum
    }
}
