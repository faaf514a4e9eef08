package import CiteNetwork
package import Planning

package struct EnglishHours: HoursCatalogue {
    private let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    private let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]
    private let ordinals = ["first", "second", "third", "fourth", "fifth"]

    package func clock(_ minute: Int) -> String { colonClock(minute) }
    package func span(_ start: Int, _ end: Int) -> String { "\(clock(start))–\(clock(end))" }
    package func from(_ minute: Int) -> String { "from \(clock(minute))" }
    package func orLater(_ span: String) -> String { "\(span) or later" }
    package let allDay = "all day"
    package let always = "24 hours a day, 7 days a week"

    package let and = "and"
    package let everyDay = "every day"
    package func label(_ day: Weekday) -> String { weekdays[day.rawValue] }
    package func label(_ first: Weekday, to last: Weekday) -> String { "\(label(first)) to \(label(last))" }
    package func on(_ day: Weekday) -> String { "on \(label(day))s" }
    package func from(_ first: Weekday, to last: Weekday) -> String { "from \(label(first)) to \(label(last))" }
    package func label(_ position: Int, _ day: Weekday) -> String {
        let which = position > 0 ? ordinals[position - 1] : position == -1 ? "last" : "\(ordinals[-position - 1]) last"
        return "\(which) \(label(day)) of the month"
    }
    package func on(_ position: Int, _ day: Weekday) -> String { "on the \(label(position, day))" }
    package let publicHolidays = "public holidays"
    package let onPublicHolidays = "on public holidays"
    package let schoolHolidays = "school holidays"
    package let inSchoolHolidays = "in school holidays"

    private func date(_ date: MonthDay, _ year: Int?) -> String { "\(date.day) \(months[date.month - 1])" + (year.map { " \($0)" } ?? "") }
    package func on(_ day: MonthDay, _ year: Int?) -> String { "on \(date(day, year))" }
    package func from(_ first: MonthDay, _ firstYear: Int?, to last: MonthDay, _ lastYear: Int?) -> String {
        "from \(date(first, firstYear)) to \(date(last, lastYear))"
    }
    package func inMonth(_ month: Int) -> String { "in \(months[month - 1])" }
    package func fromMonth(_ first: Int, to last: Int) -> String { "from \(months[first - 1]) to \(months[last - 1])" }
    package func inYear(_ year: Int) -> String { "in \(year)" }
    package func fromYear(_ first: Int, to last: Int) -> String { "from \(first) to \(last)" }
    package func fromYear(_ first: Int) -> String { "from \(first) on" }
    package func inWeeks(_ weeks: WeekSelector) -> String {
        if weeks.step == 2, weeks.first <= 2, weeks.last >= 52 { return weeks.first == 1 ? "in odd weeks" : "in even weeks" }
        if weeks.first == weeks.last { return "in week \(weeks.first)" }
        let range = "from week \(weeks.first) to week \(weeks.last)"
        return weeks.step == 1 ? range : "one week in \(weeks.step), \(range)"
    }

    package let open = "open"
    package let closed = "closed"
    package let byAppointment = "by appointment"
    package let toBeConfirmed = "to be confirmed"
    package let otherwise = "otherwise"
    package func until(_ minute: Int) -> String { "until \(clock(minute))" }
    package func untilTomorrow(_ minute: Int) -> String { "until tomorrow \(clock(minute))" }
    package func until(_ day: Weekday, _ minute: Int) -> String { "until \(label(day)) \(clock(minute))" }
    package func until(_ day: MonthDay, _ year: Int, _ minute: Int) -> String { "until \(date(day, year)), \(clock(minute))" }
    package func reason(_ reason: Opening.Reason) -> String {
        switch reason {
        case .hoursNotKnown: "hours not known"
        case .hoursNotReadable(let problem): "hours cannot be read (\(problem))"
        case .timeZoneNotKnown: "time zone not known"
        case .uncertain(.stated): "hours to be confirmed"
        case .uncertain(.closingTime): "closing time not known"
        case .uncertain(.publicHolidays): "not known whether it is a public holiday"
        case .uncertain(.schoolHolidays): "depends on school holidays, which are not known"
        }
    }
}
