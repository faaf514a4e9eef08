#if canImport(Glibc)
internal import Glibc
#endif
internal import CiteNetwork
internal import Coverage
internal import GeoModel
internal import Population

extension Atlas {
    /// The territories in force of the network's Cités, the likest first, by the distance of their profiles (`ProfileMeasure`).
    ///
    /// Those in which the layer has nobody are not there: nothing can be compared.
    ///
    /// - Parameter people: those of the layer as far as a selection reaches; asked once.
    func comparable(
        to profile: Assessment.Profile, _ measure: CoverageMeasure, people: (PopulationLayer.Selection) throws -> DemandPoints
    ) throws -> [Assessment.ComparableRow] {
        let day = measure.facilities.asOf
        let cites = existing(records, on: day).filter { records.territory(of: $0.id, asOf: day)?.version.geometry != nil }
        let choices = cites.flatMap { cite -> [AreaChoice] in
            guard let version = records.territory(of: cite.id, asOf: day)?.version, let shape = version.geometry else { return [] }
            // As `CoverageGround.territories` reads it.
            if let definition = version.definition.flatMap(TerritoryDefinition.init), definition.terms.allSatisfy({ areas[$0.area] != nil }) {
                return definition.terms.filter(\.isIncluded).compactMap { areas[$0.area].map { .coded($0, alternatives: []) } }
            }
            return [.shape(name: cite.name, shape)]
        }
        guard !choices.isEmpty else { return [] }
        let demand = try people(selection(for: .several(name: "the network", choices)))
        guard demand.count > 0 else { return [] }
        let layer = PopulationLayerInfo(id: "", title: "", year: "", source: "", licence: "", isIndicative: false, method: "", countries: [])
        let ground = try CoverageGround(.everywhere, layer: layer, demand: demand, in: self)
        let territories = try ground.territories(asOf: day, in: self)
        guard !territories.isEmpty else { return [] }
        let owners = try owners(of: Array(demand.coordinates.indices), in: demand)
        let nearest = NearestFacility(
            of: demand, among: measure.facilities.members.map(\.location), cutoffs: measure.query.reaches.map(\.metres))
        let impedance = nearest.distance.map { $0.impedance(measure.kind) }
        var rows = territories.compactMap { territory -> Assessment.ComparableRow? in
            guard let shape = territory.version.geometry else { return nil }
            let members = territory.members
            let own = LocalityOwners(ids: members.map { owners.ids[$0] }, localities: owners.localities)
            let living = LivingProfile(demand.subset(members), own, shape)
            let row = CoverageRow(key: "", name: "", members: members, people: demand.people, impedance: impedance, reaches: measure.query.reaches)
            var platforms: [PlatformKind: Int] = [:]
            for platform in records.platforms(of: territory.cite.id) {
                guard records.status(of: platform.id, asOf: day) == .open else { continue }
                platforms[platform.kind, default: 0] += 1
            }
            return Assessment.ComparableRow(
                cite: territory.cite, basis: territory.version.basis, profile: living.profile, difference: 0, platforms: platforms, reaches: row.reaches,
                form: Assessment.FittingForm.fitting(living).form)
        }
        let measures = ProfileMeasure(rows.map(\.profile))
        for i in rows.indices { rows[i].difference = measures.difference(rows[i].profile, profile) }
        return rows.sorted { ($0.difference, $0.cite.id) < ($1.difference, $1.cite.id) }
    }
}

/// How unlike two territories are: the Euclidean distance of four measures, each divided by its standard deviation over the network's
/// territories: the logarithms of people, density and spread, and primacy.
struct ProfileMeasure {
    private let deviations: [Double]

    init(_ profiles: [Assessment.Profile]) {
        let all = profiles.map(Self.measures)
        deviations = (0..<4).map { k in
            guard all.count > 1 else { return 1 }
            let mean = all.reduce(0) { $0 + $1[k] } / Double(all.count)
            let variance = all.reduce(0) { $0 + ($1[k] - mean) * ($1[k] - mean) } / Double(all.count)
            // A measure in which all are alike tells none apart.
            return variance > 1e-12 ? variance.squareRoot() : .infinity
        }
    }

    private static func measures(_ p: Assessment.Profile) -> [Double] {
        [log(max(1, p.population)), log(max(0.01, p.density)), log(max(100, p.spread)), p.primacy]
    }

    func difference(_ a: Assessment.Profile, _ b: Assessment.Profile) -> Double {
        zip(zip(Self.measures(a), Self.measures(b)), deviations).reduce(0) { sum, pair in
            let d = (pair.0.0 - pair.0.1) / pair.1
            return sum + d * d
        }.squareRoot()
    }
}
