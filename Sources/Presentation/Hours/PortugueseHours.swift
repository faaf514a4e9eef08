package import CiteNetwork
package import Planning

package struct PortugueseHours: HoursCatalogue {
    private let weekdays = ["segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo"]
    private let months = [
        "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
    ]

    package func clock(_ minute: Int) -> String { "\(minute / 60)h" + (minute % 60 == 0 ? "" : (minute % 60 < 10 ? "0" : "") + "\(minute % 60)") }
    package func span(_ start: Int, _ end: Int) -> String { "\(clock(start))–\(clock(end))" }
    /// `às 9h`, `à 1h`.
    private func at(_ minute: Int) -> String { (minute / 60 == 1 ? "à " : "às ") + clock(minute) }
    package func from(_ minute: Int) -> String { "a partir " + (minute / 60 == 1 ? "da " : "das ") + clock(minute) }
    package func orLater(_ span: String) -> String { "\(span) ou mais tarde" }
    package let allDay = "todo o dia"
    package let always = "24 horas por dia, 7 dias por semana"

    package let and = "e"
    package let everyDay = "todos os dias"
    private func isMasculine(_ day: Weekday) -> Bool { day.rawValue >= 5 }
    package func label(_ day: Weekday) -> String { weekdays[day.rawValue] }
    package func label(_ first: Weekday, to last: Weekday) -> String { "\(label(first)) a \(label(last))" }
    package func on(_ day: Weekday) -> String { (isMasculine(day) ? "ao " : "à ") + label(day) }
    package func from(_ first: Weekday, to last: Weekday) -> String { "de \(label(first)) a \(label(last))" }
    package func label(_ position: Int, _ day: Weekday) -> String {
        let masculine = ["primeiro", "segundo", "terceiro", "quarto", "quinto"]
        let rank = position > 0 ? masculine[position - 1] : position == -1 ? "último" : position == -2 ? "penúltimo" : masculine[-position - 1]
        let which = isMasculine(day) ? rank : String(rank.dropLast()) + "a"
        return "\(which) \(label(day)) \(position < -2 ? "antes do fim do mês" : "do mês")"
    }
    package func on(_ position: Int, _ day: Weekday) -> String { (isMasculine(day) ? "no " : "na ") + label(position, day) }
    package let publicHolidays = "feriados"
    package let onPublicHolidays = "nos feriados"
    package let schoolHolidays = "férias escolares"
    package let inSchoolHolidays = "nas férias escolares"

    private func date(_ date: MonthDay, _ year: Int?) -> String { "\(date.day) de \(months[date.month - 1])" + (year.map { " de \($0)" } ?? "") }
    package func on(_ day: MonthDay, _ year: Int?) -> String { "em \(date(day, year))" }
    package func from(_ first: MonthDay, _ firstYear: Int?, to last: MonthDay, _ lastYear: Int?) -> String {
        "de \(date(first, firstYear)) a \(date(last, lastYear))"
    }
    package func inMonth(_ month: Int) -> String { "em \(months[month - 1])" }
    package func fromMonth(_ first: Int, to last: Int) -> String { "de \(months[first - 1]) a \(months[last - 1])" }
    package func inYear(_ year: Int) -> String { "em \(year)" }
    package func fromYear(_ first: Int, to last: Int) -> String { "de \(first) a \(last)" }
    package func fromYear(_ first: Int) -> String { "a partir de \(first)" }
    package func inWeeks(_ weeks: WeekSelector) -> String {
        if weeks.step == 2, weeks.first <= 2, weeks.last >= 52 { return weeks.first == 1 ? "nas semanas ímpares" : "nas semanas pares" }
        if weeks.first == weeks.last { return "na semana \(weeks.first)" }
        let range = "da semana \(weeks.first) à semana \(weeks.last)"
        return weeks.step == 1 ? range : "uma em cada \(weeks.step) semanas, \(range)"
    }

    package let open = "aberto"
    package let closed = "fechado"
    package let byAppointment = "por marcação"
    package let toBeConfirmed = "a confirmar"
    package let otherwise = "senão,"
    package func until(_ minute: Int) -> String { "até \(at(minute))" }
    package func untilTomorrow(_ minute: Int) -> String { "até amanhã \(at(minute))" }
    package func until(_ day: Weekday, _ minute: Int) -> String { "até \(label(day)) \(at(minute))" }
    package func until(_ day: MonthDay, _ year: Int, _ minute: Int) -> String { "até \(date(day, year)) \(at(minute))" }
    package func reason(_ reason: Opening.Reason) -> String {
        switch reason {
        case .hoursNotKnown: "horário desconhecido"
        case .hoursNotReadable: "horário ilegível"
        case .timeZoneNotKnown: "fuso horário desconhecido"
        case .uncertain(.stated): "horário a confirmar"
        case .uncertain(.closingTime): "hora de fecho desconhecida"
        case .uncertain(.publicHolidays): "não se sabe se é feriado"
        case .uncertain(.schoolHolidays): "conforme as férias escolares, desconhecidas"
        }
    }
}
