// Rules of dates: what ends, what contradicts, what is too old.
extension RuleBook {
    func judgePeriods(_ platform: Platform, _ ledger: inout RuleLedger) {
        let periods = records.periods(of: platform.id)
        let record = RuleSubject(.period, platform.id)
        for period in periods { judgeEnd(record, RuleDetail(.ofState, ["status": .status(period.status)]), period.start, period.end, &ledger) }
        // What contradicts only later was no contradiction on the day.
        let begun = periods.filter { $0.start.isReached(by: day) != .no }
        guard begun.count > 1 else { return }
        var isBroken = Truth.no
        var details: [RuleDetail] = []
        for i in begun.indices {
            for j in begun.indices where j > i && begun[j].status != begun[i].status {
                let both = overlap(begun[i], begun[j])
                if both == .yes && isBroken != .yes { details = [] }
                if both == .yes || both == .unknown && isBroken != .yes {
                    details.append(RuleDetail(.both, ["first": said(begun[i]), "second": said(begun[j])]))
                }
                isBroken = isBroken || both
            }
        }
        ledger.judge(
            .periodsContradictory, record, isBroken: isBroken,
            RuleDetail(isBroken == .yes ? .holdTogether : .perhapsTogether, ["states": .facts(details)]), Remedy.history(platform.id))
    }

    /// Whether two periods share a day. An end and a start of the same words are one event: one follows the other.
    private func overlap(_ a: PlatformPeriod, _ b: PlatformPeriod) -> Truth {
        func begins(_ a: PlatformPeriod, beforeEndOf b: PlatformPeriod) -> Truth {
            guard let end = b.end else { return .yes }
            return end.text == a.start.text && !end.text.isEmpty ? .no : DateBounds(a.start).isBefore(DateBounds(end))
        }
        return begins(a, beforeEndOf: b) && begins(b, beforeEndOf: a)
    }

    private func said(_ period: PlatformPeriod) -> RuleValue {
        var values: [RuleDetail.Value] = [
            RuleDetail.Value(name: "status", value: .status(period.status)), RuleDetail.Value(name: "start", value: .date(period.start)),
        ]
        var detail = RuleDetail(period.end == nil ? .stateFrom : .stateFromTo)
        if let end = period.end { values.append(RuleDetail.Value(name: "end", value: .date(end))) }
        detail.values = values
        return .facts([detail])
    }

    func judgeEnd(_ record: RuleSubject, _ what: RuleDetail, _ start: PartialDate, _ end: PartialDate?, _ ledger: inout RuleLedger) {
        guard let end else {
            ledger.judge(.endBeforeStart, record, isBroken: .no, what, "")
            return
        }
        // Two dates of the same words are in no wrong order: what one says the other says.
        let isBroken = end == start && end != .unknown ? .no : DateBounds(end).isBefore(DateBounds(start))
        ledger.judge(
            .endBeforeStart, record, isBroken: isBroken,
            RuleDetail(
                isBroken == .yes ? .endBefore : .endPerhapsBefore, ["what": .facts([what]), "end": .date(end), "start": .date(start)]),
            Remedy.history(record.id))
    }

    /// A platform is verified by its own record and those of its periods, a Cité by its own and those of its decisions: the latest counts.
    func judgeFreshness(_ ledger: inout RuleLedger) {
        for cite in records.cites where isConcerned(cite) {
            judgeFreshness(RuleSubject(.cite, cite.id), [cite.provenance] + records.decisions(of: cite.id).map(\.provenance), &ledger)
        }
        for platform in records.platforms where isConcerned(platform) {
            judgeFreshness(RuleSubject(.platform, platform.id), [platform.provenance] + records.periods(of: platform.id).map(\.provenance), &ledger)
        }
    }

    private func judgeFreshness(_ record: RuleSubject, _ provenances: [Provenance], _ ledger: inout RuleLedger) {
        // The record is as fresh as its freshest source: broken only where every one of them is too old.
        let isBroken = provenances.reduce(Truth.yes) { $0 && DateBounds($1.verified).adding(months: Freshness.endMonths).isReached(by: day) }
        let dated = provenances.filter { $0.verified.latest != nil }.max { $0.verified.latest! < $1.verified.latest! }
        let undated = provenances.first { $0.verified.latest == nil }
        let detail: RuleDetail
        if let dated {
            let seen: KeyValuePairs<String, RuleValue> = ["date": .date(dated.verified), "source": .text(dated.source)]
            if isBroken == .unknown, let undated {
                detail = RuleDetail(
                    .lastVerifiedOtherUndated, ["date": .date(dated.verified), "source": .text(dated.source), "other": .text(undated.source)])
            } else {
                detail = RuleDetail(.lastVerified, seen)
            }
        } else {
            detail = RuleDetail(.undated, ["source": .text(provenances[0].source)])
        }
        ledger.judge(
            .notVerified, record, isBroken: isBroken, detail,
            Remedy.verify(record.id))
    }
}
