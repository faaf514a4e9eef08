/// A date as far as a source tells it: some day from `earliest` to `latest`, both included; nil where that side is not known.
///
/// Written `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, `..D` (by then), `D1..D2` (some time between), or nothing (not known at all).
package struct PartialDate: Hashable, Sendable {
    package let earliest: CalendarDate?
    package let latest: CalendarDate?
    /// As the source, or whoever recorded it, wrote it.
    package let text: String

    package static let unknown = PartialDate(earliest: nil, latest: nil, text: "")

    private init(earliest: CalendarDate?, latest: CalendarDate?, text: String) {
        self.earliest = earliest
        self.latest = latest
        self.text = text
    }

    package static let acceptedForms = "YYYY, YYYY-MM, YYYY-MM-DD, ..DATE (by then) or DATE..DATE (some time between)"

    /// Nil for anything but `acceptedForms` and the empty text.
    package init?(_ text: String) {
        if text.isEmpty {
            self = .unknown
            return
        }
        if let dots = Self.firstDots(in: text) {
            let (low, high) = (text[..<dots.lowerBound], text[dots.upperBound...])
            guard let end = Self.span(high)?.last else { return nil }
            if low.isEmpty {
                self.init(earliest: nil, latest: end, text: text)
            } else {
                guard let start = Self.span(low)?.first, start <= end else { return nil }
                self.init(earliest: start, latest: end, text: text)
            }
        } else {
            guard let days = Self.span(text[...]) else { return nil }
            self.init(earliest: days.first, latest: days.last, text: text)
        }
    }

    private static func firstDots(in text: String) -> Range<String.Index>? {
        guard let dot = text.firstIndex(of: ".") else { return nil }
        let next = text.index(after: dot)
        guard next < text.endIndex, text[next] == "." else { return nil }
        return dot..<text.index(after: next)
    }

    /// The first and last day of a year, a month or a day.
    private static func span(_ text: Substring) -> (first: CalendarDate, last: CalendarDate)? {
        if let day = CalendarDate(text) { return (day, day) }
        if text.count == 7, let first = CalendarDate("\(text)-01") {
            let last = CalendarDate(year: first.year, month: first.month, day: CalendarDate.days(inMonth: first.month, of: first.year))!
            return (first, last)
        }
        if text.count == 4, let first = CalendarDate("\(text)-01-01") { return (first, CalendarDate("\(text)-12-31")!) }
        return nil
    }

    /// Whether this date is on or before `day`.
    package func isReached(by day: CalendarDate) -> Truth {
        if let latest, latest <= day { return .yes }
        if let earliest, day < earliest { return .no }
        return .unknown
    }
}

extension PartialDate: CustomStringConvertible {
    package var description: String { text }
}
