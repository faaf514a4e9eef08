internal import Coverage
internal import CiteNetwork
internal import GeoModel
internal import Impedance
package import Population

extension Atlas {
    /// The same, of a layer of which what is needed is read first.
    package func coverage(_ query: CoverageQuery, layer: PopulationLayer) throws -> CoverageAnswer {
        _ = try query.kind()
        return try coverage(query, layer: layer.info, demand: demand(for: query, of: layer))
    }

    /// The people that a question needs. Supply is shared with those outside the area too: then it is all of the layer.
    func demand(for query: CoverageQuery, of layer: PopulationLayer) throws -> DemandPoints {
        try layer.load(query.includesAccess ? .all : selection(for: query.area))
    }

    /// Throws `PlanningError.badArgument` where reaches mix distances and durations or an area has no parts of the kind asked for,
    /// `PlanningError.notFound` where the layer has nobody in the area.
    package func coverage(_ query: CoverageQuery, layer: PopulationLayerInfo, demand: DemandPoints) throws -> CoverageAnswer {
        _ = try query.kind()
        return try coverage(query, layer: layer, on: CoverageGround(query.area, layer: layer, demand: demand, in: self))
    }

    func coverage(_ query: CoverageQuery, layer: PopulationLayerInfo, on ground: CoverageGround) throws -> CoverageAnswer {
        try coverage(CoverageMeasure(query, on: ground, in: self), layer: layer)
    }

    func coverage(_ measure: CoverageMeasure, layer: PopulationLayerInfo) throws -> CoverageAnswer {
        CoverageAnswer(
            layer: layer, kind: measure.kind, reaches: measure.query.reaches, areaName: measure.ground.name, areaCode: measure.ground.code,
            groups: try measure.query.groupings.map { try measure.group($0, in: self) }, total: measure.total, totalExtra: measure.totalExtra,
            facilities: measure.facilities, supplyNotKnown: measure.supplyNotKnown, estimate: measure.kind != .distance)
    }
}

/// The people of an area against a set of places: impedances computed and sorted once, from which each grouping takes its rows.
struct CoverageMeasure {
    let query: CoverageQuery
    let ground: CoverageGround
    let kind: ImpedanceKind
    let facilities: FacilitySet
    let nearest: NearestFacility
    /// Of each demand point of the area to its nearest place; infinite where nothing reaches it.
    let impedance: [Double]
    let total: CoverageRow
    private let ranked: RankedImpedance
    /// For each reach, what E2SFCA gives each demand point of the area; empty where it is not asked for.
    private let access: [[Double]]
    private let supply: [Supply]

    init(_ query: CoverageQuery, on ground: CoverageGround, in atlas: Atlas) throws {
        self.query = query
        self.ground = ground
        let kind = try query.kind()
        self.kind = kind
        let facilities = try atlas.facilities(query.facilities, without: query.without)
        self.facilities = facilities
        nearest = NearestFacility(of: ground.demand, among: facilities.members.map(\.location), cutoffs: query.reaches.map(\.metres))
        impedance = kind == .distance ? nearest.distance : nearest.distance.map { $0.impedance(kind) }
        ranked = RankedImpedance(impedance, people: ground.demand.people)
        total = ranked.row(key: ground.code ?? ground.name, name: ground.name, reaches: query.reaches)
        supply = query.includesAccess ? Supply.each(of: facilities.members) : []
        access = query.includesAccess ? Self.access(query, on: ground, facilities, supply) : []
    }

    private static func access(_ query: CoverageQuery, on ground: CoverageGround, _ facilities: FacilitySet, _ supply: [Supply]) -> [[Double]] {
        let locations = facilities.members.map(\.location)
        let pairs = ReachedPairs(ground.all, locations, reaches: query.reaches)
        return query.reaches.map { reach in
            let shared = SpatialAccess(pairs, people: ground.all.people, supply: supply.map(\.hours), reach: reach.value)
            return ground.members.map { shared.access[$0] }
        }
    }

    var supplyNotKnown: [(id: String, reason: String)] {
        zip(facilities.members, supply).compactMap { place, supply in supply.reason.map { (place.id, $0) } }
    }

    var totalExtra: CoverageGroup.Extra {
        var extra = CoverageGroup.Extra()
        extra.access = accessRows(group: [Int32](repeating: 0, count: ground.demand.count), count: 1)?[0]
        return extra
    }

    func group(_ grouping: CoverageQuery.Grouping, in atlas: Atlas) throws -> CoverageGroup {
        switch grouping {
        case .whole: return CoverageGroup(grouping: grouping, rows: [total], extras: [totalExtra], unplaced: nil)
        case .density: return group(grouping, ground.densityClasses())
        case .area(let kind): return group(grouping, try ground.areas(kind: kind, asOf: query.areasAsOf ?? facilities.asOf, in: atlas))
        case .cite: return group(grouping, try cites(in: atlas))
        case .platform: return platforms()
        case .territory: return try territories(in: atlas)
        }
    }

