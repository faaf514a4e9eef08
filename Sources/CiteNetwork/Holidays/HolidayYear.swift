/// The holidays of a year being collected.
struct HolidayYear {
    let year: Int
    private let easter: CalendarDate
    private(set) var holidays: [PublicHoliday] = []

    init(_ year: Int) {
        self.year = year
        easter = CalendarDate.easter(of: year)!
    }

    mutating func add(_ day: CalendarDate, _ key: PublicHoliday.Key, isSure: Bool = true) {
        holidays.append(PublicHoliday(day: day, key: key, isSure: isSure))
    }

    /// A date of every year.
    mutating func add(_ month: Int, _ day: Int, _ key: PublicHoliday.Key, isSure: Bool = true) { add(date(month, day), key, isSure: isSure) }

    /// Days after Easter Sunday.
    mutating func add(afterEaster days: Int, _ key: PublicHoliday.Key, isSure: Bool = true) { add(easter.adding(days: days)!, key, isSure: isSure) }

    /// The first such weekday from a date on.
    func first(_ weekday: Weekday, from month: Int, _ day: Int) -> CalendarDate {
        let start = date(month, day)
        return start.adding(days: (weekday.rawValue - start.weekday.rawValue + 7) % 7)!
    }

    func date(_ month: Int, _ day: Int) -> CalendarDate { CalendarDate(year: year, month: month, day: day)! }

    /// Days declared once: `yyyymmdd`.
    mutating func add(once days: Int...) {
        for day in days where day / 10_000 == year { add(day / 100 % 100, day % 100, .once) }
    }
}
