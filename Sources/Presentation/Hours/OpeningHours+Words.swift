package import CiteNetwork
package import Planning

extension OpeningHours {
    /// The hours as people say them: `lundi à vendredi 9 h – 12 h 30 et 14 h – 17 h; fermé les jours fériés`.
    ///
    /// The ordinary week is told day by day, as it results from all its rules; then each rule for certain dates or holidays, in order, which
    /// goes before what is told ahead of it. A day of which nothing is said is closed.
    package func words(in language: Language) -> String {
        let speaker = HoursSpeaker(words: language.hours)
        let week = week
        var sentences = speaker.sentences(of: week.days)
        if sentences.isEmpty, week.exceptions.count < rules.count { sentences.append(speaker.words.closed) }
        return (sentences + week.exceptions.map(speaker.sentence)).joined(separator: "; ")
    }
}

extension Opening {
    /// The state as people say it: `ouvert jusqu'à 17 h`.
    package func words(in language: Language) -> String {
        let words = language.hours
        let state: String =
            switch self.state {
            case .open: words.open
            case .closed: words.closed
            case .byAppointment: words.byAppointment
            case .unknown: reason.map(words.reason) ?? ""
            }
        guard self.state != .unknown, let nextChange, let local else { return state }
        let (day, minute) = (nextChange.local.day, nextChange.local.minute)
        let until =
            switch day.dayNumber - local.day.dayNumber {
            case 0: words.until(minute)
            case 1: words.untilTomorrow(minute)
            case 2...6: words.until(day.weekday, minute)
            default: words.until(MonthDay(day), day.year, minute)
            }
        return "\(state) \(until)"
    }
}

/// Makes sentences of rules in one language.
private struct HoursSpeaker {
    let words: any HoursCatalogue

    /// A sentence for the weekdays that have the same hours, in order of the first of them.
    func sentences(of week: [[HoursInterval]]) -> [String] {
        var groups: [(weekdays: UInt8, hours: [HoursInterval])] = []
        for (day, hours) in week.enumerated() where !hours.isEmpty {
            if let i = groups.firstIndex(where: { $0.hours == hours }) {
                groups[i].weekdays |= 1 << day
            } else {
                groups.append((1 << day, hours))
            }
        }
        return groups.map { group in
            let isAllDay = group.hours.count == 1 && group.hours[0].start == 0 && group.hours[0].end == 1440
            if group.weekdays == DaySelector.everyDay, isAllDay, group.hours[0].state == .open, group.hours[0].comment == nil { return words.always }
            return label(group.weekdays) + " " + times(group.hours)
        }
    }

    /// `lundi, mercredi et jeudi`, `lundi à vendredi`.
    private func label(_ weekdays: UInt8) -> String {
        guard weekdays != DaySelector.everyDay else { return words.everyDay }
        return words.list(
            DaySelector.runs(weekdays).flatMap { run in
                run.count < 3 ? run.map { words.label($0) } : [words.label(run[0], to: run[run.count - 1])]
            })
    }

    /// The hours of a day, those of one state together.
    private func times(_ hours: [HoursInterval]) -> String {
        var parts: [(text: [String], state: OpeningState, comment: String?)] = []
        for (i, interval) in hours.enumerated() {
            var text = interval.start == 0 && interval.end == 1440 ? words.allDay : words.span(interval.start, clockEnd(interval.end))
            if interval.uncertainty == .closingTime {
                if i > 0, hours[i - 1].end == interval.start, let last = parts[parts.count - 1].text.last {
                    parts[parts.count - 1].text.removeLast()
                    parts[parts.count - 1].text.append(words.orLater(last))
                    continue
                }
                text = words.from(interval.start)
            }
            let state = interval.uncertainty == .closingTime ? .open : interval.state
            if let last = parts.last, last.state == state, last.comment == interval.comment {
                parts[parts.count - 1].text.append(text)
            } else {
                parts.append(([text], state, interval.comment))
            }
        }
        return parts.map { words.list($0.text) + suffix($0.state, $0.comment) }.joined(separator: ", ")
    }

    /// An end past midnight as the clock shows it; midnight itself as the end of the day.
    private func clockEnd(_ end: Int) -> Int { end > 1440 ? end % 1440 : end }

