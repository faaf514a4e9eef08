package import CiteNetwork
internal import Coverage
internal import Geodesy
package import GeoModel
package import Impedance
package import Population
internal import SpatialIndex

/// How far a place is from the others, and how many people are near it.
package struct PlatformDistances: Sendable {
    package enum ToSeat: Sendable, Equatable {
        /// Metres, and the platform that is the seat where it is one.
        case distance(Double, seat: String?)
        case isSeat
        case unknown(reason: String)
    }

    package struct Other: Sendable, Equatable {
        package var id: String
        package var distance: Double
    }

    package var id: String
    package var name: String
    /// Nil where not even a territory is known.
    package var location: Coordinate?
    package var cite: String?
    /// Nil for a place of a file, as the state and the seat are.
    package var platform: Platform?
    package var status: PlatformStatus?
    package var toSeat: ToSeat?
    /// The nearest other place that counts; nil where there is none.
    package var nearest: Other?
    /// For each reach; nil where the place has no point. Who is nearest and who is alone is nil for one that does not count.
    package var catchments: [Catchment]?
    /// All for whom no other place that counts is nearer; nil for one that does not count.
    package var assigned: Double?
    package var supply: Supply

    package struct Catchment: Sendable, Equatable {
        package var within: String
        /// Whoever else is near them.
        package var people: Double
        /// Of them, those to whom no other place is nearer.
        package var assigned: Double?
        /// Of them, those within reach of no other.
        package var exclusive: Double?
        /// Counsellor-hours a week for one thousand of the people; nil where they are not known or nobody is there.
        package var hoursPerThousand: Double?
        /// The same for one thousand people as the floating catchment weights them (`SpatialAccess`).
        package var floatingHoursPerThousand: Double?
    }
}

package struct DistancesAnswer: Sendable {
    package var layer: PopulationLayerInfo
    package var reaches: [Reach]
    package var rows: [PlatformDistances]
    package var facilities: FacilitySet
    /// People who live in the layer.
    package var population: Double
}

extension DistancesAnswer {
    package var asOf: CalendarDate { facilities.asOf }
    package var leftOutAsUnknown: Int { facilities.leftOutAsUnknown }
}

extension Atlas {
    /// The same, of a layer that is read first.
    package func distances(
        kinds: Set<PlatformKind>?, cites: Set<String>? = nil, within reaches: [Reach], facilities choice: FacilityChoice, without removed: Set<String> = [],
        layer: PopulationLayer
    ) throws -> DistancesAnswer {
        try distances(kinds: kinds, cites: cites, within: reaches, facilities: choice, without: removed, layer: layer.info, demand: layer.load())
    }

    package func distances(
        kinds: Set<PlatformKind>?, within reaches: [Reach], eligibility: Eligibility, layer: PopulationLayerInfo, demand: DemandPoints
    ) throws -> DistancesAnswer {
        try distances(kinds: kinds, within: reaches, facilities: .network(eligibility), layer: layer, demand: demand)
    }

