extension CalendarDate {
    /// Days since 1 January of the year 1, which is day 0 and a Monday.
    package var dayNumber: Int {
        let years = year - 1
        return 365 * years + years / 4 - years / 100 + years / 400 + dayOfYear - 1
    }

    /// The day that many days after 1 January of the year 1; nil outside the years 1 to 9999.
    package init?(dayNumber: Int) {
        guard (0..<3_652_059).contains(dayNumber) else { return nil }
        var rest = dayNumber
        func take(_ length: Int, atMost limit: Int) -> Int {
            let count = min(rest / length, limit)
            rest -= count * length
            return count
        }
        let year = 400 * take(146_097, atMost: .max) + 100 * take(36_524, atMost: 3) + 4 * take(1_461, atMost: 24) + take(365, atMost: 3) + 1
        var month = 1
        while rest >= Self.days(inMonth: month, of: year) {
            rest -= Self.days(inMonth: month, of: year)
            month += 1
        }
        self.init(year: year, month: month, day: rest + 1)
    }

    /// From 1 to 366.
    package var dayOfYear: Int { (1..<month).reduce(day) { $0 + Self.days(inMonth: $1, of: year) } }

    package var weekday: Weekday { Weekday(rawValue: dayNumber % 7)! }

    /// Nil outside the years 1 to 9999.
    package func adding(days: Int) -> CalendarDate? { CalendarDate(dayNumber: dayNumber + days) }

    /// The week of ISO 8601, from 1 to 53: the one of its Thursday.
    package var isoWeek: Int {
        let thursday = adding(days: 3 - weekday.rawValue) ?? self
        return (thursday.dayOfYear - 1) / 7 + 1
    }

    /// Easter Sunday of the Gregorian calendar: the Sunday after the ecclesiastical full moon of spring. Years 1 to 9999.
    package static func easter(of year: Int) -> CalendarDate? {
        let golden = year % 19
        let century = year / 100
        // The age of the moon by the 19-year cycle, with the corrections of 1582 for century years and for the moon's drift.
        let shift = century - century / 4 - (8 * century + 13) / 25 + 15
        let epact = (19 * golden + shift) % 30
        // Two corrections keep the full moon before 19 April, and no two of a cycle on the same day.
        let fullMoon = epact - (epact == 29 || (epact == 28 && golden > 10) ? 1 : 0)
        guard let moon = CalendarDate(year: year, month: 3, day: 21)?.adding(days: fullMoon) else { return nil }
        return moon.adding(days: 7 - (moon.weekday.rawValue + 1) % 7)
    }
}

/// Monday first, as in ISO 8601.
package enum Weekday: Int, Sendable, Hashable, CaseIterable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday
}
