extension OpeningHours {
    /// The hours of an ordinary week, and the rules that go beyond it.
    package struct Week: Sendable, Hashable {
        /// For each weekday from Monday, the times that begin on it, as `intervals(on:)` tells them.
        package var days: [[HoursInterval]]
        /// The rules from the first one on that depends on more than the weekday.
        package var exceptions: [Rule]
    }

    package var week: Week {
        let ordinary = rules.prefix { $0.dependsOnWeekdayOnly }
        guard !ordinary.isEmpty else { return Week(days: Array(repeating: [], count: 7), exceptions: rules) }
        let monday = CalendarDate(year: 2024, month: 1, day: 1)!
        let hours = OpeningHours(rules: Array(ordinary))
        return Week(
            days: (0..<7).map { hours.intervals(on: monday.adding(days: $0)!, HolidayCalendar(country: "", area: nil)) },
            exceptions: Array(rules[ordinary.endIndex...]))
    }
}

extension OpeningHours.Rule {
    private var hasPlainDays: Bool {
        guard let days else { return true }
        return days.nth.isEmpty && !days.publicHolidays && !days.schoolHolidays
    }

    fileprivate var dependsOnWeekdayOnly: Bool { dates.isEmpty && weeks.isEmpty && joiner != .fallback && hasPlainDays }
}
