extension OpeningHours {
    /// A moment at which the state becomes another one.
    package struct Change: Sendable, Hashable {
        package var time: LocalTime
        /// The state from then on.
        package var state: OpeningState
    }

    /// The day from midnight to midnight, in intervals that touch; what went on from the day before is in it.
    package func timeline(of day: CalendarDate, _ known: some DayKnowledge) -> [HoursInterval] {
        var whole = HoursDay()
        for interval in intervals(on: day, known) where interval.start < 1440 { whole.overlay(clipped(interval, by: 0)) }
        if let before = day.adding(days: -1) {
            for interval in intervals(on: before, known) where interval.end > 1440 { whole.fill(clipped(interval, by: 1440)) }
        }
        whole.fill(HoursInterval(start: 0, end: 1440, state: .closed))
        return whole.intervals
    }

    /// The part of an interval that lies in the day which begins `offset` minutes later.
    private func clipped(_ interval: HoursInterval, by offset: Int) -> HoursInterval {
        var part = interval
        part.start = max(0, interval.start - offset)
        part.end = min(1440, interval.end - offset)
        return part
    }

    /// What the place is at a moment, with why and with what comment.
    package func moment(at time: LocalTime, _ known: some DayKnowledge) -> HoursInterval {
        timeline(of: time.day, known).first { $0.start <= time.minute && time.minute < $0.end }!
    }

    package func state(at time: LocalTime, _ known: some DayKnowledge) -> OpeningState { moment(at: time, known).state }

    /// When the state next becomes another one; nil where it does not within `days` days.
    package func nextChange(after time: LocalTime, _ known: some DayKnowledge, within days: Int = 400) -> Change? {
        let now = state(at: time, known)
        for offset in 0...days {
            guard let day = time.day.adding(days: offset) else { return nil }
            for interval in timeline(of: day, known) where interval.state != now && (offset > 0 || interval.start > time.minute) {
                return LocalTime(day: day, minute: interval.start).map { Change(time: $0, state: interval.state) }
            }
        }
        return nil
    }
}
