/// A polygon: one exterior ring and the rings of its holes. Each ring is closed, its first position being its last.
package struct Polygon: Hashable, Sendable {
    package var exterior: [Coordinate]
    package var holes: [[Coordinate]]

    package init(exterior: [Coordinate], holes: [[Coordinate]] = []) {
        self.exterior = exterior
        self.holes = holes
    }

    package var rings: [[Coordinate]] { [exterior] + holes }
}

/// The geometries of OGC Simple Features in two dimensions, as values.
package enum Geometry: Hashable, Sendable {
    case point(Coordinate)
    case lineString([Coordinate])
    case polygon(Polygon)
    case multiPoint([Coordinate])
    case multiLineString([[Coordinate]])
    case multiPolygon([Polygon])
    case geometryCollection([Geometry])
}

extension Geometry {
    package var isEmpty: Bool {
        switch self {
        case .point(let c): c.isEmpty
        case .lineString(let cs), .multiPoint(let cs): cs.isEmpty
        case .polygon(let p): p.exterior.isEmpty
        case .multiLineString(let lines): lines.allSatisfy(\.isEmpty)
        case .multiPolygon(let ps): ps.allSatisfy(\.exterior.isEmpty)
        case .geometryCollection(let gs): gs.allSatisfy(\.isEmpty)
        }
    }

    /// Calls `body` with each position, in order. O(n).
    package func forEachCoordinate(_ body: (Coordinate) -> Void) {
        switch self {
        case .point(let c): if !c.isEmpty { body(c) }
        case .lineString(let cs), .multiPoint(let cs): cs.forEach(body)
        case .polygon(let p): p.rings.forEach { $0.forEach(body) }
        case .multiLineString(let lines): lines.forEach { $0.forEach(body) }
        case .multiPolygon(let ps): ps.forEach { $0.rings.forEach { $0.forEach(body) } }
        case .geometryCollection(let gs): gs.forEach { $0.forEachCoordinate(body) }
        }
    }

    /// The smallest box that holds every position. O(n).
    package var envelope: Envelope {
        var box = Envelope.empty
        forEachCoordinate { box.expand(toInclude: $0) }
        return box
    }

    /// The polygons of this geometry, those of a collection included; lines and points have none.
    package var polygons: [Polygon] {
        switch self {
        case .polygon(let p): p.exterior.isEmpty ? [] : [p]
        case .multiPolygon(let ps): ps.filter { !$0.exterior.isEmpty }
        case .geometryCollection(let gs): gs.flatMap(\.polygons)
        default: []
        }
    }

    /// The same shape with each position replaced.
    package func mapCoordinates<E: Error>(_ f: (Coordinate) throws(E) -> Coordinate) throws(E) -> Geometry {
        func line(_ cs: [Coordinate]) throws(E) -> [Coordinate] {
            var out: [Coordinate] = []
            out.reserveCapacity(cs.count)
            for c in cs { out.append(try f(c)) }
            return out
        }
        func polygon(_ p: Polygon) throws(E) -> Polygon {
            var holes: [[Coordinate]] = []
            for hole in p.holes { holes.append(try line(hole)) }
            return Polygon(exterior: try line(p.exterior), holes: holes)
        }
        switch self {
        case .point(let c): return .point(c.isEmpty ? c : try f(c))
        case .lineString(let cs): return .lineString(try line(cs))
        case .multiPoint(let cs): return .multiPoint(try line(cs))
        case .polygon(let p): return .polygon(try polygon(p))
        case .multiLineString(let lines):
            var out: [[Coordinate]] = []
            for l in lines { out.append(try line(l)) }
            return .multiLineString(out)
        case .multiPolygon(let ps):
            var out: [Polygon] = []
            for p in ps { out.append(try polygon(p)) }
            return .multiPolygon(out)
        case .geometryCollection(let gs):
            var out: [Geometry] = []
            for g in gs { out.append(try g.mapCoordinates(f)) }
            return .geometryCollection(out)
        }
    }
}
