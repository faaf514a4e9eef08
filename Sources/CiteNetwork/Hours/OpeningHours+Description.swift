extension OpeningHours: CustomStringConvertible {
    /// The canonical form, which is read back as an equal value.
    package var description: String {
        rules.enumerated().map { i, rule in
            let joint =
                switch rule.joiner {
                case _ where i == 0: ""
                case .override: "; "
                case .addition: ", "
                case .fallback: " || "
                }
            return joint + rule.description
        }.joined()
    }
}

extension OpeningHours.Rule: CustomStringConvertible {
    package var description: String {
        var words: [String] = []
        if isAlways { words.append("24/7") }
        if !dates.isEmpty { words.append(dates.map(\.description).joined(separator: ",")) }
        if !weeks.isEmpty { words.append("week " + weeks.map(\.description).joined(separator: ",")) }
        if let days { words.append(days.description) }
        if !times.isEmpty { words.append(times.map(\.description).joined(separator: ",")) }
        switch modifier {
        case .open: words.append("open")
        case .closed: words.append("off")
        case .unknown: words.append("unknown")
        case nil: break
        }
        if let comment { words.append("\"\(comment)\"") }
        return words.joined(separator: " ")
    }
}

extension YearSpan: CustomStringConvertible {
    package var description: String { last.map { $0 == first ? fourDigits(first) : fourDigits(first) + "-" + fourDigits($0) } ?? fourDigits(first) + "+" }
}

extension MonthDay: CustomStringConvertible {
    package var description: String { HoursWords.months[month - 1] + (day < 10 ? " 0" : " ") + "\(day)" }
}

extension DateSelector: CustomStringConvertible {
    package var description: String {
        func prefix(_ years: YearSpan?) -> String { years.map { "\($0) " } ?? "" }
        switch self {
        case .years(let years): return years.description
        case .months(let years, let first, let last):
            return prefix(years) + HoursWords.months[first - 1] + (first == last ? "" : "-" + HoursWords.months[last - 1])
        case .days(let years, let first, let last):
            let end = first == last ? "" : first.month == last.month && first < last ? "-" + String(last.description.dropFirst(4)) : "-\(last)"
            return prefix(years) + first.description + end
        case .span(let first, let last):
            return [first, last].map { "\(fourDigits($0.year)) \(MonthDay($0))" }.joined(separator: "-")
        }
    }
}

extension WeekSelector: CustomStringConvertible {
    package var description: String {
        let digits = { (week: Int) in (week < 10 ? "0" : "") + "\(week)" }
        return digits(first) + (first == last ? "" : "-" + digits(last)) + (step == 1 ? "" : "/\(step)")
    }
}

extension DaySelector: CustomStringConvertible {
    package var description: String {
        let code = { (day: Weekday) in HoursWords.weekdays[day.rawValue] }
        let named =
            runs.map { run in run.count < 3 ? run.map(code).joined(separator: ",") : "\(code(run[0]))-\(code(run[run.count - 1]))" }
            + nth.map { n in code(n.weekday) + "[" + n.positions.map(String.init).joined(separator: ",") + "]" }
        let holidays = (publicHolidays ? ["PH"] : []) + (schoolHolidays ? ["SH"] : [])
        if isConjunction { return holidays.joined(separator: ",") + " " + named.joined(separator: ",") }
        return (named + holidays).joined(separator: ",")
    }
}

extension TimeSpan: CustomStringConvertible {
    package var description: String {
        guard let end else { return clock(start) + "+" }
        // An end after midnight is written as a time of the next day, unless that would be read as one of this day.
        let written = end > 1440 && end - 1440 <= start ? end - 1440 : end
        return clock(start) + "-" + clock(written) + (isOpenEnded ? "+" : "")
    }
}

private func fourDigits(_ year: Int) -> String { String(repeating: "0", count: max(0, 4 - String(year).count)) + String(year) }

/// The words of the syntax.
enum HoursWords {
    static let weekdays = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
