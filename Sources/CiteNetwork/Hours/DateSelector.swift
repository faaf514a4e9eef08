/// Years, or years from one on.
package struct YearSpan: Sendable, Hashable {
    package var first: Int
    /// Nil goes on.
    package var last: Int?

    package func contains(_ year: Int) -> Bool { first <= year && year <= last ?? .max }

    /// The year, where it is one.
    package var single: Int? { last == first ? first : nil }
}

/// A day of every year; 29 February is one.
package struct MonthDay: Sendable, Hashable, Comparable {
    package var month: Int
    package var day: Int

    package init(month: Int, day: Int) {
        self.month = month
        self.day = day
    }

    package init(_ date: CalendarDate) { self.init(month: date.month, day: date.day) }

    package static func < (a: MonthDay, b: MonthDay) -> Bool { (a.month, a.day) < (b.month, b.day) }
}

/// Dates to which a rule is bound.
package enum DateSelector: Sendable, Hashable {
    case years(YearSpan)
    /// From a month to a month, over the turn of the year where the last comes before the first; `years` are those in which it begins.
    case months(years: YearSpan?, first: Int, last: Int)
    /// Likewise from day to day.
    case days(years: YearSpan?, first: MonthDay, last: MonthDay)
    case span(CalendarDate, CalendarDate)

    package func contains(_ day: CalendarDate) -> Bool {
        switch self {
        case .years(let years): years.contains(day.year)
        case .months(let years, let first, let last): Self.holds(day.month, from: first, to: last, years, day.year)
        case .days(let years, let first, let last):
            Self.holds(MonthDay(day), from: first, to: last, years, day.year)
        case .span(let first, let last): first <= day && day <= last
        }
    }

    private static func holds<T: Comparable>(_ at: T, from first: T, to last: T, _ years: YearSpan?, _ year: Int) -> Bool {
        func begins(in year: Int) -> Bool { years?.contains(year) ?? true }
        if first <= last { return first <= at && at <= last && begins(in: year) }
        return (first <= at && begins(in: year)) || (at <= last && begins(in: year - 1))
    }
}

/// Weeks of ISO 8601 to which a rule is bound.
package struct WeekSelector: Sendable, Hashable {
    package var first: Int
    package var last: Int
    /// Every how many weeks, from the first.
    package var step: Int

    package func contains(_ week: Int) -> Bool { first <= week && week <= last && (week - first) % step == 0 }
}
