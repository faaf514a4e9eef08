package import CiteNetwork
internal import Foundation

extension CalendarDate {
    /// The day it is in UTC. Commands and routes ask the clock here; the domain never does.
    package static var today: CalendarDate {
        let parts = Calendar(identifier: .gregorian).dateComponents(in: TimeZone(identifier: "UTC")!, from: Date())
        return CalendarDate(year: parts.year!, month: parts.month!, day: parts.day!)!
    }
}
