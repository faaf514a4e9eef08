package import CiteNetwork
internal import Coverage
internal import Geodesy
internal import GeoModel
internal import GeometryEngine
internal import NetworkStore

extension Atlas {
    /// What the rules say of the network on a day; all rules without a choice.
    package func validate(asOf day: CalendarDate, codes: Set<RuleCode> = Set(RuleCode.allCases)) throws -> RuleReport {
        try RuleBook(records, asOf: day, facts: ruleFacts(of: records, asOf: day)).report(codes)
    }

    /// The facts of the ground on which rules rest: of these records, which may differ from the atlas's own, and of the areas of the atlas.
    ///
    /// Throws `GeometryError` for a polygon that GEOS cannot read.
    package func ruleFacts(of records: NetworkRecords, asOf day: CalendarDate) throws -> RuleFacts {
        var facts = RuleFacts(tolerance: Self.borderTolerance)
        facts.inTerritory = try platformsInTerritories(records, day)
        facts.countries = try countries(of: records)
        facts.overlaps = try territoryPairs(of: records, asOf: day)
            .map { TerritoryOverlap(first: $0.first, second: $0.second, area: $0.area, isReal: $0.isReal) }
        facts.areaHasShape = try areaShapes(records)
        return facts
    }

    private func platformsInTerritories(_ records: NetworkRecords, _ day: CalendarDate) throws -> [String: Truth] {
        var inside: [String: Truth] = [:]
        for cite in records.cites {
            guard let territory = records.territory(of: cite.id, asOf: day)?.version.geometry else { continue }
            let locator = try AreaLocator([territory], tolerance: Self.borderTolerance)
            for platform in records.platforms(of: cite.id) {
                guard let location = platform.location, location.isGeographic else { continue }
                inside[platform.id] = locator.locate(location) == nil ? .no : .yes
            }
        }
        return inside
    }

    /// By platform, the countries at its point: those whose polygon, or that of the area that the platform states, is near.
    private func countries(of records: NetworkRecords) throws -> [String: Set<String>] {
        let located = records.platforms.filter { $0.location?.isGeographic ?? false }
        let stated = Set(located.compactMap(\.area))
        let candidates = areas.areas.filter { $0.kind == "country" || stated.contains($0.code) }
        let shapes = try store.geometries(ofAreas: candidates.map(\.code))
        // Only what is near some platform is made ready: there are ten times as many countries as the network has.
        let box = { (c: Coordinate) in Envelope(minX: c.x, minY: c.y, maxX: c.x, maxY: c.y).insetBy(dx: -1, dy: -0.1) }
        let near = candidates.indices.filter { i in
            guard let envelope = shapes[i]?.envelope else { return false }
            // Beyond 80 degrees a degree of longitude is less than the tolerance may need.
            return located.contains { abs($0.location!.y) > 80 || box($0.location!).intersects(envelope) }
        }
        guard candidates.contains(where: { $0.kind == "country" }) else { return [:] }
        let locator = try AreaLocator(near.map { shapes[$0]! }, tolerance: Self.borderTolerance)
        var countries: [String: Set<String>] = [:]
        for platform in located {
            countries[platform.id] = Set(
                locator.areas(near: platform.location!).map { candidates[near[$0]] }
                    .filter { $0.kind == "country" || $0.code == platform.area }.map(\.country))
        }
        return countries
    }

    private func areaShapes(_ records: NetworkRecords) throws -> [String: Truth] {
        let codes = Set(
            records.cites.flatMap { records.territories(of: $0.id) }.compactMap { $0.definition.flatMap(TerritoryDefinition.init) }
                .flatMap { $0.terms.map(\.area) }
        ).sorted()
        return Dictionary(
            uniqueKeysWithValues: zip(codes, try store.geometries(ofAreas: codes)).map { code, shape in
                let hasMembers = areas[code]?.members?.isEmpty == false
                return (code, areas[code] != nil && (hasMembers || shape?.isEmpty == false) ? .yes : .no)
            })
    }
}
