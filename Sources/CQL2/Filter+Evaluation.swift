package import GeoModel
internal import GeometryEngine

extension Filter {
    /// Whether the feature passes: true, false, or nil where a missing value leaves it open (such a feature is not selected).
    ///
    /// This is what the filter means; `sql` must select the same. A value of another kind than its queryable declares counts as missing,
    /// and so does a question that GEOS cannot answer. A queryable `id` that is no property is the feature's id.
    package func evaluate(_ feature: Feature) -> Bool? {
        Evaluation(feature: feature, queryables: queryables).truth(expression)
    }
}

private struct Evaluation {
    let feature: Feature
    let queryables: Queryables

    enum Value {
        case missing
        case boolean(Bool)
        case number(Double)
        case string(String)
        case period(Period)
        case geometry(Geometry)
        case array(Set<PropertyValue>)

        var number: Double? { if case .number(let d) = self { d } else { nil } }
        var string: String? { if case .string(let s) = self { s } else { nil } }
        var period: Period? { if case .period(let p) = self { p } else { nil } }
        var geometry: Geometry? { if case .geometry(let g) = self { g } else { nil } }
        var array: Set<PropertyValue>? { if case .array(let a) = self { a } else { nil } }
    }

    func truth(_ e: Expression) -> Bool? {
        switch e.node {
        case .and(let all):
            let truths = all.map(truth)
            return truths.contains(false) ? false : truths.contains(nil) ? nil : true
        case .or(let all):
            let truths = all.map(truth)
            return truths.contains(true) ? true : truths.contains(nil) ? nil : false
        case .not(let a): return truth(a).map { !$0 }
        case .comparison(let comparison, let a, let b): return compare(value(a), comparison, value(b))
        case .like(let a, let pattern):
            guard let text = value(a).string, let like = value(pattern).string else { return nil }
            return LikePattern(like).matches(text)
        case .between(let a, let low, let high):
            // As an AND of two: one bound alone can rule a number out.
            guard let x = value(a).number else { return nil }
            let above = value(low).number.map { x >= $0 }
            let below = value(high).number.map { x <= $0 }
            return above == false || below == false ? false : above == nil || below == nil ? nil : true
        case .isIn(let a, let all):
            let x = value(a)
            let truths = all.map { compare(x, .equal, value($0)) }
            return truths.contains(true) ? true : truths.contains(nil) ? nil : false
        case .isNull(let a):
            switch a.node {
            case .and, .or, .not, .comparison, .like, .between, .isIn, .isNull, .spatial, .temporal, .arrays: return truth(a) == nil
            default: if case .missing = value(a) { return true } else { return false }
            }
        case .spatial(let relation, let a, let b):
            guard let a = value(a).geometry, let b = value(b).geometry else { return nil }
            return try? relation.holds(a, b)
        case .temporal(let predicate, let a, let b):
            guard let a = value(a).period, let b = value(b).period else { return nil }
            return a.holds(predicate, b)
        case .arrays(let predicate, let a, let b):
            guard let a = value(a).array, let b = value(b).array else { return nil }
            return predicate.holds(a, b)
        case .boolean(let b): return b
        default: return nil
        }
    }

    private func compare(_ a: Value, _ comparison: Comparison, _ b: Value) -> Bool? {
        switch (a, b) {
        case (.number(let a), .number(let b)): return comparison.holds(a, b)
        case (.boolean(let a), .boolean(let b)): return comparison.holds(a ? 1 : 0, b ? 1 : 0)
        // By code points, as SQLite's BINARY has it.
        case (.string(let a), .string(let b)):
            return comparison.holds(a.utf8.elementsEqual(b.utf8) ? 0 : a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1, 0)
        case (.period(let a), .period(let b)):
            let (predicate, isNegated) = comparison.temporal
            return a.holds(predicate, b) != isNegated
        default: return nil
        }
    }

    private func value(_ e: Expression) -> Value {
        switch e.node {
        case .property(let name): return property(name)
        case .string(let s): return .string(s)
        case .integer(let n): return .number(Double(n))
        case .number(let d): return .number(d)
        case .boolean(let b): return .boolean(b)
        case .instant(let instant):
            let end = PeriodEnd(instant, isDate: instant.isDate)
            return .period(Period(start: end, end: end))
        case .interval(let a, let b):
            guard let start = end(a, isStart: true), let stop = end(b, isStart: false) else { return .missing }
            return .period(Period(start: start, end: stop))
        case .arithmetic(let operation, let a, let b):
            guard let a = value(a).number, let b = value(b).number, let result = operation.apply(a, b) else { return .missing }
            return .number(result)
        case .casei(let a): return value(a).string.map { .string(TextFolding.withoutCase($0)) } ?? .missing
        case .accenti(let a): return value(a).string.map { .string(TextFolding.withoutAccents($0)) } ?? .missing
        case .geometry(let shape): return .geometry((try? shape.sound()) ?? shape)
        case .box(let box): return .geometry(box.geometry)
        case .array(let all): return .array(ArrayValues.set(all.map(ArrayValues.literal)))
        default: return .missing
        }
    }

    private func end(_ e: Expression, isStart: Bool) -> PeriodEnd? {
        if case .unbounded = e.node { return PeriodEnd(unboundedAtStart: isStart) }
        return value(e).period?.start
    }

    private func property(_ name: String) -> Value {
        guard let type = queryables[name]?.type else { return .missing }
        if type == .geometry { return feature.geometry.map { .geometry($0) } ?? .missing }
        guard let found = feature.properties[name] ?? (name == "id" ? feature.id : nil) else { return .missing }
        switch (type, found) {
        case (.boolean, .bool(let b)): return .boolean(b)
        case (.integer, _), (.number, _): return found.number.map { .number($0) } ?? .missing
        case (.string, .string(let s)): return .string(s)
        case (.date, .string(let s)), (.timestamp, .string(let s)):
            guard let instant = Instant(s), instant.isDate || type == .timestamp else { return .missing }
            let end = PeriodEnd(instant, isDate: type == .date)
            return .period(Period(start: end, end: end))
        case (.array, .array(let all)): return .array(ArrayValues.set(all))
        default: return .missing
        }
    }
}
