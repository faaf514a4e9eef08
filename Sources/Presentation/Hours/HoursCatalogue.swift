package import CiteNetwork
package import Planning

/// The words for opening hours in one language. Minutes are those of a day; 1440 is its end.
package protocol HoursCatalogue: Sendable {
    // MARK: Times

    func clock(_ minute: Int) -> String
    /// `9 h – 12 h 30`.
    func span(_ start: Int, _ end: Int) -> String
    func from(_ minute: Int) -> String
    /// A span that may end later.
    func orLater(_ span: String) -> String
    var allDay: String { get }
    var always: String { get }

    // MARK: Days, as the label before their hours, and as when a place is closed

    var and: String { get }
    var everyDay: String { get }
    func label(_ day: Weekday) -> String
    func label(_ first: Weekday, to last: Weekday) -> String
    func on(_ day: Weekday) -> String
    func from(_ first: Weekday, to last: Weekday) -> String
    /// The nth such day of the month, from its end where negative.
    func label(_ position: Int, _ day: Weekday) -> String
    func on(_ position: Int, _ day: Weekday) -> String
    var publicHolidays: String { get }
    var onPublicHolidays: String { get }
    var schoolHolidays: String { get }
    var inSchoolHolidays: String { get }

    // MARK: Dates

    func on(_ date: MonthDay, _ year: Int?) -> String
    func from(_ first: MonthDay, _ firstYear: Int?, to last: MonthDay, _ lastYear: Int?) -> String
    func inMonth(_ month: Int) -> String
    func fromMonth(_ first: Int, to last: Int) -> String
    func inYear(_ year: Int) -> String
    func fromYear(_ first: Int, to last: Int) -> String
    func fromYear(_ first: Int) -> String
    func inWeeks(_ weeks: WeekSelector) -> String

    // MARK: States

    var open: String { get }
    var closed: String { get }
    var byAppointment: String { get }
    /// After hours that are not certain.
    var toBeConfirmed: String { get }
    /// Before what holds where nothing else does.
    var otherwise: String { get }
    /// Until a time of the same day, of tomorrow, or of another day.
    func until(_ minute: Int) -> String
    func untilTomorrow(_ minute: Int) -> String
    func until(_ day: Weekday, _ minute: Int) -> String
    func until(_ date: MonthDay, _ year: Int, _ minute: Int) -> String
    func reason(_ reason: Opening.Reason) -> String
}

extension HoursCatalogue {
    /// `a, b and c`.
    func list(_ items: [String]) -> String {
        guard items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " \(and) " + items[items.count - 1]
    }

    /// `9:30`.
    func colonClock(_ minute: Int) -> String { "\(minute / 60):" + (minute % 60 < 10 ? "0" : "") + "\(minute % 60)" }
}

extension Language {
    package var hours: any HoursCatalogue {
        switch self {
        case .french: FrenchHours()
        case .english: EnglishHours()
        case .italian: ItalianHours()
        case .spanish: SpanishHours()
        case .portuguese: PortugueseHours()
        }
    }
}
