internal import CiteNetwork
internal import Coverage
internal import Geodesy
internal import GeoModel
internal import GeometryEngine
internal import Population

/// The Cités and platforms that a review is about.
struct ReviewedRecords {
    var name: String?
    var cites: Set<String>
    var platforms: Set<String>

    init(_ scope: ReviewQuery.Scope, asOf day: CalendarDate, in atlas: Atlas) throws {
        let records = atlas.records
        let isCite: (Cite) -> Bool
        var isPlatform: (Platform) -> Bool = { _ in false }
        switch scope {
        case .everything: isCite = { _ in true }
        case .country(let code):
            guard let country = atlas.areas[code], country.kind == "country" else {
                throw PlanningError.notFound(
                    "no country '\(code)'; countries of the network: \(Set(records.cites.map(\.country)).sorted().joined(separator: ", "))")
            }
            name = country.name
            isCite = { $0.country == code }
            isPlatform = { $0.country == code }
        case .cite(let id):
            guard case .cite(let cite) = try atlas.record(id) else { throw PlanningError.notFound("'\(id)' is a platform; --cite takes the id of a Cité") }
            name = cite.name
            isCite = { $0.id == id }
        case .area(let choice):
            name = choice.name
            let inside = try Self.inside(choice, day, atlas)
            isCite = { inside.cites.contains($0.id) }
            isPlatform = { inside.platforms.contains($0.id) }
        }
        let chosen = Set(records.cites.filter(isCite).map(\.id))
        cites = chosen
        // Platforms of a Cité that is not recorded are told in a review of everything.
        var isEverything = false
        if case .everything = scope { isEverything = true }
        platforms = Set(records.platforms.filter { isEverything || chosen.contains($0.cite) || isPlatform($0) }.map(\.id))
    }

    private static func inside(_ choice: AreaChoice, _ day: CalendarDate, _ atlas: Atlas) throws -> (cites: Set<String>, platforms: Set<String>) {
        let records = atlas.records
        guard let shape = try atlas.ground(of: choice, in: DemandPoints()).shape else {
            return (Set(records.cites.map(\.id)), Set(records.platforms.map(\.id)))
        }
        let locator = try AreaLocator([shape], tolerance: Atlas.borderTolerance)
        var code: String?
        if case .coded(let area, _) = choice { code = area.code }
        let platforms = records.platforms.filter { platform in
            // The area that a platform states is surer than a coarse border.
            if let code, let own = platform.area, atlas.areas[own] != nil { return atlas.areas.ancestors(of: own).contains(code) }
            return platform.location.map { $0.isGeographic && locator.locate($0) != nil } ?? false
        }
        var cites = Set(platforms.filter { $0.kind != .associatedCentre }.map(\.cite))
        let box = shape.envelope
        for cite in records.cites where !cites.contains(cite.id) {
            guard let territory = records.territory(of: cite.id, asOf: day)?.version.geometry, territory.envelope.intersects(box) else { continue }
            let sound = try territory.invalidity() == nil ? territory : territory.madeValid()
            let shared = Geodesic.area(try sound.intersection(shape).asMultiPolygon)
            if shared > min(Geodesic.area(sound), Geodesic.area(shape)) / 20 { cites.insert(cite.id) }
        }
        return (cites, Set(platforms.map(\.id)))
    }

    func contains(_ record: RuleSubject, in records: NetworkRecords) -> Bool {
        switch record.kind {
        case .cite, .decision, .territory: cites.contains(record.id)
        case .platform, .period: platforms.contains(record.id)
        }
    }
}
