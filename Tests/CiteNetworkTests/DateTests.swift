import CiteNetwork
import Testing

@Suite struct DateTests {
    private func day(_ text: String) -> CalendarDate { CalendarDate(text)! }

    @Test(arguments: ["2009-02-29", "2009-13-01", "2009-00-10", "2009-1-1", "09-01-01", "2009-01-01T00:00", "", "2009-04-31", "１２３４-01-01"])
    func `what is no day is refused`(text: String) { #expect(CalendarDate(text) == nil) }

    @Test func `leap days are days`() {
        #expect(CalendarDate("2000-02-29") != nil && CalendarDate("2008-02-29") != nil && CalendarDate("1900-02-29") == nil)
    }

    @Test(arguments: [
        ("2009", "2008-12-31", Truth.no), ("2009", "2009-06-30", .unknown), ("2009", "2009-12-31", .yes), ("2009-06", "2009-06-29", .unknown),
        ("2009-06", "2009-06-30", .yes), ("2009-02", "2009-02-28", .yes), ("2009-06-03", "2009-06-02", .no), ("2009-06-03", "2009-06-03", .yes),
        ("..2009-12-31", "1950-01-01", .unknown), ("..2009-12-31", "2009-12-31", .yes), ("2008-10..2009", "2008-09-30", .no),
        ("2008-10..2009", "2008-10-01", .unknown), ("2008-10..2009", "2009-12-31", .yes), ("", "2026-01-01", .unknown),
    ])
    func `a date that is known in part is reached, not reached, or it is not known`(date: String, by: String, expected: Truth) {
        #expect(PartialDate(date)?.isReached(by: day(by)) == expected)
    }

    @Test(arguments: ["2009-6", "2009..", "..", "2010..2009", "soon", "2009-12-31..", "2009...2010", "20099"])
    func `what is no partial date is refused`(text: String) { #expect(PartialDate(text) == nil) }

    @Test func `not known is not no`() {
        #expect((Truth.unknown && .no) == .no && (Truth.unknown && .yes) == .unknown)
        #expect((Truth.unknown || .yes) == .yes && (Truth.unknown || .no) == .unknown)
        #expect(!Truth.unknown == .unknown && !Truth.yes == .no)
    }
}
