// Rules of dates: what ends, what contradicts, what is too old.
extension RuleBook {
    func judgePeriods(_ platform: Platform, _ ledger: inout RuleLedger) {
        let periods = records.periods(of: platform.id)
        let record = RuleSubject(.period, platform.id)
        for period in periods { judgeEnd(record, "its state \(period.status.rawValue)", period.start, period.end, &ledger) }
        // What contradicts only later was no contradiction on the day.
        let begun = periods.filter { $0.start.isReached(by: day) != .no }
        guard begun.count > 1 else { return }
        var isBroken = Truth.no
        var details: [String] = []
        for i in begun.indices {
            for j in begun.indices where j > i && begun[j].status != begun[i].status {
                let both = overlap(begun[i], begun[j])
                if both == .yes && isBroken != .yes { details = [] }
                if both == .yes || both == .unknown && isBroken != .yes { details.append("\(said(begun[i])) and \(said(begun[j]))") }
                isBroken = isBroken || both
            }
        }
        ledger.judge(
            .periodsContradictory, record, isBroken: isBroken,
            "\(details.joined(separator: "; ")) \(isBroken == .yes ? "hold together" : "may hold together").", Remedy.history(platform.id))
    }

    /// Whether two periods share a day. An end and a start of the same words are one event: one follows the other.
    private func overlap(_ a: PlatformPeriod, _ b: PlatformPeriod) -> Truth {
        func begins(_ a: PlatformPeriod, beforeEndOf b: PlatformPeriod) -> Truth {
            guard let end = b.end else { return .yes }
            return end.text == a.start.text && !end.text.isEmpty ? .no : DateBounds(a.start).isBefore(DateBounds(end))
        }
        return begins(a, beforeEndOf: b) && begins(b, beforeEndOf: a)
    }

    private func said(_ period: PlatformPeriod) -> String {
        "\(period.status.rawValue) from \(said(period.start))" + (period.end.map { " to \(said($0))" } ?? "")
    }

    private func said(_ date: PartialDate) -> String { date.text.isEmpty ? "a day not known" : date.text }

    func judgeEnd(_ record: RuleSubject, _ what: String, _ start: PartialDate, _ end: PartialDate?, _ ledger: inout RuleLedger) {
        guard let end else {
            ledger.judge(.endBeforeStart, record, isBroken: .no, "", "")
            return
        }
        // Two dates of the same words are in no wrong order: what one says the other says.
        let isBroken = end == start && end != .unknown ? .no : DateBounds(end).isBefore(DateBounds(start))
        ledger.judge(
            .endBeforeStart, record, isBroken: isBroken,
            isBroken == .yes
                ? "Of \(what), the end (\(said(end))) is before the start (\(said(start)))."
                : "Of \(what), the start (\(said(start))) and the end (\(said(end))) may be in the wrong order.", Remedy.history(record.id))
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
        let seen = dated.map { "Last verified \($0.verified.text) (\($0.source))" } ?? "Not dated: \(provenances[0].source)"
        ledger.judge(
            .notVerified, record, isBroken: isBroken,
            "\(seen)\(dated != nil && isBroken == .unknown ? undated.map { "; \($0.source) is undated" } ?? "" : "").",
            Remedy.verify(record.id))
    }
}
