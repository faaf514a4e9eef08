package import CiteNetwork
package import Foundation

/// Whether a platform is open at a moment, as far as it is known.
package struct Opening: Sendable, Equatable {
    package enum Reason: Sendable, Equatable {
        /// No source gives the hours.
        case hoursNotKnown
        /// The recorded hours are outside the syntax; with what is wrong.
        case hoursNotReadable(String)
        /// An instant was given, and the zone of the platform is not known.
        case timeZoneNotKnown
        case uncertain(HoursUncertainty)
    }

    package struct NextChange: Sendable, Equatable {
        /// By the clock of the platform.
        package var local: LocalTime
        /// Nil where its zone is not known.
        package var instant: Date?
        /// The state from then on.
        package var state: OpeningState

        package init(local: LocalTime, instant: Date?, state: OpeningState) {
            self.local = local
            self.instant = instant
            self.state = state
        }
    }

    package var state: OpeningState
    /// Why the state is `unknown`; nil for another one.
    package var reason: Reason?
    /// The words of the rule that holds at the moment.
    package var comment: String?
    /// The moment by the clock of the platform; nil where its zone is needed and not known.
    package var local: LocalTime?
    /// Nil where the state does not change within 400 days, and where the hours are not known.
    package var nextChange: NextChange?

    package init(state: OpeningState, reason: Reason? = nil, comment: String? = nil, local: LocalTime? = nil, nextChange: NextChange? = nil) {
        self.state = state
        self.reason = reason
        self.comment = comment
        self.local = local
        self.nextChange = nextChange
    }
}

/// The hours of a platform, read once, with the clock and the holidays of its place.
package struct PlatformOpening: Sendable {
    /// Nil where they are not known or cannot be read.
    package let hours: OpeningHours?
    private let problem: String?
    private let zone: TimeZone?
    private let calendar: HolidayCalendar

    package init(_ platform: Platform) {
        calendar = HolidayCalendar(country: platform.country, area: platform.area)
        var (hours, problem, zone): (OpeningHours?, String?, TimeZone?)
        if let text = platform.hours {
            do throws(OpeningHours.SyntaxError) { hours = try OpeningHours(parsing: text) } catch { problem = error.description }
            zone = platform.timeZone.flatMap { TimeZone(identifier: $0) }
        }
        (self.hours, self.problem, self.zone) = (hours, problem, zone)
    }

    /// Linear in the rules of the hours, and in the days until the next change.
    package func opening(at moment: OpeningMoment) -> Opening {
        guard let hours else { return Opening(state: .unknown, reason: problem.map { .hoursNotReadable($0) } ?? .hoursNotKnown) }
        let (local, instant): (LocalTime?, Date?) =
            switch moment {
            case .wallClock(let time): (time, zone.map { time.instant(in: $0) })
            case .instant(let instant): (zone.flatMap { LocalTime(instant, in: $0) }, instant)
            }
        guard let local else { return Opening(state: .unknown, reason: .timeZoneNotKnown) }
        let now = hours.moment(at: local, calendar)
        let change = hours.nextChange(after: local, calendar).map { change in
            Opening.NextChange(local: change.time, instant: zone.map { change.time.instant(in: $0, after: instant) }, state: change.state)
        }
        return Opening(
            state: now.state, reason: now.state == .unknown ? .uncertain(now.uncertainty ?? .stated) : nil, comment: now.comment, local: local,
            nextChange: change)
    }
}
