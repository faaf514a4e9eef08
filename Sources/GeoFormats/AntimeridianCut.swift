package import GeoModel

// RFC 7946, section 3.1.9: a geometry that crosses the antimeridian is cut there, each part keeping longitudes within ±180.
// A crossing is a ring or line that runs past ±180, or that jumps by more than 180 degrees between two positions. A step of
// just 360 degrees is no crossing: it runs along a parallel (usually a pole) from one edge of the world to the other.

extension Geometry {
    /// This geometry with longitudes within ±180, cut at the antimeridian where it crosses it. O(n log n); unchanged in O(n) where nothing crosses.
    package func cutAtAntimeridian() -> Geometry {
        switch self {
        case .point(let c): return .point(c.isEmpty ? c : Coordinate(x: wrapLongitude(c.x), y: c.y))
        case .multiPoint(let cs): return .multiPoint(cs.map { Coordinate(x: wrapLongitude($0.x), y: $0.y) })
        case .lineString(let cs):
            guard canBeCut([cs]) else { return self }
            let parts = cutLine(cs)
            return parts.count == 1 ? .lineString(parts[0]) : .multiLineString(parts)
        case .multiLineString(let lines):
            guard lines.contains(where: crosses) else { return self }
            return .multiLineString(lines.flatMap { canBeCut([$0]) ? cutLine($0) : [$0] })
        case .polygon(let p):
            guard canBeCut(p.rings) else { return self }
            let parts = cutPolygon(p)
            return parts.count == 1 ? .polygon(parts[0]) : .multiPolygon(parts)
        case .multiPolygon(let ps):
            guard ps.contains(where: { $0.rings.contains(where: crosses) }) else { return self }
            return .multiPolygon(ps.flatMap { canBeCut($0.rings) ? cutPolygon($0) : [$0] })
        case .geometryCollection(let gs):
            return .geometryCollection(gs.map { $0.cutAtAntimeridian() })
        }
    }
}

/// The longitude within ±180 that names the same meridian; ±180 stay as they are.
package func wrapLongitude(_ x: Double) -> Double {
    guard x < -180 || x > 180 else { return x }
    let shifted = (x + 180).truncatingRemainder(dividingBy: 360)
    return (shifted < 0 ? shifted + 360 : shifted) - 180
}

private func crosses(_ cs: [Coordinate]) -> Bool {
    guard var previous = cs.first?.x else { return false }
    for c in cs {
        if abs(c.x) > 180 || jumps(c.x - previous) { return true }
        previous = c.x
    }
    return false
}

/// Whether a crossing is there to be cut. Positions that are no longitudes, and lines that wind around the globe more than three
/// times, are left as they are: there would be no end of cuts.
private func canBeCut(_ lines: [[Coordinate]]) -> Bool {
    guard lines.contains(where: crosses) else { return false }
    return lines.allSatisfy { line in
        guard line.allSatisfy({ abs($0.x) <= 540 && $0.y.isFinite }) else { return false }
        let xs = unwrapped(line).map(\.x)
        return (xs.max() ?? 0) - (xs.min() ?? 0) <= 1080
    }
}

private func jumps(_ step: Double) -> Bool { abs(step) > 180 && abs(step) < 360 }

/// The same line with longitudes that never jump: each position at the turn nearest to the one before it.
private func unwrapped(_ cs: [Coordinate]) -> [Coordinate] {
    var out = cs
    var shift = 0.0
    for i in 1..<max(cs.count, 1) {
        let step = cs[i].x - cs[i - 1].x
        if jumps(step) { shift -= step < 0 ? -360 : 360 }
        out[i].x = cs[i].x + shift
    }
    return out
}

private func latitude(where x: Double, from a: Coordinate, to b: Coordinate) -> Double {
    a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x)
}

/// The meridians (…, -180, 180, 540, …) that lie strictly between two longitudes, ascending.
private func cuts(between low: Double, and high: Double) -> [Double] {
    var out: [Double] = []
    var meridian = -180 + 360 * ((low + 180) / 360).rounded(.down)
    while meridian < high {
        if meridian > low { out.append(meridian) }
        meridian += 360
    }
    return out
}

/// How far the sheet of the world that holds `x` lies from the one between -180 and 180.
private func sheet(of x: Double) -> Double { 360 * ((x + 180) / 360).rounded(.down) }

private func cutLine(_ cs: [Coordinate]) -> [[Coordinate]] {
    let line = unwrapped(cs)
    var parts: [[Coordinate]] = []
    var part: [Coordinate] = []
    func finish() {
        guard part.count > 1 else { return }
        let middle = (part[0].x + part[1].x) / 2
        let shift = sheet(of: middle)
        parts.append(part.map { Coordinate(x: $0.x - shift, y: $0.y) })
    }
    for (i, c) in line.enumerated() {
        if i > 0 {
            let a = line[i - 1]
            let between = cuts(between: min(a.x, c.x), and: max(a.x, c.x))
            for x in a.x < c.x ? between : between.reversed() {
                let border = Coordinate(x: x, y: latitude(where: x, from: a, to: c))
                part.append(border)
                finish()
                part = [border]
            }
        }
        part.append(c)
        // A line that only touches the meridian and goes on beyond it is cut there too.
        if part.count > 1, i + 1 < line.count, (c.x + 180).truncatingRemainder(dividingBy: 360) == 0,
            (line[i + 1].x - c.x) * (part[part.count - 2].x - c.x) < 0
        {
            finish()
            part = [c]
        }
    }
    finish()
    return parts.isEmpty ? [cs] : parts
}

