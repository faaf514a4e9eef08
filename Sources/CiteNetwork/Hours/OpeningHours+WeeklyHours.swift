extension OpeningHours {
    /// How long a place is open in a week without holidays, or why that is not known.
    package enum WeeklyHours: Sendable, Hashable {
        case hours(Double)
        /// Seasons, weeks of the month or dates make one week differ from another.
        case notTheSameEveryWeek
        case partlyUnknown
    }

    /// Open or open by appointment, from Monday to Sunday. What holds on public and school holidays only is left out.
    package var weeklyHours: WeeklyHours {
        let ordinary = rules.compactMap(\.withoutHolidays)
        guard !ordinary.isEmpty else { return .notTheSameEveryWeek }
        let hours = OpeningHours(rules: ordinary)
        guard hours.week.exceptions.isEmpty else { return .notTheSameEveryWeek }
        var minutes = 0
        let monday = CalendarDate(year: 2024, month: 1, day: 8)!
        for offset in 0..<7 {
            for interval in hours.timeline(of: monday.adding(days: offset)!, HolidayCalendar(country: "", area: nil)) {
                switch interval.state {
                case .open, .byAppointment: minutes += interval.end - interval.start
                case .closed: break
                case .unknown: return .partlyUnknown
                }
            }
        }
        return .hours(Double(minutes) / 60)
    }
}

extension OpeningHours.Rule {
    /// What it says of a week without holidays; nil where it says nothing.
    fileprivate var withoutHolidays: Self? {
        guard var days, days.publicHolidays || days.schoolHolidays else { return self }
        guard !days.isConjunction, days.weekdays != 0 || !days.nth.isEmpty else { return nil }
        (days.publicHolidays, days.schoolHolidays) = (false, false)
        var rule = self
        rule.days = days
        return rule
    }
}
