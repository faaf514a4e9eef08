internal import GeoFormats
internal import GeoModel
internal import Geodesy
internal import GeometryEngine

/// A box that is asked for, in the numbers and the axis order of its reference system. One of longitudes crosses the antimeridian where its
/// west is greater than its east.
package struct BoundingBox: Sendable, Hashable {
    package let crs: CRS
    /// x before y, whatever the order of the authority.
    private let minX, minY, maxX, maxY: Double

    /// - Parameter numbers: four, or six with heights, which mean nothing here.
    ///
    /// Throws `FeaturesError.parameter` for another count, for what is no number, and where a minimum is above its maximum.
    package init(_ numbers: [Double], crs: CRS = .crs84) throws(FeaturesError) {
        func refused(_ problem: String) -> FeaturesError { .parameter("bbox", problem: problem) }
        guard numbers.count == 4 || numbers.count == 6 else {
            throw refused("\(numbers.count) numbers given; accepted are four (the lower corner and the upper corner), or six with heights")
        }
        guard numbers.allSatisfy(\.isFinite) else { throw refused("a number is not finite") }
        let half = numbers.count / 2
        let (a, b, c, d) = (numbers[0], numbers[1], numbers[half], numbers[half + 1])
        let system: ReferenceSystem
        do { system = try crs.system } catch { throw .parameter("bbox-crs", problem: "\(error)") }
        (minX, minY, maxX, maxY) = system.isNorthingFirst ? (b, a, d, c) : (a, b, c, d)
        self.crs = crs
        guard minY <= maxY else { throw refused("the lower corner \(minY) lies above the upper one, \(maxY)") }
        guard minX <= maxX || system.isGeographic else { throw refused("the minimum \(minX) is above the maximum \(maxX)") }
    }

    /// One box, or the two on either side of the antimeridian, in the axes of `crs`.
    private var envelopes: [Envelope] {
        guard minX > maxX else { return [Envelope(minX: minX, minY: minY, maxX: maxX, maxY: maxY)] }
        return [Envelope(minX: minX, minY: minY, maxX: 180, maxY: maxY), Envelope(minX: -180, minY: minY, maxX: maxX, maxY: maxY)]
            .filter { !$0.isEmpty }
    }

    /// The box in the coordinates of a table.
    enum Region: Sendable, Hashable {
        case boxes([Envelope])
        /// A shape that is no box, with envelopes that hold it.
        case shape(Geometry, [Envelope])
        /// Nothing can lie in it.
        case nothing
    }

    /// This box where coordinates are those of `storage`: the same box, or its outline brought over with as many points between its corners as
    /// keep it true to a tenth of a metre (to half a metre where a side is longer than 5,000 km).
    func region(in storage: CRS) throws -> Region {
        if crs == storage || (crs.isWGS84 && storage.isWGS84) { return .boxes(envelopes) }
        let isTargetGeographic = try storage.system.isGeographic
        var parts: [Geometry] = []
        for envelope in envelopes {
            var ring = try? outline(envelope, to: storage, isTargetGeographic)
            if ring == nil, let cut = try usable(envelope) { ring = try? outline(cut, to: storage, isTargetGeographic) }
            guard let ring else { continue }
            let shape = Geometry.polygon(Polygon(exterior: ring))
            let whole = isTargetGeographic ? shape.cutAtAntimeridian() : shape
            parts.append((try? whole.sound()) ?? whole)
        }
        guard !parts.isEmpty else { return .nothing }
        let shape = parts.count == 1 ? parts[0] : (try? Geometry.union(of: parts)) ?? .geometryCollection(parts)
        let boxes = shape.polygons.map { Geometry.polygon($0).envelope }
        guard !boxes.isEmpty else { return .nothing }
        return .shape(shape, boxes.count > 8 ? [shape.envelope] : boxes)
    }

    /// The part of a box where its reference system may be used: beyond it, positions may have no longitude and latitude.
    private func usable(_ envelope: Envelope) throws -> Envelope? {
        guard let area = try crs.system.areaOfUse else { return nil }
        var box = Envelope.empty
        let east = area.east < area.west ? area.east + 360 : area.east
        try TransformPool.with(.crs84, crs) { transform in
            for i in 0...16 {
                for j in 0...16 {
                    let x = area.west + (east - area.west) * Double(i) / 16
                    let c = Coordinate(x: wrapLongitude(x), y: area.south + (area.north - area.south) * Double(j) / 16)
                    if let p = try? transform(c) { box.expand(toInclude: p) }
                }
            }
        }
        let cut = Envelope(
            minX: max(box.minX, envelope.minX), minY: max(box.minY, envelope.minY), maxX: min(box.maxX, envelope.maxX), maxY: min(box.maxY, envelope.maxY))
        return cut.isEmpty ? nil : cut
    }

    private func outline(_ e: Envelope, to storage: CRS, _ isTargetGeographic: Bool) throws -> [Coordinate] {
        let corners = [
            Coordinate(x: e.minX, y: e.minY), Coordinate(x: e.maxX, y: e.minY), Coordinate(x: e.maxX, y: e.maxY), Coordinate(x: e.minX, y: e.maxY),
        ]
        return try TransformPool.with(crs, storage) { transform in
            try Outline(isGeographic: isTargetGeographic).ring(corners) { try transform($0) }
        }
    }
}

/// Lines brought over from one reference system into another with points between their ends, where straight is not straight any more.
struct Outline {
    let isGeographic: Bool

    /// A closed ring through corners.
    func ring(_ corners: [Coordinate], _ f: (Coordinate) throws -> Coordinate) rethrows -> [Coordinate] {
        var out = try line(corners + [corners[0]], f)
        out[out.count - 1] = out[0]
        return out
    }

    func line(_ cs: [Coordinate], _ f: (Coordinate) throws -> Coordinate) rethrows -> [Coordinate] {
        guard cs.count > 1 else { return try cs.map(f) }
        var out = [try f(cs[0])]
        for (a, b) in zip(cs, cs.dropFirst()) {
            var from = a
            for i in 1...8 {
                let t = Double(i) / 8
                let to = i == 8 ? b : Coordinate(x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t)
                try add(from, to, from: out[out.count - 1], to: try f(to), depth: 7, &out, f)
                from = to
            }
        }
        return out
    }

    /// Appends what lies between two positions, and the second. A hundred thousandth of a degree, or a decimetre, is straight enough.
    private func add(
        _ a: Coordinate, _ b: Coordinate, from start: Coordinate, to end: Coordinate, depth: Int, _ out: inout [Coordinate],
        _ f: (Coordinate) throws -> Coordinate
    ) rethrows {
        let middle = Coordinate(x: (a.x + b.x) / 2, y: (a.y + b.y) / 2)
        let between = try f(middle)
        var dx = abs(between.x - (start.x + end.x) / 2)
        if isGeographic, dx > 90 { dx = abs(dx - 180) }
        let deviation = max(dx, abs(between.y - (start.y + end.y) / 2))
        if depth > 0, deviation > (isGeographic ? 1e-6 : 0.1) {
            try add(a, middle, from: start, to: between, depth: depth - 1, &out, f)
            try add(middle, b, from: between, to: end, depth: depth - 1, &out, f)
        } else {
            out.append(end)
        }
    }
}
