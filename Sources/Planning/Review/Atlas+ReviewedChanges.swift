internal import CiteNetwork

extension Atlas {
    /// What was decided, opened, closed or redrawn after one day and by another, in order of date. What may have been is not known.
    func changes(_ scope: ReviewedRecords, _ since: CalendarDate, _ day: CalendarDate) -> [ReviewLine] {
        func happened(_ date: PartialDate) -> Truth { date.isReached(by: day) && !date.isReached(by: since) }
        var found: [(date: PartialDate, line: ReviewLine)] = []
        func add(_ date: PartialDate, _ record: RuleSubject, _ fact: ReviewFact) {
            let truth = happened(date)
            guard truth != .no else { return }
            found.append(
                (date, line(.changes, .notice, truth == .yes ? .broken : .unknown, record, fact, nil, "maillage network history \(record.id)", day)))
        }
        for cite in records.cites where scope.cites.contains(cite.id) {
            for decision in records.decisions(of: cite.id) { add(decision.date, RuleSubject(.decision, cite.id), .decided(decision)) }
            for version in records.territories(of: cite.id) where version.basis != .none {
                add(version.start, RuleSubject(.territory, cite.id), .territory(version))
            }
        }
        for platform in records.platforms where scope.platforms.contains(platform.id) {
            let periods = records.periods(of: platform.id)
            for period in periods {
                if period.status != .unknown { add(period.start, RuleSubject(.period, platform.id), .began(period)) }
                // An end at which another state begins is told by that.
                guard let end = period.end, !periods.contains(where: { $0.start == end }) else { continue }
                add(end, RuleSubject(.period, platform.id), .ended(period))
            }
        }
        let last = CalendarDate(year: 9999, month: 12, day: 31)!
        return found.enumerated().sorted { a, b in
            let (x, y) = (a.element.date.latest ?? last, b.element.date.latest ?? last)
            return x == y ? a.offset < b.offset : x < y
        }.map(\.element.line)
    }
}
