package import CQL2
internal import GeoModel
internal import Geodesy

/// What a filter may cost.
package enum FilterLimits {
    /// Positions of all its geometries together.
    package static let maximumPositions = 20_000
    /// Spatial predicates, each of which may have to look at every feature.
    package static let maximumSpatialPredicates = 50

    static func check(_ filter: Filter) throws(FeaturesError) {
        var (positions, predicates) = (0, 0)
        func visit(_ e: Expression) {
            switch e.node {
            case .geometry(let shape): shape.forEachCoordinate { _ in positions += 1 }
            case .spatial: predicates += 1
            default: break
            }
            e.node.operands.forEach(visit)
        }
        visit(filter.expression)
        guard positions <= maximumPositions else {
            throw .parameter("filter", problem: "its geometries have \(positions) positions; accepted are \(maximumPositions)")
        }
        guard predicates <= maximumSpatialPredicates else {
            throw .parameter("filter", problem: "it has \(predicates) spatial predicates; accepted are \(maximumSpatialPredicates)")
        }
    }
}

extension FeatureTable {
    /// Reads a filter on this table, its geometries in a reference system by the axis order of the authority.
    ///
    /// Throws `CQL2Error` for what is no filter on this table, `FeaturesError.parameter` for geometries that cannot be brought into the
    /// table's reference system.
    package func filter(text: String, crs: CRS = .crs84) throws -> Filter {
        try brought(try Filter(text: text, queryables: queryables, bounds: try bounds(crs)), from: crs)
    }

    /// The same of CQL2 JSON in UTF-8.
    package func filter(json: [UInt8], crs: CRS = .crs84) throws -> Filter {
        try brought(try Filter(json: json, queryables: queryables, bounds: try bounds(crs)), from: crs)
    }

    private func bounds(_ crs: CRS) throws -> Envelope? {
        let system = try crs.system
        guard system.isGeographic else { return nil }
        return system.isNorthingFirst ? Envelope(minX: -90, minY: -180, maxX: 90, maxY: 180) : Filter.geographic
    }

    private func brought(_ filter: Filter, from crs: CRS) throws -> Filter {
        let storage = storageCRS
        guard crs != storage else { return filter }
        let isTurned = try crs.system.isNorthingFirst
        let turn = { (c: Coordinate) in isTurned ? Coordinate(x: c.y, y: c.x) : c }
        if crs.isWGS84, storage.isWGS84 { return try filter.mapGeometries { $0.mapCoordinates(turn) } }
        let outline = Outline(isGeographic: try storage.system.isGeographic)
        do {
            return try TransformPool.with(crs, storage) { transform in
                try filter.mapGeometries { try $0.mapCoordinates(turn).mapLines { try outline.line($0) { try transform($0) } } }
            }
        } catch let error as GeodesyError {
            throw FeaturesError.parameter("filter", problem: "\(error)")
        }
    }
}

extension Geometry {
    /// The same shape with each line and ring replaced, a position being a line of one.
    fileprivate func mapLines(_ f: ([Coordinate]) throws -> [Coordinate]) rethrows -> Geometry {
        func polygon(_ p: Polygon) throws -> Polygon { Polygon(exterior: p.exterior.isEmpty ? [] : try f(p.exterior), holes: try p.holes.map(f)) }
        switch self {
        case .point(let c): return .point(c.isEmpty ? c : try f([c])[0])
        case .lineString(let cs): return .lineString(try f(cs))
        case .polygon(let p): return .polygon(try polygon(p))
        case .multiPoint(let cs): return .multiPoint(try cs.map { try f([$0])[0] })
        case .multiLineString(let lines): return .multiLineString(try lines.map(f))
        case .multiPolygon(let ps): return .multiPolygon(try ps.map(polygon))
        case .geometryCollection(let gs): return .geometryCollection(try gs.map { try $0.mapLines(f) })
        }
    }
}
