extension HolidayYear {
    /// Código do Trabalho, article 234; four holidays were suspended from 2013 to 2015. Municipal holidays (Saint John in Porto) are left out.
    mutating func addPortugal() {
        add(1, 1, .newYear)
        add(afterEaster: -2, .goodFriday)
        add(afterEaster: 0, .easterSunday)
        add(4, 25, .freedomDay)
        add(5, 1, .labourDay)
        add(6, 10, .portugalDay)
        add(8, 15, .assumption)
        add(12, 8, .immaculateConception)
        add(12, 25, .christmas)
        guard !(2013...2015).contains(year) else { return }
        add(afterEaster: 60, .corpusChristi)
        add(10, 5, .republicDayPortugal)
        add(11, 1, .allSaints)
        add(12, 1, .independenceRestored)
    }
}
