internal import GeoFormats
package import GeoModel
internal import GeometryEngine

extension Filter {
    /// A condition that every row with a geometry in one of the boxes meets: a look-up in an R-tree. Nil where there is none.
    package typealias SpatialIndex = (_ column: Queryable, _ boxes: [Envelope]) -> SQLFragment?

    /// This filter as the condition of a WHERE clause of SQLite. Every value is bound; names of columns come from the queryables alone.
    ///
    /// The connection must know `SQLFunction.all`. The spatial index is asked for where it can only narrow: not below a NOT.
    package func sql(spatialIndex: @escaping SpatialIndex = { _, _ in nil }) -> SQLFragment {
        SQLTranslation(queryables: queryables, spatialIndex: spatialIndex).condition(expression, isPositive: true)
    }
}

private struct SQLTranslation {
    let queryables: Queryables
    let spatialIndex: Filter.SpatialIndex

    func condition(_ e: Expression, isPositive: Bool) -> SQLFragment {
        switch e.node {
        case .and(let all): return .balanced(all.map { condition($0, isPositive: isPositive) }[...], "AND")
        case .or(let all): return .balanced(all.map { condition($0, isPositive: isPositive) }[...], "OR")
        case .not(let a):
            let inner = condition(a, isPositive: false)
            return SQLFragment("(NOT \(inner.sql))", inner.arguments)
        case .comparison(let comparison, let a, let b): return compare(a, comparison, b)
        case .like(let a, let pattern):
            let text = TextFoldingLiteral.text(pattern) ?? ""
            if let glob = LikePattern(text).globPrefix { return .infix(value(a), "GLOB", .bound(.text(glob))) }
            return .call("cql2_like", [value(a), .bound(.text(text))])
        case .between(let a, let low, let high):
            let (x, lower, upper) = (value(a), value(low), value(high))
            return SQLFragment("(\(x.sql) BETWEEN \(lower.sql) AND \(upper.sql))", x.arguments + lower.arguments + upper.arguments)
        case .isIn(let a, let all):
            let isPlain = all.allSatisfy { date($0) == nil && period($0) == nil } && period(a) == nil
            guard isPlain else { return .balanced(all.map { compare(a, .equal, $0) }[...], "OR") }
            return .infix(value(a), "IN", .call("", all.map(value)))
        case .isNull(let a):
            let inner =
                switch a.node {
                case .and, .or, .not, .comparison, .like, .between, .isIn, .isNull, .spatial, .temporal, .arrays: condition(a, isPositive: false)
                case .interval(let start, let end):
                    SQLFragment.infix(self.end(start, isStart: true).start, "+", self.end(end, isStart: false).start)
                default: value(a)
                }
            return SQLFragment("(\(inner.sql) IS NULL)", inner.arguments)
        case .spatial(let relation, let a, let b):
            let exact = SQLFragment.call("cql2_spatial", [.bound(.text(relation.rawValue)), value(a), value(b)])
            guard isPositive, relation.impliesIntersection else { return exact }
            for (column, literal) in [(a, b), (b, a)] {
                guard case .property(let name) = column.node, let queryable = queryables[name], let boxes = boxes(literal),
                    let narrowed = spatialIndex(queryable, boxes)
                else { continue }
                return .infix(narrowed, "AND", exact)
            }
            return exact
        case .temporal(let predicate, let a, let b):
            guard let a = period(a), let b = period(b) else { return SQLFragment("NULL") }
            return temporal(predicate, a, b)
        case .arrays(let predicate, let a, let b):
            return .call("cql2_array", [.bound(.text(predicate.rawValue)), value(a), value(b)])
        default: return value(e)
        }
    }

    private func boxes(_ e: Expression) -> [Envelope]? {
        switch e.node {
        case .box(let box): box.envelopes
        case .geometry(let shape): [shape.envelope]
        default: nil
        }
    }

    private func compare(_ a: Expression, _ comparison: Comparison, _ b: Expression) -> SQLFragment {
        if let a = date(a), let b = date(b) { return .infix(a, comparison.rawValue, b) }
        if let a = period(a), let b = period(b) {
            let (predicate, isNegated) = comparison.temporal
            let inner = temporal(predicate, a, b)
            return isNegated ? SQLFragment("(NOT \(inner.sql))", inner.arguments) : inner
        }
        return .infix(value(a), comparison.rawValue, value(b))
    }

