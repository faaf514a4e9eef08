import CiteNetwork
import TestSupport
import Testing

@Suite struct HoursEvaluationTests {
    /// Monday 23 November 2026, and the days after it.
    private let monday = CalendarDate("2026-11-23")!

    private struct Holidays: DayKnowledge {
        var isPublic: Set<CalendarDate> = []
        var school: Truth = .unknown
        func isPublicHoliday(_ day: CalendarDate) -> Truth { isPublic.contains(day) ? .yes : .no }
        func isSchoolHoliday(_ day: CalendarDate) -> Truth { school }
    }

    private func state(_ hours: String, _ time: String, _ holidays: Holidays = Holidays()) throws -> OpeningState {
        try OpeningHours(parsing: hours).state(at: LocalTime(time)!, holidays)
    }

    @Test(arguments: [
        ("Mo-Fr 09:00-12:00", "2026-11-23T08:59", OpeningState.closed), ("Mo-Fr 09:00-12:00", "2026-11-23T09:00", .open),
        ("Mo-Fr 09:00-12:00", "2026-11-23T11:59", .open), ("Mo-Fr 09:00-12:00", "2026-11-23T12:00", .closed),
        ("Mo-Fr 09:00-12:00", "2026-11-28T10:00", .closed),
        ("Mo-Fr 08:30-12:00; Tu 13:00-17:00", "2026-11-24T09:00", .closed), ("Mo-Fr 08:30-12:00, Tu 13:00-17:00", "2026-11-24T09:00", .open),
        ("Mo-Fr 08:30-12:00; We off", "2026-11-25T09:00", .closed), ("Mo-Fr 08:00-18:00; Mo-Fr 12:00-14:00 off", "2026-11-23T13:00", .closed),
        ("Mo-Fr 08:00-18:00; Mo-Fr 12:00-14:00 off", "2026-11-23T15:00", .open), ("24/7", "2026-11-23T03:00", .open), ("off", "2026-11-23T03:00", .closed),
        ("Fr 22:00-02:00", "2026-11-28T01:59", .open), ("Fr 22:00-02:00", "2026-11-28T02:00", .closed),
        ("Fr 22:00-02:00; Sa 10:00-12:00", "2026-11-28T01:00", .open),
        ("Mo 20:00-48:00", "2026-11-24T23:59", .open), ("Mo 20:00-48:00", "2026-11-25T00:00", .closed),
        ("Mo 22:00-03:00 off || Mo 20:00-48:00 unknown", "2026-11-23T23:00", .closed),
        ("Mo 22:00-03:00 || Mo 20:00-48:00 unknown", "2026-11-24T04:00", .unknown),
        ("Mo-Su", "2026-11-23T23:59", .open),
        ("We[1] 10:00-12:00", "2026-12-02T10:00", .open), ("We[1] 10:00-12:00", "2026-12-09T10:00", .closed), ("We[-1] 10:00-12:00", "2026-11-25T10:00", .open),
        ("Dec 24-Jan 02 off; 10:00-12:00", "2026-12-31T10:00", .open), ("10:00-12:00; Dec 24-Jan 02 off", "2027-01-02T10:00", .closed),
        ("10:00-12:00; 2026 Dec 24-Jan 02 off", "2027-01-02T10:00", .closed), ("10:00-12:00; 2026 Dec 24-Jan 02 off", "2028-01-02T10:00", .open),
        ("10:00-12:00; 2026 Dec 24-2027 Jan 02 off", "2026-01-01T10:00", .open), ("Nov-Feb 10:00-12:00", "2026-01-15T10:00", .open),
        ("Nov-Feb 10:00-12:00", "2026-03-01T10:00", .closed), ("2027+ 10:00-12:00", "2026-12-31T10:00", .closed),
        ("2027+ 10:00-12:00", "2040-01-01T10:00", .open),
        ("week 48 10:00-12:00", "2026-11-23T10:00", .open), ("week 01-53/2 10:00-12:00", "2026-11-23T10:00", .closed),
        ("week 53 10:00-12:00", "2027-01-03T10:00", .open),
        ("Mo 09:00-12:00 \"sur rendez-vous\"", "2026-11-23T10:00", .byAppointment), ("Mo 09:00-12:00 \"accueil sans rendez-vous\"", "2026-11-23T10:00", .open),
        ("Mo 09:00-12:00 \"su appuntamento\"", "2026-11-23T10:00", .byAppointment), ("Mo 09:00-12:00 \"1er étage\"", "2026-11-23T10:00", .open),
        ("Mo \"1er étage\"", "2026-11-23T10:00", .unknown), ("Mo 09:00-12:00 unknown", "2026-11-23T10:00", .unknown),
        ("Mo 09:00-12:00 || \"sur rendez-vous\"", "2026-11-24T10:00", .byAppointment), ("Mo 09:00-12:00 || \"sur rendez-vous\"", "2026-11-23T10:00", .open),
        ("Mo 09:00-12:00; Tu off || \"sur rendez-vous\"", "2026-11-24T10:00", .closed), ("Mo 17:00+", "2026-11-23T18:00", .unknown),
        ("Mo 17:00+", "2026-11-24T00:00", .closed), ("Mo 10:00-12:00+,14:00-16:00", "2026-11-23T11:00", .open),
        ("Mo 10:00-12:00+,14:00-16:00", "2026-11-23T13:00", .unknown), ("Mo 10:00-12:00+,14:00-16:00", "2026-11-23T17:00", .closed),
    ])
    func `a place is what its last rule for the day says`(hours: String, time: String, expected: OpeningState) throws {
        #expect(try state(hours, time) == expected)
    }

