/// An end of a period: an instant, or none, which lies before or after every other.
struct PeriodEnd {
    var isDate: Bool
    var day: Int64
    /// Milliseconds.
    var start: Int64
    var end: Int64

    /// Beyond every instant, and small enough to be calculated with.
    static let never: Int64 = 1 << 60

    init(_ instant: Instant, isDate: Bool) {
        self.isDate = isDate
        day = instant.day
        start = instant.start
        end = isDate ? instant.end : instant.start
    }

    init(unboundedAtStart: Bool) {
        isDate = false
        day = 0
        start = unboundedAtStart ? -Self.never : Self.never
        end = start
    }
}

/// What a temporal expression stands for; an instant begins and ends a period.
struct Period {
    var start: PeriodEnd
    var end: PeriodEnd

    /// Two dates are compared as days; a date with a moment as its first or last millisecond.
    private func meets(_ condition: TemporalPredicate.Condition, _ other: Period) -> Bool {
        let a = condition.a == .start ? start : end
        let b = condition.b == .start ? other.start : other.end
        if a.isDate, b.isDate { return condition.comparison.holds(a.day, b.day) }
        return condition.comparison.holds(condition.a == .start ? a.start : a.end, condition.b == .start ? b.start : b.end)
    }

    func holds(_ predicate: TemporalPredicate, _ other: Period) -> Bool {
        predicate.needsOneCondition
            ? predicate.conditions.contains { meets($0, other) } : predicate.conditions.allSatisfy { meets($0, other) }
    }
}
