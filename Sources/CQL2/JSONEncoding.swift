internal import GeoFormats
package import GeoModel
internal import GeometryEngine

extension Expression {
    /// This expression as CQL2 JSON, which reads back as the same expression.
    package var json: PropertyValue {
        switch node {
        case .and(let all): Self.operation("and", all)
        case .or(let all): Self.operation("or", all)
        case .not(let a): Self.operation("not", [a])
        case .comparison(let comparison, let a, let b): Self.operation(comparison.rawValue, [a, b])
        case .like(let a, let pattern): Self.operation("like", [a, pattern])
        case .between(let a, let low, let high): Self.operation("between", [a, low, high])
        case .isIn(let a, let all): .object(["op": .string("in"), "args": .array([a.json, .array(all.map(\.json))])])
        case .isNull(let a): Self.operation("isNull", [a])
        case .spatial(let relation, let a, let b): Self.operation("s_\(relation.rawValue)", [a, b])
        case .temporal(let predicate, let a, let b): Self.operation(predicate.rawValue, [a, b])
        case .arrays(let predicate, let a, let b): Self.operation(predicate.rawValue, [a, b])
        case .arithmetic(let operation, let a, let b): Self.operation(operation.rawValue, [a, b])
        case .casei(let a): Self.operation("casei", [a])
        case .accenti(let a): Self.operation("accenti", [a])
        case .function(let name, let all): Self.operation(name, all)
        case .property(let name): .object(["property": .string(name)])
        case .string(let s): .string(s)
        case .integer(let n): .integer(n)
        case .number(let d): .number(d)
        case .boolean(let b): .bool(b)
        case .instant(let instant): .object([instant.isDate ? "date" : "timestamp": .string(instant.description)])
        case .interval(let a, let b): .object(["interval": .array([a.end, b.end])])
        case .unbounded: .string("..")
        case .geometry(let shape): shape.exactJSON
        case .box(let box): .object(["bbox": .array(box.numbers.map(PropertyValue.number))])
        case .array(let all): .array(all.map(\.json))
        }
    }

    private static func operation(_ name: String, _ operands: [Expression]) -> PropertyValue {
        .object(["op": .string(name), "args": .array(operands.map(\.json))])
    }

    private var end: PropertyValue { if case .instant(let instant) = node { .string(instant.description) } else { json } }
}

extension Geometry {
    /// GeoJSON with every digit and every position as it is: a literal is neither cut at the antimeridian nor wound anew.
    fileprivate var exactJSON: PropertyValue {
        func position(_ c: Coordinate) -> PropertyValue { .array([.number(c.x), .number(c.y)]) }
        func line(_ cs: [Coordinate]) -> PropertyValue { .array(cs.map(position)) }
        func polygon(_ p: Polygon) -> PropertyValue { .array(p.rings.map(line)) }
        func shape(_ type: String, _ coordinates: PropertyValue) -> PropertyValue { .object(["type": .string(type), "coordinates": coordinates]) }
        switch self {
        case .point(let c): return shape("Point", position(c))
        case .lineString(let cs): return shape("LineString", line(cs))
        case .polygon(let p): return shape("Polygon", polygon(p))
        case .multiPoint(let cs): return shape("MultiPoint", line(cs))
        case .multiLineString(let lines): return shape("MultiLineString", .array(lines.map(line)))
        case .multiPolygon(let ps): return shape("MultiPolygon", .array(ps.map(polygon)))
        case .geometryCollection(let gs): return .object(["type": .string("GeometryCollection"), "geometries": .array(gs.map(\.exactJSON))])
        }
    }
}