    /// Every platform that exists on the day and is of one of the kinds, or every place of a file: to its seat, to the nearest other place
    /// that counts, and the people within each reach. Reaches are distances.
    package func distances(
        kinds: Set<PlatformKind>?, cites: Set<String>? = nil, within reaches: [Reach], facilities choice: FacilityChoice, without removed: Set<String> = [],
        layer: PopulationLayerInfo, demand: DemandPoints
    ) throws -> DistancesAnswer {
        guard !reaches.isEmpty, reaches.allSatisfy({ $0.kind == .distance }) else {
            throw PlanningError.badArgument("distances counts people within distances (10km,20km,30km); durations need a road network")
        }
        let set = try facilities(choice, without: removed)
        let locations = set.members.map(\.location)
        let position = Dictionary(set.members.indices.map { (set.members[$0].id, $0) }, uniquingKeysWith: { a, _ in a })
        var rows = rows(choice, kinds, cites, without: removed, of: set)

        let around = Around(demand, locations, Supply.each(of: set.members).map(\.hours), reaches)
        // Those that do not count (planned, of unknown state) have people around them all the same.
        let besides = rows.filter { position[$0.id] == nil }.compactMap(\.location)
        let counts = PeopleWithin.count(demand, around: besides, radii: reaches.map(\.value))
        let index = GeodesicIndex(locations)
        var next = 0
        for r in rows.indices {
            guard let here = rows[r].location else { continue }
            if let found = index.nearest(2, to: here).first(where: { set.members[$0.index].id != rows[r].id }) {
                rows[r].nearest = PlatformDistances.Other(id: set.members[found.index].id, distance: found.distance)
            }
            if let j = position[rows[r].id] {
                rows[r].catchments = around.catchments(j)
                rows[r].assigned = around.assigned[j][reaches.count]
            } else {
                rows[r].catchments = zip(reaches, counts[next]).map { reach, people in
                    PlatformDistances.Catchment(
                        within: reach.text, people: people, hoursPerThousand: rows[r].supply.hours.flatMap { people > 0 ? 1000 * $0 / people : nil })
                }
                next += 1
            }
        }
        return DistancesAnswer(layer: layer, reaches: reaches, rows: rows, facilities: set, population: demand.totalPeople)
    }

    /// Without what is measured.
    private func rows(
        _ choice: FacilityChoice, _ kinds: Set<PlatformKind>?, _ cites: Set<String>?, without removed: Set<String>, of set: FacilitySet
    ) -> [PlatformDistances] {
        guard case .network(let rule) = choice else {
            return zip(set.members, Supply.each(of: set.members)).map { place, supply in
                PlatformDistances(id: place.id, name: place.name, location: place.location, cite: place.cite, supply: supply)
            }
        }
        return records.platforms.compactMap { platform in
            guard kinds?.contains(platform.kind) ?? true, cites?.contains(platform.cite) ?? true, !removed.contains(platform.id),
                let status = records.status(of: platform.id, asOf: rule.asOf), status != .closed
            else { return nil }
            return PlatformDistances(
                id: platform.id, name: platform.name, location: platform.location, cite: platform.cite, platform: platform, status: status,
                toSeat: toSeat(platform), supply: Supply(counsellors: platform.counsellors, hours: platform.hours))
        }
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

/// The people around each of the places that count.
private struct Around {
    let reaches: [Reach]
    let people: [[Double]]
    let exclusive: [[Double]]
    let assigned: [[Double]]
    let hours: [Double?]
    /// For each reach, for each place.
    let perPerson: [[Double?]]

    init(_ demand: DemandPoints, _ locations: [Coordinate], _ hours: [Double?], _ reaches: [Reach]) {
        let nearest = NearestFacility(of: demand, among: locations, cutoffs: reaches.map(\.value))
        let pairs = ReachedPairs(demand, locations, reaches: reaches)
        let cutoffs = reaches.map(\.value)
        (people, exclusive) = pairs.catchments(demand.people, within: cutoffs)
        assigned = nearest.assigned(demand.people, impedance: nearest.distance, within: cutoffs, facilities: locations.count)
        perPerson =
            hours.contains { $0 != nil }
            ? cutoffs.map { SpatialAccess(pairs, people: demand.people, supply: hours, reach: $0).supplyPerPerson }
            : cutoffs.map { _ in hours }
        self.hours = hours
        self.reaches = reaches
    }

    func catchments(_ j: Int) -> [PlatformDistances.Catchment] {
        reaches.indices.map { k in
            PlatformDistances.Catchment(
                within: reaches[k].text, people: people[j][k], assigned: assigned[j][k], exclusive: exclusive[j][k],
                hoursPerThousand: hours[j].flatMap { people[j][k] > 0 ? 1000 * $0 / people[j][k] : nil },
                floatingHoursPerThousand: perPerson[k][j].map { 1000 * $0 })
        }
    }
}
