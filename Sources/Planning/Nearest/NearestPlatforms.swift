package import CiteNetwork
package import GeoModel
package import Impedance
internal import SpatialIndex

/// The eligible platforms of one day, ready to be asked which are nearest. Immutable; tasks may share it.
package struct NearestPlatforms: Sendable {
    package struct Result: Sendable, Equatable {
        package var platform: Platform
        package var status: PlatformStatus
        /// The geodesic in metres.
        package var distance: Double
        /// Metres; an estimate, nil where it is too far for one.
        package var roadDistance: Double?
        /// Seconds; an estimate, nil likewise.
        package var duration: Double?
        /// Whether road distance and duration are estimates.
        package var estimate: Bool
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
    }

    private let rule: Eligibility
    private let eligible: EligiblePlatforms
    private let index: GeodesicIndex
    private let serviceNotKnownIndex: GeodesicIndex
    private let stateNotKnownIndex: GeodesicIndex

    package init(_ records: NetworkRecords, _ rule: Eligibility) {
        self.rule = rule
        eligible = records.eligible(rule)
        index = GeodesicIndex(eligible.members.map(\.location))
        serviceNotKnownIndex = GeodesicIndex(eligible.serviceNotKnown.map(\.location))
        stateNotKnownIndex = GeodesicIndex(eligible.stateNotKnown.map(\.location))
    }

    /// The `count` nearest platforms, within `reach` where one is given, in order of the impedance (which all grow with distance).
    package func nearest(_ count: Int, to place: Coordinate, within reach: Reach? = nil) -> Answer {
        let limit = reach.map { TravelEstimate.geodesic(reaching: $0.value, of: $0.kind) } ?? .infinity
        func results(_ index: GeodesicIndex, _ members: [EligiblePlatforms.Member]) -> [Result] {
            index.nearest(count, to: place).filter { $0.distance <= limit }.map { found in
                let member = members[found.index]
                return Result(
                    platform: member.platform, status: member.status, distance: found.distance,
                    roadDistance: TravelEstimate.roadDistance(geodesic: found.distance),
                    duration: TravelEstimate.duration(geodesic: found.distance), estimate: true)
            }
        }
        let found = results(index, eligible.members)
        let horizon = found.count == count ? found.last?.distance ?? .infinity : .infinity
        return Answer(
            asOf: rule.asOf, results: found, serviceNotKnown: results(serviceNotKnownIndex, eligible.serviceNotKnown),
            stateNotKnown: results(stateNotKnownIndex, eligible.stateNotKnown).filter { $0.distance <= horizon },
            searched: eligible.members.count, leftOutAsUnknown: eligible.leftOutAsUnknown, oldestVerification: eligible.oldestVerification)
    }
}
