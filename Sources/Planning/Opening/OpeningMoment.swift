package import CiteNetwork
package import Foundation

/// The moment of which one asks whether places are open.
package enum OpeningMoment: Sendable, Hashable {
    /// What the clock shows at each place.
    case wallClock(LocalTime)
    case instant(Date)

    package static let acceptedForms =
        "a day and a time by the clock of each place, such as 2026-11-23T10:00, or an instant, such as 2026-11-23T09:00Z or 2026-11-23T10:00+01:00"

    /// Nil for anything but `acceptedForms`; seconds are accepted and dropped.
    package init?(_ text: String) {
        guard let t = text.firstIndex(of: "T") else { return nil }
        if let local = LocalTime(text) {
            self = .wallClock(local)
            return
        }
        let zone = text[t...].firstIndex { $0 == "Z" || $0 == "z" || $0 == "+" || $0 == "-" }
        guard let zone, let local = LocalTime(text[..<zone]), let offset = Self.offset(text[zone...]) else { return nil }
        self = .instant(Date(timeIntervalSince1970: Double(local.secondsAsUTC - offset)))
    }

    /// `Z`, `+hh:mm` or `+hhmm` in seconds.
    private static func offset(_ text: Substring) -> Int? {
        if text == "Z" || text == "z" { return 0 }
        let digits = Array(text.dropFirst().utf8.filter { $0 != UInt8(ascii: ":") })
        let isWellFormed = text.utf8.count == 5 || (text.utf8.count == 6 && Array(text.utf8)[3] == UInt8(ascii: ":"))
        guard isWellFormed, digits.count == 4, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let (hours, minutes) = (Int(digits[0] - 48) * 10 + Int(digits[1] - 48), Int(digits[2] - 48) * 10 + Int(digits[3] - 48))
        guard hours <= 18, minutes < 60 else { return nil }
        return (text.first == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    /// The day, by the clock of the places, or in UTC for an instant: that of which the network is asked.
    package var day: CalendarDate {
        switch self {
        case .wallClock(let local): local.day
        case .instant(let instant): LocalTime(instant, in: TimeZone(secondsFromGMT: 0)!)?.day ?? CalendarDate(dayNumber: 0)!
        }
    }
}

extension OpeningMoment: CustomStringConvertible {
    /// `2026-11-23T10:00`, or `2026-11-23T09:00Z`.
    package var description: String {
        switch self {
        case .wallClock(let local): local.description
        case .instant(let instant): LocalTime(instant, in: TimeZone(secondsFromGMT: 0)!).map { "\($0)Z" } ?? ""
        }
    }
}
