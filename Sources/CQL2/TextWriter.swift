internal import GeoModel
internal import GeometryEngine

extension Expression {
    /// This expression as CQL2 text, which reads back as the same expression.
    package var text: String {
        switch node {
        case .and(let all): all.map { $0.inParentheses(unless: !$0.isLogical) }.joined(separator: " AND ")
        case .or(let all): all.map { $0.inParentheses(unless: !$0.isLogical) }.joined(separator: " OR ")
        case .not(let a): "NOT (\(a.text))"
        case .comparison(let comparison, let a, let b): "\(a.operandText) \(comparison.rawValue) \(b.operandText)"
        case .like(let a, let pattern): "\(a.operandText) LIKE \(pattern.operandText)"
        case .between(let a, let low, let high): "\(a.operandText) BETWEEN \(low.operandText) AND \(high.operandText)"
        case .isIn(let a, let all): "\(a.operandText) IN (\(all.map(\.operandText).joined(separator: ", ")))"
        case .isNull(let a): "\(a.operandText) IS NULL"
        case .spatial(let relation, let a, let b): "S_\(relation.rawValue.uppercased())(\(a.text), \(b.text))"
        case .temporal(let predicate, let a, let b): "\(predicate.rawValue.uppercased())(\(a.text), \(b.text))"
        case .arrays(let predicate, let a, let b): "\(predicate.rawValue.uppercased())(\(a.text), \(b.text))"
        case .arithmetic(let operation, let a, let b): "\(a.operandText) \(operation.rawValue) \(b.operandText)"
        case .casei(let a): "CASEI(\(a.text))"
        case .accenti(let a): "ACCENTI(\(a.text))"
        case .function(let name, let all): "\(name)(\(all.map(\.text).joined(separator: ", ")))"
        case .property(let name): Self.nameText(name)
        case .string(let s): Self.quoted(s)
        case .integer(let n): String(n)
        case .number(let d): d.description
        case .boolean(let b): b ? "TRUE" : "FALSE"
        case .instant(let instant): "\(instant.isDate ? "DATE" : "TIMESTAMP")('\(instant)')"
        case .interval(let a, let b): "INTERVAL(\(a.endText), \(b.endText))"
        case .unbounded: "'..'"
        case .geometry(let shape): shape.wellKnownText
        case .box(let box): "BBOX(\(box.numbers.map(Geometry.numberText).joined(separator: ", ")))"
        case .array(let all): "(\(all.map(\.text).joined(separator: ", ")))"
        }
    }

    private static func quoted(_ s: String) -> String {
        var out = "'"
        var run = 0
        for c in s.unicodeScalars {
            if c == "'" { out += String(repeating: "\\", count: run) }
            out.unicodeScalars.append(c)
            if c == "'" { out.unicodeScalars.append(c) }
            run = c == "\\" ? run + 1 : 0
        }
        out += String(repeating: "\\", count: run)
        return out + "'"
    }

    private static func nameText(_ name: String) -> String {
        let scalars = name.unicodeScalars
        let isPlain = scalars.first.map(Lexer.isNameStart) ?? false
        guard isPlain, scalars.allSatisfy(Lexer.isNamePart), !TextParser.reserved.contains(name.uppercased()) else {
            var out = ""
            for c in scalars {
                out.unicodeScalars.append(c)
                if c == "\"" { out.unicodeScalars.append(c) }
            }
            return "\"\(out)\""
        }
        return name
    }

    private var isLogical: Bool {
        switch node {
        case .and, .or: true
        default: false
        }
    }

    private func inParentheses(unless isPlain: Bool) -> String { isPlain ? text : "(\(text))" }

    /// As an operand of a comparison or of arithmetic: in parentheses where it is itself a condition or arithmetic.
    private var operandText: String {
        switch node {
        case .and, .or, .not, .comparison, .like, .between, .isIn, .isNull, .arithmetic: "(\(text))"
        default: text
        }
    }

    private var endText: String { if case .instant(let instant) = node { "'\(instant)'" } else { text } }
}

extension Geometry {
    /// Well-known text in two dimensions.
    fileprivate var wellKnownText: String {
        switch self {
        case .point(let c): "POINT(\(Self.text(c)))"
        case .lineString(let cs): "LINESTRING\(Self.text(cs))"
        case .polygon(let p): "POLYGON\(Self.text(p))"
        case .multiPoint(let cs): "MULTIPOINT(\(cs.map { "(\(Self.text($0)))" }.joined(separator: ", ")))"
        case .multiLineString(let lines): "MULTILINESTRING(\(lines.map(Self.text).joined(separator: ", ")))"
        case .multiPolygon(let ps): "MULTIPOLYGON(\(ps.map(Self.text).joined(separator: ", ")))"
        case .geometryCollection(let gs): "GEOMETRYCOLLECTION(\(gs.map(\.wellKnownText).joined(separator: ", ")))"
        }
    }

    fileprivate static func numberText(_ d: Double) -> String {
        d == d.rounded(.towardZero) && abs(d) < 1e15 ? String(Int64(d)) : d.description
    }

    private static func text(_ c: Coordinate) -> String { "\(numberText(c.x)) \(numberText(c.y))" }
    private static func text(_ cs: [Coordinate]) -> String { "(\(cs.map { Self.text($0) }.joined(separator: ", ")))" }
    private static func text(_ p: Polygon) -> String { "(\(p.rings.map { Self.text($0) }.joined(separator: ", ")))" }
}
