internal import CiteNetwork
internal import GeoModel
package import Planning

extension Review {
    /// What falls due as a calendar (RFC 5545): an event of a whole day for each, on the last day on which it may be due.
    ///
    /// What is overdue stands on the day of the review. Only what is known to be open, on a day that is known, is in it; a note tells how much
    /// is not. The same store and day give the same bytes: the stamp is the store's last change.
    package func calendar(_ language: Language, _ atlas: Atlas) -> Rendering {
        var calendar = CalendarWriter()
        calendar.line("BEGIN", "VCALENDAR")
        calendar.line("VERSION", "2.0")
        calendar.line("PRODID", "-//Maillage//review//\(language.rawValue.uppercased())")
        calendar.line("CALSCALE", "GREGORIAN")
        calendar.line("METHOD", "PUBLISH")
        calendar.text("NAME", name(language))
        calendar.text("X-WR-CALNAME", name(language))
        let certain = deadlines.filter { $0.isOpen == .yes && $0.due.latest != nil }
        for deadline in certain { event(deadline, language, atlas, &calendar) }
        calendar.line("END", "VCALENDAR")
        let left = deadlines.count - certain.count
        let notes = left == 0 ? [] : [ReviewPhrase.noteCalendarLeftOut.text(language, ["count": language.number(Double(left))])]
        return Rendering(text: calendar.text, notes: notes + [thresholds(language)])
    }

    private func name(_ language: Language) -> String {
        ReviewPhrase.calendarName.text(language) + (scopeName.map { ", \($0)" } ?? "")
    }

    private func event(_ deadline: Deadline, _ language: Language, _ atlas: Atlas, _ calendar: inout CalendarWriter) {
        guard let last = deadline.due.latest else { return }
        let isOver = last < asOf
        let day = isOver ? asOf : last
        let record = deadline.record
        let subject = atlas.records.cite(record.id)?.name ?? atlas.records.platform(record.id)?.name ?? record.id
        let title = deadline.kind.phrase.text(language, ["name": subject])
        calendar.line("BEGIN", "VEVENT")
        // A report is another one each year; the other deadlines of a record move when its dates are mended.
        let which = deadline.kind == .yearlyReport ? "-\(last)" : ""
        calendar.text("UID", "\(deadline.kind.rawValue)-\(record.id)\(which)@maillage")
        calendar.line("DTSTAMP", stamp)
        calendar.line("DTSTART;VALUE=DATE", Self.compact(day))
        calendar.line("DTEND;VALUE=DATE", Self.compact(day.adding(days: 1) ?? day))
        calendar.text("SUMMARY", isOver ? ReviewPhrase.calendarOverdue.text(language, ["title": title]) : title)
        let due = deadline.due.due(language)
        let lines = ["\(record.id): \(due).", ReviewPhrase.calendarSettledBy.text(language, ["command": deadline.command])]
        calendar.text("DESCRIPTION", lines.joined(separator: "\n"))
        calendar.text("CATEGORIES", deadline.kind.category.text(language))
        calendar.line("TRANSP", "TRANSPARENT")
        if let place = atlas.place(of: record) { calendar.line("GEO", "\(decimal(place.y, 6));\(decimal(place.x, 6))") }
        if !isOver {
            calendar.line("BEGIN", "VALARM")
            calendar.line("ACTION", "DISPLAY")
            calendar.line("TRIGGER", "-P\(deadline.kind == .confirmation ? 30 * RuleTimes.confirmationNoticeMonths : 30)D")
            calendar.text("DESCRIPTION", title)
            calendar.line("END", "VALARM")
        }
        calendar.line("END", "VEVENT")
    }

    /// `20261123T101112Z`.
    private var stamp: String {
        let digits = (changedAt ?? "\(asOf)T00:00:00").filter { $0.isNumber || $0 == "T" }
        return digits.prefix(15) + "Z"
    }

    private static func compact(_ day: CalendarDate) -> String { day.description.filter(\.isNumber) }
}
