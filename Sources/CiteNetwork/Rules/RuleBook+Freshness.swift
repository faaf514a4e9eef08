/// How fresh a record is on a day: a platform by its own record and those of its periods, a Cité by its own and those of its decisions.
package struct RecordFreshness: Hashable, Sendable {
    package var record: RuleSubject
    /// The latest day on which one of these records was verified; `PartialDate.unknown` where none is dated.
    package var verified: PartialDate
    /// The id of the source that saw it then.
    package var source: String
    /// The least and the greatest share that the date allows; nil where it is not dated. Full for six months, nothing from two years on.
    package var share: ClosedRange<Double>?
    package var command: String

    /// Whether nobody verified it for six months: unknown where it is not dated, or its date is a month or a year in which that day falls.
    package var isStale: Truth {
        guard let share else { return .unknown }
        return share.upperBound < 1 ? .yes : share.lowerBound < 1 ? .unknown : .no
    }
}

extension RuleBook {
    /// Every record that is concerned on the day, the stalest first, undated ones last; then by id.
    package func freshness() -> [RecordFreshness] {
        var all: [RecordFreshness] = []
        for cite in records.cites where isConcerned(cite) {
            all.append(freshness(RuleSubject(.cite, cite.id), [cite.provenance] + records.decisions(of: cite.id).map(\.provenance)))
        }
        for platform in records.platforms where isConcerned(platform) {
            all.append(freshness(RuleSubject(.platform, platform.id), [platform.provenance] + records.periods(of: platform.id).map(\.provenance)))
        }
        func rank(_ a: RecordFreshness) -> (Int, CalendarDate, String) {
            (a.verified.latest == nil ? 1 : 0, a.verified.latest ?? day, a.record.id)
        }
        return all.sorted { rank($0) < rank($1) }
    }

    private func freshness(_ record: RuleSubject, _ provenances: [Provenance]) -> RecordFreshness {
        // What was seen after the day was not yet known on it: the record was then as fresh as its freshest earlier source.
        let dated = provenances.filter { $0.verified.latest != nil }
        let seen = dated.filter { $0.verified.isReached(by: day) != .no }
        let best = (seen.isEmpty ? dated : seen).max { $0.verified.latest! < $1.verified.latest! } ?? provenances[0]
        return RecordFreshness(
            record: record, verified: best.verified, source: best.source, share: Freshness.share(verified: best.verified, on: day),
            command: Remedy.verify(record.id))
    }
}
