/// The first and the last day that a date may be; nil where that side is not known.
package struct DateBounds: Hashable, Sendable {
    package var earliest: CalendarDate?
    package var latest: CalendarDate?

    package init(earliest: CalendarDate?, latest: CalendarDate?) {
        self.earliest = earliest
        self.latest = latest
    }

    package init(_ date: PartialDate) { self.init(earliest: date.earliest, latest: date.latest) }

    package init(_ day: CalendarDate) { self.init(earliest: day, latest: day) }

    /// The first of several days; nil for none. As early as the earliest may be, as late as the earliest of the latest.
    package static func first(of dates: [DateBounds]) -> DateBounds? {
        guard !dates.isEmpty else { return nil }
        let earliest = dates.contains { $0.earliest == nil } ? nil : dates.compactMap(\.earliest).min()
        return DateBounds(earliest: earliest, latest: dates.compactMap(\.latest).min())
    }

    /// The last of several days; nil for none.
    package static func last(of dates: [DateBounds]) -> DateBounds? {
        guard !dates.isEmpty else { return nil }
        let latest = dates.contains { $0.latest == nil } ? nil : dates.compactMap(\.latest).max()
        return DateBounds(earliest: dates.compactMap(\.earliest).max(), latest: latest)
    }

    package func adding(months: Int) -> DateBounds {
        DateBounds(earliest: earliest?.adding(months: months), latest: latest?.adding(months: months))
    }

    /// Whether this day is strictly before the other.
    package func isBefore(_ other: DateBounds) -> Truth {
        if let latest, let bound = other.earliest, latest < bound { return .yes }
        if let earliest, let bound = other.latest, bound <= earliest { return .no }
        return .unknown
    }

    package func isBefore(_ day: CalendarDate) -> Truth { isBefore(DateBounds(day)) }

    package func isReached(by day: CalendarDate) -> Truth { !DateBounds(day).isBefore(self) }

    /// How many days have surely passed since this day; negative for days that are left. Nil where no last day is known.
    package func daysOver(on day: CalendarDate) -> Int? { latest.map { day.dayNumber - $0.dayNumber } }
}

extension DateBounds: CustomStringConvertible {
    package var description: String {
        switch (earliest, latest) {
        case (let a?, let b?): a == b ? "on \(a)" : "between \(a) and \(b)"
        case (nil, let b?): "by \(b)"
        case (let a?, nil): "on \(a) or later"
        case (nil, nil): "on a day that is not known"
        }
    }
}

extension CalendarDate {
    /// The same day so many months later (or earlier), or the last of that month where it has no such day. Stays within years 1 to 9999.
    package func adding(months: Int) -> CalendarDate {
        let count = min(max(year * 12 + month - 1 + months, 12), 9999 * 12 + 11)
        let (year, month) = (count / 12, count % 12 + 1)
        return CalendarDate(year: year, month: month, day: min(day, CalendarDate.days(inMonth: month, of: year)))!
    }

    /// Days since 1 March of the year 0, proleptic Gregorian: only differences mean anything. O(1).
    var serial: Int {
        let (y, m) = month > 2 ? (year, month - 3) : (year - 1, month + 9)
        return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1
    }
}
