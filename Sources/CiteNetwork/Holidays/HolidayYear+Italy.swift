extension HolidayYear {
    /// Law 260 of 1949 and its amendments: Saint Francis of Assisi is a holiday from 2026 (law 151 of 2025). Patron saints of towns, such as
    /// Saint Ambrose in Milan and Saints Peter and Paul in Rome, are left out: they are municipal.
    mutating func addItaly() {
        add(1, 1, .newYear)
        add(1, 6, .epiphany)
        add(afterEaster: 0, .easterSunday)
        add(afterEaster: 1, .easterMonday)
        add(4, 25, .liberation)
        add(5, 1, .labourDay)
        add(6, 2, .republicDay)
        add(8, 15, .assumption)
        if year >= 2026 { add(10, 4, .saintFrancis) }
        add(11, 1, .allSaints)
        // Kept on a Sunday since 1977.
        add(first(.sunday, from: 11, 1), .nationalUnity)
        add(12, 8, .immaculateConception)
        add(12, 25, .christmas)
        add(12, 26, .saintStephen)
        // 150 years of unity.
        if year == 2011 { add(3, 17, .unification) }
    }
}
