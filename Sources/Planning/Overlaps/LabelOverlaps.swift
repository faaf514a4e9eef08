package import CiteNetwork
internal import Coverage
package import GeoModel
internal import Geodesy
internal import GeometryEngine
package import Impedance
package import Population
internal import SpatialIndex

/// Where labels meet: two Cités whose territories share ground, or whose platforms reach the same people.
///
/// Two platforms of one Cité never conflict, however near they are.
package struct LabelOverlap: Sendable {
    package enum Basis: Sendable, Equatable {
        /// Their territories intersect. `certain` is unknown where coarse borders alone could make it, a territory is inferred, or it is
        /// not sure that it was in force.
        case territory(certain: Truth, first: TerritoryBasis, second: TerritoryBasis)
        /// Their catchments do: the platforms of each that are nearest to one another, and the metres between them.
        case reach(Reach, distance: Double, first: Platform, second: Platform)
    }

    package var basis: Basis
    package var first: Cite
    package var second: Cite
    /// Who lives there: inside both territories, or within reach of both.
    package var people: Double
    package var squareKilometres: Double
    /// A multipolygon; nil where the shared ground is narrower than the error of outlines.
    package var geometry: Geometry?
}

package struct OverlapsAnswer: Sendable {
    /// A Cité of which no source tells the territory: whether it overlaps others is not known.
    package struct UnknownTerritory: Sendable {
        package var cite: Cite
        package var reason: String?
    }

    package var asOf: CalendarDate
    package var layer: PopulationLayerInfo
    package var reaches: [Reach]
    package var areaName: String?
    /// Pairs by territory, those with most people first; then by reach, from the shortest.
    package var overlaps: [LabelOverlap]
    package var territoryUnknown: [UnknownTerritory]
    package var platforms: Int
    package var leftOutAsUnknown: Int
    package var oldestVerification: PartialDate?
    /// True where reaches are durations.
    package var estimate: Bool
    /// The id of the scenario whose network it is; nil for the network as it is recorded.
    package var scenario: String?
    /// Whether platforms that the scenario plans without a Cité count as one label of its own.
    package var hasStandIn: Bool
}

extension Atlas {
    /// - Parameter area: only its people and its ground count; nil for no limit.
    ///
    /// In the network of a scenario, its platforms without a Cité stand for one label of its own, named after it. People are those of the
    /// layer whose point lies inside both territories, or within both reaches by `geod_inverse`.
    package func overlaps(
        within reaches: [Reach], area: AreaChoice?, eligibility: Eligibility, layer: PopulationLayerInfo, demand: DemandPoints
    ) throws -> OverlapsAnswer {
        let records = applied.map { self.records.withStandIn(for: $0) } ?? self.records
        let radii = try reaches.map { try $0.radius }
        let ground = try ground(of: area, in: demand)
        let eligible = records.eligible(eligibility)
        let day = eligibility.asOf
        var overlaps = try territoryOverlaps(records, ground, day)
        for (reach, radius) in zip(reaches, radii) { overlaps += try reachOverlaps(records, reach, radius, eligible.members, ground) }
        // That of what stands in is not unknown: a plan has none.
        let unknown = existing(self.records, on: day).filter { records.territory(of: $0.id, asOf: day)?.version.geometry == nil }.map { cite in
            OverlapsAnswer.UnknownTerritory(cite: cite, reason: records.territories(of: cite.id).last?.provenance.note)
        }
        return OverlapsAnswer(
            asOf: day, layer: layer, reaches: reaches, areaName: area?.name, overlaps: overlaps, territoryUnknown: unknown,
            platforms: eligible.members.count, leftOutAsUnknown: eligible.leftOutAsUnknown, oldestVerification: eligible.oldestVerification,
            estimate: reaches.contains { $0.kind == .duration }, scenario: scenario,
            hasStandIn: applied.map { records.cite($0.sourceID) != nil } ?? false)
    }

