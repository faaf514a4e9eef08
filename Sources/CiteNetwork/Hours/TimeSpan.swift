/// A time of day to another, in minutes since the midnight that begins the day.
package struct TimeSpan: Sendable, Hashable, Comparable {
    /// 0 to 1439.
    package var start: Int
    /// More than `start`, at most 2880; past 1440 it ends on the next day. Nil where only the start is known.
    package var end: Int?
    /// Whether it may go on after the end; always so without one.
    package var isOpenEnded: Bool

    package static func < (a: TimeSpan, b: TimeSpan) -> Bool {
        (a.start, a.end ?? 0, a.isOpenEnded ? 1 : 0) < (b.start, b.end ?? 0, b.isOpenEnded ? 1 : 0)
    }
}
