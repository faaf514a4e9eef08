package import GeoModel
package import GeometryEngine

/// A filter, or a part of one, as text and JSON both say it. Two are equal where they say the same, wherever they stand.
package struct Expression: Sendable {
    package indirect enum Node: Hashable, Sendable {
        case and([Expression])
        case or([Expression])
        case not(Expression)
        case comparison(Comparison, Expression, Expression)
        case like(Expression, pattern: Expression)
        case between(Expression, Expression, Expression)
        case isIn(Expression, [Expression])
        case isNull(Expression)
        case spatial(SpatialRelation, Expression, Expression)
        case temporal(TemporalPredicate, Expression, Expression)
        case arrays(ArrayPredicate, Expression, Expression)
        case arithmetic(ArithmeticOperator, Expression, Expression)
        case casei(Expression)
        case accenti(Expression)
        case function(String, [Expression])
        case property(String)
        case string(String)
        /// Every whole number within ±2^53, `1.0` included.
        case integer(Int64)
        case number(Double)
        case boolean(Bool)
        case instant(Instant)
        case interval(Expression, Expression)
        /// `..`, the end of an interval that has none.
        case unbounded
        case geometry(Geometry)
        case box(Box)
        case array([Expression])
    }

    package let node: Node
    package let place: Place
    /// How many levels of nodes stand below, itself included.
    let depth: Int

    /// Deeper trees are refused, so that no hostile filter exhausts a stack or SQLite's.
    package static let maximumDepth = 64

    init(_ node: Node, at place: Place) throws(CQL2Error) {
        self.node = node
        self.place = place
        depth = 1 + node.operands.reduce(0) { max($0, $1.depth) }
        guard depth <= Self.maximumDepth else {
            throw CQL2Error(place, "the filter is nested deeper than \(Self.maximumDepth) levels")
        }
    }
}

extension Expression: Hashable {
    package static func == (a: Expression, b: Expression) -> Bool { a.node == b.node }
    package func hash(into hasher: inout Hasher) { hasher.combine(node) }
}

extension Expression.Node {
    /// The expressions directly below, in order.
    package var operands: [Expression] {
        switch self {
        case .and(let all), .or(let all), .array(let all), .function(_, let all): all
        case .not(let a), .isNull(let a), .casei(let a), .accenti(let a): [a]
        case .comparison(_, let a, let b), .spatial(_, let a, let b), .temporal(_, let a, let b), .arrays(_, let a, let b), .arithmetic(_, let a, let b),
            .like(let a, let b), .interval(let a, let b):
            [a, b]
        case .between(let a, let b, let c): [a, b, c]
        case .isIn(let a, let all): [a] + all
        case .property, .string, .integer, .number, .boolean, .instant, .unbounded, .geometry, .box: []
        }
    }

    /// A number as the tree holds it: whole where it is whole.
    static func numeric(_ value: Double) -> Expression.Node {
        value == value.rounded(.towardZero) && abs(value) <= 9_007_199_254_740_992 ? .integer(Int64(value)) : .number(value)
    }
}

extension Expression {
    /// The names of all properties in it, in order of their first mention.
    package var properties: [String] {
        var names: [String] = []
        func visit(_ e: Expression) {
            if case .property(let name) = e.node, !names.contains(name) { names.append(name) }
            e.node.operands.forEach(visit)
        }
        visit(self)
        return names
    }
}
