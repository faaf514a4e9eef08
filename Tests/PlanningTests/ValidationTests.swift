import CiteNetwork
import GeoModel
import Planning
import TestSupport
import Testing

@Suite struct ValidationTests {
    private let atlas = RealWorkspace.atlas
    private let today: CalendarDate = "2026-11-22"

    private func facts(changing change: (inout [Platform], inout [TerritoryVersion]) -> Void) throws -> (records: NetworkRecords, facts: RuleFacts) {
        let old = atlas.records
        var platforms = old.platforms
        var territories = old.cites.flatMap { old.territories(of: $0.id) }
        change(&platforms, &territories)
        let records = NetworkRecords(
            cites: old.cites, platforms: platforms, periods: old.platforms.flatMap { old.periods(of: $0.id) },
            decisions: old.cites.flatMap { old.decisions(of: $0.id) }, territories: territories, poles: old.cites.flatMap { old.poles(of: $0.id) },
            sources: Array(old.sources.values))
        return (records, try atlas.ruleFacts(of: records, asOf: today))
    }

    private func findings(_ code: RuleCode, changing change: (inout [Platform], inout [TerritoryVersion]) -> Void) throws -> [RuleFinding] {
        let (records, facts) = try facts(changing: change)
        return RuleBook(records, asOf: today, facts: facts).report([code]).findings
    }

    @Test func `nothing in the network that ships is an error, and what is wrong is what its decisions say`() throws {
        let report = try atlas.validate(asOf: today)
        #expect(report.count(.broken, .error) == 0)
        let wrong = report.findings.filter(\.isWrong).map { "\($0.code.rawValue) \($0.record.id)" }
        #expect(wrong == ["projet-never-confirmed nanaimo", "projet-never-confirmed rome", "confirmation-overdue mayotte", "confirmation-overdue rome"])
        #expect(try !atlas.validate(asOf: "2009-12-31").isWrong)
        let contradictory = report.findings.filter { $0.code == .periodsContradictory && $0.verdict == .broken }
        #expect(contradictory.map(\.record.id) == ["maurice-main", "nimes-main", "rome-main", "santiago-main"])
    }

    @Test func `Belfort and Montbéliard are two sites of one label and no conflict`() throws {
        let report = try atlas.validate(asOf: today)
        let theirs = report.findings.filter { $0.record.id.hasPrefix("nord-franche-comte") }
        #expect(!theirs.contains { $0.isWrong || $0.code == .territoriesOverlap || $0.code == .coordinatesDuplicate })
        #expect(theirs.filter { $0.code == .siteMissingService }.allSatisfy { $0.verdict == .unknown })
    }

    @Test(arguments: ["2000-01-01", "2010-01-01", "2026-11-22"])
    func `the Pays gardois and Nîmes share no ground, nor do any others that ship`(day: String) throws {
        let facts = try atlas.ruleFacts(of: atlas.records, asOf: CalendarDate(day)!)
        #expect(facts.overlaps == [])
    }

