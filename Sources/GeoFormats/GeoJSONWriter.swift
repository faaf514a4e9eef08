package import GeoModel

/// Writes GeoJSON by RFC 7946: WGS 84 longitude and latitude with seven decimals (about one centimetre),
/// polygons by the right-hand rule, and geometries that cross the antimeridian cut at it.
package enum GeoJSONWriter {
    package static func geometry(_ geometry: Geometry) -> [UInt8] {
        var writer = JSONWriter()
        write(geometry, to: &writer)
        return writer.bytes
    }

    package static func feature(_ feature: Feature) -> [UInt8] {
        var writer = JSONWriter()
        write(feature, to: &writer)
        return writer.bytes
    }

    /// A feature collection, one feature a line. `members` are foreign members written before the features.
    package static func featureCollection(_ features: some Sequence<Feature>, members: Properties = [:]) -> [UInt8] {
        var writer = JSONWriter()
        writer.raw("{\"type\":\"FeatureCollection\"")
        for member in members.members {
            writer.raw(",")
            writer.string(member.name)
            writer.raw(":")
            writer.value(member.value)
        }
        writer.raw(",\"features\":[")
        var first = true
        for feature in features {
            first ? writer.raw("\n") : writer.raw(",\n")
            first = false
            write(feature, to: &writer)
        }
        writer.raw("\n]}\n")
        return writer.bytes
    }

    package static func write(_ feature: Feature, to writer: inout JSONWriter) {
        writer.raw("{\"type\":\"Feature\"")
        if let id = feature.id {
            writer.raw(",\"id\":")
            writer.value(id)
        }
        writer.raw(",\"geometry\":")
        if let geometry = feature.geometry { write(geometry, to: &writer) } else { writer.raw("null") }
        writer.raw(",\"properties\":")
        writer.object(feature.properties)
        writer.raw("}")
    }

    package static func write(_ geometry: Geometry, to writer: inout JSONWriter) {
        write(unchanged: geometry.cutAtAntimeridian().wound, to: &writer)
    }

    /// Writes a geometry in another reference system, neither cut nor wound.
    ///
    /// - Parameters:
    ///   - isYFirst: true where the authority of the system puts latitude, or northing, first.
    ///   - decimals: at most so many.
    package static func write(unchanged geometry: Geometry, isYFirst: Bool = false, decimals: Int = 7, to writer: inout JSONWriter) {
        func position(_ c: Coordinate, _ writer: inout JSONWriter) {
            writer.raw("[")
            writer.fixed(isYFirst ? c.y : c.x, digits: decimals)
            writer.raw(",")
            writer.fixed(isYFirst ? c.x : c.y, digits: decimals)
            writer.raw("]")
        }
        func positions(_ cs: [Coordinate], _ writer: inout JSONWriter) { list(cs, &writer, position) }
        switch geometry {
        case .point(let c):
            writer.raw("{\"type\":\"Point\",\"coordinates\":")
            if c.isEmpty { writer.raw("[]") } else { position(c, &writer) }
        case .lineString(let cs):
            writer.raw("{\"type\":\"LineString\",\"coordinates\":")
            positions(cs, &writer)
        case .polygon(let p):
            writer.raw("{\"type\":\"Polygon\",\"coordinates\":")
            list(p.exterior.isEmpty ? [] : p.rings, &writer, positions)
        case .multiPoint(let cs):
            writer.raw("{\"type\":\"MultiPoint\",\"coordinates\":")
            positions(cs, &writer)
        case .multiLineString(let lines):
            writer.raw("{\"type\":\"MultiLineString\",\"coordinates\":")
            list(lines, &writer, positions)
        case .multiPolygon(let ps):
            writer.raw("{\"type\":\"MultiPolygon\",\"coordinates\":")
            list(ps, &writer) { list($0.rings, &$1, positions) }
        case .geometryCollection(let gs):
            writer.raw("{\"type\":\"GeometryCollection\",\"geometries\":")
            list(gs, &writer) { write(unchanged: $0, isYFirst: isYFirst, decimals: decimals, to: &$1) }
        }
        writer.raw("}")
    }

    private static func list<T>(_ elements: [T], _ writer: inout JSONWriter, _ body: (T, inout JSONWriter) -> Void) {
        writer.raw("[")
        for (i, element) in elements.enumerated() {
            if i > 0 { writer.raw(",") }
            body(element, &writer)
        }
        writer.raw("]")
    }
}
