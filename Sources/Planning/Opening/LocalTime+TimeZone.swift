package import CiteNetwork
package import Foundation

extension LocalTime {
    /// 1 January 1970 as a `dayNumber`.
    private static let epoch = 719_162

    /// What the clock of a zone shows at an instant; nil outside the years 1 to 9999.
    package init?(_ instant: Date, in zone: TimeZone) {
        let seconds = (instant.timeIntervalSince1970 + Double(zone.secondsFromGMT(for: instant))).rounded(.down)
        guard seconds.magnitude < 1e12 else { return nil }
        let days = Int((seconds / 86_400).rounded(.down))
        guard let day = CalendarDate(dayNumber: Self.epoch + days) else { return nil }
        self.init(day: day, minute: (Int(seconds) - days * 86_400) / 60)
    }

    /// Seconds since 1970, if the clock were that of UTC.
    var secondsAsUTC: Int { (day.dayNumber - Self.epoch) * 86_400 + minute * 60 }

    /// The first instant, after `earliest` where it is given, at which the clock of a zone shows this time.
    ///
    /// A time that the clock skips is the instant at which it jumps; one that it shows twice is the first of the two that is late enough.
    package func instant(in zone: TimeZone, after earliest: Date? = nil) -> Date {
        func offset(at seconds: Int) -> Int { zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))) }
        let (before, after) = (secondsAsUTC - 86_400, secondsAsUTC + 86_400)
        let offsets = [offset(at: before), offset(at: after)]
        let shown = Set(offsets).map { secondsAsUTC - $0 }.filter { offset(at: $0) == secondsAsUTC - $0 }.sorted()
        if !shown.isEmpty {
            let late = shown.first { seconds in earliest.map { Double(seconds) > $0.timeIntervalSince1970 } ?? true }
            return Date(timeIntervalSince1970: Double(late ?? shown[shown.count - 1]))
        }
        // Skipped: the second at which the offset changes.
        var (low, high) = (before, after)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if offset(at: middle) == offsets[0] { low = middle } else { high = middle }
        }
        return Date(timeIntervalSince1970: Double(high))
    }
}