    private func value(_ e: Expression) -> SQLFragment {
        switch e.node {
        case .property(let name): return SQLFragment(queryables[name]?.column ?? "NULL")
        case .string(let s): return .bound(.text(s))
        case .integer(let n): return .bound(.integer(n))
        case .number(let d): return .bound(.real(d))
        case .boolean(let b): return .bound(.integer(b ? 1 : 0))
        case .instant(let instant): return .bound(.text(instant.description))
        case .arithmetic(let operation, let a, let b):
            let (a, b) = (value(a), value(b))
            switch operation {
            case .add, .subtract, .multiply: return .infix(a, operation.rawValue, b)
            // SQLite divides whole numbers to a whole number.
            case .divide: return .infix(SQLFragment("CAST(\(a.sql) AS REAL)", a.arguments), "/", b)
            case .modulo: return .call("cql2_modulo", [a, b])
            case .integerDivide: return .call("cql2_divide", [a, b])
            case .power: return .call("cql2_power", [a, b])
            }
        case .casei(let a):
            return TextFoldingLiteral.text(e).map { .bound(.text($0)) } ?? .call("cql2_casei", [value(a)])
        case .accenti(let a):
            return TextFoldingLiteral.text(e).map { .bound(.text($0)) } ?? .call("cql2_accenti", [value(a)])
        case .geometry(let shape): return .bound(.blob(WKB.encode((try? shape.sound()) ?? shape)))
        case .box(let box): return .bound(.blob(WKB.encode(box.geometry)))
        case .array(let all):
            return .bound(.text(String(decoding: PropertyValue.array(all.map(ArrayValues.literal)).json, as: UTF8.self)))
        default: return SQLFragment("NULL")
        }
    }

    // MARK: Time

    /// An end of a period: as the text of a day where it is a date, and as milliseconds.
    private struct End {
        var date: SQLFragment?
        var start: SQLFragment
        var end: SQLFragment
    }

    /// The text of a day.
    private func date(_ e: Expression) -> SQLFragment? {
        switch e.node {
        case .instant(let instant) where instant.isDate: .bound(.text(instant.description))
        case .property(let name) where queryables[name]?.type == .date: value(e)
        default: nil
        }
    }

    private func end(_ e: Expression, isStart: Bool) -> End {
        switch e.node {
        case .instant(let instant):
            return End(date: date(e), start: .bound(.integer(instant.start)), end: .bound(.integer(instant.end)))
        case .property:
            let moment = SQLFragment.call("cql2_instant", [value(e)])
            guard let date = date(e) else { return End(date: nil, start: moment, end: moment) }
            return End(date: date, start: moment, end: SQLFragment("(\(moment.sql) + 86399999)", moment.arguments))
        default:
            let never = SQLFragment.bound(.integer(isStart ? -PeriodEnd.never : PeriodEnd.never))
            return End(date: nil, start: never, end: never)
        }
    }

    private func period(_ e: Expression) -> (start: End, end: End)? {
        switch e.node {
        case .interval(let a, let b): return (end(a, isStart: true), end(b, isStart: false))
        case .instant: return (end(e, isStart: true), end(e, isStart: false))
        case .property(let name):
            guard let type = queryables[name]?.type, type == .date || type == .timestamp else { return nil }
            return (end(e, isStart: true), end(e, isStart: false))
        default: return nil
        }
    }

    private func temporal(_ predicate: TemporalPredicate, _ a: (start: End, end: End), _ b: (start: End, end: End)) -> SQLFragment {
        var conditions = predicate.conditions.map { condition in
            let first = condition.a == .start ? a.start : a.end
            let second = condition.b == .start ? b.start : b.end
            if let x = first.date, let y = second.date { return SQLFragment.infix(x, condition.comparison.rawValue, y) }
            return SQLFragment.infix(
                condition.a == .start ? first.start : first.end, condition.comparison.rawValue, condition.b == .start ? second.start : second.end)
        }
        let joined = SQLFragment.balanced(conditions[...], predicate.needsOneCondition ? "OR" : "AND")
        // An interval with a missing end leaves the answer open, whichever end the predicate looks at.
        let columns = [a.start, a.end, b.start, b.end].map(\.start).filter { $0.sql != "?" }
        guard !columns.isEmpty else { return joined }
        let known = columns.map { SQLFragment("(\($0.sql) IS NOT NULL OR NULL)", $0.arguments) }
        conditions = known.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        // Where one column stands at both ends, every comparison has it and is NULL with it.
        let isMixed = [a, b].contains { ($0.start.start.sql == "?") != ($0.end.start.sql == "?") }
        return conditions.count == 1 && !isMixed ? joined : SQLFragment.nullUnless(conditions, joined)
    }
}

extension SQLFragment {
    /// `CASE WHEN all of them THEN condition END`: NULL where one is not true.
    fileprivate static func nullUnless(_ all: [SQLFragment], _ condition: SQLFragment) -> SQLFragment {
        let known = balanced(all[...], "AND")
        return SQLFragment("(CASE WHEN \(known.sql) THEN \(condition.sql) END)", known.arguments + condition.arguments)
    }
}

enum TextFoldingLiteral {
    /// The text of a literal below any CASEI and ACCENTI, folded; nil where there is something else below.
    static func text(_ e: Expression) -> String? {
        switch e.node {
        case .string(let s): s
        case .casei(let a): text(a).map(TextFolding.withoutCase)
        case .accenti(let a): text(a).map(TextFolding.withoutAccents)
        default: nil
        }
    }
}
