package import CiteNetwork
package import GeoModel
package import Impedance
internal import SpatialIndex

/// The eligible platforms of one day, ready to be asked which are nearest. Immutable; tasks may share it.
package struct NearestPlatforms: Sendable {
    /// A platform and its state on the day, shared: a copy of all its texts for each answer would take longer than finding it.
    package final class Found: Sendable, Equatable {
        package let platform: Platform
        package let status: PlatformStatus

        init(_ member: EligiblePlatforms.Member) { (platform, status) = (member.platform, member.status) }

        package static func == (a: Found, b: Found) -> Bool { a === b || (a.platform == b.platform && a.status == b.status) }
    }

    package struct Result: Sendable, Equatable {
        package let found: Found
        package var platform: Platform { found.platform }
        package var status: PlatformStatus { found.status }
        /// The geodesic in metres.
        package var distance: Double
        /// Metres; an estimate, nil where it is too far for one.
        package var roadDistance: Double?
        /// Seconds; an estimate, nil likewise.
        package var duration: Double?
        /// Whether road distance and duration are estimates.
        package var estimate: Bool
        /// Whether it is open at the moment asked for; nil where none was.
        package var opening: Opening?
    }

    /// What was found beside the platforms known to be open, where a moment was asked for: all no farther than the farthest of those,
    /// or within reach where there are fewer.
    package struct OpeningAnswer: Sendable {
        package var moment: OpeningMoment
        /// The nearest that are open to those who have an appointment.
        package var byAppointment: [Result] = []
        /// The nearest of which it is not known whether they are open then.
        package var notKnown: [Result] = []
        package var byAppointmentCount = 0
        package var notKnownCount = 0
        /// How many are known to be closed then.
        package var closedCount = 0
    }

    package struct Answer: Sendable {
        package var asOf: CalendarDate
        package var results: [Result]
        /// Where a service was asked for: the nearest platforms of which it is not known whether they offer it.
        package var serviceNotKnown: [Result]
        /// Platforms whose state on the day is not known and that are no farther than the farthest result.
        package var stateNotKnown: [Result]
        /// How many platforms were looked at.
        package var searched: Int
        package var leftOutAsUnknown: Int
        package var oldestVerification: PartialDate?
        /// Where a moment was asked for; `results` are then the platforms known to be open at it.
        package var opening: OpeningAnswer?
    }

    private let rule: Eligibility
    private let eligible: EligiblePlatforms
    private let members: [Found]
    private let serviceNotKnown: [Found]
    private let stateNotKnown: [Found]
    /// The hours of the eligible platforms.
    private let openings: [PlatformOpening]
    private let index: GeodesicIndex
    private let serviceNotKnownIndex: GeodesicIndex
    private let stateNotKnownIndex: GeodesicIndex

    package init(_ records: NetworkRecords, _ rule: Eligibility) {
        self.rule = rule
        eligible = records.eligible(rule)
        members = eligible.members.map(Found.init)
        serviceNotKnown = eligible.serviceNotKnown.map(Found.init)
        stateNotKnown = eligible.stateNotKnown.map(Found.init)
        openings = eligible.members.map { PlatformOpening($0.platform) }
        index = GeodesicIndex(eligible.members.map(\.location))
        serviceNotKnownIndex = GeodesicIndex(eligible.serviceNotKnown.map(\.location))
        stateNotKnownIndex = GeodesicIndex(eligible.stateNotKnown.map(\.location))
    }

    /// The `count` nearest platforms, within `reach` where one is given, in order of the impedance (which all grow with distance).
    ///
    /// - Parameter moment: where given, only platforms known to be open then count; those with an appointment, and those of which it is not
    ///   known, are told apart.
    package func nearest(_ count: Int, to place: Coordinate, within reach: Reach? = nil, openAt moment: OpeningMoment? = nil) -> Answer {
        let limit = reach.map { TravelEstimate.geodesic(reaching: $0.value, of: $0.kind) } ?? .infinity
        func results(_ index: GeodesicIndex, _ members: [Found], within radius: Double = .infinity) -> [Result] {
            // Where a radius is given, most points need no geodesic to be told apart.
            let hits = radius.isFinite ? Array(index.within(radius, of: place).prefix(count)) : index.nearest(count, to: place)
            return hits.filter { $0.distance <= limit }.map { found in
                var result = Result(members[found.index], found.distance)
                if let moment { result.opening = PlatformOpening(result.platform).opening(at: moment) }
                return result
            }
        }
        let (found, opening) = moment.map { open(count, to: place, within: limit, at: $0) } ?? (results(index, members), nil)
        let horizon = found.count == count ? found.last?.distance ?? .infinity : .infinity
        return Answer(
            asOf: rule.asOf, results: found, serviceNotKnown: results(serviceNotKnownIndex, serviceNotKnown),
            stateNotKnown: results(stateNotKnownIndex, stateNotKnown, within: horizon),
            searched: eligible.members.count, leftOutAsUnknown: eligible.leftOutAsUnknown, oldestVerification: eligible.oldestVerification,
            opening: opening)
    }

    /// The nearest platforms known to be open at a moment, and what stands before the last of them. Looks at twice as many platforms
    /// until it has found enough.
    private func open(_ count: Int, to place: Coordinate, within limit: Double, at moment: OpeningMoment) -> ([Result], OpeningAnswer?) {
        var answer = OpeningAnswer(moment: moment)
        var results: [Result] = []
        var seen = 0
        var size = max(2 * count, 16)
        while true {
            let found = index.nearest(size, to: place)
            for hit in found.dropFirst(seen) {
                guard results.count < count, hit.distance <= limit else { return (results, answer) }
                var result = Result(members[hit.index], hit.distance)
                let opening = openings[hit.index].opening(at: moment)
                result.opening = opening
                switch opening.state {
                case .open: results.append(result)
                case .closed: answer.closedCount += 1
                case .byAppointment:
                    answer.byAppointmentCount += 1
                    if answer.byAppointment.count < count { answer.byAppointment.append(result) }
                case .unknown:
                    answer.notKnownCount += 1
                    if answer.notKnown.count < count { answer.notKnown.append(result) }
                }
            }
            guard found.count == size else { return (results, answer) }
            seen = found.count
            size *= 2
        }
    }
}

extension NearestPlatforms.Result {
    fileprivate init(_ found: NearestPlatforms.Found, _ distance: Double) {
        self.init(
            found: found, distance: distance,
            roadDistance: TravelEstimate.roadDistance(geodesic: distance), duration: TravelEstimate.duration(geodesic: distance), estimate: true)
    }
}
