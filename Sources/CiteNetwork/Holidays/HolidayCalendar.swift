/// The public holidays of the place where a platform stands, by the rules of its country and of its part of it.
///
/// Known are France with its overseas départements and Alsace-Moselle, Italy, Spain in Catalonia and the Basque Country, Portugal,
/// Switzerland in Geneva, Mauritius, Chile, and Canada in British Columbia. Elsewhere in these countries the national holidays are known, and
/// of every other day it is not known whether it is one. Holidays of single towns (patron saints, fairs) are in none of them.
package struct HolidayCalendar: Sendable, Hashable, DayKnowledge {
    /// ISO 3166-1 alpha-2.
    package let country: String
    /// ISO 3166-2, of the finest area known.
    package let area: String?
    private let rules: Rules

    /// The sets of rules; nothing is known of a country that has none.
    enum Rules: Hashable {
        case none, france(FrenchPart), italy, spain(SpanishPart), portugal, switzerland(isGeneva: Bool), mauritius, chile, canada(isBritishColumbia: Bool)
    }

    /// The years of which the rules are known; outside them nothing is.
    package static let years = 2009...2099

    private let isComplete: Bool

    /// - Parameters:
    ///   - country: ISO 3166-1 alpha-2.
    ///   - area: the ISO 3166-2 code of the place, where known: a French département, a Spanish or Italian province, a Swiss canton…
    package init(country: String, area: String?) {
        self.country = country
        self.area = area
        let part = area.map { String($0.dropFirst(country.utf8.count + 1)) }
        switch country {
        case "FR":
            let french = FrenchPart(part)
            (rules, isComplete) = (.france(french ?? .mainland), french != nil)
        // South Tyrol has holidays of its own.
        case "IT": (rules, isComplete) = (.italy, part != nil && part != "BZ")
        case "ES":
            let spanish = SpanishPart(part)
            (rules, isComplete) = (.spain(spanish), spanish != .other)
        // So have the Azores and Madeira.
        case "PT": (rules, isComplete) = (.portugal, part != nil && !["20", "30"].contains(part))
        case "CH": (rules, isComplete) = (.switzerland(isGeneva: part == "GE"), part == "GE")
        case "MU": (rules, isComplete) = (.mauritius, true)
        // So have Arica y Parinacota, and Chillán in Ñuble.
        case "CL": (rules, isComplete) = (.chile, part != nil && !["AP", "NB"].contains(part))
        case "CA": (rules, isComplete) = (.canada(isBritishColumbia: part == "BC"), part == "BC")
        default: (rules, isComplete) = (.none, false)
        }
    }

    /// The holidays of a year in order, those that are not sure among them; empty where the rules are not known.
    package func holidays(in year: Int) -> [PublicHoliday] {
        guard Self.years.contains(year) else { return [] }
        var collected = HolidayYear(year)
        switch rules {
        case .none: break
        case .france(let part): collected.addFrance(part)
        case .italy: collected.addItaly()
        case .spain(let part): collected.addSpain(part)
        case .portugal: collected.addPortugal()
        case .switzerland(let isGeneva): collected.addSwitzerland(isGeneva: isGeneva)
        case .mauritius: collected.addMauritius()
        case .chile: collected.addChile()
        case .canada(let isBritishColumbia): collected.addCanada(isBritishColumbia: isBritishColumbia)
        }
        return collected.holidays.sorted { $0.day < $1.day }
    }

    package func isPublicHoliday(_ day: CalendarDate) -> Truth {
        let celebrated = holidays(in: day.year).filter { $0.day == day }
        if celebrated.contains(where: \.isSure) { return .yes }
        return celebrated.isEmpty && isComplete && isKnown(day.year) ? .no : .unknown
    }

    private func isKnown(_ year: Int) -> Bool {
        Self.years.contains(year) && (rules != .mauritius || MauritianFestivals.years.contains(year))
    }
}
