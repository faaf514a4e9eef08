internal import GeoModel
internal import GeometryEngine

/// Holds an expression against the grammar's kinds, the queryables and the supported classes.
///
/// Without queryables a property may be anything, and only what no property could make right is refused.
struct Checker {
    var queryables: Queryables?
    var classes: Set<ConformanceClass>
    /// Where coordinates of literals may lie; nil for anywhere.
    var bounds: Envelope?

    /// What an expression gives.
    enum Kind: String {
        case condition
        case boolean = "a boolean"
        case number = "a number"
        case string = "a text"
        case date = "a date"
        case timestamp = "a moment"
        case interval = "an interval"
        case geometry = "a geometry"
        case array = "an array"
        case any

        var shown: String { self == .condition ? "a condition" : self == .any ? "a value" : rawValue }
        var isInstant: Bool { self == .date || self == .timestamp }
        var isScalar: Bool { [.boolean, .number, .string, .date, .timestamp, .any].contains(self) }
    }

    func check(_ filter: Expression) throws(CQL2Error) { try condition(filter, "a filter") }

    private func need(_ needed: ConformanceClass, _ place: Place, _ what: String) throws(CQL2Error) {
        guard !classes.contains(needed) else { return }
        throw CQL2Error(place, "\(what) is of the conformance class '\(needed.rawValue)', which is not supported", missingClass: needed)
    }

    private func condition(_ e: Expression, _ what: String) throws(CQL2Error) {
        switch e.node {
        case .boolean, .function: _ = try kind(e)
        case .property(let name):
            _ = try kind(e)
            throw CQL2Error(e.place, "\(what) must be a condition; for a boolean property write \(name) = TRUE")
        default:
            let found = try kind(e)
            guard found == .condition else { throw CQL2Error(e.place, "\(what) must be a condition such as a comparison, \(found.shown) was found") }
        }
    }

    private func expect(_ e: Expression, _ what: String, _ accepted: Kind...) throws(CQL2Error) {
        let found = try kind(e)
        guard found == .any || accepted.contains(found) else {
            throw CQL2Error(e.place, "\(what) must be \(accepted.map(\.shown).joined(separator: " or ")), \(found.shown) was found")
        }
    }

    private func kind(_ e: Expression) throws(CQL2Error) -> Kind {
        switch e.node {
        case .and(let all), .or(let all):
            for term in all { try condition(term, "an operand of AND and OR") }
            return .condition
        case .not(let a):
            try condition(a, "the operand of NOT")
            return .condition
        case .comparison(_, let a, let b):
            try comparable([a, b], "a comparison")
            if !isLiteral(b) || isLiteral(a) { try need(.propertyProperty, e.place, "a comparison other than of a property with a literal") }
            return .condition
        case .like(let a, let pattern):
            try need(.advancedComparison, e.place, "LIKE")
            try expect(a, "the left of LIKE", .string)
            guard isPattern(pattern) else {
                throw CQL2Error(pattern.place, "the pattern of LIKE must be a text in quotes, where % stands for any characters and _ for one")
            }
            _ = try kind(pattern)
            return .condition
        case .between(let a, let low, let high):
            try need(.advancedComparison, e.place, "BETWEEN")
            for operand in [a, low, high] { try expect(operand, "an operand of BETWEEN", .number) }
            return .condition
        case .isIn(let a, let all):
            try need(.advancedComparison, e.place, "IN")
            guard !all.isEmpty else { throw CQL2Error(e.place, "the list of IN is empty; expected at least one value") }
            for value in all { try comparable([a, value], "IN") }
            return .condition
        case .isNull(let a):
            _ = try kind(a)
            return .condition
        case .spatial(let relation, let a, let b):
            try spatial(e, [a, b], isBasic: relation == .intersects)
            return .condition
        case .temporal(let predicate, let a, let b):
            let name = predicate.rawValue.uppercased()
            try need(.temporal, e.place, name)
            try expect(a, "the first argument of \(name)", .date, .timestamp, .interval)
            try expect(b, "the second argument of \(name)", .date, .timestamp, .interval)
            return .condition
        case .arrays(let predicate, let a, let b):
            let name = predicate.rawValue.uppercased()
            try need(.array, e.place, name)
            try expect(a, "the first argument of \(name)", .array)
            try expect(b, "the second argument of \(name)", .array)
            return .condition
        case .arithmetic(let operation, let a, let b):
            try need(.arithmetic, e.place, "'\(operation.rawValue)'")
            try expect(a, "the left of '\(operation.rawValue)'", .number)
            try expect(b, "the right of '\(operation.rawValue)'", .number)
            return .number
        case .casei(let a), .accenti(let a):
            let isCase = if case .casei = e.node { true } else { false }
            try need(isCase ? .caseInsensitive : .accentInsensitive, e.place, isCase ? "CASEI" : "ACCENTI")
            try expect(a, "the argument of \(isCase ? "CASEI" : "ACCENTI")", .string)
            return .string
        case .function(let name, let all):
            try need(.functions, e.place, "the function '\(name.prefix(60))'")
            for argument in all { _ = try kind(argument) }
            return .any
        case .property(let name): return try property(name, e.place)
        case .string: return .string
        case .integer, .number: return .number
        case .boolean: return .boolean
        case .instant(let instant): return instant.isDate ? .date : .timestamp
        case .interval(let a, let b):
            try need(.temporal, e.place, "INTERVAL")
            try end(a)
            try end(b)
            if case .instant(let start) = a.node, case .instant(let stop) = b.node, start.start > stop.end {
                throw CQL2Error(e.place, "the interval ends before it starts")
            }
            return .interval
        case .unbounded: throw CQL2Error(e.place, "'..' is accepted as an end of an INTERVAL only")
        case .geometry(let shape):
            var outside: Coordinate?
            shape.forEachCoordinate { c in if outside == nil, let bounds, !bounds.contains(c) { outside = c } }
            if let outside { throw beyond(outside, e.place) }
            return .geometry
        case .box(let box):
            if let bounds {
                for c in [Coordinate(x: box.minX, y: box.minY), Coordinate(x: box.maxX, y: box.maxY)] where !bounds.contains(c) { throw beyond(c, e.place) }
            }
            return .geometry
        case .array(let all):
            for element in all {
                _ = try kind(element)
                guard isLiteral(element) || isLiteralArray(element) else { throw CQL2Error(element.place, "an element of an array must be a literal") }
            }
            return .array
        }
    }

