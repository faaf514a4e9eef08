extension HolidayYear {
    /// The four days that all cantons keep; in Geneva those of its law on public holidays (J 1 45).
    mutating func addSwitzerland(isGeneva: Bool) {
        add(1, 1, .newYear)
        add(afterEaster: 39, .ascension)
        add(8, 1, .nationalDaySwitzerland)
        add(12, 25, .christmas)
        guard isGeneva else { return }
        add(afterEaster: -2, .goodFriday)
        add(afterEaster: 1, .easterMonday)
        add(afterEaster: 50, .whitMonday)
        // The Thursday after the first Sunday of September.
        add(first(.sunday, from: 9, 1).adding(days: 4)!, .genevanFast)
        add(12, 31, .restorationOfTheRepublic)
    }
}
