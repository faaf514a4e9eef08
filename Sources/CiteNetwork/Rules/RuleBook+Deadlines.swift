/// A day on which something falls due, or fell due and was not done.
package struct Deadline: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case confirmation, yearlyReport = "yearly-report", prefigurationEnd = "prefiguration-end", projetDecision = "projet-decision"
    }

    package var kind: Kind
    package var record: RuleSubject
    package var due: DateBounds
    /// Yes where what is recorded tells that it is still to be done; unknown where it may have been done, or may not concern the record.
    package var isOpen: Truth
    /// The command that settles it.
    package var command: String
}

extension RuleBook {
    /// What falls due after the day, and what fell due before it and is not known to be done. By the last day on which it may be due,
    /// those without one at the end; then by kind and record.
    package func deadlines() -> [Deadline] {
        var all: [Deadline] = []
        for cite in records.cites where isConcerned(cite) { all += deadlines(of: cite) }
        for platform in records.platforms where isConcerned(platform) {
            guard let trial = prefiguration(of: platform) else { continue }
            all.append(
                Deadline(
                    kind: .prefigurationEnd, record: RuleSubject(.platform, platform.id),
                    due: trial.started.adding(months: RuleTimes.prefigurationMonths), isOpen: trial.goesOn,
                    command: Remedy.decide(platform.cite, .fonctionnement)))
        }
        let end = CalendarDate(year: 9999, month: 12, day: 31)!
        func rank(_ a: Deadline) -> (CalendarDate, CalendarDate, String, String) {
            (a.due.latest ?? end, a.due.earliest ?? end, a.kind.rawValue, a.record.id)
        }
        return all.sorted { rank($0) < rank($1) }
    }

    private func deadlines(of cite: Cite) -> [Deadline] {
        let record = RuleSubject(.cite, cite.id)
        let (level, confirmed) = records.label(of: cite.id, asOf: day, takingLogAsComplete: true)
        var all: [Deadline] = []
        let isUnconfirmed = isUnconfirmed(level, confirmed)
        if isUnconfirmed != .no, let due = confirmationDue(cite) {
            all.append(Deadline(kind: .confirmation, record: record, due: due, isOpen: isUnconfirmed, command: Remedy.decide(cite.id, .confirmed)))
        }
        if level == .projet, confirmed != true, let granted = projetGranted(cite) {
            all.append(
                Deadline(
                    kind: .projetDecision, record: record, due: granted.adding(months: RuleTimes.projetMonths), isOpen: .yes,
                    command: Remedy.decide(cite.id, .fonctionnement)))
        }
        if let report = yearlyReport(of: cite, level, confirmed) {
            all.append(Deadline(kind: .yearlyReport, record: record, due: report.due, isOpen: report.isOpen, command: Remedy.decide(cite.id, .renewed)))
        }
        return all
    }

    /// When the next yearly report of a Cité falls due, and whether it is known to be still to come; nil for a label that is not, and may not
    /// be, confirmed.
    func yearlyReport(of cite: Cite, _ level: LabelLevel, _ confirmed: Bool?) -> (due: DateBounds, isOpen: Truth)? {
        guard level != .withdrawn, level != .none, confirmed != false, let last = lastRenewal(cite) else { return nil }
        let due = last.adding(months: RuleTimes.reportMonths)
        return (due, confirmed == nil ? .unknown : .yes)
    }
}
