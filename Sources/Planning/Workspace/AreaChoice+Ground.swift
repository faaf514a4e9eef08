#if canImport(Glibc)
internal import Glibc
#endif
internal import CiteNetwork
internal import GeoModel
internal import Geodesy
internal import GeometryEngine
internal import NetworkStore

// The ground of a choice, and what lies on it.
extension Atlas {
    /// A valid multipolygon; nil for everywhere. Throws `PlanningError.notFound` for an area without a polygon.
    func shape(of choice: AreaChoice) throws -> Geometry? {
        switch choice {
        case .everywhere: return nil
        case .shape(_, let geometry): return try sound(geometry)
        case .locality(let locality, _): return try cell(of: locality)
        case .several(_, let parts):
            // One of them that is everywhere makes all of it so.
            let shapes = try parts.compactMap { try shape(of: $0) }
            return shapes.count < parts.count ? nil : try Geometry.union(of: shapes).asMultiPolygon
        case .coded(let area, _):
            let parts = try store.geometries(ofAreas: [area.code])[0].map { [$0] } ?? store.geometries(ofAreas: areas.leaves(of: area.code)).compactMap { $0 }
            guard !parts.isEmpty else { throw PlanningError.notFound("\(area.name) (\(area.code)) has no polygon") }
            return try sound(parts.count == 1 ? parts[0] : try Geometry.union(of: parts))
        }
    }

    private func sound(_ shape: Geometry) throws -> Geometry { try shape.sound().asMultiPolygon }

    /// How far from a locality its ground, and the cells that count for it, reach at most: half a degree of latitude, 55 km.
    static let localityMargin = 0.5

    /// The box around a locality in which its people are.
    func box(around locality: Locality) -> Envelope {
        let c = locality.location
        return Envelope(minX: c.x, minY: c.y, maxX: c.x, maxY: c.y).insetBy(
            dx: -Self.localityMargin / max(0.1, cos(c.y * .pi / 180)), dy: -Self.localityMargin)
    }

    /// The ground of a locality whose outline nobody has given: what is nearer to it than to any other locality, in the area it lies in.
    ///
    /// By the rule that gives cells of a grid to the nearest locality, these are the cells that count for it. Drawn in a plane around the
    /// locality, where bisectors are straight: right to some ten metres. O(n) in the localities of the box.
    private func cell(of locality: Locality) throws -> Geometry {
        let origin = locality.location
        let scale = max(0.1, cos(origin.y * .pi / 180))
        func plane(_ c: Coordinate) -> (x: Double, y: Double) { ((c.x - origin.x) * scale, c.y - origin.y) }
        let half = Self.localityMargin / 2
        var ring: [(x: Double, y: Double)] = [(-half, -half), (half, -half), (half, half), (-half, half)]
        for neighbour in try store.localities(in: box(around: locality)) where neighbour.location != origin {
            let other = plane(neighbour.location)
            // Everything on this side of the bisector: p · other ≤ |other|² / 2.
            let limit: Double = (other.x * other.x + other.y * other.y) / 2
            func side(_ p: (x: Double, y: Double)) -> Double { p.x * other.x + p.y * other.y - limit }
            var clipped: [(x: Double, y: Double)] = []
            for i in ring.indices {
                let (a, b) = (ring[i], ring[(i + 1) % ring.count])
                let (sideA, sideB) = (side(a), side(b))
                if sideA <= 0 { clipped.append(a) }
                if (sideA < 0 && sideB > 0) || (sideA > 0 && sideB < 0) {
                    let t = sideA / (sideA - sideB)
                    clipped.append((a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)))
                }
            }
            ring = clipped
        }
        // Localities nearly at one point may leave it nothing.
        guard ring.count > 2 else { return .multiPolygon([]) }
        let corners = ring.map { Coordinate(x: origin.x + $0.x / scale, y: origin.y + $0.y) }
        let whole = Geometry.polygon(Polygon(exterior: corners + [corners[0]]))
        guard let around = try store.geometries(ofAreas: [locality.area ?? locality.country])[0] else { return whole.asMultiPolygon }
        let inside = try whole.intersection(sound(around)).asMultiPolygon
        // At a coarse border a locality may lie outside its area's polygon.
        return inside.isEmpty ? whole.asMultiPolygon : inside
    }

    /// The towns and villages of a choice, in order of id.
    func localities(of choice: AreaChoice) throws -> [Locality] {
        let world = Envelope(minX: -180, minY: -90, maxX: 180, maxY: 90)
        switch choice {
        case .everywhere: return try store.localities(in: world)
        case .shape(_, let shape): return try localities(inside: shape)
        case .locality(let locality, _): return [locality]
        case .several(_, let parts):
            var seen: Set<Int64> = []
            return try parts.flatMap { try localities(of: $0) }.filter { seen.insert($0.id).inserted }.sorted { $0.id < $1.id }
        case .coded(let area, _):
            let leaves = Set(areas.leaves(of: area.code))
            let shape = try store.geometries(ofAreas: [area.code])[0]
            guard !leaves.isEmpty else { return try shape.map(localities(inside:)) ?? [] }
            // A locality may lie outside the coarse polygon of the area it belongs to.
            let box = shape.map { $0.envelope.insetBy(dx: -0.5, dy: -0.2) } ?? world
            return try store.localities(in: box).filter { $0.area.map(leaves.contains) ?? ($0.country == area.code) }
        }
    }

    private func localities(inside shape: Geometry) throws -> [Locality] {
        let prepared = try PreparedGeometry(shape)
        return try store.localities(in: shape.envelope).filter { prepared.covers($0.location) }
    }
}

/// Tells whether a platform stands on the ground of a choice: by the area it is known to be in where that decides, else by its point.
/// It holds GEOS handles: one task at a time.
struct ChoiceGround {
    private let leaves: Set<String>
    private let shape: PreparedGeometry
    private let atlas: Atlas

    init(_ choice: AreaChoice, shape: Geometry, in atlas: Atlas) throws {
        leaves = Set(choice.parts.flatMap { part in if case .coded(let area, _) = part { atlas.areas.leaves(of: area.code) } else { [String]() } })
        self.shape = try PreparedGeometry(shape)
        self.atlas = atlas
    }

    func holds(_ platform: Platform, at location: Coordinate) -> Bool {
        if let area = platform.area, !Set(atlas.areas.ancestors(of: area)).isDisjoint(with: leaves) { return true }
        return shape.covers(location)
    }
}