/// Cuts a polygon at every meridian it crosses and shifts each part back within ±180.
///
/// A ring that goes once around the globe encloses a pole, the one nearer to its mean latitude, and is closed through it.
private func cutPolygon(_ polygon: Polygon) -> [Polygon] {
    guard !polygon.exterior.isEmpty else { return [] }
    var exterior = unwrapped(polygon.exterior)
    if let first = exterior.first, let last = exterior.last, abs(last.x - first.x) > 180 {
        let mean = exterior.reduce(0) { $0 + $1.y } / Double(exterior.count)
        let pole = mean < 0 ? -90.0 : 90.0
        exterior += [Coordinate(x: last.x, y: pole), Coordinate(x: first.x, y: pole), first]
    }
    // Each hole goes to the turn where it overlaps its exterior.
    let middle = (exterior.map(\.x).min()! + exterior.map(\.x).max()!) / 2
    let holes = polygon.holes.filter { !$0.isEmpty }.map { hole in
        let ring = unwrapped(hole)
        let centre = (ring.map(\.x).min()! + ring.map(\.x).max()!) / 2
        let shift = 360 * ((centre - middle) / 360).rounded()
        return ring.map { Coordinate(x: $0.x - shift, y: $0.y) }
    }
    var pieces = [Polygon(exterior: exterior, holes: holes).wound]
    var finished: [Polygon] = []
    let xs = exterior.map(\.x)
    for meridian in cuts(between: xs.min()!, and: xs.max()!) {
        finished += pieces.flatMap { clip($0, at: meridian, keepWest: true) }
        pieces = pieces.flatMap { clip($0, at: meridian, keepWest: false) }
    }
    return (finished + pieces).map { piece in
        let xs = piece.exterior.map(\.x)
        let shift = sheet(of: (xs.min()! + xs.max()!) / 2)
        let move = { (ring: [Coordinate]) in ring.map { Coordinate(x: $0.x - shift, y: $0.y) } }
        return Polygon(exterior: move(piece.exterior), holes: piece.holes.map(move))
    }
}

/// The part of a wound polygon on one side of a meridian.
///
/// Every ring is split into the chains that lie on that side. Sorted by latitude, the ends of the chains pair up along the
/// meridian (each second interval lies inside), and following them closes the new rings.
private func clip(_ polygon: Polygon, at meridian: Double, keepWest: Bool) -> [Polygon] {
    func inside(_ c: Coordinate) -> Bool { keepWest ? c.x < meridian : c.x > meridian }
    var whole: [[Coordinate]] = []
    var chains: [[Coordinate]] = []
    for ring in polygon.rings {
        let n = ring.count - 1
        guard let start = (0..<n).first(where: { !inside(ring[$0]) }) else {
            whole.append(ring)
            continue
        }
        var chain: [Coordinate] = []
        for step in 1...n {
            let a = ring[(start + step - 1) % n]
            let b = ring[(start + step) % n]
            let border = { Coordinate(x: meridian, y: a.x == b.x ? b.y : latitude(where: meridian, from: a, to: b)) }
            switch (inside(a), inside(b)) {
            case (false, true): chain = [a.x == meridian ? a : border(), b]
            case (true, true): chain.append(b)
            case (true, false):
                chain.append(b.x == meridian ? b : border())
                chains.append(chain)
            case (false, false): break
            }
        }
    }
    // Ends along the meridian, south to north; (chain, isStart).
    var ends: [(y: Double, chain: Int, isStart: Bool)] = []
    for (i, chain) in chains.enumerated() {
        ends.append((chain.first!.y, i, true))
        ends.append((chain.last!.y, i, false))
    }
    ends.sort { $0.y < $1.y }
    var partner = [Int: Int]()  // from the chain whose end it is to the chain that starts at the other side of the interval
    for pair in stride(from: 0, to: ends.count - 1, by: 2) {
        let (a, b) = (ends[pair], ends[pair + 1])
        if a.isStart != b.isStart { partner[a.isStart ? b.chain : a.chain] = a.isStart ? a.chain : b.chain }
    }
    var closed: [[Coordinate]] = []
    var used = Set<Int>()
    for i in chains.indices where !used.contains(i) {
        var ring: [Coordinate] = []
        var at: Int? = i
        while let chain = at, used.insert(chain).inserted {
            ring += chains[chain]
            at = partner[chain]
        }
        ring.append(ring[0])
        if ring.count >= 4 { closed.append(ring) }
    }
    // Counterclockwise rings are exteriors; a clockwise one is a hole of the exterior that contains it.
    var out = (closed + whole).filter { signedDoubleArea($0) > 0 }.map { Polygon(exterior: $0) }
    for hole in (closed + whole) where signedDoubleArea(hole) < 0 {
        if let owner = out.firstIndex(where: { ringContains($0.exterior, hole[0]) }) { out[owner].holes.append(hole) }
    }
    return out
}

private func ringContains(_ ring: [Coordinate], _ c: Coordinate) -> Bool {
    var inside = false
    for i in 1..<ring.count {
        let (a, b) = (ring[i - 1], ring[i])
        if (a.y > c.y) != (b.y > c.y), c.x < latitudeCrossing(a, b, c.y) { inside.toggle() }
    }
    return inside
}

private func latitudeCrossing(_ a: Coordinate, _ b: Coordinate, _ y: Double) -> Double {
    a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y)
}
