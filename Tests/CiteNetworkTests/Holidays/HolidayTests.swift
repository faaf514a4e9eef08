import CiteNetwork
import Foundation
import TestSupport
import Testing

@Suite struct HolidayTests {
    /// Written by `tools/holidays-fixture`: area, year, days as `mmdd`, those that its source calls estimated with `~`.
    private static let fixture: [(area: String, year: Int, days: Set<Int>, estimated: Set<Int>)] = {
        let file = ProjectFolder.root.appendingPathComponent("Tests/Fixtures/holidays.csv")
        return try! String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: ",")
            let words = cells[2].split(separator: " ")
            return (
                String(cells[0]), Int(cells[1])!, Set(words.map { Int($0.prefix(4))! }), Set(words.filter { $0.hasSuffix("~") }.map { Int($0.prefix(4))! })
            )
        }
    }()

    /// Days of the fixture that we do not tell for sure, on purpose.
    private func isDeliberatelyUnsure(_ area: String, _ year: Int, _ holiday: PublicHoliday) -> Bool {
        switch (area, holiday.key) {
        // In Alsace-Moselle Good Friday is a holiday only in communes with a church of the Protestant, or of both confessions.
        case ("FR-67", .goodFriday): true
        // After the last calendars published, which day makes up for a Sunday is the guess of the fixture.
        case ("ES-B", .whitMonday), ("ES-SS", .saintJoseph): year > 2026
        // Days by the moon that neither a notice nor a published list confirms.
        case ("MU-PL", .thaipusam), ("MU-PL", .mahaShivaratri), ("MU-PL", .ugadi), ("MU-PL", .ganeshChaturthi), ("MU-PL", .divali), ("MU-PL", .eidAlFitr): true
        default: false
        }
    }

    @Test func `every day of every year from 2009 to 2035 is a holiday, or not, as the fixture says`() throws {
        #expect(Self.fixture.count == 18 * 27)
        for (area, year, days, estimated) in Self.fixture {
            let ours = HolidayCalendar(country: String(area.prefix(2)), area: area).holidays(in: year)
            let code = { (holiday: PublicHoliday) in holiday.day.month * 100 + holiday.day.day }
            let sure = Set(ours.filter(\.isSure).map(code))
            let unsure = ours.filter { !$0.isSure }
            #expect(sure.subtracting(days).isEmpty, "\(area) \(year): \(sure.subtracting(days).sorted()) are too many")
            let missing = days.subtracting(sure)
            #expect(missing.isSubset(of: Set(unsure.map(code))), "\(area) \(year): \(missing.subtracting(unsure.map(code)).sorted()) are missing")
            #expect(unsure.allSatisfy { isDeliberatelyUnsure(area, year, $0) }, "\(area) \(year)")
            #expect(estimated.isDisjoint(with: sure) || area != "MU-PL", "\(area) \(year): an estimate is no certainty")
        }
    }

    private func holiday(_ country: String, _ area: String?, _ day: String) -> Truth {
        HolidayCalendar(country: country, area: area).isPublicHoliday(CalendarDate(day)!)
    }

    @Test func `holidays are those of the place, overseas too`() {
        #expect(holiday("FR", "FR-02", "2026-05-27") == .no && holiday("FR", "FR-971", "2026-05-27") == .yes)
        #expect(holiday("FR", "FR-976", "2026-04-27") == .yes && holiday("FR", "FR-2A", "2026-04-27") == .no)
        #expect(holiday("ES", "ES-B", "2026-09-11") == .yes && holiday("ES", "ES-SS", "2026-09-11") == .no)
        #expect(holiday("CH", "CH-GE", "2026-09-10") == .yes && holiday("CA", "CA-BC", "2026-02-16") == .yes && holiday("CL", "CL-RM", "2026-09-18") == .yes)
    }

    @Test func `where the rules of a part are not known, only the national days are`() {
        #expect(holiday("ES", "ES-M", "2026-10-12") == .yes && holiday("ES", "ES-M", "2026-05-04") == .unknown)
        #expect(holiday("CH", "CH-VD", "2026-08-01") == .yes && holiday("CH", "CH-VD", "2026-08-03") == .unknown)
        #expect(holiday("FR", nil, "2026-07-14") == .yes && holiday("FR", nil, "2026-07-15") == .unknown && holiday("FR", "FR-NC", "2026-07-15") == .unknown)
        #expect(
            holiday("DE", nil, "2026-12-25") == .unknown && holiday("FR", "FR-02", "2008-12-25") == .unknown && holiday("FR", "FR-02", "2100-12-25") == .unknown
        )
        #expect(holiday("FR", "FR-67", "2026-04-03") == .unknown && holiday("FR", "FR-67", "2026-12-26") == .yes)
    }

    @Test func `Mauritius is told by its fixed days beyond the table of its festivals, and of other days nothing`() {
        #expect(holiday("MU", "MU-PL", "2040-03-12") == .yes && holiday("MU", "MU-PL", "2040-03-13") == .unknown)
        #expect(holiday("MU", "MU-PL", "2025-04-01") == .yes && holiday("MU", "MU-PL", "2025-03-31") == .no)
        #expect(
            holiday("MU", "MU-PL", "2026-03-21") == .unknown && holiday("MU", "MU-PL", "2026-03-20") == .unknown && holiday("MU", "MU-PL", "2026-03-24") == .no)
    }

    @Test func `days of the calendar are counted, and weeks and Easter with them`() {
        #expect(CalendarDate("0001-01-01")!.dayNumber == 0 && CalendarDate("0001-01-01")!.weekday == .monday)
        #expect(CalendarDate("1970-01-01")!.dayNumber == 719_162 && CalendarDate("2026-11-22")!.weekday == .sunday)
        #expect(
            CalendarDate(dayNumber: -1) == nil && CalendarDate(dayNumber: 3_652_058)?.description == "9999-12-31" && CalendarDate(dayNumber: 3_652_059) == nil)
        #expect(CalendarDate("9999-12-31")!.adding(days: 1) == nil)
        var before = CalendarDate("1895-12-31")!
        for number in before.dayNumber + 1...before.dayNumber + 150_000 {
            let day = CalendarDate(dayNumber: number)!
            guard day.dayNumber == number, before < day, day.day == before.day + 1 || day.day == 1 else { Issue.record("\(day)"); return }
            before = day
        }
        let weeks = ["2026-12-31": 53, "2027-01-03": 53, "2027-01-04": 1, "2024-12-30": 1, "2023-01-01": 52, "2026-11-23": 48]
        for (day, week) in weeks { #expect(CalendarDate(day)!.isoWeek == week, "\(day)") }
        let easters = [
            "1818-03-22", "1943-04-25", "1981-04-19", "2000-04-23", "2019-04-21", "2026-04-05", "2038-04-25", "2049-04-18", "2076-04-19", "2285-03-22",
        ]
        for easter in easters { #expect(CalendarDate.easter(of: Int(easter.prefix(4))!) == CalendarDate(easter), "\(easter)") }
    }
}
