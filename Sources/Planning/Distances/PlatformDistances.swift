package import CiteNetwork
internal import Coverage
internal import Geodesy
package import Impedance
package import Population
internal import SpatialIndex

/// How far a platform is from the others, and how many people are near it.
package struct PlatformDistances: Sendable {
    package enum ToSeat: Sendable, Equatable {
        /// Metres, and the platform that is the seat where it is one.
        case distance(Double, seat: String?)
        case isSeat
        case unknown(reason: String)
    }

    package struct Other: Sendable, Equatable {
        package var platform: Platform
        package var distance: Double
    }

    package var platform: Platform
    package var status: PlatformStatus
    package var toSeat: ToSeat
    /// The nearest other eligible platform; nil where there is none.
    package var nearest: Other?
    /// Nil where the platform has no point.
    package var people: [Double]?
}

package struct DistancesAnswer: Sendable {
    package var asOf: CalendarDate
    package var layer: PopulationLayerInfo
    package var reaches: [Reach]
    package var rows: [PlatformDistances]
    package var leftOutAsUnknown: Int
}

extension Atlas {
    /// The same, of a layer that is read first.
    package func distances(
        kinds: Set<PlatformKind>?, within reaches: [Reach], eligibility: Eligibility, layer: PopulationLayer
    ) throws -> DistancesAnswer {
        try distances(kinds: kinds, within: reaches, eligibility: eligibility, layer: layer.info, demand: layer.load())
    }

    /// Every platform that exists on the day and is of one of the kinds: to its seat, to the nearest other eligible platform, and
    /// the people within each reach. Reaches are distances.
    package func distances(
        kinds: Set<PlatformKind>?, within reaches: [Reach], eligibility: Eligibility, layer: PopulationLayerInfo, demand: DemandPoints
    ) throws -> DistancesAnswer {
        guard reaches.allSatisfy({ $0.kind == .distance }) else {
            throw PlanningError.badArgument("distances counts people within distances (10km,20km,30km); durations need a road network")
        }
        let others = records.eligible(eligibility)
        let index = GeodesicIndex(others.members.map(\.location))
        let listed = records.platforms.filter { kinds?.contains($0.kind) ?? true }
            .compactMap { platform in records.status(of: platform.id, asOf: eligibility.asOf).map { (platform, $0) } }
            .filter { $0.1 != .closed }
        let located = listed.compactMap { $0.0.location }
        let counts = PeopleWithin.count(demand, around: located, radii: reaches.map(\.value))
        var next = 0
        let rows = listed.map { platform, status in
            var row = PlatformDistances(platform: platform, status: status, toSeat: toSeat(platform), nearest: nil, people: nil)
            guard let here = platform.location else { return row }
            row.people = counts[next]
            next += 1
            if let found = index.nearest(2, to: here).first(where: { others.members[$0.index].platform.id != platform.id }) {
                row.nearest = PlatformDistances.Other(platform: others.members[found.index].platform, distance: found.distance)
            }
            return row
        }
        return DistancesAnswer(asOf: eligibility.asOf, layer: layer, reaches: reaches, rows: rows, leftOutAsUnknown: others.leftOutAsUnknown)
    }

    private func toSeat(_ platform: Platform) -> PlatformDistances.ToSeat {
        guard let cite = records.cite(platform.cite) else { return .unknown(reason: "its Cité is not recorded") }
        switch records.seatLocation(of: cite) {
        case .unknown(let reason): return .unknown(reason: reason)
        case .at(let seat, let seatPlatform):
            if seatPlatform?.id == platform.id { return .isSeat }
            guard let here = platform.location else { return .unknown(reason: "the place of \(platform.id) is not known") }
            return .distance(Geodesic.distance(here, seat), seat: seatPlatform?.id)
        }
    }
}
