package import CiteNetwork
package import Planning

package struct ItalianHours: HoursCatalogue {
    private let weekdays = ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"]
    private let months = [
        "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre",
    ]

    package func clock(_ minute: Int) -> String { colonClock(minute) }
    package func span(_ start: Int, _ end: Int) -> String { "\(clock(start))–\(clock(end))" }
    /// `alle 9:00`, `all'1:00`.
    private func at(_ minute: Int) -> String { (minute / 60 == 1 ? "all'" : "alle ") + clock(minute) }
    package func from(_ minute: Int) -> String { (minute / 60 == 1 ? "dall'" : "dalle ") + clock(minute) }
    package func orLater(_ span: String) -> String { "\(span) o più tardi" }
    package let allDay = "tutto il giorno"
    package let always = "24 ore su 24, 7 giorni su 7"

    package let and = "e"
    package let everyDay = "tutti i giorni"
    package func label(_ day: Weekday) -> String { weekdays[day.rawValue] }
    package func label(_ first: Weekday, to last: Weekday) -> String { from(first, to: last) }
    package func on(_ day: Weekday) -> String { (day == .sunday ? "la " : "il ") + label(day) }
    package func from(_ first: Weekday, to last: Weekday) -> String {
        (first == .sunday ? "dalla " : "dal ") + label(first) + (last == .sunday ? " alla " : " al ") + label(last)
    }
    package func label(_ position: Int, _ day: Weekday) -> String {
        let masculine = ["primo", "secondo", "terzo", "quarto", "quinto"]
        let rank = (position > 0 ? masculine[position - 1] : position == -1 ? "ultimo" : masculine[-position - 1])
        let which = day == .sunday ? String(rank.dropLast()) + "a" : rank
        return "\(which) \(label(day)) \(position < -1 ? "prima della fine del mese" : "del mese")"
    }
    package func on(_ position: Int, _ day: Weekday) -> String {
        (position == -1 ? "l'" : day == .sunday ? "la " : "il ") + label(position, day)
    }
    package let publicHolidays = "giorni festivi"
    package let onPublicHolidays = "nei giorni festivi"
    package let schoolHolidays = "vacanze scolastiche"
    package let inSchoolHolidays = "durante le vacanze scolastiche"

    private func date(_ date: MonthDay, _ year: Int?) -> String {
        "\(date.day == 1 ? "1º" : "\(date.day)") \(months[date.month - 1])" + (year.map { " \($0)" } ?? "")
    }
    /// Before eight and eleven, which begin with a vowel, the article is cut short.
    private func isElided(_ date: MonthDay) -> Bool { date.day == 8 || date.day == 11 }
    package func on(_ day: MonthDay, _ year: Int?) -> String { (isElided(day) ? "l'" : "il ") + date(day, year) }
    package func from(_ first: MonthDay, _ firstYear: Int?, to last: MonthDay, _ lastYear: Int?) -> String {
        (isElided(first) ? "dall'" : "dal ") + date(first, firstYear) + (isElided(last) ? " all'" : " al ") + date(last, lastYear)
    }
    package func inMonth(_ month: Int) -> String { "in \(months[month - 1])" }
    package func fromMonth(_ first: Int, to last: Int) -> String {
        "da \(months[first - 1]) \([4, 8, 10].contains(last) ? "ad" : "a") \(months[last - 1])"
    }
    package func inYear(_ year: Int) -> String { "nel \(year)" }
    package func fromYear(_ first: Int, to last: Int) -> String { "dal \(first) al \(last)" }
    package func fromYear(_ first: Int) -> String { "dal \(first)" }
    package func inWeeks(_ weeks: WeekSelector) -> String {
        if weeks.step == 2, weeks.first <= 2, weeks.last >= 52 { return weeks.first == 1 ? "nelle settimane dispari" : "nelle settimane pari" }
        if weeks.first == weeks.last { return "nella settimana \(weeks.first)" }
        let range = "dalla settimana \(weeks.first) alla settimana \(weeks.last)"
        return weeks.step == 1 ? range : "una settimana su \(weeks.step), \(range)"
    }

    package let open = "aperto"
    package let closed = "chiuso"
    package let byAppointment = "su appuntamento"
    package let toBeConfirmed = "da confermare"
    package let otherwise = "altrimenti"
    package func until(_ minute: Int) -> String { "fino \(at(minute))" }
    package func untilTomorrow(_ minute: Int) -> String { "fino a domani \(at(minute))" }
    package func until(_ day: Weekday, _ minute: Int) -> String { "fino a \(label(day)) \(at(minute))" }
    package func until(_ day: MonthDay, _ year: Int, _ minute: Int) -> String {
        "fino " + (isElided(day) ? "all'" : "al ") + "\(date(day, year)) \(at(minute))"
    }
    package func reason(_ reason: Opening.Reason) -> String {
        switch reason {
        case .hoursNotKnown: "orari non noti"
        case .hoursNotReadable: "orari illeggibili"
        case .timeZoneNotKnown: "fuso orario non noto"
        case .uncertain(.stated): "orari da confermare"
        case .uncertain(.closingTime): "ora di chiusura non nota"
        case .uncertain(.publicHolidays): "non si sa se è un giorno festivo"
        case .uncertain(.schoolHolidays): "secondo le vacanze scolastiche, non note"
        }
    }
}
