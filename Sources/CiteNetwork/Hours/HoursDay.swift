/// A time of a day in one state.
package struct HoursInterval: Sendable, Hashable {
    /// Minutes since the midnight that begins the day.
    package var start: Int
    /// Past 1440 on the next day.
    package var end: Int
    package var state: OpeningState
    /// Why the state is `unknown`; nil for another one.
    package var uncertainty: HoursUncertainty?
    package var comment: String?

    package init(start: Int, end: Int, state: OpeningState, uncertainty: HoursUncertainty? = nil, comment: String? = nil) {
        self.start = start
        self.end = end
        self.state = state
        self.uncertainty = uncertainty
        self.comment = comment
    }
}

/// What rules make of one day: intervals that begin on it, apart from one another, in order, `closed` where a rule says so.
struct HoursDay {
    private(set) var intervals: [HoursInterval] = []

    /// Everything said of the day is forgotten.
    mutating func clear() { intervals.removeAll(keepingCapacity: true) }

    /// Replaces what was said of the time of the interval.
    mutating func overlay(_ new: HoursInterval) {
        var kept: [HoursInterval] = []
        for old in intervals {
            if old.start < new.start {
                var before = old
                before.end = min(old.end, new.start)
                kept.append(before)
            }
            if old.end > new.end {
                var after = old
                after.start = max(old.start, new.end)
                kept.append(after)
            }
        }
        kept.append(new)
        intervals = kept.sorted { $0.start < $1.start }
    }

    /// Holds where nothing is said yet.
    mutating func fill(_ new: HoursInterval) {
        var at = new.start
        var gaps: [HoursInterval] = []
        for old in intervals where old.end > new.start && old.start < new.end {
            if at < old.start {
                var gap = new
                (gap.start, gap.end) = (at, old.start)
                gaps.append(gap)
            }
            at = max(at, old.end)
        }
        if at < new.end {
            var gap = new
            gap.start = at
            gaps.append(gap)
        }
        intervals = (intervals + gaps).sorted { $0.start < $1.start }
    }
}

extension OpeningHours {
    /// What the rules say of a day if it is or is not in holidays. Linear in the rules, but for overlapping spans.
    private func said(of day: CalendarDate, isPublicHoliday: Bool, isSchoolHoliday: Bool) -> [HoursInterval] {
        var said = HoursDay()
        for rule in rules where rule.holds(on: day, isPublicHoliday: isPublicHoliday, isSchoolHoliday: isSchoolHoliday) {
            let pieces = rule.pieces
            switch rule.joiner {
            case .fallback: pieces.forEach { said.fill($0) }
            case .addition: pieces.forEach { said.overlay($0) }
            case .override:
                // Times that are taken away leave the others.
                if rule.state != .closed || rule.times.isEmpty { said.clear() }
                pieces.forEach { said.overlay($0) }
            }
        }
        return said.intervals
    }

    /// The times that begin on a day, in order: open, by appointment or not known. What lies between them is closed.
    ///
    /// Of moments at which the answer depends on a fact that is not known, the state is `unknown`. Intervals that touch are joined where
    /// they say the same.
    package func intervals(on day: CalendarDate, _ known: some DayKnowledge) -> [HoursInterval] {
        let publicHoliday = mentions(\.publicHolidays) ? known.isPublicHoliday(day) : .no
        let schoolHoliday = mentions(\.schoolHolidays) ? known.isSchoolHoliday(day) : .no
        let worlds = Self.values(publicHoliday).flatMap { isPublic in
            Self.values(schoolHoliday).map { said(of: day, isPublicHoliday: isPublic, isSchoolHoliday: $0) }
        }
        let doubt: HoursUncertainty = schoolHoliday == .unknown ? .schoolHolidays : .publicHolidays
        return Self.joined(worlds.count == 1 ? worlds[0] : Self.agreed(worlds, doubt)).filter { $0.state != .closed }
    }

    private func mentions(_ kind: KeyPath<DaySelector, Bool>) -> Bool { rules.contains { $0.days?[keyPath: kind] ?? false } }

    private static func values(_ truth: Truth) -> [Bool] {
        switch truth {
        case .yes: [true]
        case .no: [false]
        case .unknown: [false, true]
        }
    }

    /// What all say, and `unknown` where they differ.
    private static func agreed(_ worlds: [[HoursInterval]], _ doubt: HoursUncertainty) -> [HoursInterval] {
        let bounds = Set(worlds.joined().flatMap { [$0.start, $0.end] }).sorted()
        return zip(bounds, bounds.dropFirst()).map { start, end in
            let opinions = worlds.map { world in world.first { $0.start <= start && end <= $0.end } }
            let first = opinions[0]
            var agreed = HoursInterval(start: start, end: end, state: first?.state ?? .closed, uncertainty: first?.uncertainty, comment: first?.comment)
            if opinions.contains(where: { ($0?.state ?? .closed) != agreed.state }) {
                (agreed.state, agreed.uncertainty, agreed.comment) = (.unknown, doubt, nil)
            } else if opinions.contains(where: { $0?.comment != agreed.comment }) {
                agreed.comment = nil
            }
            return agreed
        }
    }

    private static func joined(_ intervals: [HoursInterval]) -> [HoursInterval] {
        var out: [HoursInterval] = []
        for next in intervals where next.start < next.end {
            if let last = out.last, last.end == next.start, last.state == next.state, last.uncertainty == next.uncertainty, last.comment == next.comment {
                out[out.count - 1].end = next.end
            } else {
                out.append(next)
            }
        }
        return out
    }
}

extension OpeningHours.Rule {
    func holds(on day: CalendarDate, isPublicHoliday: Bool, isSchoolHoliday: Bool) -> Bool {
        (dates.isEmpty || dates.contains { $0.contains(day) }) && (weeks.isEmpty || weeks.contains { $0.contains(day.isoWeek) })
            && days?.contains(day, isPublicHoliday: isPublicHoliday, isSchoolHoliday: isSchoolHoliday) ?? true
    }

    /// The times it names, in its state; after an open end, not known until the next time it names, or midnight.
    var pieces: [HoursInterval] {
        let state = state
        func piece(_ start: Int, _ end: Int) -> HoursInterval {
            HoursInterval(start: start, end: end, state: state, uncertainty: state == .unknown ? .stated : nil, comment: comment)
        }
        guard !times.isEmpty else { return [piece(0, 1440)] }
        return times.enumerated().flatMap { i, span -> [HoursInterval] in
            var pieces = span.end.map { [piece(span.start, $0)] } ?? []
            let shut = span.end ?? span.start
            let limit = min(i + 1 < times.count ? times[i + 1].start : 1440, 1440)
            if span.isOpenEnded, state != .closed, shut < limit {
                pieces.append(HoursInterval(start: shut, end: limit, state: .unknown, uncertainty: .closingTime, comment: comment))
            }
            return pieces
        }
    }
}
