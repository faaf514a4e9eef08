internal import CiteNetwork
internal import Coverage
internal import GeoModel
package import Population

extension Atlas {
    /// What a territory is and has. Its people are read and measured once; about half a second for a département.
    ///
    /// Throws as `coverage` does, and `PlanningError.badArgument` for everywhere, which is no territory.
    package func assess(_ query: AssessmentQuery, layer: PopulationLayer) throws -> Assessment {
        let names = try layer.attributeNames()
        let (demand, columns) = try layer.load(selection(for: query.area), attributes: names)
        return try assess(query, layer: layer.info, demand: demand, attributes: Array(zip(names, columns))) { try layer.load($0) }
    }

    /// The same of people who are in memory.
    package func assess(_ query: AssessmentQuery, layer: PopulationLayerInfo, demand: DemandPoints) throws -> Assessment {
        try assess(query, layer: layer, demand: demand, attributes: []) { _ in demand }
    }

    /// - Parameter people: those of the network's territories, as far as a selection reaches.
    private func assess(
        _ query: AssessmentQuery, layer: PopulationLayerInfo, demand: DemandPoints, attributes: [(name: String, values: [Double])],
        people: (PopulationLayer.Selection) throws -> DemandPoints
    ) throws -> Assessment {
        guard let shape = try shape(of: query.area) else {
            throw PlanningError.badArgument("the whole layer is no territory; \(AreaResolver.acceptedForms) would be accepted, or several of them")
        }
        let ground = try CoverageGround(query.area, layer: layer, demand: demand, in: self)
        let hasDensity = ground.demand.density.contains { $0 != .unknown }
        let question = CoverageQuery(
            area: query.area, reaches: query.reaches, groupings: hasDensity ? [.whole, .density] : [.whole], facilities: .network(query.eligibility))
        let measure = try CoverageMeasure(question, on: ground, in: self)
        let owners = try owners(of: Array(ground.demand.coordinates.indices), in: ground.demand)
        let living = LivingProfile(ground.demand, owners, shape)
        let near = try NearbyPlatforms(query, measure, shape, in: self)
        return Assessment(
            areaName: query.area.name, areaCodes: query.area.parts.compactMap(\.code), countries: ground.countries(in: self),
            asOf: query.eligibility.asOf, layer: layer, kind: measure.kind, reaches: query.reaches, profile: living.profile,
            coverage: try coverage(measure, layer: layer), localities: mainLocalities(measure, owners, count: query.count),
            localityCount: try localities(of: query.area).count, platforms: near.rows, surroundings: query.surroundings,
            unreached: try unreached(measure, count: query.count, layer: layer, owners: owners), labels: try labels(measure, shape, near),
            comparable: try comparable(to: living.profile, measure, people: people), form: Assessment.FittingForm.fitting(living), geometry: shape,
            groundIsDrawn: query.area.parts.contains { if case .locality = $0 { true } else { false } }, towns: living.towns, spreadError: living.spreadError,
            attributes: attributes.map { Self.sum($0.name, $0.values, of: ground) })
    }

    private static func sum(_ name: String, _ values: [Double], of ground: CoverageGround) -> Assessment.AttributeRow {
        var row = Assessment.AttributeRow(name: name, count: 0, notKnownFor: 0)
        for i in ground.members { if values[i].isNaN { row.notKnownFor += ground.all.people[i] } else { row.count += values[i] } }
        return row
    }

    /// The localities with most people, and how far they are from their nearest platform.
    private func mainLocalities(_ measure: CoverageMeasure, _ owners: LocalityOwners, count: Int) -> [Assessment.LocalityRow] {
        var people: [Int64: Double] = [:]
        for (i, id) in owners.ids.enumerated() { people[id, default: 0] += measure.ground.demand.people[i] }
        let first = people.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(count).compactMap { id, people in
            owners.localities[id].map { (locality: $0, people: people) }
        }
        let nearest = NearestFacility(
            of: first.map(\.locality.location), among: measure.facilities.members.map(\.location), cutoffs: measure.query.reaches.map(\.metres))
        return first.indices.map { i in
            let cost = nearest.distance[i].impedance(measure.kind)
            return Assessment.LocalityRow(
                locality: first[i].locality, people: first[i].people, impedance: cost.isFinite ? cost : nil,
                nearest: nearest.facility[i] < 0 ? nil : measure.facilities.members[Int(nearest.facility[i])])
        }
    }
}
