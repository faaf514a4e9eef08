internal import GeoModel

/// Simplifies lines and rings border by border (Douglas and Peucker 1973, doi:10.3138/FM57-6770-U75U-7727), each in the direction that its own
/// ends give, so that two polygons keep the border they share.
struct BorderSimplifier {
    let nodes: BorderNodes
    /// From the square of the world to the grid of a zoom.
    let scale: Double
    /// The most that the line may move, in units of the grid; 0 keeps every position.
    let tolerance: Double

    /// A line of the world on the scale of the grid, simplified. O(n log n), at worst O(n²).
    func line(_ line: [Coordinate]) -> [Coordinate] {
        guard tolerance > 0, line.count > 2 else { return line.map(scaled) }
        var out = [scaled(line[0])]
        var start = 0
        for i in 1..<line.count where i == line.count - 1 || nodes.contains(line[i]) {
            appendBorder(line[start...i], to: &out)
            start = i
        }
        return out
    }

    /// A closed ring of the world on the scale of the grid, simplified and closed.
    func ring(_ ring: [Coordinate]) -> [Coordinate] {
        guard tolerance > 0, ring.count > 4 else { return ring.map(scaled) }
        let open = ring.dropLast()
        // A ring that meets no other begins at its first position from the west, whichever way it runs.
        let start = open.firstIndex(where: nodes.contains) ?? open.indices.min { precedes(open[$0], open[$1]) }!
        return line(Array(open[start...] + open[..<start] + [open[start]]))
    }

    private func scaled(_ c: Coordinate) -> Coordinate { Coordinate(x: c.x * scale, y: c.y * scale) }

    private func appendBorder(_ border: ArraySlice<Coordinate>, to out: inout [Coordinate]) {
        var points = border.map(scaled)
        let (first, last) = (points[0], points[points.count - 1])
        let isBackward = first == last ? precedes(points[points.count - 2], points[1]) : precedes(last, first)
        if isBackward { points.reverse() }
        var kept = simplified(points)
        if isBackward { kept.reverse() }
        out.append(contentsOf: kept.dropFirst())
    }

    private func simplified(_ points: [Coordinate]) -> [Coordinate] {
        var keep = [Bool](repeating: false, count: points.count)
        keep[0] = true
        keep[points.count - 1] = true
        var stack = [(0, points.count - 1)]
        let limit = tolerance * tolerance
        while let (a, b) = stack.popLast() {
            var (farthest, distance) = (0, limit)
            for i in a + 1..<max(b, a + 1) {
                let d = squaredDistance(points[i], points[a], points[b])
                if d > distance { (farthest, distance) = (i, d) }
            }
            guard distance > limit else { continue }
            keep[farthest] = true
            stack.append((a, farthest))
            stack.append((farthest, b))
        }
        return points.indices.filter { keep[$0] }.map { points[$0] }
    }

    @inline(__always)
    private func squaredDistance(_ p: Coordinate, _ a: Coordinate, _ b: Coordinate) -> Double {
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        let length = dx * dx + dy * dy
        let t = length == 0 ? 0 : max(0, min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / length))
        let (ex, ey) = (p.x - a.x - t * dx, p.y - a.y - t * dy)
        return ex * ex + ey * ey
    }
}