    @Test func `a territory that takes in the whole Gard overlaps that of Nîmes; it being inferred, nothing is called broken`() throws {
        let gard = try #require(try atlas.geometries(ofAreas: ["FR-30"])["FR-30"])
        let overlaps = try findings(.territoriesOverlap) { _, territories in
            let i = territories.firstIndex { $0.cite == "pays-gardois" }!
            (territories[i].definition, territories[i].geometry) = ("+FR-30", gard)
        }.filter { $0.record.id == "nimes" }
        #expect(overlaps.map(\.verdict) == [.unknown] && overlaps.first?.detail["doubts"] != .facts([]))
        #expect(
            overlaps.first?.detail["doubts"].map { doubts in
                if case .facts(let all) = doubts { all.contains(RuleDetail(.doubtBasis, ["cite": .text("nimes"), "basis": .basis(.inferred)])) } else { false }
            } == true)
        // Stated by two labels that are at work, it is.
        let rome = try findings(.territoriesOverlap) { _, territories in
            let i = territories.firstIndex { $0.cite == "val-de-marne" }!
            territories[i].geometry = try? atlas.geometries(ofAreas: ["FR-76"])["FR-76"]
        }.filter(\.isWrong)
        #expect(rome.map(\.record.id) == ["haute-normandie"], "\(rome)")
    }

    @Test(arguments: [(10.97, Truth.unknown), (10.9, .yes), (11, nil), (11.5, nil)] as [(Double, Truth?)])
    func `a strip no wider than coarse borders is no sure overlap, and a shared border is none`(from west: Double, isReal: Truth?) throws {
        func box(_ a: Double, _ b: Double) -> Geometry {
            .multiPolygon([Polygon(exterior: [(a, 40), (b, 40), (b, 41), (a, 41), (a, 40)].map { Coordinate(x: $0.0, y: $0.1) })])
        }
        let overlaps = try facts { _, territories in
            territories[territories.firstIndex { $0.cite == "haute-normandie" }!].geometry = box(10, 11)
            territories[territories.firstIndex { $0.cite == "val-de-marne" }!].geometry = box(west, 12)
        }.facts.overlaps?.filter { $0.second == "val-de-marne" }
        #expect(overlaps?.map(\.isReal) == [isReal].compactMap { $0 })
        if isReal != nil { #expect(abs((overlaps?[0].area ?? 0) / 1e6 - (11 - west) * 84.8 * 111.0) < 10) }
    }

    @Test func `the platforms of Haute-Normandie, of islands and of other hemispheres stand on land, in their country and territory`() throws {
        let facts = try atlas.ruleFacts(of: atlas.records, asOf: today)
        for id in ["haute-normandie-main", "guadeloupe-main", "mayotte-main", "cotes-d-armor-main", "milan-main", "pays-gardois-le-vigan"] {
            #expect(facts.inTerritory[id] == .yes, "\(id)")
        }
        for platform in atlas.records.platforms { #expect(facts.countries[platform.id]?.contains(platform.country) == true, "\(platform.id)") }
        #expect(facts.countries["geneve-annemasse"] == ["CH", "FR"], "Annemasse touches the border")
        #expect(facts.inTerritory["geneve-annemasse"] == .yes && facts.inTerritory["geneve-bonneville"] == .no)
        let report = RuleBook(atlas.records, asOf: today, facts: facts).report([.platformOutsideTerritory])
        #expect(report.findings.filter { $0.record.id == "geneve-bonneville" }.map(\.verdict) == [.unknown], "the canton was inferred")
    }

    @Test func `coordinates that are swapped, at sea or across a border are found`() throws {
        func moved(_ code: RuleCode, _ id: String, to point: Coordinate) throws -> [String] {
            try findings(code) { platforms, _ in platforms[platforms.firstIndex { $0.id == id }!].location = point }.map(\.record.id)
        }
        // Saint-Quentin with latitude and longitude swapped lies in the Indian Ocean, Le Vigan in Somalia.
        #expect(try moved(.coordinatesAtSea, "saint-quentinois-main", to: Coordinate(x: 49.8486, y: 3.2864)) == ["saint-quentinois-main"])
        #expect(try moved(.coordinatesInOtherCountry, "pays-gardois-le-vigan", to: Coordinate(x: 43.9914, y: 3.6056)) == ["pays-gardois-le-vigan"])
        #expect(try moved(.coordinatesAtSea, "porto-main", to: Coordinate(x: -9.6, y: 41.15)) == ["porto-main"])
        #expect(try moved(.coordinatesInOtherCountry, "rome-main", to: Coordinate(x: 2.35, y: 48.86)) == ["rome-main"])
        #expect(try moved(.platformOutsideTerritory, "haute-normandie-main", to: Coordinate(x: 2.35, y: 48.86)).contains("haute-normandie-main"))
        // 2 km off the shore of Le Havre is within the tolerance of a coarse coast.
        #expect(try moved(.coordinatesAtSea, "haute-normandie-main", to: Coordinate(x: 0.06, y: 49.50)) == [])
    }

    @Test func `every area of a shipped territory has a shape, and one that nobody knows is an error`() throws {
        #expect(try atlas.validate(asOf: today, codes: [.territoryAreaWithoutShape]).findings.isEmpty)
        let found = try findings(.territoryAreaWithoutShape) { _, territories in
            territories[territories.firstIndex { $0.cite == "guadeloupe" }!].definition = "+FR-971 -epci:999"
        }
        #expect(found.map(\.verdict) == [.broken] && found[0].detail.fact == .areasWithoutShape)
        #expect(found[0].detail["terms"] == .facts([RuleDetail(.excluded, ["area": .text("epci:999")])]))
    }
}
