import CiteNetwork

/// Instants as HTTP and RFC 3339 write them, without Foundation: `Sun, 06 Nov 1994 08:49:37 GMT`, `1994-11-06T08:49:37Z`.
enum HTTPDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    /// Days from 1 January of the year 1 to 1970.
    private static let epoch = 719_162

    private static func parts(_ seconds: Int) -> (date: CalendarDate, hour: Int, minute: Int, second: Int) {
        let day = seconds / 86_400
        let rest = seconds % 86_400
        return (CalendarDate(dayNumber: day + epoch)!, rest / 3600, rest / 60 % 60, rest % 60)
    }

    private static func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }

    /// - Parameter seconds: since 1970, not before it.
    static func header(_ seconds: Int) -> String {
        let (date, hour, minute, second) = parts(seconds)
        return "\(days[date.dayNumber % 7]), \(two(date.day)) \(months[date.month - 1]) \(date.year) \(two(hour)):\(two(minute)):\(two(second)) GMT"
    }

    static func instant(_ seconds: Int) -> String {
        let (date, hour, minute, second) = parts(seconds)
        return "\(date)T\(two(hour)):\(two(minute)):\(two(second))Z"
    }

    /// Seconds since 1970 of a date in the form that is written today; nil for another, which RFC 9110 lets a server pass over.
    static func seconds(_ header: String) -> Int? {
        let words = header.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let day = Int(words[1]), let month = months.firstIndex(of: String(words[2])), let year = Int(words[3]),
            let date = CalendarDate(year: year, month: month + 1, day: day)
        else { return nil }
        let clock = words[4].split(separator: ":").compactMap { Int($0) }
        guard clock.count == 3, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]), (0...60).contains(clock[2]) else { return nil }
        return (date.dayNumber - epoch) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
    }
}
