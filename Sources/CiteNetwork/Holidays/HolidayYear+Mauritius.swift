/// The days of Mauritius that go by the moon, from 2009 to 2035.
///
/// From PyPI `holidays` 0.109, which names the government's notices (2021, 2022, 2024, 2025) and published lists. The Chinese New Year is
/// fixed by the calculated calendar. The others follow the sky or an announcement: in years that no notice or list confirms, the day or a
/// neighbour of it is the holiday, and neither is sure.
enum MauritianFestivals {
    static let years = 2009...2035

    struct Festival {
        var key: PublicHoliday.Key
        var confirmed: Set<Int>
        /// `mmdd`, one for each of `years`.
        var days: [Int]
    }

    private static let notices: Set<Int> = [2021, 2022, 2024, 2025]

    static let all = [
        Festival(
            key: .springFestival, confirmed: Set(years),
            days: [
                126, 214, 203, 123, 210, 131, 219, 208, 128, 216, 205, 125, 212, 201, 122, 210, 129, 217, 206, 126, 213, 203, 123, 211, 131, 219, 208,
            ]),
        Festival(
            key: .thaipusam, confirmed: Set(2020...2025),
            days: [
                209, 129, 118, 206, 126, 214, 203, 124, 211, 131, 120, 208, 128, 118, 204, 125, 211, 202, 122, 209, 129, 118, 206, 127, 214, 203, 123,
            ]),
        Festival(
            key: .mahaShivaratri, confirmed: notices,
            days: [
                223, 212, 302, 220, 310, 227, 217, 307, 224, 213, 304, 221, 311, 301, 218, 308, 226, 215, 306, 223, 211, 302, 220, 310, 227, 217, 308,
            ]),
        Festival(
            key: .ugadi, confirmed: notices,
            days: [
                327, 316, 404, 323, 411, 331, 321, 408, 328, 318, 406, 325, 413, 402, 322, 409, 330, 319, 407, 327, 414, 403, 324, 411, 331, 321, 409,
            ]),
        Festival(
            key: .ganeshChaturthi, confirmed: Set(2015...2025),
            days: [
                823, 911, 901, 919, 909, 829, 918, 906, 825, 914, 903, 823, 911, 901, 920, 908, 828, 914, 904, 823, 911, 901, 920, 908, 828, 916, 905,
            ]),
        Festival(
            key: .divali, confirmed: notices,
            days: [
                1017, 1105, 1026, 1113, 1103, 1023, 1111, 1030, 1019, 1107, 1027, 1114, 1104, 1024, 1112, 1031, 1020, 1108, 1029, 1017, 1105, 1026,
                1114, 1102, 1022, 1110, 1030,
            ]),
        Festival(
            key: .eidAlFitr, confirmed: Set(2016...2025),
            days: [
                921, 911, 831, 820, 809, 729, 718, 706, 626, 616, 605, 524, 514, 503, 422, 411, 401, 321, 310, 227, 215, 205, 125, 115, 103, 1213, 1202,
            ]),
    ]

    /// The year 2033 has Eid twice.
    static let secondEid = (year: 2033, month: 12, day: 24)
}

extension HolidayYear {
    /// Public Holidays Act, with the amendment of 2015 by which Assumption and All Saints' take turns. Outside the years of
    /// `MauritianFestivals` only the fixed days are told.
    mutating func addMauritius() {
        add(1, 1, .newYear)
        add(1, 2, .secondOfJanuary)
        add(2, 1, .abolitionOfSlavery)
        add(3, 12, .independenceMauritius)
        add(5, 1, .labourDay)
        if year >= 2016, year % 2 == 0 { add(8, 15, .assumption) } else { add(11, 1, .allSaints) }
        add(11, 2, .indenturedLabourers)
        add(12, 25, .christmas)
        // The Indian Ocean Island Games and the visit of the Pope.
        add(once: 2019_07_29, 2019_09_09)
        guard MauritianFestivals.years.contains(year) else { return }
        for festival in MauritianFestivals.all {
            let day = festival.days[year - MauritianFestivals.years.lowerBound]
            add(around: date(day / 100, day % 100), festival.key, isSure: festival.confirmed.contains(year))
        }
        let second = MauritianFestivals.secondEid
        if year == second.year { add(around: date(second.month, second.day), .eidAlFitr, isSure: false) }
    }

    /// A day that is not sure may be the one before or after it.
    private mutating func add(around day: CalendarDate, _ key: PublicHoliday.Key, isSure: Bool) {
        for offset in isSure ? 0...0 : -1...1 { add(day.adding(days: offset)!, key, isSure: isSure) }
    }
}
