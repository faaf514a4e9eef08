internal import GeoFormats
internal import GeoModel
internal import GeometryEngine

/// The points, lines and polygons of a feature in the square of `WebMercator`: cut at the antimeridian and where the square ends, polygons valid.
struct WorldGeometry: Sendable {
    var points: [Coordinate] = []
    var lines: [[Coordinate]] = []
    var polygons: [Polygon] = []

    /// - Parameter geometry: longitudes and latitudes in degrees; longitudes may run past ±180.
    /// Throws `WorldGeometry.Refusal` for a position that is none, and `GeometryError` for rings of which no polygon can be made.
    init(_ geometry: Geometry) throws {
        var unusable: Coordinate?
        geometry.forEachCoordinate { c in
            if !(c.x.isFinite && c.y.isFinite && abs(c.x) <= 540 && abs(c.y) <= 90) { unusable = unusable ?? c }
        }
        if let unusable { throw Refusal(reason: "the position \(unusable) is no longitude and latitude in degrees") }
        collect(geometry.cutAtAntimeridian())
        if !polygons.isEmpty { try repairPolygons() }
        try cutAtSquare()
        project(&points)
        for i in lines.indices { project(&lines[i]) }
        for i in polygons.indices {
            project(&polygons[i].exterior)
            for h in polygons[i].holes.indices { project(&polygons[i].holes[h]) }
        }
    }

    struct Refusal: Error, CustomStringConvertible {
        var reason: String
        var description: String { reason }
    }

    var isEmpty: Bool { points.isEmpty && lines.isEmpty && polygons.isEmpty }

    private mutating func collect(_ geometry: Geometry) {
        switch geometry {
        case .point(let c): if !c.isEmpty { points.append(c) }
        case .multiPoint(let cs): points += cs.filter { !$0.isEmpty }
        case .lineString(let cs): if cs.count > 1 { lines.append(cs) }
        case .multiLineString(let ls): lines += ls.filter { $0.count > 1 }
        case .polygon, .multiPolygon: polygons += geometry.polygons
        case .geometryCollection(let parts): parts.forEach { collect($0) }
        }
    }

    private mutating func repairPolygons() throws {
        let all = Geometry.multiPolygon(polygons)
        polygons = try all.sound().polygons
    }

    private mutating func cutAtSquare() throws {
        let limit = WebMercator.latitudeLimit
        points.removeAll { abs($0.y) > limit }
        let belt = Envelope(minX: -180, minY: -limit, maxX: 180, maxY: limit)
        let corners = [(-180, -limit), (180, -limit), (180, limit), (-180, limit), (-180, -limit)].map { Coordinate(x: $0.0, y: $0.1) }
        let box = Geometry.polygon(Polygon(exterior: corners))
        if lines.contains(where: { $0.contains { !belt.contains($0) } }) {
            let inside = try Geometry.multiLineString(lines).intersection(box)
            lines = []
            collect(inside)
        }
        if polygons.contains(where: { $0.exterior.contains { !belt.contains($0) } }) {
            polygons = try Geometry.multiPolygon(polygons).intersection(box).polygons
        }
    }

    private func project(_ positions: inout [Coordinate]) {
        for i in positions.indices { positions[i] = WebMercator.world(positions[i]) }
    }
}
