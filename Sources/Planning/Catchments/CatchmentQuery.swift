package import CiteNetwork
internal import Coverage
package import GeoModel
internal import Geodesy
package import Impedance
package import Population

/// The ground within reach of platforms, and who lives there.
package struct CatchmentQuery: Sendable {
    package enum Grouping: String, Sendable, CaseIterable {
        /// One catchment for each platform.
        case platform
        /// The catchments of a Cité's platforms as one.
        case cite
        /// Those of all platforms as one.
        case whole
    }

    package var reaches: [Reach]
    package var grouping: Grouping
    /// Catchments are clipped to it, and only its people count; nil for no limit.
    package var area: AreaChoice?
    package var eligibility: Eligibility

    package init(reaches: [Reach], grouping: Grouping, area: AreaChoice? = nil, eligibility: Eligibility) {
        self.reaches = reaches
        self.grouping = grouping
        self.area = area
        self.eligibility = eligibility
    }
}

package struct Catchment: Sendable {
    /// The id of a platform or a Cité, or `network`.
    package var key: String
    /// Empty for the platforms that a scenario plans without a Cité.
    package var name: String
    /// The Cité of a platform, or itself.
    package var cite: String?
    package var reach: Reach
    /// The straight-line distance in metres that the reach stands for.
    package var radius: Double
    package var platforms: Int
    package var people: Double
    package var squareKilometres: Double
    /// A multipolygon within ±180 degrees, cut at the antimeridian.
    package var geometry: Geometry
}

package struct CatchmentAnswer: Sendable {
    package var asOf: CalendarDate
    package var layer: PopulationLayerInfo
    package var grouping: CatchmentQuery.Grouping
    package var areaName: String?
    package var rows: [Catchment]
    package var platforms: Int
    package var leftOutAsUnknown: Int
    package var oldestVerification: PartialDate?
    /// True where reaches are durations: their circles are estimates.
    package var estimate: Bool
    /// How far the outlines may be from the circles, as a share of the radius.
    package var outlineError: Double
    /// The id of the scenario whose network it is; nil for the network as it is recorded.
    package var scenario: String?
}

extension Reach {
    /// The straight-line distance in metres that this reach stands for; a duration is taken by its estimate. Throws for one that is too long.
    var radius: Double {
        get throws {
            let radius = TravelEstimate.geodesic(reaching: value, of: kind)
            guard kind == .distance || radius < TravelEstimate.range else {
                throw PlanningError.badArgument("\(text) is beyond what travel is estimated for (\(Int(TravelEstimate.range / 1000)) km in a straight line)")
            }
            guard radius <= GeodesicDisc.largestRadius else {
                throw PlanningError.badArgument("\(text) is too far: a catchment reaches at most \(Int(GeodesicDisc.largestRadius / 1000)) km")
            }
            return radius
        }
    }
}

extension Atlas {
    /// Catchments by key, then by reach. Of those that an area clips away, nothing is told.
    ///
    /// Who lives in one is measured, not read off its outline: the border counts, by `geod_inverse`.
    package func catchments(_ query: CatchmentQuery, layer: PopulationLayerInfo, demand: DemandPoints) throws -> CatchmentAnswer {
        let radii = try query.reaches.map { try $0.radius }
        let ground = try ground(of: query.area, in: demand)
        let eligible = records.eligible(query.eligibility)
        let groups = Self.groups(of: eligible.members, by: query.grouping)
        var rows: [Catchment] = []
        for (reach, radius) in zip(query.reaches, radii) {
            let within = GroupsWithin(
                reaching: ground.places, from: eligible.members.map(\.location), group: groups.ofMember, within: radius)
            let people = within.people(ground.people, groupCount: groups.keys.count)
            for (i, key) in groups.keys.enumerated() {
                let members = eligible.members.indices.filter { groups.ofMember[$0] == i }
                let shape = try ground.clip(GeodesicDisc.dissolved(around: members.map { eligible.members[$0].location }, radius: radius))
                if shape.isEmpty, people[i] == 0, query.grouping != .whole { continue }
                rows.append(
                    Catchment(
                        key: key, name: name(of: key, query.grouping), cite: query.grouping == .whole ? nil : Facility(eligible.members[members[0]]).cite,
                        reach: reach, radius: radius, platforms: members.count, people: people[i], squareKilometres: Geodesic.area(shape) / 1e6,
                        geometry: shape))
            }
        }
        rows.sort { ($0.key, $0.radius) < ($1.key, $1.radius) }
        return CatchmentAnswer(
            asOf: query.eligibility.asOf, layer: layer, grouping: query.grouping, areaName: query.area?.name, rows: rows, platforms: eligible.members.count,
            leftOutAsUnknown: eligible.leftOutAsUnknown, oldestVerification: eligible.oldestVerification,
            estimate: query.reaches.contains { $0.kind == .duration }, outlineError: GeodesicDisc.outlineError,
            scenario: scenario)
    }

    private static func groups(
        of members: [EligiblePlatforms.Member], by grouping: CatchmentQuery.Grouping
    ) -> (keys: [String], ofMember: [Int]) {
        let keys = members.map { member in
            switch grouping {
            case .platform: member.platform.id
            case .cite: member.platform.cite
            case .whole: "network"
            }
        }
        let distinct = Set(keys).sorted()
        let position = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, $0) })
        return (distinct, keys.map { position[$0]! })
    }

    private func name(of key: String, _ grouping: CatchmentQuery.Grouping) -> String {
        switch grouping {
        case .platform: records.platform(key)?.name ?? key
        case .cite: records.cite(key)?.name ?? key
        case .whole: "the network"
        }
    }
}
