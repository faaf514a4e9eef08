package import CiteNetwork
#if canImport(Glibc)
internal import Glibc
#endif

extension CalendarDate {
    /// The day it is in UTC. Commands and routes ask the clock here; the domain never does.
    package static var today: CalendarDate {
        // 719,162 days lie between 1 January of the year 1 and that of 1970.
        CalendarDate(dayNumber: 719_162 + time(nil) / 86_400)!
    }
}
