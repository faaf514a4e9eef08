package import GeoModel

/// A filter that was read and checked against the queryables of a collection: it can be asked of a feature and said in SQL.
package struct Filter: Sendable, Hashable {
    package let expression: Expression
    package let queryables: Queryables

    /// Longer filters are refused.
    package static let maximumLength = 65_536

    /// Longitudes and latitudes, in this order.
    package static let geographic = Envelope(minX: -180, minY: -90, maxX: 180, maxY: 90)

    /// Reads CQL2 text.
    ///
    /// - Parameter bounds: where coordinates of literals may lie; nil for anywhere (another `filter-crs`: see `mapGeometries`).
    package init(
        text: String, queryables: Queryables, classes: Set<ConformanceClass> = ConformanceClass.declared, bounds: Envelope? = geographic
    ) throws(CQL2Error) {
        try self.init(Expression.parse(text: text), queryables: queryables, classes: classes, bounds: bounds)
    }

    /// Reads CQL2 JSON from UTF-8 bytes.
    package init(
        json: [UInt8], queryables: Queryables, classes: Set<ConformanceClass> = ConformanceClass.declared, bounds: Envelope? = geographic
    ) throws(CQL2Error) {
        try self.init(Expression.parse(json: json), queryables: queryables, classes: classes, bounds: bounds)
    }

    package init(_ expression: Expression, queryables: Queryables, classes: Set<ConformanceClass>, bounds: Envelope?) throws(CQL2Error) {
        try Checker(queryables: queryables, classes: classes, bounds: bounds).check(expression)
        self.expression = expression
        self.queryables = queryables
    }

    private init(unchecked expression: Expression, _ queryables: Queryables) {
        self.expression = expression
        self.queryables = queryables
    }

    /// The same filter with each geometry literal replaced: from the CRS of the filter to the store's. A box becomes a polygon first.
    package func mapGeometries(_ f: (Geometry) throws -> Geometry) throws -> Filter {
        Filter(unchecked: try expression.mapGeometries(f), queryables)
    }
}

extension Expression {
    /// Reads CQL2 text without asking what the properties are. Throws for what is no CQL2, or nested or long beyond the limits.
    package static func parse(text: String) throws(CQL2Error) -> Expression {
        guard text.utf8.count <= Filter.maximumLength else {
            throw CQL2Error(.text(line: 1, character: 1), "the filter has \(text.utf8.count) bytes; accepted are \(Filter.maximumLength)")
        }
        return try TextParser.parse(text)
    }

    /// Reads CQL2 JSON without asking what the properties are.
    package static func parse(json: [UInt8]) throws(CQL2Error) -> Expression {
        guard json.count <= 4 * Filter.maximumLength else {
            throw CQL2Error(.path(""), "the filter has \(json.count) bytes; accepted are \(4 * Filter.maximumLength)")
        }
        return try JSONParser.parse(json)
    }

    /// Throws where this could be no filter whatever the properties are, or needs a class that is not among `classes`.
    package func check(classes: Set<ConformanceClass> = ConformanceClass.declared, bounds: Envelope? = Filter.geographic) throws(CQL2Error) {
        try Checker(queryables: nil, classes: classes, bounds: bounds).check(self)
    }

    fileprivate func mapGeometries(_ f: (Geometry) throws -> Geometry) throws -> Expression {
        func map(_ e: Expression) throws -> Expression { try e.mapGeometries(f) }
        let mapped: Node =
            switch node {
            case .geometry(let shape): .geometry(try f(shape))
            case .box(let box): .geometry(try f(box.geometry))
            case .and(let all): .and(try all.map(map))
            case .or(let all): .or(try all.map(map))
            case .not(let a): .not(try map(a))
            case .isNull(let a): .isNull(try map(a))
            case .spatial(let relation, let a, let b): .spatial(relation, try map(a), try map(b))
            default: node
            }
        return try Expression(mapped, at: place)
    }
}