    private func beyond(_ c: Coordinate, _ place: Place) -> CQL2Error {
        guard let bounds else { return CQL2Error(place, "") }
        return CQL2Error(
            place,
            "the position \(c) lies outside the coordinate system; accepted are \(bounds.minX) to \(bounds.maxX) and \(bounds.minY) to \(bounds.maxY), in this order"
        )
    }

    private func property(_ name: String, _ place: Place) throws(CQL2Error) -> Kind {
        guard let queryables else { return .any }
        guard let queryable = queryables[name] else {
            let names = queryables.all.prefix(40).map(\.name).joined(separator: ", ")
            throw CQL2Error(place, "no queryable '\(name.prefix(60))'; queryables: \(names)\(queryables.all.count > 40 ? ", …" : "")")
        }
        switch queryable.type {
        case .boolean: return .boolean
        case .integer, .number: return .number
        case .string: return .string
        case .date: return .date
        case .timestamp: return .timestamp
        case .geometry: return .geometry
        case .array: return .array
        }
    }

    private func end(_ e: Expression) throws(CQL2Error) {
        if case .unbounded = e.node { return }
        try expect(e, "an end of an INTERVAL", .date, .timestamp)
    }

    /// Scalars of one kind, a date with a moment included.
    private func comparable(_ pair: [Expression], _ what: String) throws(CQL2Error) {
        let first = try kind(pair[0])
        let second = try kind(pair[1])
        for (e, kind) in zip(pair, [first, second]) where !kind.isScalar {
            throw CQL2Error(e.place, "\(what) takes numbers, texts, booleans, dates and moments, \(kind.shown) was found")
        }
        guard first == second || first == .any || second == .any || (first.isInstant && second.isInstant) else {
            let (known, odd) = isLiteral(pair[0]) ? (second, pair[0]) : (first, pair[1])
            let example =
                switch known {
                case .number: "a number such as 12.5"
                case .string: "a text such as 'abc'"
                case .boolean: "TRUE or FALSE"
                case .date: "a date such as DATE('2026-01-31')"
                default: "a moment such as TIMESTAMP('2026-01-31T09:30:00Z')"
                }
            throw CQL2Error(odd.place, "\(what) of \(first.shown) with \(second.shown) is never true; expected \(example)")
        }
    }

    private func spatial(_ e: Expression, _ operands: [Expression], isBasic: Bool) throws(CQL2Error) {
        if !isBasic { try need(.spatial, e.place, "a spatial predicate other than S_INTERSECTS") }
        for operand in operands {
            try expect(operand, "an argument of a spatial predicate", .geometry)
            switch operand.node {
            case .geometry(.point), .box, .property: continue
            default: try need(.basicSpatialPlus, operand.place, "a geometry other than a point or a box")
            }
        }
        try need(.basicSpatial, e.place, "S_INTERSECTS")
    }

    private func isLiteral(_ e: Expression) -> Bool {
        switch e.node {
        case .string, .integer, .number, .boolean, .instant: true
        case .casei(let a), .accenti(let a): isLiteral(a)
        default: false
        }
    }

    private func isLiteralArray(_ e: Expression) -> Bool { if case .array = e.node { true } else { false } }

    private func isPattern(_ e: Expression) -> Bool {
        switch e.node {
        case .string: true
        case .casei(let a), .accenti(let a): isPattern(a)
        default: false
        }
    }
}