    /// Cités that may have existed on the day and were not surely closed.
    func existing(_ records: NetworkRecords, on day: CalendarDate) -> [Cite] {
        records.cites.filter { cite in
            let status = records.status(ofCite: cite.id, asOf: day)
            return status != nil && status != .closed
        }
    }

    private func territoryOverlaps(_ records: NetworkRecords, _ ground: Ground, _ day: CalendarDate) throws -> [LabelOverlap] {
        let cites = Dictionary(uniqueKeysWithValues: existing(records, on: day).map { ($0.id, $0) })
        var found: [LabelOverlap] = []
        for pair in try territoryPairs(of: records, asOf: day) {
            guard let first = cites[pair.first], let second = cites[pair.second], let a = records.territory(of: first.id, asOf: day),
                let b = records.territory(of: second.id, asOf: day)
            else { continue }
            let shared = try ground.clip(pair.shared)
            guard !shared.isEmpty else { continue }
            let prepared = try PreparedGeometry(shared)
            let people = ground.places.indices.reduce(0) { $0 + (prepared.covers(ground.places[$1]) ? ground.people[$1] : 0) }
            let isStated = a.version.basis == .stated && b.version.basis == .stated
            let certain = pair.isReal && a.holds && b.holds && (isStated ? .yes : .unknown)
            found.append(
                LabelOverlap(
                    basis: .territory(certain: certain, first: a.version.basis, second: b.version.basis), first: first, second: second, people: people,
                    squareKilometres: Geodesic.area(shared) / 1e6, geometry: shared))
        }
        return sorted(found)
    }

    private func reachOverlaps(
        _ records: NetworkRecords, _ reach: Reach, _ radius: Double, _ members: [EligiblePlatforms.Member], _ ground: Ground
    ) throws -> [LabelOverlap] {
        let keys = Set(members.map(\.platform.cite)).sorted()
        let position = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) })
        let group = members.map { position[$0.platform.cite]! }
        let people = GroupsWithin(reaching: ground.places, from: members.map(\.location), group: group, within: radius).sharedPeople(ground.people)
        // Who is within reach of both lives between them: no two platforms farther apart than two reaches share anybody.
        let index = GeodesicIndex(members.map(\.location))
        var nearest: [GroupsWithin.Pair: (distance: Double, first: Int, second: Int)] = [:]
        for i in members.indices {
            for near in index.within(2 * radius, of: members[i].location) where group[i] < group[near.index] {
                let pair = GroupsWithin.Pair(first: group[i], second: group[near.index])
                if near.distance < nearest[pair]?.distance ?? .infinity { nearest[pair] = (near.distance, i, near.index) }
            }
        }
        var shapes: [Int: Geometry] = [:]
        func shape(_ i: Int) throws -> Geometry {
            if let known = shapes[i] { return known }
            let made = try GeodesicDisc.dissolved(around: members.indices.filter { group[$0] == i }.map { members[$0].location }, radius: radius)
            shapes[i] = made
            return made
        }
        var found: [LabelOverlap] = []
        for (pair, near) in nearest {
            guard let first = records.cite(keys[pair.first]), let second = records.cite(keys[pair.second]) else { continue }
            let shared = try ground.clip(shape(pair.first).intersection(shape(pair.second)))
            let both = people[pair] ?? 0
            guard !shared.isEmpty || both > 0 else { continue }
            found.append(
                LabelOverlap(
                    basis: .reach(
                        reach, distance: near.distance, first: members[near.first].platform, second: members[near.second].platform),
                    first: first, second: second, people: both, squareKilometres: Geodesic.area(shared) / 1e6, geometry: shared.isEmpty ? nil : shared))
        }
        return sorted(found)
    }

    private func sorted(_ overlaps: [LabelOverlap]) -> [LabelOverlap] {
        overlaps.sorted { ($1.people, $0.first.id, $0.second.id) < ($0.people, $1.first.id, $1.second.id) }
    }
}