    @Test func `public holidays close where the hours say so, and only then`() throws {
        let armistice = Holidays(isPublic: [CalendarDate("2026-11-11")!])
        #expect(try state("Mo-Fr 09:00-17:00; PH off", "2026-11-11T10:00", armistice) == .closed)
        #expect(try state("Mo-Fr 09:00-17:00", "2026-11-11T10:00", armistice) == .open)
        #expect(try state("Mo-Fr 09:00-17:00; PH 10:00-12:00", "2026-11-11T14:00", armistice) == .closed)
        #expect(try state("Sa,PH 09:00-17:00", "2026-11-11T10:00", armistice) == .open)
        #expect(try state("PH We 09:00-17:00", "2026-11-11T10:00", armistice) == .open)
        #expect(try state("PH Sa 09:00-17:00", "2026-11-11T10:00", armistice) == .closed)
    }

    @Test func `school holidays are not known: unknown where they matter, known where they do not`() throws {
        let hours = try OpeningHours(parsing: "Mo-Fr 09:00-17:00; SH 10:00-12:00")
        let at = { (time: String) in hours.moment(at: LocalTime(time)!, Holidays()) }
        #expect(at("2026-11-23T11:00").state == .open && at("2026-11-23T08:00").state == .closed)
        #expect(at("2026-11-23T14:00").state == .unknown && at("2026-11-23T14:00").uncertainty == .schoolHolidays)
        #expect(at("2026-11-28T11:00").state == .unknown && at("2026-11-28T14:00").state == .closed)
        #expect(hours.state(at: LocalTime("2026-11-23T14:00")!, Holidays(school: .no)) == .open)
        #expect(hours.state(at: LocalTime("2026-11-23T14:00")!, Holidays(school: .yes)) == .closed)
        let change = hours.nextChange(after: LocalTime("2026-11-23T08:00")!, Holidays())
        #expect(change?.time == LocalTime("2026-11-23T09:00") && change?.state == .unknown)
    }

    @Test func `without holidays known, only the moments that depend on them are unknown`() throws {
        let nowhere = HolidayCalendar(country: "XX", area: nil)
        let hours = try OpeningHours(parsing: "Mo-Fr 09:00-17:00; PH off")
        let inside = hours.moment(at: LocalTime("2026-11-23T10:00")!, nowhere)
        #expect(inside.state == .unknown && inside.uncertainty == .publicHolidays)
        #expect(hours.state(at: LocalTime("2026-11-23T18:00")!, nowhere) == .closed)
        #expect(try OpeningHours(parsing: "Mo-Fr 09:00-17:00").state(at: LocalTime("2026-11-23T10:00")!, nowhere) == .open)
    }