    /// Parts of an area are all listed, Cités and classes as far as anyone is in them.
    private func group(_ grouping: CoverageQuery.Grouping, _ parts: CoverageGround.Parts) -> CoverageGroup {
        // One more for those in no part.
        let rest = Int32(parts.names.count)
        var hasRest = false
        var group = parts.group
        for i in group.indices where group[i] < 0 { (group[i], hasRest) = (rest, true) }
        var rows = ranked.rows(groups: group, names: parts.names + [("unplaced", parts.restName)], reaches: query.reaches)
        let unplaced = rows.removeLast()
        let access = accessRows(group: group, count: parts.names.count)
        let extras = rows.indices.map { i in
            var extra = CoverageGroup.Extra()
            extra.access = access?[i]
            return extra
        }
        return CoverageGroup(grouping: grouping, rows: rows, extras: extras, unplaced: hasRest ? unplaced : nil)
    }

    private func cites(in atlas: Atlas) throws -> CoverageGround.Parts {
        guard facilities.members.isEmpty || facilities.members.contains(where: { $0.cite != nil }) else {
            throw PlanningError.badArgument("the places of \(facilities.file ?? "the file") say no Cité: a column or property 'cite' would be accepted")
        }
        var isUsed = [Bool](repeating: false, count: facilities.members.count)
        for facility in nearest.facility where facility >= 0 { isUsed[Int(facility)] = true }
        let ids = Set(facilities.members.indices.filter { isUsed[$0] }.compactMap { facilities.members[$0].cite }).sorted()
        let position = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, Int32($0)) })
        let ofFacility = facilities.members.map { $0.cite.flatMap { position[$0] } ?? -1 }
        return CoverageGround.Parts(
            group: nearest.facility.map { $0 < 0 ? -1 : ofFacility[Int($0)] }, names: ids.map { ($0, atlas.records.cite($0)?.name ?? $0) },
            restName: "of no Cité")
    }

    private func platforms() -> CoverageGroup {
        let names = facilities.members.map { (key: $0.id, name: $0.name) }
        var group = group(.platform, CoverageGround.Parts(group: nearest.facility, names: names, restName: "whom no platform serves"))
        let pairs = ReachedPairs(ground.demand, facilities.members.map(\.location), reaches: query.reaches)
        let around = pairs.catchments(ground.demand.people, within: query.reaches.map(\.value))
        for j in names.indices {
            group.extras[j].catchments = query.reaches.indices.map { k in
                PlatformCatchment(
                    within: query.reaches[k].text, people: around.people[j][k], assigned: group.rows[j].reaches[k].people,
                    exclusive: around.exclusive[j][k])
            }
            if query.includesAccess { group.extras[j].supply = supply[j] }
        }
        // Those that serve nobody here stay out of the list.
        let shown = names.indices.filter { group.rows[$0].population > 0 || around.people[$0].contains { $0 > 0 } }
        (group.rows, group.extras) = (shown.map { group.rows[$0] }, shown.map { group.extras[$0] })
        return group
    }

    private func territories(in atlas: Atlas) throws -> CoverageGroup {
        var group = CoverageGroup(grouping: .territory, rows: [], extras: [], unplaced: nil)
        for territory in try ground.territories(asOf: facilities.asOf, in: atlas) {
            let people = ground.demand.subset(territory.members)
            let row = CoverageRow(
                key: territory.cite.id, name: territory.cite.zone ?? territory.cite.name, members: territory.members, people: ground.demand.people,
                impedance: impedance, reaches: query.reaches)
            let own = facilities.members.filter { $0.cite == territory.cite.id }.map(\.location)
            let toOwn = NearestFacility(of: people, among: own, cutoffs: query.reaches.map(\.metres)).distance.map { $0.impedance(kind) }
            var extra = CoverageGroup.Extra()
            extra.own = CoverageRow(key: "", name: "", members: people.people.indices, people: people.people, impedance: toOwn, reaches: query.reaches).reaches
            (extra.basis, extra.inForce) = (territory.version.basis, territory.holds)
            if query.includesAccess {
                var isIn = [Int32](repeating: -1, count: ground.demand.count)
                for i in territory.members { isIn[i] = 0 }
                extra.access = accessRows(group: isIn, count: 1)?[0]
            }
            group.rows.append(row)
            group.extras.append(extra)
        }
        return group
    }

    /// For each group and reach the people-weighted mean access; nil where it is not asked for. O(n × reaches).
    private func accessRows(group: [Int32], count: Int) -> [[PeopleAccess]]? {
        guard query.includesAccess else { return nil }
        let people = ground.demand.people
        var out = [[PeopleAccess]](repeating: [], count: count)
        for (k, reach) in query.reaches.enumerated() {
            var (sum, all, unknown) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
            for i in people.indices where group[i] >= 0 && group[i] < count && people[i] > 0 {
                let g = Int(group[i])
                all[g] += people[i]
                if access[k][i].isNaN { unknown[g] += people[i] } else { sum[g] += people[i] * access[k][i] }
            }
            for g in 0..<count {
                out[g].append(
                    PeopleAccess(
                        within: reach.text, hoursPerThousand: unknown[g] > 0 || all[g] == 0 ? nil : 1000 * sum[g] / all[g], notKnownFor: unknown[g]))
            }
        }
        return out
    }
}
