/// A part of Spain whose calendar is known.
enum SpanishPart: Hashable {
    case catalonia, basqueCountry, other

    /// By the code of a province or of an autonomous community.
    init(_ code: String?) {
        switch code {
        case "B", "GI", "L", "T", "CT": self = .catalonia
        case "SS", "BI", "VI", "PV": self = .basqueCountry
        default: self = .other
        }
    }
}

extension HolidayYear {
    /// Real Decreto 2001/1983, article 45, and the calendars that the autonomous communities publish in the Boletín Oficial del Estado each
    /// autumn. A holiday on a Sunday is not in them. Which day makes up for it changes from year to year: after the last calendar
    /// published, such days are not sure. The two local holidays of each town are left out.
    mutating func addSpain(_ part: SpanishPart) {
        func isPublished(_ last: Int = 2026) -> Bool { year <= last }
        addUnlessSunday(1, 1, .newYear)
        addUnlessSunday(1, 6, .epiphany)
        add(afterEaster: -2, .goodFriday)
        addUnlessSunday(5, 1, .labourDay)
        addUnlessSunday(8, 15, .assumption)
        addUnlessSunday(10, 12, .nationalDaySpain)
        addUnlessSunday(11, 1, .allSaints)
        addUnlessSunday(12, 6, .constitutionDay)
        addUnlessSunday(12, 8, .immaculateConception)
        addUnlessSunday(12, 25, .christmas)
        switch part {
        case .other: break
        case .catalonia:
            add(afterEaster: 1, .easterMonday)
            addUnlessSunday(6, 24, .saintJohn)
            addUnlessSunday(9, 11, .nationalDayCatalonia)
            addUnlessSunday(12, 26, .saintStephen)
            if !isPublished() {
                add(afterEaster: 50, .whitMonday, isSure: false)
            } else if [2011, 2016, 2022].contains(year) {
                add(afterEaster: 50, .whitMonday)
            }
        case .basqueCountry:
            add(afterEaster: -3, .maundyThursday)
            add(afterEaster: 1, .easterMonday)
            if ![2012, 2014, 2018].contains(year) { addUnlessSunday(7, 25, .saintJames) }
            if (2011...2014).contains(year) { add(10, 25, .basqueDay) }
            if !isPublished() {
                add(3, 19, .saintJoseph, isSure: false)
            } else if [2009, 2010, 2015, 2019, 2020, 2021, 2026].contains(year) {
                add(3, 19, .saintJoseph)
            }
            // 80 years of the first Basque government; 500 years of the first voyage around the world.
            add(once: 2016_10_07, 2022_09_06)
        }
    }

    private mutating func addUnlessSunday(_ month: Int, _ day: Int, _ key: PublicHoliday.Key) {
        if date(month, day).weekday != .sunday { add(month, day, key) }
    }
}
