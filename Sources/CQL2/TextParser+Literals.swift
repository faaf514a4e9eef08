internal import GeoModel

extension TextParser {
    private mutating func quoted(_ expected: String) throws(CQL2Error) -> (String, Place) {
        guard case .string(let text) = current.kind else { throw CQL2Error(current.place, "\(expected) is expected, \(current.shown) was found") }
        defer { i += 1 }
        return (text, current.place)
    }

    /// After `DATE(` or `TIMESTAMP(`.
    mutating func instant(isDate: Bool, _ place: Place) throws(CQL2Error) -> Expression {
        let (text, at) = try quoted(isDate ? "a date such as '2026-01-31'" : "a moment such as '2026-01-31T09:30:00Z'")
        let instant = try Instant(literal: text, isDate: isDate, at)
        try take(")")
        return try Expression(.instant(instant), at: place)
    }

    /// After `INTERVAL(`.
    mutating func interval(_ place: Place) throws(CQL2Error) -> Expression {
        let ends = try list { (p) throws(CQL2Error) -> Expression in
            guard case .string(let text) = p.current.kind else { return try p.disjunction() }
            let at = p.current.place
            p.i += 1
            return try Expression(text == ".." ? .unbounded : .instant(try Instant(literal: text, isDate: nil, at)), at: at)
        }
        guard ends.count == 2 else { throw CQL2Error(place, "INTERVAL takes a start and an end, '..' where there is none") }
        return try Expression(.interval(ends[0], ends[1]), at: place)
    }

    private mutating func signedNumber() throws(CQL2Error) -> Double {
        let isNegative = isSign("-")
        if isNegative || isSign("+") { i += 1 }
        guard case .number(let value, _) = current.kind else { throw CQL2Error(current.place, "a number is expected, \(current.shown) was found") }
        i += 1
        return isNegative ? -value : value
    }

    /// After `BBOX(`.
    mutating func box(_ place: Place) throws(CQL2Error) -> Expression {
        let numbers = try list { (p) throws(CQL2Error) in try p.signedNumber() }
        return try Expression(.box(try Box(literal: numbers, place)), at: place)
    }

    /// A geometry in well-known text, where one begins here: nil for another word. Heights are read and dropped.
    mutating func geometryLiteral(_ word: String) throws(CQL2Error) -> Expression? {
        guard WellKnownType(rawValue: word) != nil else { return nil }
        let hasZ = isWord("Z", at: i + 1)
        guard isSign("(", at: i + (hasZ ? 2 : 1)) else { return nil }
        let place = current.place
        return try Expression(.geometry(try geometry()), at: place)
    }

    private enum WellKnownType: String {
        case point = "POINT"
        case lineString = "LINESTRING"
        case polygon = "POLYGON"
        case multiPoint = "MULTIPOINT"
        case multiLineString = "MULTILINESTRING"
        case multiPolygon = "MULTIPOLYGON"
        case geometryCollection = "GEOMETRYCOLLECTION"
    }

    private mutating func geometry() throws(CQL2Error) -> Geometry {
        guard case .word(let word) = current.kind, let type = WellKnownType(rawValue: word.uppercased()) else {
            throw CQL2Error(current.place, "a geometry such as POINT(2.35 48.85) is expected, \(current.shown) was found")
        }
        i += 1
        _ = takeWord("Z")
        try take("(")
        switch type {
        case .point:
            let c = try position()
            try take(")", "')' after the two or three numbers of a point")
            return .point(c)
        case .lineString: return .lineString(try line())
        case .polygon: return .polygon(try polygon())
        case .multiPoint:
            return .multiPoint(
                try list { (p) throws(CQL2Error) in
                    guard p.isSign("(") else { return try p.position() }
                    p.i += 1
                    let c = try p.position()
                    try p.take(")")
                    return c
                })
        case .multiLineString:
            return .multiLineString(
                try list { (p) throws(CQL2Error) in
                    try p.take("(")
                    return try p.line()
                })
        case .multiPolygon:
            return .multiPolygon(
                try list { (p) throws(CQL2Error) in
                    try p.take("(")
                    return try p.polygon()
                })
        case .geometryCollection:
            return .geometryCollection(try list { (p) throws(CQL2Error) in try p.geometry() })
        }
    }

    private mutating func position() throws(CQL2Error) -> Coordinate {
        let c = Coordinate(x: try signedNumber(), y: try signedNumber())
        if !isSign(","), !isSign(")") { _ = try signedNumber() }
        return c
    }

    private mutating func line() throws(CQL2Error) -> [Coordinate] {
        let place = current.place
        let positions = try list { (p) throws(CQL2Error) in try p.position() }
        guard positions.count > 1 else { throw CQL2Error(place, "a line must have at least two positions") }
        return positions
    }

    private mutating func polygon() throws(CQL2Error) -> Polygon {
        let rings = try list { (p) throws(CQL2Error) -> [Coordinate] in
            try p.take("(")
            let place = p.current.place
            let ring = try p.line()
            guard ring.count >= 4, ring.first == ring.last else {
                throw CQL2Error(place, "a ring must have at least four positions, the last equal to the first")
            }
            return ring
        }
        return Polygon(exterior: rings[0], holes: Array(rings.dropFirst()))
    }
}

extension Instant {
    /// A literal of the standard: a moment ends in Z.
    init(literal text: String, isDate: Bool?, _ place: Place) throws(CQL2Error) {
        guard let instant = Instant(text), isDate == nil || instant.isDate == isDate, instant.isDate || (text.hasSuffix("Z") && text.contains("T")) else {
            let accepted =
                switch isDate {
                case true?: "a date such as 2026-01-31"
                case false?: "a moment in UTC such as 2026-01-31T09:30:00Z"
                case nil: "a date such as 2026-01-31, a moment in UTC such as 2026-01-31T09:30:00Z or '..'"
                }
            throw CQL2Error(place, "'\(text.prefix(40))' is not accepted; expected \(accepted)")
        }
        self = instant
    }
}

extension Box {
    init(literal numbers: [Double], _ place: Place) throws(CQL2Error) {
        guard let box = Box(numbers) else {
            throw CQL2Error(place, "a box has four numbers (west, south, east, north) or six with heights, the south not above the north")
        }
        self = box
    }
}