    @Test func `the intervals of a day are those that begin on it`() throws {
        let hours = try OpeningHours(parsing: "Mo 09:00-12:00,12:00-13:00,22:00-02:00; Tu 10:00-11:00 \"sur rendez-vous\"")
        let holidays = Holidays()
        #expect(
            hours.intervals(on: monday, holidays) == [HoursInterval(start: 540, end: 780, state: .open), HoursInterval(start: 1320, end: 1560, state: .open)])
        let tuesday = hours.intervals(on: monday.adding(days: 1)!, holidays)
        #expect(tuesday == [HoursInterval(start: 600, end: 660, state: .byAppointment, comment: "sur rendez-vous")])
        #expect(hours.timeline(of: monday.adding(days: 1)!, holidays).map(\.start) == [0, 120, 600, 660])
        #expect(hours.intervals(on: monday.adding(days: 2)!, holidays).isEmpty)
    }

    @Test func `a change is found over days, months and years, and none where there is none`() throws {
        func change(_ hours: String, _ time: String) throws -> String {
            try OpeningHours(parsing: hours).nextChange(after: LocalTime(time)!, Holidays()).map { "\($0.time) \($0.state)" } ?? "never"
        }
        #expect(try change("Mo-Fr 09:00-12:00", "2026-11-23T09:00") == "2026-11-23T12:00 closed")
        #expect(try change("Mo-Fr 09:00-12:00", "2026-11-27T12:00") == "2026-11-30T09:00 open")
        #expect(try change("Fr 22:00-02:00", "2026-11-27T23:00") == "2026-11-28T02:00 closed")
        #expect(try change("2027 Jun 1 10:00-12:00", "2026-11-27T12:00") == "2027-06-01T10:00 open")
        #expect(try change("24/7", "2026-11-27T12:00") == "never")
        #expect(try change("2030 Jun 1 10:00-12:00", "2026-11-27T12:00") == "never")
        #expect(try change("Mo 09:00-12:00; Mo 10:00-11:00 \"sur rdv\"", "2026-11-23T10:30") == "2026-11-23T11:00 closed")
        #expect(try OpeningHours(parsing: "24/7").nextChange(after: LocalTime("9999-12-31T12:00")!, Holidays()) == nil)
    }

    @Test(.enabled(if: ProjectFolder.hasReference)) func `every sample is open at the minutes that a plain reading of it gives`() throws {
        let holidays = Holidays()
        for sample in HoursParsingTests.samples {
            let hours = try OpeningHours(parsing: sample)
            let expected = PlainReading.openMinutes(sample)
            var got: Set<Int> = []
            for day in 0..<7 {
                for part in hours.timeline(of: monday.adding(days: day)!, holidays) where part.state == .open {
                    got.formUnion((part.start..<part.end).map { day * 1440 + $0 })
                }
            }
            #expect(got == expected, "\(sample)")
            // Changes are where the minutes change.
            var time = LocalTime(day: monday, minute: 0)!
            for _ in 0..<6 {
                guard let change = hours.nextChange(after: time, holidays) else { break }
                let minute = ((change.time.day.dayNumber - monday.dayNumber) * 1440 + change.time.minute) % 10_080
                #expect(expected.contains(minute) == (change.state == .open), "\(sample)")
                #expect(expected.contains((minute + 10_079) % 10_080) != (change.state == .open), "\(sample)")
                time = change.time
            }
        }
    }

    @Test func `a local time is read, and nothing else`() {
        #expect(LocalTime("2026-11-23T10:05")?.minute == 605 && LocalTime("2026-11-23T10:05:59")?.description == "2026-11-23T10:05")
        for bad in ["2026-11-23", "2026-11-23T24:00", "2026-11-23T10:60", "2026-11-23T1:00", "2026-11-23T10", "2026-02-30T10:00", "2026-11-23T10:00Z", ""] {
            #expect(LocalTime(bad) == nil, "\(bad)")
        }
    }
}

/// The samples have days and times only, and `;`: split at their signs, they are read by the day, in another way than the parser's.
private enum PlainReading {
    static func openMinutes(_ text: String) -> Set<Int> {
        let names = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
        var spans = Array(repeating: [(Int, Int)](), count: 7)
        for rule in text.split(separator: ";") {
            var words = rule.split(separator: " ").map(String.init)
            var days = Array(0..<7)
            if words[0].first!.isLetter {
                days = words.removeFirst().split(separator: ",").flatMap { part -> [Int] in
                    let ends = part.split(separator: "-").map { names.firstIndex(of: String($0))! }
                    return ends.count == 1 ? ends : Array(ends[0]...ends[1])
                }
            }
            let times = words[0] == "off" ? [] : words[0].split(separator: ",").map(span)
            for day in days { spans[day] = times }
        }
        var minutes: Set<Int> = []
        for day in 0..<7 { for (start, end) in spans[day] { minutes.formUnion((start..<end).map { (day * 1440 + $0) % 10_080 }) } }
        return minutes
    }

    private static func span(_ text: Substring) -> (Int, Int) {
        let ends = text.split(separator: "-").map { time -> Int in
            let parts = time.split(separator: ":").map { Int($0)! }
            return parts[0] * 60 + parts[1]
        }
        return (ends[0], ends[1] <= ends[0] ? ends[1] + 1440 : ends[1])
    }
}
