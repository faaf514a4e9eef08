/// A public holiday in a year.
package struct PublicHoliday: Sendable, Hashable {
    /// What is celebrated. Keys, not names to be shown.
    package enum Key: String, Sendable, CaseIterable {
        // Of several countries.
        case newYear, epiphany, maundyThursday, goodFriday, holySaturday, easterSunday, easterMonday, labourDay, ascension, whitMonday, corpusChristi
        case saintJoseph, saintJohn, saintPeterAndSaintPaul, saintJames, assumption, allSaints, immaculateConception, christmas, saintStephen
        case abolitionOfSlavery
        // France.
        case victory1945, bastilleDay, armistice1918, midLent, schoelcher
        // Italy.
        case liberation, republicDay, saintFrancis, nationalUnity, unification
        // Spain.
        case nationalDaySpain, constitutionDay, nationalDayCatalonia, basqueDay
        // Portugal.
        case freedomDay, portugalDay, republicDayPortugal, independenceRestored
        // Switzerland.
        case nationalDaySwitzerland, genevanFast, restorationOfTheRepublic
        // Mauritius.
        case secondOfJanuary, independenceMauritius, indenturedLabourers, springFestival, thaipusam, mahaShivaratri, ugadi, ganeshChaturthi, divali, eidAlFitr
        // Chile.
        case navyDay, indigenousPeoples, mountCarmel, nationalHoliday, independenceChile, armyDay, meetingOfTwoWorlds, protestantChurches
        // Canada.
        case familyDay, victoriaDay, canadaDay, britishColumbiaDay, truthAndReconciliation, thanksgiving, remembranceDay
        /// Declared for one day only: a census, a funeral, a visit.
        case once
    }

    package var day: CalendarDate
    package var key: Key
    /// Whether it surely is one; where not, the day may be a holiday, and no source tells.
    package var isSure: Bool
}
