internal import GeoFormats
internal import GeoModel

/// Reads CQL2 JSON. Names of operators are accepted in any case; members that the schema does not know are passed over.
enum JSONParser {
    static func parse(_ bytes: [UInt8]) throws(CQL2Error) -> Expression {
        let value: PropertyValue
        do {
            value = try JSONReader.read(bytes)
        } catch {
            throw CQL2Error(.path(error.place), error.problem)
        }
        return try expression(value, "", level: 0)
    }

    private static func join(_ path: String, _ member: String) -> String { path.isEmpty ? member : "\(path).\(member)" }

    private static func expression(_ value: PropertyValue, _ path: String, level: Int) throws(CQL2Error) -> Expression {
        let place = Place.path(path)
        guard level < Expression.maximumDepth else { throw CQL2Error(place, "the filter is nested deeper than \(Expression.maximumDepth) levels") }
        switch value {
        case .null: throw CQL2Error(place, "null is no value; to ask for a missing one use {\"op\":\"isNull\"}")
        case .bool(let b): return try Expression(.boolean(b), at: place)
        case .integer(let n): return try Expression(.integer(n), at: place)
        case .number(let d): return try Expression(.numeric(d), at: place)
        case .string(let s): return try Expression(.string(s), at: place)
        case .array(let elements): return try Expression(.array(try list(elements, path, level)), at: place)
        case .object(let object): return try Expression(try node(object, path, level), at: place)
        }
    }

    private static func list(_ elements: [PropertyValue], _ path: String, _ level: Int) throws(CQL2Error) -> [Expression] {
        var out: [Expression] = []
        out.reserveCapacity(elements.count)
        for (i, element) in elements.enumerated() { out.append(try expression(element, "\(path)[\(i)]", level: level + 1)) }
        return out
    }

    private static func node(_ object: Properties, _ path: String, _ level: Int) throws(CQL2Error) -> Expression.Node {
        let place = Place.path(path)
        if let op = object["op"] {
            guard case .string(let name) = op, !name.isEmpty else { throw CQL2Error(.path(join(path, "op")), "expected the name of an operator") }
            guard case .array(let arguments)? = object["args"] else { throw CQL2Error(.path(join(path, "args")), "expected an array of arguments") }
            return try operation(name, arguments, path, level)
        }
        if let property = object["property"] {
            guard case .string(let name) = property, !name.isEmpty else { throw CQL2Error(.path(join(path, "property")), "expected the name of a property") }
            return .property(name)
        }
        for (member, isDate) in [("date", true), ("timestamp", false)] {
            guard let value = object[member] else { continue }
            let at = Place.path(join(path, member))
            guard case .string(let text) = value else { throw CQL2Error(at, "expected a string") }
            return .instant(try Instant(literal: text, isDate: isDate, at))
        }
        if let value = object["interval"] {
            let here = join(path, "interval")
            guard case .array(let ends) = value, ends.count == 2 else {
                throw CQL2Error(.path(here), "expected a start and an end, \"..\" where there is none")
            }
            return .interval(try end(ends[0], "\(here)[0]", level), try end(ends[1], "\(here)[1]", level))
        }
        if object["type"] != nil {
            do {
                guard let shape = try GeoJSONReader.features(PropertyValue.object(object).json).first?.geometry else {
                    throw CQL2Error(place, "expected a geometry")
                }
                try GeometryLimits.refuseEmpty(shape, place)
                return .geometry(shape)
            } catch let error as FormatError {
                throw CQL2Error(.path(error.place.isEmpty ? path : join(path, error.place)), error.problem)
            } catch let error as CQL2Error { throw error } catch { throw CQL2Error(place, "\(error)") }
        }
        if let value = object["bbox"] {
            let here = Place.path(join(path, "bbox"))
            guard case .array(let elements) = value else { throw CQL2Error(here, "expected an array of four or six numbers") }
            let numbers = elements.compactMap(\.number)
            return .box(try Box(literal: numbers.count == elements.count ? numbers : [], here))
        }
        throw CQL2Error(place, "expected an object with a member 'op', 'property', 'date', 'timestamp', 'interval', 'bbox', or a GeoJSON geometry with 'type'")
    }

    private static func end(_ value: PropertyValue, _ path: String, _ level: Int) throws(CQL2Error) -> Expression {
        guard case .string(let text) = value else { return try expression(value, path, level: level + 1) }
        return try Expression(text == ".." ? .unbounded : .instant(try Instant(literal: text, isDate: nil, .path(path))), at: .path(path))
    }

    private static func operation(_ name: String, _ arguments: [PropertyValue], _ path: String, _ level: Int) throws(CQL2Error) -> Expression.Node {
        let here = join(path, "args")
        let lower = name.lowercased()
        func operands(_ count: Int) throws(CQL2Error) -> [Expression] {
            guard arguments.count == count else {
                throw CQL2Error(.path(here), "'\(name.prefix(40))' takes \(count) argument\(count == 1 ? "" : "s"), \(arguments.count) given")
            }
            return try list(arguments, here, level)
        }
        if let comparison = Comparison(rawValue: name) {
            let all = try operands(2)
            return .comparison(comparison, all[0], all[1])
        }
        if let arithmetic = ArithmeticOperator(rawValue: lower) {
            let all = try operands(2)
            return .arithmetic(arithmetic, all[0], all[1])
        }
        switch lower {
        case "and", "or":
            guard arguments.count > 1 else { throw CQL2Error(.path(here), "'\(name)' takes two or more arguments, \(arguments.count) given") }
            let all = try list(arguments, here, level)
            return lower == "and" ? .and(all) : .or(all)
        case "not": return .not(try operands(1)[0])
        case "isnull": return .isNull(try operands(1)[0])
        case "like":
            let all = try operands(2)
            return .like(all[0], pattern: all[1])
        case "between":
            let all = try operands(3)
            return .between(all[0], all[1], all[2])
        case "in":
            let all = try operands(2)
            guard case .array(let elements) = all[1].node else { throw CQL2Error(.path("\(here)[1]"), "expected an array of values") }
            return .isIn(all[0], elements)
        default: return try Expression.Node(call: name, try list(arguments, here, level), .path(path))
        }
    }
}

enum GeometryLimits {
    /// CQL2 has no empty geometry.
    static func refuseEmpty(_ shape: Geometry, _ place: Place) throws(CQL2Error) {
        var hasEmptyPart = shape.isEmpty
        if case .geometryCollection(let parts) = shape { for part in parts { hasEmptyPart = hasEmptyPart || part.isEmpty } }
        if case .multiPolygon(let parts) = shape { hasEmptyPart = hasEmptyPart || parts.contains(where: \.exterior.isEmpty) }
        if case .multiLineString(let parts) = shape { hasEmptyPart = hasEmptyPart || parts.contains(where: \.isEmpty) }
        guard !hasEmptyPart else { throw CQL2Error(place, "the geometry is empty, or a part of it is; expected at least one position") }
    }
}
