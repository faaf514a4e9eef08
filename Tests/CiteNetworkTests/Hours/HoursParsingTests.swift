import CiteNetwork
import Foundation
import TestSupport
import Testing

@Suite struct HoursParsingTests {
    /// The hours of real places in France, one a line.
    static let samples: [String] = {
        guard let file = ProjectFolder.reference?.appendingPathComponent("opening-hours/samples.txt") else { return [] }
        return (try? String(contentsOf: file, encoding: .utf8))?.split(separator: "\n").map(String.init) ?? []
    }()

    @Test(.enabled(if: ProjectFolder.hasReference)) func `all samples are read, and print as something that is read alike`() throws {
        #expect(Self.samples.count == 513)
        for sample in Self.samples {
            let hours = try #require(try? OpeningHours(parsing: sample), "\(sample): \(OpeningHours.problem(in: sample) ?? "")")
            #expect(try OpeningHours(parsing: hours.description) == hours, "\(sample)")
        }
    }

    @Test(arguments: [
        ("Mo-Fr 09:00-12:00,14:00-17:00;Th off", "Mo-Fr 09:00-12:00,14:00-17:00; Th off"),
        ("mo,tu,we 9:00 - 12:00", "Mo-We 09:00-12:00"), ("Mo,Sa,Su 10:00-12:00", "Sa-Mo 10:00-12:00"), ("Fr,Mo 10:00-12:00", "Mo,Fr 10:00-12:00"),
        ("Mo 14:00-17:00,09:00-12:00", "Mo 09:00-12:00,14:00-17:00"), ("Fr 19:00-11:00", "Fr 19:00-11:00"), ("Fr 20:00-26:00", "Fr 20:00-02:00"),
        ("10:00-34:00", "10:00-10:00"), ("10:00-35:00", "10:00-35:00"), ("10:00-00:00", "10:00-24:00"), ("17:00+", "17:00+"), ("10:00-12:00+", "10:00-12:00+"),
        ("24/7", "24/7"), ("off", "off"), ("Mo closed;", "Mo off"), ("PH,Mo-Fr 10:00-12:00", "Mo-Fr,PH 10:00-12:00"), ("SH,PH off", "PH,SH off"),
        ("SH Mo-Fr 10:00-12:00", "SH Mo-Fr 10:00-12:00"), ("We[1] 10:00-12:00", "We[1] 10:00-12:00"),
        ("We[-1,1-2],Tu 10:00-12:00", "Tu,We[1,2,-1] 10:00-12:00"),
        ("Dec 25,26 off", "Dec 25,Dec 26 off"), ("Dec 24-26 off", "Dec 24-26 off"), ("Dec 24-Jan 2 off", "Dec 24-Jan 02 off"), ("2026 dec 24: off", ""),
        ("2026 Dec 24 off", "2026 Dec 24 off"), ("2026 Dec 24-2027 Jan 2 off", "2026 Dec 24-2027 Jan 02 off"),
        ("Jul-Aug Mo 10:00-12:00", "Jul-Aug Mo 10:00-12:00"),
        ("2026-2028 Jul off", "2026-2028 Jul off"), ("2026+ Mo off", "2026+ Mo off"), ("Jan,Mar: Mo 10:00-12:00", "Jan,Mar Mo 10:00-12:00"),
        ("week 1-53/2 Mo 10:00-12:00", "week 01-53/2 Mo 10:00-12:00"), ("week 5-5/2 Mo", "week 05 Mo"), ("Mo-Fr: 10:00-12:00", "Mo-Fr 10:00-12:00"),
        ("Mo 09:00-12:00 \"sur rendez-vous\"", "Mo 09:00-12:00 \"sur rendez-vous\""), ("Mo 09:00-12:00 || \"sur RDV\"", "Mo 09:00-12:00 || \"sur RDV\""),
        ("Mo 10:00-12:00, We 14:00-16:00", "Mo 10:00-12:00, We 14:00-16:00"), ("Mo 10:00-12:00 open, 14:00-16:00", "Mo 10:00-12:00 open, 14:00-16:00"),
        ("Mo 10:00-12:00, 2026 Dec 24 10:00-11:00", "Mo 10:00-12:00, 2026 Dec 24 10:00-11:00"), ("2024 Feb 29 off", "2024 Feb 29 off"),
    ])
    func `hours print in one form`(text: String, canonical: String) throws {
        guard !canonical.isEmpty else {
            #expect(OpeningHours.problem(in: text) != nil)
            return
        }
        let hours = try OpeningHours(parsing: text)
        #expect(hours.description == canonical)
        #expect(try OpeningHours(parsing: canonical) == hours)
    }

