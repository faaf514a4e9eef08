// The identifiers of PMTiles 3: the tiles of all lower zooms come first, then the place on the zoom's Hilbert curve.
// https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md
extension Tile {
    /// How many tiles there are below a zoom: (4^zoom - 1) / 3.
    private static func firstIdentifier(ofZoom zoom: Int) -> UInt64 { ((1 << (2 * UInt64(zoom))) - 1) / 3 }

    /// The identifier of this tile. O(zoom).
    package var identifier: UInt64 {
        var (x, y) = (UInt64(x), UInt64(y))
        var along: UInt64 = 0
        for level in stride(from: zoom - 1, through: 0, by: -1) {
            let s: UInt64 = 1 << UInt64(level)
            let (right, lower) = (x & s, y & s)
            along += s * s * (right > 0 ? (lower > 0 ? 2 : 3) : (lower > 0 ? 1 : 0))
            (x, y) = Tile.turned(x & (s - 1), y & (s - 1), side: s, isRight: right > 0, isLower: lower > 0)
        }
        return Tile.firstIdentifier(ofZoom: zoom) + along
    }

    /// The tile of an identifier, or nil beyond zoom 24. O(zoom).
    package init?(identifier: UInt64) {
        guard let zoom = Tile.zooms.last(where: { Tile.firstIdentifier(ofZoom: $0) <= identifier }),
            identifier < Tile.firstIdentifier(ofZoom: zoom + 1)
        else { return nil }
        var rest = identifier - Tile.firstIdentifier(ofZoom: zoom)
        var (x, y): (UInt64, UInt64) = (0, 0)
        for level in 0..<zoom {
            let s: UInt64 = 1 << UInt64(level)
            let quarter = rest & 3
            let (isRight, isLower) = (quarter >= 2, quarter == 1 || quarter == 2)
            (x, y) = Tile.turned(x, y, side: s, isRight: isRight, isLower: isLower)
            x += isRight ? s : 0
            y += isLower ? s : 0
            rest >>= 2
        }
        self.init(zoom: zoom, x: Int(x), y: Int(y))
    }

    /// A position within a quarter of the curve, turned as that quarter's curve runs. Doing it twice undoes it.
    private static func turned(_ x: UInt64, _ y: UInt64, side: UInt64, isRight: Bool, isLower: Bool) -> (UInt64, UInt64) {
        guard !isLower else { return (x, y) }
        return isRight ? (side - 1 - y, side - 1 - x) : (y, x)
    }
}
