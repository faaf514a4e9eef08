package import CiteNetwork
internal import Foundation

// Quantities and dates as people of a language write them, by the data of the Unicode locales.
extension Language {
    /// The locale of numbers and dates.
    private var locale: Locale {
        switch self {
        case .french: Locale(identifier: "fr_FR")
        case .english: Locale(identifier: "en_GB")
        case .italian: Locale(identifier: "it_IT")
        case .spanish: Locale(identifier: "es_ES")
        case .portuguese: Locale(identifier: "pt_PT")
        }
    }

    /// What stands for a figure that is not there.
    package var dash: String { "–" }

    /// A number with so many decimals, its thousands apart as the language has them.
    package func number(_ value: Double, decimals: Int = 0) -> String {
        guard value.isFinite else { return dash }
        return value.formatted(.number.precision(.fractionLength(decimals)).rounded(rule: .toNearestOrAwayFromZero).locale(locale))
    }

    /// A number with its sign, for differences.
    package func difference(_ value: Double, decimals: Int = 0) -> String {
        guard value.isFinite else { return dash }
        return value.formatted(
            .number.precision(.fractionLength(decimals)).rounded(rule: .toNearestOrAwayFromZero).sign(strategy: .always(includingZero: false)).locale(locale))
    }

    /// A share of 0 to 1 as a percentage with one decimal; a dash where there is none.
    package func percent(_ share: Double?) -> String {
        guard let share, share.isFinite else { return dash }
        return share.formatted(.percent.precision(.fractionLength(1)).rounded(rule: .toNearestOrAwayFromZero).locale(locale))
    }

    /// A share of 0 to 1 as a percentage without decimals, for an axis.
    package func wholePercent(_ share: Double) -> String {
        guard share.isFinite else { return dash }
        return share.formatted(.percent.precision(.fractionLength(0)).rounded(rule: .toNearestOrAwayFromZero).locale(locale))
    }

    /// Metres as kilometres with one decimal.
    package func kilometres(_ metres: Double?) -> String {
        guard let metres, metres.isFinite else { return dash }
        return number(metres / 1000, decimals: 1) + "\u{A0}km"
    }

    /// `novembre 2026`.
    package func month(_ day: CalendarDate) -> String { formatted(day, Date.FormatStyle(locale: locale).month(.wide).year()) }

    /// `23 novembre 2026`.
    package func date(_ day: CalendarDate) -> String {
        let text = formatted(day, Date.FormatStyle(date: .long, time: .omitted, locale: locale))
        // The first of a month is an ordinal in French.
        return self == .french && day.day == 1 && text.hasPrefix("1 ") ? "1er" + text.dropFirst() : text
    }

    private func formatted(_ day: CalendarDate, _ given: Date.FormatStyle) -> String {
        var parts = DateComponents()
        (parts.year, parts.month, parts.day) = (day.year, day.month, day.day)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        guard let instant = calendar.date(from: parts) else { return day.description }
        var style = given
        (style.calendar, style.timeZone) = (calendar, .gmt)
        return instant.formatted(style)
    }
}
