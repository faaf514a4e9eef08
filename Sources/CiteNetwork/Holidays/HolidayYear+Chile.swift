extension HolidayYear {
    /// Laws 2.977, 19.668 (days moved to a Monday), 20.215 and 20.983 (days around the national ones), 20.299, 21.357 (winter solstice).
    mutating func addChile() {
        add(1, 1, .newYear)
        if year >= 2017, date(1, 2).weekday == .monday { add(1, 2, .nationalHoliday) }
        add(afterEaster: -2, .goodFriday)
        add(afterEaster: -1, .holySaturday)
        add(5, 1, .labourDay)
        add(5, 21, .navyDay)
        if year >= 2021 { add(6, winterSolstice, .indigenousPeoples) }
        add(movedToMonday(6, 29), .saintPeterAndSaintPaul)
        add(7, 16, .mountCarmel)
        add(8, 15, .assumption)
        let eve = date(9, 17).weekday
        if eve == .monday || (eve == .friday && year >= 2017) { add(9, 17, .nationalHoliday) }
        add(9, 18, .independenceChile)
        add(9, 19, .armyDay)
        if date(9, 20).weekday == .friday { add(9, 20, .nationalHoliday) }
        add(movedToMonday(10, 12), .meetingOfTwoWorlds)
        let reformation = date(10, 31)
        switch reformation.weekday {
        case .tuesday: add(reformation.adding(days: -4)!, .protestantChurches)
        case .wednesday: add(reformation.adding(days: 2)!, .protestantChurches)
        default: add(reformation, .protestantChurches)
        }
        add(11, 1, .allSaints)
        add(12, 8, .immaculateConception)
        add(12, 25, .christmas)
        // The bicentenary, a census, a bridge.
        add(once: 2010_09_17, 2010_09_20, 2017_04_19, 2022_09_16)
    }

    /// From Tuesday to Thursday to the Monday before, from Friday to the Monday after.
    private func movedToMonday(_ month: Int, _ day: Int) -> CalendarDate {
        let date = date(month, day)
        return switch date.weekday {
        case .tuesday, .wednesday, .thursday: date.adding(days: -date.weekday.rawValue)!
        case .friday: date.adding(days: 3)!
        default: date
        }
    }

    /// The day of June, by the clock of Chile: the 21st in the two years before a leap year until 2046, then in the year before one until
    /// 2075, and the 20th in the others. The first time the law itself set the 21st.
    private var winterSolstice: Int {
        if year == 2021 { return 21 }
        let phase = year % 4
        return (year <= 2046 && phase >= 2) || (year <= 2075 && phase == 3) ? 21 : 20
    }
}
