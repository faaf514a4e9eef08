package import CiteNetwork
package import Coverage
package import GeoModel
internal import GeometryEngine
package import Impedance
internal import NetworkStore
package import Population

/// How much of an area's people is within reach of a platform, whole or in groups.
package struct CoverageQuery: Sendable {
    package enum Grouping: Sendable, Equatable {
        case whole
        /// By the finest subdivisions, or by those of one kind (`region`).
        case area(kind: String?)
        /// By the Cité whose platform is nearest.
        case cite
        /// By degree of urbanisation, where the layer has it.
        case density
    }

    package var area: AreaChoice
    package var reaches: [Reach]
    package var grouping: Grouping
    package var eligibility: Eligibility

    package init(area: AreaChoice, reaches: [Reach], grouping: Grouping, eligibility: Eligibility) {
        self.area = area
        self.reaches = reaches
        self.grouping = grouping
        self.eligibility = eligibility
    }
}

package struct CoverageAnswer: Sendable {
    package var asOf: CalendarDate
    package var layer: PopulationLayerInfo
    package var kind: ImpedanceKind
    package var areaName: String
    package var areaCode: String?
    package var grouping: CoverageQuery.Grouping
    package var rows: [CoverageRow]
    /// The whole area. It is the sum of the rows, and of `unplaced` where rows are areas.
    package var total: CoverageRow
    /// People of the area who lie in none of its parts (at coarse borders, at sea); nil where there are none.
    package var unplaced: CoverageRow?
    package var platforms: Int
    package var leftOutAsUnknown: Int
    package var oldestVerification: PartialDate?
    /// True where the impedance was not computed on a road network.
    package var estimate: Bool
}

extension CoverageAnswer {
    /// The codes of the areas that the rows are about.
    package var areaKeys: [String] { rows.map(\.key) }

    /// Polygons for the rows by key: those of areas, or the shape that was asked about.
    package func geometries(_ query: CoverageQuery, in atlas: Atlas) throws -> [String: Geometry] {
        if case .shape(let name, let geometry) = query.area { return [name: geometry] }
        return try atlas.geometries(ofAreas: areaKeys)
    }
}

extension Atlas {
    /// The same, of a layer that is read first.
    package func coverage(_ query: CoverageQuery, layer: PopulationLayer) throws -> CoverageAnswer {
        try coverage(query, layer: layer.info, demand: layer.load())
    }

    /// Throws `PlanningError.badArgument` where reaches mix distances and durations or an area has no parts of the kind asked for,
    /// `PlanningError.notFound` where the layer has nobody in the area.
    package func coverage(_ query: CoverageQuery, layer: PopulationLayerInfo, demand: DemandPoints) throws -> CoverageAnswer {
        guard let kind = query.reaches.first?.kind, query.reaches.allSatisfy({ $0.kind == kind }) else {
            throw PlanningError.badArgument("reaches must all be distances (10km,30km) or all durations (15min,45min)")
        }
        let people = try self.people(of: query.area, in: demand)
        guard !people.members.isEmpty else {
            throw PlanningError.notFound(
                "layer '\(layer.id)' has nobody in \(query.area.name); it covers \(layer.countries.joined(separator: ", "))")
        }
        var selected = DemandPoints()
        selected.reserveCapacity(people.members.count)
        for i in people.members { selected.append(demand.coordinates[i], people: demand.people[i]) }
        let eligible = records.eligible(query.eligibility)
        let nearest = NearestFacility(of: selected, among: eligible.members.map(\.location))
        let impedance = kind == .duration ? nearest.distance.map { TravelEstimate.duration(geodesic: $0) ?? .infinity } : nearest.distance
        func row(_ key: String, _ name: String, _ members: some Collection<Int>) -> CoverageRow {
            CoverageRow(key: key, name: name, members: members, people: selected.people, impedance: impedance, reaches: query.reaches)
        }
        var answer = CoverageAnswer(
            asOf: query.eligibility.asOf, layer: layer, kind: kind, areaName: query.area.name, areaCode: people.code, grouping: query.grouping,
            rows: [], total: row(people.code ?? query.area.name, query.area.name, selected.people.indices), unplaced: nil,
            platforms: eligible.members.count, leftOutAsUnknown: eligible.leftOutAsUnknown, oldestVerification: eligible.oldestVerification,
            estimate: kind == .duration)
        switch query.grouping {
        case .whole: answer.rows = [answer.total]
        case .density: answer.rows = [row("unknown", "unknown", selected.people.indices)]
        case .cite:
            let groups = Dictionary(grouping: selected.people.indices.filter { nearest.facility[$0] >= 0 }) {
                eligible.members[Int(nearest.facility[$0])].platform.cite
            }
            answer.rows = groups.keys.sorted().map { row($0, records.cite($0)?.name ?? $0, groups[$0]!) }
        case .area(let part):
            let groups = Dictionary(grouping: selected.people.indices) { people.leaves[$0] }
            let parts = try parts(of: query.area, kind: part, asOf: query.eligibility.asOf)
            var placed = [Bool](repeating: false, count: selected.count)
            for area in parts {
                let leaves = areas.leaves(of: area.code)
                // Parts that are not made of whole subdivisions, such as EPCI, have the points their polygon covers.
                let members = try leaves.isEmpty ? self.members(of: area, among: selected) : leaves.flatMap { groups[$0] ?? [] }
                let own = members.filter { !placed[$0] }
                for i in own { placed[i] = true }
                answer.rows.append(row(area.code, area.name, own))
            }
            let rest = selected.people.indices.filter { !placed[$0] }
            if !rest.isEmpty { answer.unplaced = row("unplaced", "in no part", rest) }
        }
        return answer
    }

    private func parts(of area: AreaChoice, kind: String?, asOf day: CalendarDate) throws -> [Area] {
        guard case .coded(let area, _) = area else {
            throw PlanningError.badArgument("a shape has no parts: leave out --by area, or name an area that has some")
        }
        guard let kind else {
            let leaves = areas.leaves(of: area.code).compactMap { areas[$0] }
            return leaves.isEmpty ? [area] : leaves
        }
        let parts = areas.descendants(of: area.code, kind: kind).filter { isValid($0, on: day) }
        guard !parts.isEmpty else {
            let kinds = Set(areas.areas.filter { areas.ancestors(of: $0.code).contains(area.code) }.map(\.kind))
            throw PlanningError.badArgument("\(area.name) has no parts of kind '\(kind)'; kinds: \(kinds.sorted().joined(separator: ", "))")
        }
        return parts
    }
}
