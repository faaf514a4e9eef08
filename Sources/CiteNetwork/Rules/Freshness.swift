/// How far a record may still be trusted, by the time since it was last verified: full for six months, then linearly to nothing at two years.
package enum Freshness {
    package static let fullMonths = 6
    package static let endMonths = 24

    /// From 0 to 1, on a day, for a record verified on another; 1 for one that was verified later.
    package static func share(verified: CalendarDate, on day: CalendarDate) -> Double {
        let (full, end) = (verified.adding(months: fullMonths).serial, verified.adding(months: endMonths).serial)
        guard end > full else { return day.serial < end ? 1 : 0 }
        return min(1, max(0, Double(end - day.serial) / Double(end - full)))
    }

    /// The least and the greatest share that a partial date allows; nil where nothing bounds the date from below.
    package static func share(verified: PartialDate, on day: CalendarDate) -> ClosedRange<Double>? {
        guard let earliest = verified.earliest, let latest = verified.latest else { return nil }
        return share(verified: earliest, on: day)...share(verified: latest, on: day)
    }
}
