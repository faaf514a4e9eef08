/// Rings as they are drawn: cut at the frame, with no more corners than can be seen.
enum DrawnRing {
    typealias Point = (x: Double, y: Double)

    /// The part of a closed ring inside a box, by Sutherland and Hodgman (Communications of the ACM 17, 1974, doi:10.1145/360767.360802). Edges
    /// along the box may run over one another: the box is to be larger than what is shown. O(n).
    static func clipped(_ ring: [Point], minX: Double, minY: Double, maxX: Double, maxY: Double) -> [Point] {
        var ring = ring
        if ring.count > 1, let first = ring.first, let last = ring.last, first == last { ring.removeLast() }
        ring = half(ring, { $0.x >= minX }) { a, b in (minX, a.y + (b.y - a.y) * (minX - a.x) / (b.x - a.x)) }
        ring = half(ring, { $0.x <= maxX }) { a, b in (maxX, a.y + (b.y - a.y) * (maxX - a.x) / (b.x - a.x)) }
        ring = half(ring, { $0.y >= minY }) { a, b in (a.x + (b.x - a.x) * (minY - a.y) / (b.y - a.y), minY) }
        return half(ring, { $0.y <= maxY }) { a, b in (a.x + (b.x - a.x) * (maxY - a.y) / (b.y - a.y), maxY) }
    }

    private static func half(_ ring: [Point], _ isInside: (Point) -> Bool, _ crossing: (Point, Point) -> Point) -> [Point] {
        guard var before = ring.last else { return [] }
        var out: [Point] = []
        out.reserveCapacity(ring.count + 4)
        for point in ring {
            if isInside(point) {
                if !isInside(before) { out.append(crossing(before, point)) }
                out.append(point)
            } else if isInside(before) {
                out.append(crossing(before, point))
            }
            before = point
        }
        return out
    }

    /// A line with only the points that lie farther than `tolerance` from it without them, its ends kept, by Douglas and Peucker
    /// (The Canadian Cartographer 10, 1973, doi:10.3138/FM57-6770-U75U-7727). O(n log n) commonly, O(n²) at worst.
    static func simplified(_ line: [Point], tolerance: Double) -> [Point] {
        guard line.count > 2 else { return line }
        var isKept = [Bool](repeating: false, count: line.count)
        (isKept[0], isKept[line.count - 1]) = (true, true)
        var open = [(0, line.count - 1)]
        while let (first, last) = open.popLast() {
            var farthest = (at: -1, distance: tolerance * tolerance)
            for i in first + 1..<max(last, first + 1) {
                let distance = squaredDistance(line[i], from: line[first], to: line[last])
                if distance > farthest.distance { farthest = (i, distance) }
            }
            guard farthest.at > 0 else { continue }
            isKept[farthest.at] = true
            open.append((first, farthest.at))
            open.append((farthest.at, last))
        }
        return line.indices.filter { isKept[$0] }.map { line[$0] }
    }

    /// From a point to the nearest of a segment.
    private static func squaredDistance(_ p: Point, from a: Point, to b: Point) -> Double {
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        let length = dx * dx + dy * dy
        let along = length > 0 ? max(0, min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / length)) : 0
        let (ex, ey) = (p.x - a.x - along * dx, p.y - a.y - along * dy)
        return ex * ex + ey * ey
    }

    /// Twice the area a ring encloses.
    static func doubleArea(_ ring: [Point]) -> Double {
        guard var before = ring.last else { return 0 }
        var sum = 0.0
        for point in ring {
            sum += before.x * point.y - point.x * before.y
            before = point
        }
        return abs(sum)
    }
}
