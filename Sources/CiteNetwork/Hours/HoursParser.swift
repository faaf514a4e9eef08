extension OpeningHours {
    /// What is outside the subset, where, and what would be accepted there.
    package struct SyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
        /// From 1, in Unicode scalars.
        package var column: Int
        /// The word that stands there; empty at the end.
        package var found: String
        package var expected: String

        package var description: String { "column \(column): \(found.isEmpty ? "nothing" : "'\(found)'"); expected \(expected)" }
    }

    /// Reads the subset. Linear in the length of the text; any text is read or refused.
    package init(parsing text: String) throws(SyntaxError) {
        var parser = HoursParser(text)
        rules = try parser.rules()
    }

    /// What is wrong with a text as opening hours, and where; nil where nothing is.
    package static func problem(in text: String) -> String? {
        do throws(SyntaxError) {
            _ = try OpeningHours(parsing: text)
            return nil
        } catch { return error.description }
    }
}

/// Reads from left to right, deciding by what comes next.
private struct HoursParser {
    private let scalars: [Unicode.Scalar]
    private var at = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    // MARK: Rules

    mutating func rules() throws(OpeningHours.SyntaxError) -> [OpeningHours.Rule] {
        var rules = [try rule(.override)]
        while !isAtEnd {
            if take(";") {
                while take(";") {}
                guard !isAtEnd else { break }
                rules.append(try rule(.override))
            } else if take(",") {
                rules.append(try rule(.addition))
            } else if takeFallback() {
                rules.append(try rule(.fallback))
            } else {
                throw failure("'-' and an end, ';' before the next rule, ',' before an additional one, '||', open, off, unknown, or a comment in double quotes")
            }
        }
        return rules
    }

    private mutating func rule(_ joiner: OpeningHours.Joiner) throws(OpeningHours.SyntaxError) -> OpeningHours.Rule {
        var rule = OpeningHours.Rule(joiner: joiner)
        skipSpace()
        let start = at
        if takeAlways() {
            rule.isAlways = true
        } else {
            rule.dates = try dates()
            rule.weeks = try weeks()
            let isBroken = at > start && take(":")
            rule.days = try days()
            let isBrokenAgain = rule.days != nil && take(":")
            rule.times = try times()
            if rule.times.isEmpty, isBrokenAgain || (isBroken && rule.days == nil) { throw failure("a time such as 09:00 after the colon") }
        }
        switch word()?.lowercased() {
        case "open": rule.modifier = .open
        case "off", "closed": rule.modifier = .closed
        case "unknown": rule.modifier = .unknown
        default: break
        }
        if rule.modifier != nil { takeWord() }
        rule.comment = try comment()
        guard at > start else {
            throw failure("a day such as Mo or PH, a date such as Dec 25, a time such as 09:00, week, 24/7, off, or a comment in double quotes")
        }
        return rule
    }

