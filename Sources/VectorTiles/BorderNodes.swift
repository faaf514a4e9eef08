internal import GeoModel

/// Where the borders of a layer's polygons and lines meet: the positions that have other neighbours in one ring than in another.
///
/// Between two nodes a border is the same in every ring that has it, so that simplifying it alone keeps neighbours joined.
struct BorderNodes: Sendable {
    private var nodes: Set<Coordinate> = []

    private struct Neighbours {
        var low: Coordinate
        var high: Coordinate
        init(_ a: Coordinate, _ b: Coordinate) { (low, high) = precedes(a, b) ? (a, b) : (b, a) }
    }

    /// O(number of positions).
    init(_ geometries: [WorldGeometry]) {
        var seen: [Coordinate: Neighbours] = [:]
        func note(_ c: Coordinate, _ a: Coordinate, _ b: Coordinate) {
            let found = Neighbours(a, b)
            if let known = seen[c] {
                if known.low != found.low || known.high != found.high { nodes.insert(c) }
            } else {
                seen[c] = found
            }
        }
        for geometry in geometries {
            for ring in geometry.polygons.flatMap(\.rings) where ring.count > 3 {
                let n = ring.count - 1
                for i in 0..<n { note(ring[i], ring[(i + n - 1) % n], ring[(i + 1) % n]) }
            }
            for line in geometry.lines {
                nodes.insert(line[0])
                nodes.insert(line[line.count - 1])
                for i in 1..<line.count - 1 { note(line[i], line[i - 1], line[i + 1]) }
            }
        }
    }

    func contains(_ c: Coordinate) -> Bool { nodes.contains(c) }
}

/// West to east, then north to south.
@inline(__always)
func precedes(_ a: Coordinate, _ b: Coordinate) -> Bool { a.x != b.x ? a.x < b.x : a.y < b.y }
