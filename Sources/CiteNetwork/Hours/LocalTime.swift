/// A moment on the clock of a place: a day and the minutes since its midnight, without zone.
package struct LocalTime: Sendable, Hashable, Comparable {
    package let day: CalendarDate
    /// From 0 to 1439.
    package let minute: Int

    /// Nil where the minute is not one of a day.
    package init?(day: CalendarDate, minute: Int) {
        guard (0..<1440).contains(minute) else { return nil }
        self.day = day
        self.minute = minute
    }

    /// Reads `YYYY-MM-DDThh:mm`, with seconds or without; seconds are dropped.
    package init?(_ text: some StringProtocol) {
        let halves = text.split(separator: "T", omittingEmptySubsequences: false)
        guard halves.count == 2, let day = CalendarDate(halves[0]) else { return nil }
        let parts = halves[1].split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else { return nil }
        let numbers = parts.map { Int($0)! }
        guard numbers[0] < 24, numbers[1] < 60, numbers.count == 2 || numbers[2] < 60 else { return nil }
        self.init(day: day, minute: numbers[0] * 60 + numbers[1])
    }

    package static func < (a: LocalTime, b: LocalTime) -> Bool { (a.day, a.minute) < (b.day, b.minute) }
}

extension LocalTime: CustomStringConvertible {
    /// `YYYY-MM-DDThh:mm`.
    package var description: String { "\(day)T\(clock(minute))" }
}

/// Minutes as `hh:mm`; hours may exceed 24.
func clock(_ minute: Int) -> String {
    let (hour, rest) = minute.quotientAndRemainder(dividingBy: 60)
    return (hour < 10 ? "0" : "") + "\(hour):" + (rest < 10 ? "0" : "") + "\(rest)"
}
