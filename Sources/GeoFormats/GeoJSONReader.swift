package import GeoModel

/// Reads GeoJSON (RFC 7946): a FeatureCollection, a Feature or a bare geometry becomes a list of features.
///
/// Errors name the feature and the member ("features[3].geometry.coordinates[0]: …"). Altitudes are dropped.
/// Longitudes may run past ±180 (a shape drawn across the antimeridian): the writer cuts it there. A member `crs` of the older
/// GeoJSON of 2008 must mean WGS 84.
package enum GeoJSONReader {
    package static func features(_ bytes: [UInt8]) throws(FormatError) -> [Feature] {
        guard case .object(let root) = try JSONReader.read(bytes, format: "GeoJSON") else {
            throw FormatError("GeoJSON", at: "", "expected an object with a member 'type'")
        }
        try refuseOtherCRS(root["crs"])
        switch root["type"]?.string {
        case "FeatureCollection":
            guard let elements = root["features"]?.array else {
                throw FormatError("GeoJSON", at: "features", "expected an array of features")
            }
            var out: [Feature] = []
            out.reserveCapacity(elements.count)
            for (i, element) in elements.enumerated() { out.append(try feature(element, at: "features[\(i)]")) }
            return out
        case "Feature": return [try feature(.object(root), at: "")]
        default: return [Feature(geometry: try geometry(.object(root), at: ""), properties: [:])]
        }
    }

    private static func refuseOtherCRS(_ member: PropertyValue?) throws(FormatError) {
        guard let member, member != .null else { return }
        let name = member.object?["properties"]?.object?["name"]?.string ?? "?"
        let code = name.split(separator: ":").last.map(String.init) ?? name
        guard !["4326", "4979", "CRS84", "CRS84h"].contains(code) else { return }
        throw FormatError(
            "GeoJSON", at: "crs", "the coordinates are in '\(name.prefix(80))'; expected WGS 84 (RFC 7946), as 'ogr2ogr -t_srs EPSG:4326' writes them")
    }

    private static func join(_ place: String, _ member: String) -> String { place.isEmpty ? member : "\(place).\(member)" }

    private static func feature(_ value: PropertyValue, at place: String) throws(FormatError) -> Feature {
        guard let object = value.object, object["type"]?.string == "Feature" else {
            throw FormatError("GeoJSON", at: place, "expected an object of type 'Feature'")
        }
        for name in ["id", "geometry", "properties"] where object.members.count(where: { $0.name == name }) > 1 {
            throw FormatError("GeoJSON", at: join(place, name), "the member stands twice")
        }
        let id: PropertyValue?
        switch object["id"] {
        case nil, .null?: id = nil
        case .string?, .integer?, .number?: id = object["id"]
        default: throw FormatError("GeoJSON", at: join(place, "id"), "expected a string or a number")
        }
        var shape: Geometry?
        if let g = object["geometry"], g != .null { shape = try geometry(g, at: join(place, "geometry")) }
        let properties: Properties
        switch object["properties"] {
        case .object(let p)?: properties = p
        case nil, .null?: properties = [:]
        default: throw FormatError("GeoJSON", at: join(place, "properties"), "expected an object or null")
        }
        return Feature(id: id, geometry: shape, properties: properties)
    }

    private static func geometry(_ value: PropertyValue, at place: String) throws(FormatError) -> Geometry {
        let accepted = "Point, LineString, Polygon, MultiPoint, MultiLineString, MultiPolygon or GeometryCollection"
        guard let object = value.object, let type = object["type"]?.string else {
            throw FormatError("GeoJSON", at: join(place, "type"), "expected \(accepted)")
        }
        if type == "GeometryCollection" {
            guard let parts = object["geometries"]?.array else {
                throw FormatError("GeoJSON", at: join(place, "geometries"), "expected an array of geometries")
            }
            var out: [Geometry] = []
            for (i, part) in parts.enumerated() { out.append(try geometry(part, at: join(place, "geometries[\(i)]"))) }
            return .geometryCollection(out)
        }
        let here = join(place, "coordinates")
        guard let coordinates = object["coordinates"]?.array else {
            throw FormatError("GeoJSON", at: here, "expected an array")
        }
        switch type {
        case "Point": return .point(coordinates.isEmpty ? .empty : try position(.array(coordinates), at: here))
        case "LineString": return .lineString(try line(.array(coordinates), at: here))
        case "Polygon": return .polygon(try polygon(.array(coordinates), at: here))
        case "MultiPoint": return .multiPoint(try list(coordinates, at: here, position))
        case "MultiLineString": return .multiLineString(try list(coordinates, at: here, line))
        case "MultiPolygon": return .multiPolygon(try list(coordinates, at: here, polygon))
        default: throw FormatError("GeoJSON", at: join(place, "type"), "'\(type)' is not a geometry type; expected \(accepted)")
        }
    }

    private static func list<T>(
        _ elements: [PropertyValue], at place: String,
        _ body: (PropertyValue, String) throws(FormatError) -> T
    ) throws(FormatError) -> [T] {
        var out: [T] = []
        out.reserveCapacity(elements.count)
        for (i, element) in elements.enumerated() { out.append(try body(element, "\(place)[\(i)]")) }
        return out
    }

    private static func position(_ value: PropertyValue, at place: String) throws(FormatError) -> Coordinate {
        guard let numbers = value.array, numbers.count >= 2, let x = numbers[0].number, let y = numbers[1].number else {
            throw FormatError("GeoJSON", at: place, "expected a position [longitude, latitude]")
        }
        guard abs(x) <= 540, abs(y) <= 90 else {
            throw FormatError("GeoJSON", at: place, "[\(x), \(y)] is not a longitude and a latitude in degrees (WGS 84)")
        }
        return Coordinate(x: x, y: y)
    }

    private static func line(_ value: PropertyValue, at place: String) throws(FormatError) -> [Coordinate] {
        guard let elements = value.array else { throw FormatError("GeoJSON", at: place, "expected an array of positions") }
        let cs = try list(elements, at: place, position)
        guard cs.count != 1 else { throw FormatError("GeoJSON", at: place, "a line must have at least two positions") }
        return cs
    }

    private static func polygon(_ value: PropertyValue, at place: String) throws(FormatError) -> Polygon {
        guard let elements = value.array else { throw FormatError("GeoJSON", at: place, "expected an array of rings") }
        let rings = try list(elements, at: place) { (element, here) throws(FormatError) in
            let ring = try line(element, at: here)
            guard ring.count >= 4 else {
                throw FormatError("GeoJSON", at: here, "a ring must have at least four positions, found \(ring.count)")
            }
            guard ring.first == ring.last else {
                throw FormatError("GeoJSON", at: here, "the ring is not closed: its last position must equal its first")
            }
            return ring
        }
        guard let exterior = rings.first else { return Polygon(exterior: []) }
        return Polygon(exterior: exterior, holes: Array(rings.dropFirst()))
    }
}
