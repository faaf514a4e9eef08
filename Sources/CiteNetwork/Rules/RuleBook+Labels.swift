// Rules of label decisions (founding document, lines 189-218).
//
// A log that holds some decision of a Cité is taken for all its decisions; one that holds none tells nothing.
extension RuleBook {
    func judgeOpening(_ platform: Platform, _ ledger: inout RuleLedger) {
        let level = records.label(of: platform.cite, asOf: day, takingLogAsComplete: true).level
        let lacksLabel: Truth =
            switch level {
            case .none, .withdrawn: .yes
            case .unknown: .unknown
            case .projet, .fonctionnement: .no
            }
        let fact: RuleFact =
            switch level {
            case .withdrawn: .openWithdrawn
            case .none: .openBeforeDecision
            default: records.decisions(of: platform.cite).isEmpty ? .noDecisionAbout : .labelNotTold
            }
        ledger.judge(
            .openWithoutDecision, RuleSubject(.platform, platform.id), isBroken: isIn([.open], platform) && lacksLabel,
            RuleDetail(fact, ["cite": .text(platform.cite)]),
            Remedy.decide(platform.cite, .fonctionnement))
    }

    func judgeLabel(_ cite: Cite, _ ledger: inout RuleLedger) {
        let record = RuleSubject(.cite, cite.id)
        let (level, confirmed) = records.label(of: cite.id, asOf: day, takingLogAsComplete: true)
        let decisions = records.decisions(of: cite.id)
        judgeProjet(cite, level, confirmed, decisions, &ledger)

        let isUnconfirmed = self.isUnconfirmed(level, confirmed)
        let due = confirmationDue(cite)
        let announced = due.map { $0.adding(months: -RuleTimes.confirmationNoticeMonths).isReached(by: day) } ?? .no
        let overdue = due.map { $0.isBefore(day) } ?? .no
        let fact: RuleFact = confirmed != nil ? .noConfirmation : decisions.isEmpty ? .noDecisionDue : .confirmationNotToldDue
        let when = RuleDetail(fact, ["due": .bounds(due ?? DateBounds(earliest: nil, latest: nil))])
        ledger.judge(.confirmationOverdue, record, isBroken: isUnconfirmed && overdue, due: due, when, Remedy.decide(cite.id, .confirmed))
        ledger.judge(.confirmationDue, record, isBroken: isUnconfirmed && announced && !overdue, due: due, when, Remedy.decide(cite.id, .confirmed))
        judgeReport(cite, level, confirmed, decisions, &ledger)
    }

    func isUnconfirmed(_ level: LabelLevel, _ confirmed: Bool?) -> Truth {
        level == .withdrawn || level == .none ? .no : confirmed.map { $0 ? .no : .yes } ?? .unknown
    }

    /// The last of the projets and authorisations that were, or may have been, granted by the day.
    func projetGranted(_ cite: Cite) -> DateBounds? {
        DateBounds.last(
            of: records.decisions(of: cite.id).filter { ($0.decision == .projet || $0.decision == .prefiguration) && $0.date.isReached(by: day) != .no }
                .map { DateBounds($0.date) })
    }

    private func judgeProjet(_ cite: Cite, _ level: LabelLevel, _ confirmed: Bool?, _ decisions: [LabelDecision], _ ledger: inout RuleLedger) {
        let granted = projetGranted(cite)
        let lapse = granted?.adding(months: RuleTimes.projetMonths)
        let isBroken: Truth
        switch level {
        case .projet where confirmed == true: isBroken = .no
        case .projet: isBroken = lapse?.isReached(by: day) ?? .unknown
        // It may be a projet that nothing followed, unless nothing granted one so long ago.
        case .unknown: isBroken = decisions.isEmpty ? .unknown : .unknown && (lapse?.isReached(by: day) ?? .no)
        case .none, .fonctionnement, .withdrawn: isBroken = .no
        }
        ledger.judge(
            .projetNeverConfirmed, RuleSubject(.cite, cite.id), isBroken: isBroken, due: lapse,
            granted.map { RuleDetail(.projetUnfollowed, ["granted": .bounds($0)]) } ?? RuleDetail(decisions.isEmpty ? .noDecision : .confirmationNotTold),
            Remedy.decide(cite.id, .fonctionnement))
    }

    /// The day on which the label is to be confirmed: the end of the préfiguration, else a year after the opening.
    ///
    /// Nil where it has not come to that: no opening yet, or a préfiguration that goes on.
    func confirmationDue(_ cite: Cite) -> DateBounds? {
        // An associated centre, which may open before its mother Cité does, starts no clock, unless nothing else is recorded.
        let platforms = records.platforms(of: cite.id)
        let own = platforms.filter { $0.kind != .associatedCentre }
        let all = (own.isEmpty ? platforms : own).flatMap { records.periods(of: $0.id) }
        let periods = all.filter { $0.start.isReached(by: day) != .no }
        let notKnown = DateBounds(earliest: nil, latest: nil)
        guard !all.isEmpty else { return notKnown }
        let openings = periods.filter { $0.status == .open }.map { DateBounds($0.start) }
        let trials = periods.filter { $0.status == .prefiguration }
        if !trials.isEmpty {
            let ends = trials.map { trial in
                trial.end.map { DateBounds($0) } ?? DateBounds.first(of: openings.filter { DateBounds(trial.start).isBefore($0) != .no })
            }
            return ends.contains { $0 == nil } ? nil : DateBounds.last(of: ends.compactMap { $0 })
        }
        if openings.isEmpty, periods.contains(where: { $0.status == .unknown }) { return notKnown }
        return DateBounds.first(of: openings)?.adding(months: RuleTimes.confirmationMonths)
    }

