package import CiteNetwork
package import Planning

package struct FrenchHours: HoursCatalogue {
    private let weekdays = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
    private let months = [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ]

    package func clock(_ minute: Int) -> String {
        "\(minute / 60)\u{A0}h" + (minute % 60 == 0 ? "" : "\u{A0}" + (minute % 60 < 10 ? "0" : "") + "\(minute % 60)")
    }
    package func span(_ start: Int, _ end: Int) -> String { "\(clock(start)) – \(clock(end))" }
    package func from(_ minute: Int) -> String { "à partir de \(clock(minute))" }
    package func orLater(_ span: String) -> String { "\(span) ou plus tard" }
    package let allDay = "toute la journée"
    package let always = "24\u{A0}h sur 24, 7\u{A0}jours sur 7"

    package let and = "et"
    package let everyDay = "tous les jours"
    package func label(_ day: Weekday) -> String { weekdays[day.rawValue] }
    package func label(_ first: Weekday, to last: Weekday) -> String { "\(label(first)) à \(label(last))" }
    package func on(_ day: Weekday) -> String { "le \(label(day))" }
    package func from(_ first: Weekday, to last: Weekday) -> String { "du \(label(first)) au \(label(last))" }
    package func label(_ position: Int, _ day: Weekday) -> String {
        let fromEnd = ["dernier", "avant-dernier"]
        let fromStart = ["premier", "deuxième", "troisième", "quatrième", "cinquième"]
        guard position < -2 else { return "\(position < 0 ? fromEnd[-position - 1] : fromStart[position - 1]) \(label(day)) du mois" }
        return "\(fromStart[-position - 1]) \(label(day)) avant la fin du mois"
    }
    package func on(_ position: Int, _ day: Weekday) -> String { "le \(label(position, day))" }
    package let publicHolidays = "jours fériés"
    package let onPublicHolidays = "les jours fériés"
    package let schoolHolidays = "vacances scolaires"
    package let inSchoolHolidays = "pendant les vacances scolaires"

    private func date(_ date: MonthDay, _ year: Int?) -> String {
        "\(date.day == 1 ? "1er" : "\(date.day)") \(months[date.month - 1])" + (year.map { " \($0)" } ?? "")
    }
    private func of(_ month: Int) -> String { [4, 8, 10].contains(month) ? "d'\(months[month - 1])" : "de \(months[month - 1])" }
    package func on(_ day: MonthDay, _ year: Int?) -> String { "le \(date(day, year))" }
    package func from(_ first: MonthDay, _ firstYear: Int?, to last: MonthDay, _ lastYear: Int?) -> String {
        "du \(date(first, firstYear)) au \(date(last, lastYear))"
    }
    package func inMonth(_ month: Int) -> String { "en \(months[month - 1])" }
    package func fromMonth(_ first: Int, to last: Int) -> String { "\(of(first)) à \(months[last - 1])" }
    package func inYear(_ year: Int) -> String { "en \(year)" }
    package func fromYear(_ first: Int, to last: Int) -> String { "de \(first) à \(last)" }
    package func fromYear(_ first: Int) -> String { "à partir de \(first)" }
    package func inWeeks(_ weeks: WeekSelector) -> String {
        if weeks.step == 2, weeks.first <= 2, weeks.last >= 52 { return weeks.first == 1 ? "les semaines impaires" : "les semaines paires" }
        if weeks.first == weeks.last { return "la semaine \(weeks.first)" }
        let range = "de la semaine \(weeks.first) à la semaine \(weeks.last)"
        return weeks.step == 1 ? range : "une semaine sur \(weeks.step), \(range)"
    }

    package let open = "ouvert"
    package let closed = "fermé"
    package let byAppointment = "sur rendez-vous"
    package let toBeConfirmed = "à confirmer"
    package let otherwise = "sinon"
    package func until(_ minute: Int) -> String { "jusqu'à \(clock(minute))" }
    package func untilTomorrow(_ minute: Int) -> String { "jusqu'à demain \(clock(minute))" }
    package func until(_ day: Weekday, _ minute: Int) -> String { "jusqu'à \(label(day)) \(clock(minute))" }
    package func until(_ day: MonthDay, _ year: Int, _ minute: Int) -> String { "jusqu'au \(date(day, year)), \(clock(minute))" }
    package func reason(_ reason: Opening.Reason) -> String {
        switch reason {
        case .hoursNotKnown: "horaires non connus"
        case .hoursNotReadable: "horaires illisibles"
        case .timeZoneNotKnown: "fuseau horaire non connu"
        case .uncertain(.stated): "horaires à confirmer"
        case .uncertain(.closingTime): "heure de fermeture non connue"
        case .uncertain(.publicHolidays): "on ne sait pas si c'est un jour férié"
        case .uncertain(.schoolHolidays): "selon les vacances scolaires, non connues"
        }
    }
}
