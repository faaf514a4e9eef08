internal import CiteNetwork
internal import Coverage
internal import GeoModel
internal import GeometryEngine
internal import Impedance
internal import NetworkStore
internal import Population

// What a review measures: where labels meet, and who is out of reach.
extension Atlas {
    private func eligibility(_ query: ReviewQuery) -> Eligibility { Eligibility(asOf: query.asOf) }

    func overlapLines(_ query: ReviewQuery, _ scope: ReviewedRecords, _ layer: PopulationLayerInfo, _ demand: DemandPoints) throws -> [ReviewLine] {
        let answer = try overlaps(within: [query.within], area: nil, eligibility: eligibility(query), layer: layer, demand: demand)
        var lines: [ReviewLine] = []
        for overlap in answer.overlaps where scope.cites.contains(overlap.first.id) || scope.cites.contains(overlap.second.id) {
            let isOver = [overlap.first, overlap.second].contains { records.label(of: $0.id, asOf: query.asOf).level == .withdrawn }
            guard !isOver else { continue }
            var (severity, verdict) = (RuleSeverity.notice, RuleVerdict.broken)
            var command = "maillage overlaps --within \(query.within.text) --as-of \(query.asOf)"
            if case .territory(let certain, _, _) = overlap.basis {
                (severity, verdict) = (RuleCode.territoriesOverlap.severity, certain == .yes ? .broken : .unknown)
                command = RuleBook.territoryCommand(overlap.first.id)
            }
            var line = line(.overlaps, severity, verdict, RuleSubject(.cite, overlap.first.id), .overlap(overlap), nil, command, query.asOf)
            line.location = try overlap.geometry?.interiorPoint() ?? line.location
            lines.append(line)
        }
        for unknown in answer.territoryUnknown where scope.cites.contains(unknown.cite.id) {
            lines.append(
                line(
                    .overlaps, .notice, .unknown, RuleSubject(.cite, unknown.cite.id), .territoryNotKnown(reason: unknown.reason), nil,
                    RuleBook.territoryCommand(unknown.cite.id), query.asOf))
        }
        return lines
    }

    /// Who is within reach on the ground of the review, part by part, parts being those of `areasAsOf` where it is named; nil for a Cité whose territory is not known, and ground without people.
    func reachOf(_ query: ReviewQuery, areasAsOf: CalendarDate? = nil, _ scope: ReviewedRecords, _ layer: PopulationLayerInfo, _ demand: DemandPoints) throws
        -> CoverageAnswer?
    {
        var area = AreaChoice.everywhere
        var grouping = CoverageQuery.Grouping.area(kind: nil)
        switch query.scope {
        case .everything: break
        case .country(let code):
            guard let country = areas[code] else { return nil }
            area = .coded(country, alternatives: [])
        case .area(let choice):
            area = choice
            // What has no parts is one row.
            if choice.parts.contains(where: { if case .coded = $0 { false } else if case .everywhere = $0 { false } else { true } }) { grouping = .whole }
        case .cite(let id):
            guard let cite = records.cite(id), let territory = records.territory(of: id, asOf: areasAsOf ?? query.asOf)?.version.geometry else { return nil }
            area = .shape(name: cite.zone ?? cite.name, try territory.invalidity() == nil ? territory : territory.madeValid())
            grouping = .whole
        }
        do {
            var question = CoverageQuery(area: area, reaches: [query.within], grouping: grouping, eligibility: eligibility(query))
            question.areasAsOf = areasAsOf
            return try coverage(question, layer: layer, demand: demand)
        } catch PlanningError.notFound {
            return nil
        }
    }

    /// Areas by the people who are out of reach, most first. Of everything, those of the countries in which a platform counts; a country of the
    /// network in which none does is one line.
    func reachLines(_ coverage: CoverageAnswer, _ query: ReviewQuery, _ scope: ReviewedRecords) throws -> [ReviewLine] {
        let counts = try platformCounts(coverage)
        var rows = coverage.rows.map { AreaOutOfReach(code: areas[$0.key] == nil ? "" : $0.key, name: $0.name, population: $0.population, out: $0.unserved) }
        if case .everything = query.scope {
            let served = Set(counts.keys.compactMap { areas[$0]?.country })
            rows = summed(rows, countries: Set(records.cites.map(\.country)), served: served)
        }
        let shapes = try geometries(ofAreas: rows.map(\.code))
        return try rows.filter { $0.out >= 0.5 }.sorted { ($1.out, $0.code) < ($0.out, $1.code) }.map { row in
            let command =
                row.code.isEmpty ? "maillage coverage --area FILE --within \(query.within.text) --unreached 20" : "maillage assess \(row.code)"
            return ReviewLine(
                section: .reach, severity: .notice, verdict: .broken, subject: .area(row.code), name: row.name,
                fact: .outOfReach(people: row.out, population: row.population, within: query.within, platforms: counts[row.code] ?? 0), due: nil,
                daysOver: nil, command: command, location: try shapes[row.code]?.interiorPoint())
        }
    }

    private struct AreaOutOfReach {
        var code: String
        var name: String
        var population: Double
        var out: Double
    }

    private func summed(_ rows: [AreaOutOfReach], countries: Set<String>, served: Set<String>) -> [AreaOutOfReach] {
        var out: [AreaOutOfReach] = []
        var sums: [String: AreaOutOfReach] = [:]
        for row in rows {
            guard let country = areas[row.code]?.country, countries.contains(country) else { continue }
            if served.contains(country) {
                out.append(row)
            } else {
                var sum = sums[country] ?? AreaOutOfReach(code: country, name: areas[country]?.name ?? country, population: 0, out: 0)
                (sum.population, sum.out) = (sum.population + row.population, sum.out + row.out)
                sums[country] = sum
            }
        }
        return out + sums.values
    }

    /// How many of the platforms that count stand in each area of a coverage: by the area that a platform states, else by its point.
    package func platformCounts(_ coverage: CoverageAnswer) throws -> [String: Int] {
        let keys = coverage.rows.map(\.key).filter { areas[$0] != nil }
        let isKey = Set(keys)
        var counts: [String: Int] = [:]
        var located: [Coordinate] = []
        for facility in coverage.facilities.members {
            if let own = facility.platform?.area, areas[own] != nil {
                if let key = areas.ancestors(of: own).first(where: isKey.contains) { counts[key, default: 0] += 1 }
            } else {
                located.append(facility.location)
            }
        }
        guard !located.isEmpty else { return counts }
        let shapes = try geometries(ofAreas: keys)
        let drawn = keys.filter { shapes[$0] != nil }
        let locator = try AreaLocator(drawn.map { shapes[$0]! }, tolerance: Self.borderTolerance)
        for point in located { if let i = locator.locate(point) { counts[drawn[i], default: 0] += 1 } }
        return counts
    }
}

extension CoverageRow {
    /// People beyond the first reach.
    fileprivate var unserved: Double { population - reaches[0].people }
}