    private func suffix(_ state: OpeningState, _ comment: String?) -> String {
        switch state {
        case .byAppointment: " " + words.byAppointment
        case .unknown: comment.map { " (\($0))" } ?? " (\(words.toBeConfirmed))"
        case .open, .closed: comment.map { " (\($0))" } ?? ""
        }
    }

    /// A rule by itself.
    func sentence(_ rule: OpeningHours.Rule) -> String {
        let dates = (rule.dates.map(date) + rule.weeks.map { words.inWeeks($0) })
        let when = dates.isEmpty ? nil : words.list(dates)
        let lead = rule.joiner == .fallback ? words.otherwise + " " : ""
        let spans = rule.times.map { span -> String in
            guard let end = span.end else { return words.from(span.start) }
            let text = span.start == 0 && end == 1440 ? words.allDay : words.span(span.start, clockEnd(end))
            return span.isOpenEnded ? words.orLater(text) : text
        }
        if rule.state == .closed {
            let parts = [words.closed, rule.days.map { days($0, asLabel: false) }, when, spans.isEmpty ? nil : words.list(spans)]
            return lead + parts.compactMap { $0 }.joined(separator: " ") + suffix(.closed, rule.comment)
        }
        let label = rule.days.map { days($0, asLabel: true) }
        let isBare = label == nil && when == nil
        var parts: [String] = []
        if let when { parts.append(label == nil ? when : when + ",") }
        if let label { parts.append(label) }
        if !spans.isEmpty {
            if isBare, rule.joiner != .fallback { parts.append(words.everyDay) }
            parts.append(words.list(spans))
        } else if rule.isAlways, rule.state == .open {
            parts.append(words.always)
        } else if rule.state == .open {
            parts.append(isBare ? words.open : words.allDay)
        }
        let text = parts.joined(separator: " ") + suffix(rule.state, rule.comment)
        return lead + (text.first == " " ? String(text.dropFirst()) : text)
    }

    private func date(_ selector: DateSelector) -> String {
        func years(_ years: YearSpan) -> String {
            if let year = years.single { return words.inYear(year) }
            return years.last.map { words.fromYear(years.first, to: $0) } ?? words.fromYear(years.first)
        }
        func suffix(_ span: YearSpan?) -> String { span.map { " " + years($0) } ?? "" }
        switch selector {
        case .years(let span): return years(span)
        case .months(let span, let first, let last):
            return (first == last ? words.inMonth(first) : words.fromMonth(first, to: last)) + suffix(span)
        case .days(let span, let first, let last):
            let year = span?.single
            let rest = year == nil ? suffix(span) : ""
            if first == last { return words.on(first, year) + rest }
            return words.from(first, first < last ? nil : year, to: last, year.map { first < last ? $0 : $0 + 1 }) + rest
        case .span(let first, let last):
            return words.from(MonthDay(first), first.year, to: MonthDay(last), last.year)
        }
    }

    /// Before its hours, or as when a place is closed.
    private func days(_ selector: DaySelector, asLabel: Bool) -> String {
        var named = DaySelector.runs(selector.weekdays).flatMap { run -> [String] in
            guard run.count < 3 else {
                if run.count == 7 { return [words.everyDay] }
                let (first, last) = (run[0], run[run.count - 1])
                return [asLabel ? words.label(first, to: last) : words.from(first, to: last)]
            }
            return run.map { asLabel ? words.label($0) : words.on($0) }
        }
        for nth in selector.nth {
            named += nth.positions.map { asLabel ? words.label($0, nth.weekday) : words.on($0, nth.weekday) }
        }
        guard !selector.isConjunction else {
            let holidays = (selector.publicHolidays ? [words.onPublicHolidays] : []) + (selector.schoolHolidays ? [words.inSchoolHolidays] : [])
            return words.list(named) + " " + words.list(holidays)
        }
        if selector.publicHolidays { named.append(asLabel ? words.publicHolidays : words.onPublicHolidays) }
        if selector.schoolHolidays { named.append(asLabel ? words.schoolHolidays : words.inSchoolHolidays) }
        return words.list(named)
    }
}
