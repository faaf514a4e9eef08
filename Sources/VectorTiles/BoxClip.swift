internal import GeoModel

#if canImport(Glibc)
internal import Glibc  // links the rounding functions
#endif

/// Cuts lines and rings of whole numbers to a box of whole numbers.
struct BoxClip {
    let box: Envelope

    /// A closed ring within the box, closed (Sutherland and Hodgman 1974, doi:10.1145/360767.360802). Where the ring leaves the box several times
    /// its pieces hang together along the box's border: `GridSnapping.valid` takes them apart. O(n).
    func ring(_ ring: [Coordinate]) -> [Coordinate] {
        var current = Array(ring.dropLast())
        var next: [Coordinate] = []
        for side in 0..<4 {
            guard let last = current.last else { return [] }
            next.removeAll(keepingCapacity: true)
            var previous = last
            var wasInside = isInside(previous, side)
            for c in current {
                let inside = isInside(c, side)
                if inside != wasInside { append(crossing(previous, c, side), to: &next) }
                if inside { append(c, to: &next) }
                (previous, wasInside) = (c, inside)
            }
            if next.count > 1, next[0] == next[next.count - 1] { next.removeLast() }
            swap(&current, &next)
        }
        guard current.count > 2 else { return [] }
        current.append(current[0])
        return current
    }

    /// The pieces of a line within the box. O(n).
    func line(_ line: [Coordinate]) -> [[Coordinate]] {
        var pieces: [[Coordinate]] = []
        var piece: [Coordinate] = []
        func finish() {
            if piece.count > 1 { pieces.append(piece) }
            piece = []
        }
        for i in 1..<max(1, line.count) {
            guard let (a, b) = segment(line[i - 1], line[i]) else {
                finish()
                continue
            }
            if piece.last != a {
                finish()
                piece = [a]
            }
            append(b, to: &piece)
            if b != line[i] { finish() }
        }
        finish()
        return pieces
    }

    /// The part of a segment within the box (Liang and Barsky 1984, doi:10.1145/357332.357333), its new ends on whole numbers.
    private func segment(_ a: Coordinate, _ b: Coordinate) -> (Coordinate, Coordinate)? {
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        var (from, to) = (0.0, 1.0)
        for (p, q) in [(-dx, a.x - box.minX), (dx, box.maxX - a.x), (-dy, a.y - box.minY), (dy, box.maxY - a.y)] {
            if p == 0 {
                if q < 0 { return nil }
            } else if p < 0 {
                from = max(from, q / p)
            } else {
                to = min(to, q / p)
            }
        }
        guard from <= to else { return nil }
        func at(_ t: Double) -> Coordinate { Coordinate(x: (a.x + t * dx).rounded(), y: (a.y + t * dy).rounded()) }
        return (from == 0 ? a : at(from), to == 1 ? b : at(to))
    }

    @inline(__always)
    private func append(_ c: Coordinate, to line: inout [Coordinate]) {
        if line.last != c { line.append(c) }
    }

    @inline(__always)
    private func isInside(_ c: Coordinate, _ side: Int) -> Bool {
        switch side {
        case 0: c.x >= box.minX
        case 1: c.x <= box.maxX
        case 2: c.y >= box.minY
        default: c.y <= box.maxY
        }
    }

    @inline(__always)
    private func crossing(_ a: Coordinate, _ b: Coordinate, _ side: Int) -> Coordinate {
        if side < 2 {
            let x = side == 0 ? box.minX : box.maxX
            return Coordinate(x: x, y: (a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x)).rounded())
        }
        let y = side == 2 ? box.minY : box.maxY
        return Coordinate(x: (a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y)).rounded(), y: y)
    }
}