    /// There is no table of reports: a decision 'renewed' records that one came, and that the label goes on. The log being taken as complete,
    /// a year without one is a report that did not come.
    private func judgeReport(_ cite: Cite, _ level: LabelLevel, _ confirmed: Bool?, _ decisions: [LabelDecision], _ ledger: inout RuleLedger) {
        let taken = decisions.filter { $0.date.isReached(by: day) != .no }
        let renewals = taken.filter { $0.decision == .renewed }
        let last = lastRenewal(cite)
        let due = last?.adding(months: RuleTimes.reportMonths)
        let isLate = due?.isBefore(day) ?? .unknown
        let isBroken: Truth
        var detail = RuleDetail(.noDecision)
        switch (level, confirmed) {
        case (.withdrawn, _), (.none, _), (_, false): isBroken = .no
        case (_, nil): isBroken = decisions.isEmpty ? .unknown : .unknown && isLate
        case (_, true): isBroken = isLate
        }
        if let last {
            detail = RuleDetail(renewals.isEmpty ? .confirmedNeverRenewed : .renewedLast, ["last": .bounds(last)])
        } else if !decisions.isEmpty {
            detail = RuleDetail(.confirmationNotTold)
        }
        ledger.judge(.yearlyReportDue, RuleSubject(.cite, cite.id), isBroken: isBroken, due: due, detail, Remedy.decide(cite.id, .renewed))
    }

    /// The last confirmation or renewal that was, or may have been, decided by the day.
    func lastRenewal(_ cite: Cite) -> DateBounds? {
        DateBounds.last(
            of: records.decisions(of: cite.id).filter { ($0.decision == .confirmed || $0.decision == .renewed) && $0.date.isReached(by: day) != .no }
                .map { DateBounds($0.date) })
    }

    func judgeDecisions(_ cite: Cite, _ ledger: inout RuleLedger) {
        let decisions = records.decisions(of: cite.id)
        guard !decisions.isEmpty else { return }
        let record = RuleSubject(.decision, cite.id)
        let before: [(first: LabelDecisionKind, second: LabelDecisionKind)] = [
            (.projet, .prefiguration), (.projet, .fonctionnement), (.projet, .confirmed), (.projet, .renewed), (.prefiguration, .fonctionnement),
            (.confirmed, .renewed),
        ]
        let withdrawals = decisions.filter { $0.decision == .withdrawn }
        var order = Truth.no
        var worst: (LabelDecision, LabelDecision)?
        for (first, second) in before {
            for a in decisions where a.decision == first {
                for b in decisions where b.decision == second {
                    // A withdrawal between them ends one label; the later decision belongs to another.
                    let parted = withdrawals.reduce(Truth.no) { $0 || (isBefore(b, $1) && isBefore($1, a)) }
                    // One of several: a projet that some later or equal one of its kind precedes is in order.
                    let earlier = decisions.reduce(Truth.no) { $1.decision == first ? $0 || !isBefore(b, $1) : $0 }
                    let isBroken = isBefore(b, a) && !parted && !earlier
                    if isBroken == .yes && order != .yes || isBroken == .unknown && order == .no { worst = (a, b) }
                    order = order || isBroken
                }
            }
        }
        ledger.judge(
            .decisionsOutOfOrder, record, isBroken: order,
            worst.map { RuleDetail(order == .yes ? .decisionsOrder : .decisionsOrderNotKnown, ["first": said($0), "second": said($1)]) }
                ?? RuleDetail(.noDecision),
            Remedy.history(cite.id))

        var after = Truth.no
        var late: LabelDecision?
        for withdrawal in withdrawals {
            for b in decisions where [.prefiguration, .confirmed, .renewed].contains(b.decision) {
                let again = decisions.reduce(Truth.no) {
                    $1.decision == .projet || $1.decision == .fonctionnement ? $0 || (isBefore(withdrawal, $1) && !isBefore(b, $1)) : $0
                }
                let isBroken = isBefore(withdrawal, b) && !again
                if isBroken == .yes && after != .yes || isBroken == .unknown && after == .no { late = b }
                after = after || isBroken
            }
        }
        guard !withdrawals.isEmpty else { return }
        ledger.judge(
            .decisionAfterWithdrawal, record, isBroken: after,
            late.map { RuleDetail(after == .yes ? .decisionAfter : .decisionPerhapsAfter, ["decision": said($0)]) } ?? RuleDetail(.noDecision),
            Remedy.history(cite.id))
    }

    /// Decisions of one date, however vague, were taken together.
    private func isBefore(_ a: LabelDecision, _ b: LabelDecision) -> Truth {
        a.date == b.date && a.date != .unknown ? .no : DateBounds(a.date).isBefore(DateBounds(b.date))
    }

    private func said(_ decision: LabelDecision) -> RuleValue { .decision(decision.decision, decision.date) }
}