    @Test(arguments: [
        ("", 1, "", "a day such as Mo"), ("   ", 4, "", "a day such as Mo"), ("lundi 9h-12h", 1, "lundi", "a day such as Mo"),
        ("Mo-Fr 9h-12h", 7, "9h-12h", "a time such as 09:00"), ("Mo 09:00", 9, "", "'-' and an end"), ("Mo 09:00-", 10, "", "a time such as 17:00"),
        ("Mo 09:00-25:61", 13, "61", "minutes"), ("Mo 09:60-12:00", 7, "60-12:00", "00 to 59"), ("Mo 24:00-26:00", 4, "24:00-26:00", "00:00 to 23:59"),
        ("Mo 09:00-49:00", 10, "49:00", "48:00"), ("Mo sunrise-sunset", 4, "sunrise-sunset", "';' before the next rule"),
        ("easter off", 1, "easter", "a day such as Mo"), ("PH +1 day off", 4, "+1", "the holiday itself"), ("Mo-PH off", 4, "PH", "a weekday"),
        ("Mo,Xy off", 4, "Xy", "a day such as Mo, PH or SH"), ("Mo-Fr SH off", 7, "SH", "the holiday before the weekdays"),
        ("We[6] off", 4, "6]", "from 1 to 5"),
        ("We[1 off", 6, "off", "']'"), ("Dec 32 off", 5, "32", "a day of that month"), ("2026 Feb 29 off", 10, "29", "a day of that month"),
        ("Dec 26-24 off", 8, "24", "from 26 on"), ("2026-2025 off", 6, "2025", "from 2026 on"), ("2026 Dec 24-2026 Dec 1 off", 13, "2026", "on or|from"),
        ("week 54 off", 6, "54", "from 1 to 53"), ("week 10-5 off", 9, "5", "from 10 to 53"), ("Mo 10:00-12:00/30", 15, "/30", "without steps"),
        ("Mo 10:00-12:00 \"open", 21, "", "double quote"), ("Mo 10:00-12:00 Tu 10:00-12:00", 16, "Tu", "';' before the next rule"),
        ("24/7 Mo", 6, "Mo", "';'"), ("Jan: , Mo", 6, "", "after the colon"), ("Mo 10:00–12:00", 9, "–12:00", "'-' and an end"),
        ("Mo;;|", 5, "|", "a day such as Mo"),
        ("0000 off", 1, "0000", "0001 to 9999"), ("Dec 25, Mo off", 9, "Mo", "a further date"),
    ])
    func `what is outside the subset is refused with its column and what would be accepted`(text: String, column: Int, found: String, expected: String) {
        let error = #expect(throws: OpeningHours.SyntaxError.self) { try OpeningHours(parsing: text) }
        #expect(error?.column == column, "\(text): \(error?.description ?? "")")
        if !found.isEmpty { #expect(error?.found == found, "\(text): \(error?.description ?? "")") }
        #expect(expected.split(separator: "|").contains { error?.expected.contains($0) == true }, "\(text): \(error?.description ?? "")")
        #expect(OpeningHours.problem(in: text) == error?.description)
    }

    @Test func `no text makes it crash, and what is read prints as it is read`() throws {
        let seeds =
            (Self.samples.isEmpty ? ["Mo-Fr 09:00-12:00,14:00-17:00; We off"] : Self.samples) + [
                "Mo-Fr 09:00-12:00; PH,SH off || \"sur rendez-vous\"", "2026 Dec 24-2027 Jan 2 off, We[1,-1] 10:00-12:00+",
                "week 2-52/2 SH Mo-Fr 22:00-03:00; Nov-Feb Sa off",
            ]
        var mutator = HoursMutator(seed: 2026)
        let rounds = ProcessInfo.processInfo.environment["MAILLAGE_FUZZ"].flatMap(Int.init) ?? 20_000
        var read = 0
        for i in 0..<rounds {
            let text = mutator.mutate(seeds[i % seeds.count], with: seeds)
            let (hours, column) = outcome(text)
            if let hours {
                read += 1
                #expect(outcome(hours.description).hours == hours, "\(text) → \(hours)")
                let day = CalendarDate(dayNumber: 730_000 + i % 40_000)!
                let whole = hours.timeline(of: day, SomeHolidays())
                let touches = zip(whole, whole.dropFirst()).allSatisfy { $0.end == $1.start }
                #expect(touches && whole.first?.start == 0 && whole.last?.end == 1440, "\(text)")
                _ = hours.nextChange(after: LocalTime(day: day, minute: i % 1440)!, SomeHolidays(), within: 3)
            } else {
                let isInside = column.map { $0 >= 1 && $0 <= text.unicodeScalars.count + 1 }
                #expect(isInside == true, "\(text)")
            }
        }
        #expect(read > rounds / 20)
    }

    private func outcome(_ text: String) -> (hours: OpeningHours?, column: Int?) {
        do {
            return (try OpeningHours(parsing: text), nil)
        } catch {
            return (nil, error.column)
        }
    }

    @Test func `long texts are read or refused in time that grows with their length`() throws {
        let many = Array(repeating: "Mo-Fr 09:00-12:00", count: 20_000).joined(separator: "; ")
        #expect(try OpeningHours(parsing: many).rules.count == 20_000)
        for flood in ["1", "a", "[", ",", ";", "\"", "Mo,", "Jan-", "-", " "] {
            #expect(OpeningHours.problem(in: String(repeating: flood, count: 100_000)) != nil, "\(flood)")
        }
    }
}

/// Every fifth day is a public holiday, of every seventh it is not known; nothing is known of schools.
struct SomeHolidays: DayKnowledge {
    func isPublicHoliday(_ day: CalendarDate) -> Truth { day.dayNumber % 5 == 0 ? .yes : day.dayNumber % 7 == 0 ? .unknown : .no }
}
