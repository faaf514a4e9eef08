extension HolidayYear {
    /// The days that every province keeps; in British Columbia those of its Employment Standards Act. A day at the week-end is kept on the
    /// Monday after too.
    mutating func addCanada(isBritishColumbia: Bool) {
        addKept(1, 1, .newYear)
        add(afterEaster: -2, .goodFriday)
        add(7, 1, .canadaDay)
        add(first(.monday, from: 9, 1), .labourDay)
        addKept(12, 25, .christmas)
        guard isBritishColumbia else { return }
        if year >= 2013 { add(first(.monday, from: 2, year >= 2019 ? 15 : 8), .familyDay) }
        // The Monday before 25 May.
        add(first(.monday, from: 5, 18), .victoriaDay)
        if date(7, 1).weekday == .sunday { add(7, 2, .canadaDay) }
        add(first(.monday, from: 8, 1), .britishColumbiaDay)
        if year >= 2023 { addKept(9, 30, .truthAndReconciliation) }
        add(first(.monday, from: 10, 8), .thanksgiving)
        add(11, 11, .remembranceDay)
        // The funeral of Elizabeth II.
        add(once: 2022_09_19)
    }

    private mutating func addKept(_ month: Int, _ day: Int, _ key: PublicHoliday.Key) {
        let date = date(month, day)
        add(date, key)
        if date.weekday.rawValue >= 5 { add(date.adding(days: 7 - date.weekday.rawValue)!, key) }
    }
}
