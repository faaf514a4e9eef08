/// Weekdays and kinds of days to which a rule is bound.
package struct DaySelector: Sendable, Hashable {
    /// Certain days of that name in a month.
    package struct Nth: Sendable, Hashable {
        package var weekday: Weekday
        /// 1 to 5 from the start of the month, -1 to -5 from its end; in order, each once.
        package var positions: [Int]

        package func contains(_ day: CalendarDate) -> Bool {
            guard day.weekday == weekday else { return false }
            let fromEnd = (CalendarDate.days(inMonth: day.month, of: day.year) - day.day) / 7 + 1
            return positions.contains((day.day - 1) / 7 + 1) || positions.contains(-fromEnd)
        }
    }

    /// Bit 0 is Monday.
    package var weekdays: UInt8 = 0
    /// In order of weekday, each once.
    package var nth: [Nth] = []
    package var publicHolidays = false
    package var schoolHolidays = false
    /// Whether a day must be both one of the weekdays and one of the holidays; otherwise any will do.
    package var isConjunction = false

    package static let everyDay: UInt8 = 0b111_1111

    package func contains(_ weekday: Weekday) -> Bool { weekdays & 1 << weekday.rawValue != 0 }

    /// Whether the rule holds on a day, if it is or is not in holidays.
    package func contains(_ day: CalendarDate, isPublicHoliday: Bool, isSchoolHoliday: Bool) -> Bool {
        let isNamed = contains(day.weekday) || nth.contains { $0.contains(day) }
        let isHoliday = (publicHolidays && isPublicHoliday) || (schoolHolidays && isSchoolHoliday)
        return isConjunction ? isNamed && isHoliday : isNamed || isHoliday
    }

    /// The weekdays as runs, over the end of the week too: Saturday to Monday is one.
    package var runs: [[Weekday]] { Self.runs(weekdays) }

    package static func runs(_ weekdays: UInt8) -> [[Weekday]] {
        let isIn = { (day: Int) in weekdays & 1 << (day % 7) != 0 }
        guard weekdays & everyDay != everyDay else { return [Weekday.allCases] }
        var runs: [[Weekday]] = []
        for day in 0..<7 where isIn(day) && !isIn(day + 6) {
            runs.append((day..<day + 7).prefix(while: isIn).map { Weekday(rawValue: $0 % 7)! })
        }
        return runs
    }
}