    private mutating func comment() throws(OpeningHours.SyntaxError) -> String? {
        guard take("\"") else { return nil }
        let start = at
        guard let end = scalars[start...].firstIndex(of: "\"") else {
            at = scalars.count
            throw failure("a double quote that ends the comment")
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start..<end])
        at = end + 1
        skipSpace()
        return String(text)
    }

    // MARK: Dates

    private mutating func dates() throws(OpeningHours.SyntaxError) -> [DateSelector] {
        guard startsDate else { return [] }
        var dates = [try date()]
        while next == "," {
            let comma = at
            at += 1
            skipSpace()
            if startsDate {
                dates.append(try date())
            } else if case .days(let years, let first, let last)? = dates.last, first <= last, let number = digits(atMost: 2), !isTime {
                // The month of the day before holds on: Dec 24,25.
                at += number.length
                skipSpace()
                let day = try checked(MonthDay(month: last.month, day: number.value), years, comma + 1)
                dates.append(.days(years: years, first: day, last: try endOfDays(years, day)))
            } else {
                throw failure("a further date; ';' comes before a rule for other days")
            }
        }
        return dates
    }

    private var startsDate: Bool { month() != nil || (digits(atMost: 4)?.length == 4 && !isTime) }

    private mutating func date() throws(OpeningHours.SyntaxError) -> DateSelector {
        var years: YearSpan?
        if let year = try takeYear() {
            years = YearSpan(first: year, last: year)
            let mark = at
            if take("+") {
                years?.last = nil
            } else if take("-") {
                let place = at
                if let last = try takeYear() {
                    guard last >= year else { throw failure("a year from \(year) on", at: place) }
                    years?.last = last
                } else {
                    at = mark
                    throw failure("a month, or a range of years such as 2026-2028")
                }
            }
        }
        guard let first = takeMonth() else {
            guard let years else { throw failure("a month such as Jan") }
            return .years(years)
        }
        let place = at
        guard let day = takeDay() else {
            guard take("-") else { return .months(years: years, first: first, last: first) }
            guard let last = takeMonth() else { throw failure("a month such as Mar") }
            return .months(years: years, first: first, last: last)
        }
        let from = try checked(MonthDay(month: first, day: day), years, place)
        if let year = years?.single, let end = try takeDatedEnd() {
            let begin = CalendarDate(year: year, month: from.month, day: from.day)!
            guard begin <= end.date else { throw failure("a date from \(begin) on", at: end.place) }
            return .span(begin, end.date)
        }
        return .days(years: years, first: from, last: try endOfDays(years, from))
    }

    /// The end of a range of days, which is the first where there is no range.
    private mutating func endOfDays(_ years: YearSpan?, _ first: MonthDay) throws(OpeningHours.SyntaxError) -> MonthDay {
        guard take("-") else { return first }
        let place = at
        if let month = takeMonth() {
            guard let day = takeDay() else { throw failure("a day of the month") }
            let last = MonthDay(month: month, day: day)
            return try checked(last, last < first ? nil : years, place)
        }
        guard let day = takeDay() else { throw failure("a day, or a month and a day") }
        let last = try checked(MonthDay(month: first.month, day: day), years, place)
        guard first <= last else { throw failure("a day from \(first.day) on, or a month and a day", at: place) }
        return last
    }

    /// `-2027 Jan 2`, with where it stands.
    private mutating func takeDatedEnd() throws(OpeningHours.SyntaxError) -> (date: CalendarDate, place: Int)? {
        let mark = at
        guard take("-") else { return nil }
        let place = at
        guard let year = try takeYear() else {
            at = mark
            return nil
        }
        guard let month = takeMonth() else { throw failure("a month such as Jan") }
        let dayPlace = at
        guard let day = takeDay() else { throw failure("a day of the month") }
        guard let date = CalendarDate(year: year, month: month, day: day) else { throw failure("a day of that month", at: dayPlace) }
        return (date, place)
    }

    /// The day, which must exist in its month, and in its year where there is one.
    private func checked(_ day: MonthDay, _ years: YearSpan?, _ place: Int) throws(OpeningHours.SyntaxError) -> MonthDay {
        guard CalendarDate(year: years?.single ?? 2000, month: day.month, day: day.day) != nil else { throw failure("a day of that month", at: place) }
        return day
    }

    private mutating func weeks() throws(OpeningHours.SyntaxError) -> [WeekSelector] {
        guard word()?.lowercased() == "week" else { return [] }
        at += 4
        skipSpace()
        var weeks = [try week()]
        while next == "," {
            at += 1
            skipSpace()
            weeks.append(try week())
        }
        return weeks
    }

    private mutating func week() throws(OpeningHours.SyntaxError) -> WeekSelector {
        func number(_ range: ClosedRange<Int>, _ what: String) throws(OpeningHours.SyntaxError) -> Int {
            guard let n = digits(atMost: 2), !isTime, range.contains(n.value) else { throw failure(what) }
            at += n.length
            skipSpace()
            return n.value
        }
        let first = try number(1...53, "a week from 1 to 53")
        var week = WeekSelector(first: first, last: first, step: 1)
        if take("-") {
            week.last = try number(first...53, "a week from \(first) to 53")
            if take("/") {
                let step = try number(1...26, "every how many weeks, from 1 to 26")
                week.step = week.first + step <= week.last ? step : 1
                if week.step < step { week.last = week.first }
            }
        }
        return week
    }

    // MARK: Days

    private enum Day {
        case publicHoliday, schoolHoliday
        case weekday(Weekday)
    }

    private mutating func days() throws(OpeningHours.SyntaxError) -> DaySelector? {
        guard day() != nil else { return nil }
        var selector = DaySelector()
        try addDays(to: &selector)
        let hasNames = selector.weekdays != 0 || !selector.nth.isEmpty
        if case .weekday? = day(), !hasNames {
            try addDays(to: &selector, holidays: false)
            selector.isConjunction = true
        } else if day() != nil {
            throw failure("',' between days, or the holiday before the weekdays (SH Mo-Fr)")
        }
        if next == "+" || next == "-", selector.publicHolidays || selector.schoolHolidays {
            throw failure("the holiday itself, without days after or before it")
        }
        selector.nth.sort { $0.weekday.rawValue < $1.weekday.rawValue }
        return selector
    }

    private mutating func addDays(to selector: inout DaySelector, holidays: Bool = true) throws(OpeningHours.SyntaxError) {
        repeat {
            switch day() {
            case .weekday(let first): try addWeekday(first, to: &selector)
            case .publicHoliday where holidays:
                takeWord()
                selector.publicHolidays = true
            case .schoolHoliday where holidays:
                takeWord()
                selector.schoolHolidays = true
            default: throw failure(holidays ? "a day such as Mo, PH or SH; ';' comes before a rule for other days" : "a weekday such as Mo")
            }
        } while take(",")
    }

    private mutating func addWeekday(_ first: Weekday, to selector: inout DaySelector) throws(OpeningHours.SyntaxError) {
        takeWord()
        if take("[") {
            let positions = try nthPositions()
            if let i = selector.nth.firstIndex(where: { $0.weekday == first }) {
                selector.nth[i].positions = Self.ordered(selector.nth[i].positions + positions)
            } else {
                selector.nth.append(DaySelector.Nth(weekday: first, positions: Self.ordered(positions)))
            }
            return
        }
        var last = first
        if take("-") {
            guard case .weekday(let end)? = day() else { throw failure("a weekday such as Fr") }
            takeWord()
            last = end
        }
        var at = first.rawValue
        selector.weekdays |= 1 << at
        while at != last.rawValue {
            at = (at + 1) % 7
            selector.weekdays |= 1 << at
        }
    }

    /// From the first of the month to the last: 1, 2, … 5, -5, … -1; each once.
    private static func ordered(_ positions: [Int]) -> [Int] { Set(positions).sorted { ($0 < 0 ? 20 + $0 : $0) < ($1 < 0 ? 20 + $1 : $1) } }

    private mutating func nthPositions() throws(OpeningHours.SyntaxError) -> [Int] {
        let accepted = "which of the month, from 1 to 5, or -1 for the last"
        var positions: [Int] = []
        repeat {
            let isFromEnd = take("-")
            guard let first = digits(atMost: 1), (1...5).contains(first.value) else { throw failure(accepted) }
            at += 1
            skipSpace()
            guard !isFromEnd, take("-") else {
                positions.append(isFromEnd ? -first.value : first.value)
                continue
            }
            guard let last = digits(atMost: 1), (first.value...5).contains(last.value) else { throw failure("a number from \(first.value) to 5") }
            at += 1
            skipSpace()
            positions += Array(first.value...last.value)
        } while take(",")
        guard take("]") else { throw failure("']'") }
        return positions
    }

    private func day() -> Day? {
        switch word()?.lowercased() {
        case "ph": .publicHoliday
        case "sh": .schoolHoliday
        case let name?: HoursWords.weekdays.firstIndex { $0.lowercased() == name }.map { .weekday(Weekday(rawValue: $0)!) }
        case nil: nil
        }
    }

    // MARK: Times

    private mutating func times() throws(OpeningHours.SyntaxError) -> [TimeSpan] {
        guard next.map({ Self.isDigit($0) }) ?? false else { return [] }
        guard isTime else { throw failure("a time such as 09:00") }
        var times: Set<TimeSpan> = [try span()]
        while next == "," {
            let comma = at
            at += 1
            skipSpace()
            guard isTime else {
                at = comma
                break
            }
            times.insert(try span())
        }
        return times.sorted()
    }

    private mutating func span() throws(OpeningHours.SyntaxError) -> TimeSpan {
        let start = try time(upTo: 1439, "a time from 00:00 to 23:59")
        if take("+") { return TimeSpan(start: start, end: nil, isOpenEnded: true) }
        guard take("-") else { throw failure("'-' and an end such as 17:00, or '+'") }
        guard isTime else { throw failure("a time such as 17:00") }
        var end = try time(upTo: 2880, "a time from 00:00 to 48:00")
        if end <= start { end += 1440 }
        if next == "/" { throw failure("a span without steps") }
        return TimeSpan(start: start, end: end, isOpenEnded: take("+"))
    }

    private mutating func time(upTo limit: Int, _ accepted: String) throws(OpeningHours.SyntaxError) -> Int {
        let place = at
        guard let hour = digits(atMost: 2), isTime else { throw failure(accepted) }
        at += hour.length + 1
        guard let minute = digits(atMost: 2), minute.length == 2, minute.value < 60 else { throw failure("two digits of minutes, from 00 to 59") }
        at += 2
        guard hour.value * 60 + minute.value <= limit else { throw failure(accepted, at: place) }
        skipSpace()
        return hour.value * 60 + minute.value
    }

    /// Whether one or two digits and a colon come next.
    private var isTime: Bool {
        guard let hour = digits(atMost: 2), at + hour.length + 1 < scalars.count else { return false }
        return scalars[at + hour.length] == ":" && Self.isDigit(scalars[at + hour.length + 1])
    }

    // MARK: Words

    private var isAtEnd: Bool { at >= scalars.count }
    private var next: Unicode.Scalar? { at < scalars.count ? scalars[at] : nil }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) }

    private mutating func skipSpace() {
        while let scalar = next, scalar.properties.isWhitespace { at += 1 }
    }

    /// Takes a sign and the space after it.
    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        guard next == sign else { return false }
        at += 1
        skipSpace()
        return true
    }

    private mutating func takeFallback() -> Bool {
        guard at + 1 < scalars.count, scalars[at] == "|", scalars[at + 1] == "|" else { return false }
        at += 2
        skipSpace()
        return true
    }

    private mutating func takeAlways() -> Bool {
        guard scalars[at...].starts(with: "24/7".unicodeScalars) else { return false }
        at += 4
        skipSpace()
        return true
    }

    /// The Latin letters that come next.
    private func word() -> String? {
        let letters = scalars[at...].prefix(while: Self.isLetter)
        guard !letters.isEmpty, letters.count <= 12 else { return nil }
        return String(String.UnicodeScalarView(letters))
    }

    private mutating func takeWord() {
        at += scalars[at...].prefix(while: Self.isLetter).count
        skipSpace()
    }

    private func month() -> Int? {
        guard let name = word()?.lowercased() else { return nil }
        return HoursWords.months.firstIndex { $0.lowercased() == name }.map { $0 + 1 }
    }

    private mutating func takeMonth() -> Int? {
        guard let found = month() else { return nil }
        takeWord()
        return found
    }

    private mutating func takeDay() -> Int? {
        guard let found = digits(atMost: 2), !isTime else { return nil }
        at += found.length
        skipSpace()
        return found.value
    }

    private mutating func takeYear() throws(OpeningHours.SyntaxError) -> Int? {
        guard let found = digits(atMost: 4), found.length == 4 else { return nil }
        guard found.value > 0 else { throw failure("a year from 0001 to 9999") }
        at += 4
        skipSpace()
        return found.value
    }

    /// The number that comes next; nil where there is none or it is longer.
    private func digits(atMost limit: Int) -> (value: Int, length: Int)? {
        let run = scalars[at...].prefix(while: Self.isDigit).prefix(limit + 1)
        guard (1...limit).contains(run.count) else { return nil }
        return (run.reduce(0) { $0 * 10 + Int($1.value - 48) }, run.count)
    }

    private func failure(_ expected: String, at place: Int? = nil) -> OpeningHours.SyntaxError {
        let place = place ?? at
        let rest = scalars[min(place, scalars.count)...]
        let isWord = { (scalar: Unicode.Scalar) in !scalar.properties.isWhitespace && scalar != ";" && scalar != "," }
        let found = rest.prefix(while: isWord)
        return OpeningHours.SyntaxError(
            column: place + 1, found: String(String.UnicodeScalarView(found.isEmpty ? rest.prefix(1) : found.prefix(24))), expected: expected)
    }
}
