/// The next decision about a Cité that the committee has before it.
package struct AgendaItem: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// Every place is asleep or closed, and the label stands: to withdraw it, or to pass it to a successor.
        case withdrawal
        /// Fonctionnement was granted, and the confirmation falls due within the notice period or is overdue.
        case confirmation
        /// It is open, or its préfiguration ends within the notice period, under a label projet.
        case fonctionnement
        /// It opens in préfiguration within the notice period, or did, and no decision authorises it.
        case prefiguration
        /// A label projet without a next step.
        case projetPending = "projet-pending"
        /// A planned Cité of which no decision is recorded: to examine its file.
        case projet
        /// A yearly report that is due within the notice period, or is missing.
        case report
    }

    package var kind: Kind
    package var cite: String
    /// Nil where nothing falls due on a day.
    package var due: DateBounds?
    /// Yes where what is recorded tells that it is to be decided, unknown where it may be.
    package var isCertain: Truth
    package var command: String
}

extension RuleBook {
    /// The committee's agenda on the day: at most one item for each Cité, its next decision. By urgency: the earliest due first, within each kind.
    package func agenda() -> [AgendaItem] {
        let broken = Set(report([.labelWithoutPlace]).findings.filter { $0.verdict == .broken }.map(\.record.id))
        let items = records.cites.compactMap { cite -> AgendaItem? in
            if broken.contains(cite.id) {
                return AgendaItem(kind: .withdrawal, cite: cite.id, due: nil, isCertain: .yes, command: Remedy.decide(cite.id, .withdrawn))
            }
            return isConcerned(cite) ? item(for: cite) : nil
        }
        let order = Dictionary(uniqueKeysWithValues: AgendaItem.Kind.allCases.enumerated().map { ($1, $0) })
        let end = CalendarDate(year: 9999, month: 12, day: 31)!
        func rank(_ a: AgendaItem) -> (Int, CalendarDate, String) { (order[a.kind]!, a.due?.latest ?? end, a.cite) }
        return items.sorted { rank($0) < rank($1) }
    }

    private func item(for cite: Cite) -> AgendaItem? {
        func item(_ kind: AgendaItem.Kind, _ due: DateBounds?, _ isCertain: Truth, _ decision: LabelDecisionKind) -> AgendaItem {
            AgendaItem(kind: kind, cite: cite.id, due: due, isCertain: isCertain, command: Remedy.decide(cite.id, decision))
        }
        func isNear(_ due: DateBounds?) -> Truth { due.map { $0.adding(months: -RuleTimes.confirmationNoticeMonths).isReached(by: day) } ?? .no }
        let (level, confirmed) = records.label(of: cite.id, asOf: day, takingLogAsComplete: true)
        func report() -> AgendaItem? {
            guard let report = yearlyReport(of: cite, level, confirmed), isNear(report.due) != .no else { return nil }
            return item(.report, report.due, isNear(report.due) && report.isOpen, .renewed)
        }
        func confirmation() -> AgendaItem? {
            let due = confirmationDue(cite)
            let isCertain = isNear(due) && isUnconfirmed(level, confirmed)
            return isCertain == .no ? nil : item(.confirmation, due, isCertain, .confirmed)
        }
        switch (level, confirmed) {
        case (.withdrawn, _): return nil
        case (.fonctionnement, true), (.projet, true), (.unknown, true): return report()
        case (.fonctionnement, _): return confirmation()
        case (.projet, _): return itemOfProjet(cite, item, isNear)
        // Decisions whose days do not tell what holds: what may fall due may be before the committee.
        case (.unknown, _) where !records.decisions(of: cite.id).isEmpty:
            return (confirmation() ?? report()).map { found in
                var found = found
                found.isCertain = .unknown
                return found
            }
        case (.none, _), (.unknown, _):
            guard records.decisions(of: cite.id).isEmpty else { return nil }
            let isPlanned = records.platforms(of: cite.id).contains { records.status(of: $0.id, asOf: day) == .planned }
            let isAtWork = records.platforms(of: cite.id).contains { isIn([.open, .prefiguration], $0) != .no }
            return isPlanned && !isAtWork ? item(.projet, nil, .unknown, .projet) : nil
        }
    }

    private func itemOfProjet(
        _ cite: Cite, _ item: (AgendaItem.Kind, DateBounds?, Truth, LabelDecisionKind) -> AgendaItem, _ isNear: (DateBounds?) -> Truth
    ) -> AgendaItem {
        let own = records.platforms(of: cite.id).filter { $0.kind != .associatedCentre }
        let isOpen = own.reduce(Truth.no) { $0 || isIn([.open], $1) }
        if isOpen == .yes { return item(.fonctionnement, confirmationDue(cite), .yes, .fonctionnement) }
        let trials = own.compactMap { prefiguration(of: $0) }
        // The end that is recorded, else that of its year.
        let end = confirmationDue(cite) ?? DateBounds.last(of: trials.map { $0.started.adding(months: RuleTimes.prefigurationMonths) })
        if !trials.isEmpty, isNear(end) != .no { return item(.fonctionnement, end, isNear(end), .fonctionnement) }
        let isAuthorised = records.decisions(of: cite.id).contains { $0.decision == .prefiguration && $0.date.isReached(by: day) != .no }
        // What is to open within the notice period, or has opened in préfiguration, needs an authorisation.
        var starts: [DateBounds] = []
        for period in own.flatMap({ records.periods(of: $0.id) }) {
            let isOpening = period.status == .open && period.start.isReached(by: day) == .no
            if isOpening || period.status == .prefiguration { starts.append(DateBounds(period.start)) }
        }
        if !isAuthorised, let first = DateBounds.first(of: starts), isNear(first) != .no {
            return item(.prefiguration, first, isNear(first), .prefiguration)
        }
        return item(.projetPending, projetGranted(cite)?.adding(months: RuleTimes.projetMonths), isOpen == .unknown ? .unknown : .yes, .fonctionnement)
    }
}
