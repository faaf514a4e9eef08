package import CiteNetwork
package import Planning

package struct SpanishHours: HoursCatalogue {
    private let weekdays = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"]
    private let months = [
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ]

    package func clock(_ minute: Int) -> String { colonClock(minute) }
    package func span(_ start: Int, _ end: Int) -> String { "\(clock(start))–\(clock(end))" }
    /// `las 9:00`, `la 1:00`.
    private func article(_ minute: Int) -> String { (minute / 60 == 1 ? "la " : "las ") + clock(minute) }
    package func from(_ minute: Int) -> String { "a partir de \(article(minute))" }
    package func orLater(_ span: String) -> String { "\(span) o más tarde" }
    package let allDay = "todo el día"
    package let always = "24 horas al día, 7 días a la semana"

    package let and = "y"
    package let everyDay = "todos los días"
    package func label(_ day: Weekday) -> String { weekdays[day.rawValue] }
    package func label(_ first: Weekday, to last: Weekday) -> String { "\(label(first)) a \(label(last))" }
    package func on(_ day: Weekday) -> String { "los " + label(day) + (day.rawValue >= 5 ? "s" : "") }
    package func from(_ first: Weekday, to last: Weekday) -> String { "de \(label(first)) a \(label(last))" }
    package func label(_ position: Int, _ day: Weekday) -> String {
        let ordinals = ["primer", "segundo", "tercer", "cuarto", "quinto"]
        guard position < 0 else { return "\(ordinals[position - 1]) \(label(day)) de mes" }
        guard position < -2 else { return "\(position == -1 ? "último" : "penúltimo") \(label(day)) de mes" }
        return "\(ordinals[-position - 1]) \(label(day)) antes de fin de mes"
    }
    package func on(_ position: Int, _ day: Weekday) -> String { "el \(label(position, day))" }
    package let publicHolidays = "festivos"
    package let onPublicHolidays = "los festivos"
    package let schoolHolidays = "vacaciones escolares"
    package let inSchoolHolidays = "durante las vacaciones escolares"

    private func date(_ date: MonthDay, _ year: Int?) -> String { "\(date.day) de \(months[date.month - 1])" + (year.map { " de \($0)" } ?? "") }
    package func on(_ day: MonthDay, _ year: Int?) -> String { "el \(date(day, year))" }
    package func from(_ first: MonthDay, _ firstYear: Int?, to last: MonthDay, _ lastYear: Int?) -> String {
        "del \(date(first, firstYear)) al \(date(last, lastYear))"
    }
    package func inMonth(_ month: Int) -> String { "en \(months[month - 1])" }
    package func fromMonth(_ first: Int, to last: Int) -> String { "de \(months[first - 1]) a \(months[last - 1])" }
    package func inYear(_ year: Int) -> String { "en \(year)" }
    package func fromYear(_ first: Int, to last: Int) -> String { "de \(first) a \(last)" }
    package func fromYear(_ first: Int) -> String { "a partir de \(first)" }
    package func inWeeks(_ weeks: WeekSelector) -> String {
        if weeks.step == 2, weeks.first <= 2, weeks.last >= 52 { return weeks.first == 1 ? "las semanas impares" : "las semanas pares" }
        if weeks.first == weeks.last { return "la semana \(weeks.first)" }
        let range = "de la semana \(weeks.first) a la semana \(weeks.last)"
        return weeks.step == 1 ? range : "una de cada \(weeks.step) semanas, \(range)"
    }

    package let open = "abierto"
    package let closed = "cerrado"
    package let byAppointment = "con cita previa"
    package let toBeConfirmed = "por confirmar"
    package let otherwise = "si no,"
    package func until(_ minute: Int) -> String { "hasta \(article(minute))" }
    package func untilTomorrow(_ minute: Int) -> String { "hasta mañana a \(article(minute))" }
    package func until(_ day: Weekday, _ minute: Int) -> String { "hasta el \(label(day)) a \(article(minute))" }
    package func until(_ day: MonthDay, _ year: Int, _ minute: Int) -> String { "hasta el \(date(day, year)) a \(article(minute))" }
    package func reason(_ reason: Opening.Reason) -> String {
        switch reason {
        case .hoursNotKnown: "horario desconocido"
        case .hoursNotReadable: "horario ilegible"
        case .timeZoneNotKnown: "zona horaria desconocida"
        case .uncertain(.stated): "horario por confirmar"
        case .uncertain(.closingTime): "hora de cierre desconocida"
        case .uncertain(.publicHolidays): "no se sabe si es festivo"
        case .uncertain(.schoolHolidays): "según las vacaciones escolares, desconocidas"
        }
    }
}
