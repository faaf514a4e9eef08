/// A day, or a moment of a day, in UTC: the instants of CQL2. Years 0001 to 9999, a microsecond the smallest step.
package struct Instant: Hashable, Sendable {
    /// True where only the day is known: such an instant lasts the whole day.
    package let isDate: Bool
    /// Microseconds since 1970-01-01T00:00:00Z.
    private let microseconds: Int64

    private static let microsecondsPerDay: Int64 = 86_400_000_000

    /// Milliseconds since 1970-01-01T00:00:00Z at its beginning, rounded down: the step in which instants are compared.
    package var start: Int64 { Self.floored(microseconds, by: 1000) }

    /// Its last millisecond: of a date 23:59:59.999, of a moment the moment.
    package var end: Int64 { isDate ? start + 86_399_999 : start }

    /// Days since 1970-01-01.
    package var day: Int64 { Self.floored(microseconds, by: Self.microsecondsPerDay) }

    private static func floored(_ a: Int64, by b: Int64) -> Int64 { a / b - (a % b < 0 ? 1 : 0) }

    /// Reads `YYYY-MM-DD`, or `YYYY-MM-DDTHH:MM:SS`, with decimals (those after the sixth are dropped) and with or without `Z`.
    /// Nil for anything else. A space may stand for the `T`, as SQLite writes it.
    package init?(_ text: some StringProtocol) {
        let b = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= b.count else { return nil }
            var n = 0
            for digit in b[range] {
                guard (0x30...0x39).contains(digit) else { return nil }
                n = n * 10 + Int(digit - 0x30)
            }
            return n
        }
        let dash = UInt8(ascii: "-")
        let colon = UInt8(ascii: ":")
        guard b.count == 10 || b.count >= 19, let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), b[4] == dash, b[7] == dash,
            year >= 1, (1...12).contains(month), day >= 1, day <= Self.days(inMonth: month, of: year)
        else { return nil }
        var sum = Self.dayNumber(year, month, day) * Self.microsecondsPerDay
        isDate = b.count == 10
        if b.count > 10 {
            guard b[10] == UInt8(ascii: "T") || b[10] == UInt8(ascii: " "), b[13] == colon, b[16] == colon, let hour = number(11..<13),
                let minute = number(14..<16),
                let second = number(17..<19), hour < 24, minute < 60, second < 60
            else { return nil }
            sum += Int64((hour * 60 + minute) * 60 + second) * 1_000_000
            var rest = b[19...]
            if rest.last == UInt8(ascii: "Z") { rest.removeLast() }
            if rest.first == UInt8(ascii: ".") {
                rest.removeFirst()
                guard !rest.isEmpty else { return nil }
                var step: Int64 = 100_000
                for digit in rest {
                    guard (0x30...0x39).contains(digit) else { return nil }
                    sum += Int64(digit - 0x30) * step
                    step /= 10
                }
            } else if !rest.isEmpty {
                return nil
            }
        }
        microseconds = sum
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01, counted in years that begin in March.
    private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
        let y = month > 2 ? year : year - 1
        let m = month > 2 ? month - 3 : month + 9
        return Int64(365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719_468)
    }
}

extension Instant: CustomStringConvertible {
    /// `YYYY-MM-DD`, or `YYYY-MM-DDTHH:MM:SSZ` with the decimals it needs.
    package var description: String {
        func padded(_ n: Int64, _ width: Int) -> String {
            let digits = String(n)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        // The reverse of dayNumber: eras of 400 years that begin in March.
        let z = day + 719_468
        let era = z / 146_097
        let d = z % 146_097
        let y = (d - d / 1460 + d / 36_524 - d / 146_096) / 365
        let dayOfYear = d - (365 * y + y / 4 - y / 100)
        let m = (5 * dayOfYear + 2) / 153
        let month = m < 10 ? m + 3 : m - 9
        let year = y + era * 400 + (month <= 2 ? 1 : 0)
        let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfYear - (153 * m + 2) / 5 + 1, 2))"
        guard !isDate else { return date }
        let rest = microseconds - day * Self.microsecondsPerDay
        let seconds = rest / 1_000_000
        var text = "\(date)T\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
        if rest % 1_000_000 > 0 {
            var decimals = padded(rest % 1_000_000, 6)
            while decimals.last == "0" { decimals.removeLast() }
            text += "." + decimals
        }
        return text + "Z"
    }
}
