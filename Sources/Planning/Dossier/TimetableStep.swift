package import CiteNetwork

/// A step on the way to a label, reckoned from the day of the opening to the public.
package struct TimetableStep: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case diagnosis, commitments, site, projetFile, projetDecision, works, team, prefigurationRequest, trialSessions, fonctionnementDecision, opening, confirmationFile,
            confirmation,
            yearlyReport
    }

    package var kind: Kind
    /// Whole months after the opening; negative before it.
    package var months: Int
    /// Nil where the opening is not chosen.
    package var date: CalendarDate?
    /// The lines of the founding document that say when; nil where the time is a convention of ours, to be fitted to the project.
    package var lines: String?

    /// What the label asks for in its two passes (founding document, lines 189 to 218), the first steps reckoned back from the opening.
    ///
    /// The document fixes one time alone: the second pass a year after the opening to the public. The others are round conventions.
    package static func plan(opening: CalendarDate?) -> [TimetableStep] {
        let steps: [(Kind, Int, String?)] = [
            (.diagnosis, -24, nil), (.commitments, -18, nil), (.site, -15, nil), (.projetFile, -14, nil), (.projetDecision, -12, nil), (.works, -9, nil),
            (.team, -6, nil), (.prefigurationRequest, -6, nil), (.trialSessions, -3, nil), (.fonctionnementDecision, -1, nil), (.opening, 0, nil),
            (.confirmationFile, RuleTimes.confirmationMonths - RuleTimes.confirmationNoticeMonths, nil),
            (.confirmation, RuleTimes.confirmationMonths, "210-214"), (.yearlyReport, RuleTimes.confirmationMonths + RuleTimes.reportMonths, "215-216"),
        ]
        return steps.map { kind, months, lines in TimetableStep(kind: kind, months: months, date: opening?.adding(wholeMonths: months), lines: lines) }
    }
}

extension CalendarDate {
    /// The same day of another month, or its last where it is shorter. Nil outside the years 1 to 9999.
    func adding(wholeMonths months: Int) -> CalendarDate? {
        let index = year * 12 + month - 1 + months
        let (year, month) = (index / 12, index % 12 + 1)
        guard index >= 12, year <= 9999 else { return nil }
        return CalendarDate(year: year, month: month, day: min(day, CalendarDate.days(inMonth: month, of: year)))
    }
}
