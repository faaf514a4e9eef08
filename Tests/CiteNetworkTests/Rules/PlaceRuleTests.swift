import CiteNetwork
import GeoModel
import Testing

@Suite struct PlaceRuleTests {
    private let held = SmallNetwork().with { $0.territory() }

    @Test func `a platform stands on its territory`() {
        func outcome(_ fact: Truth?, _ change: (inout SmallNetwork) -> Void = { _ in }) -> SmallNetwork.Outcome {
            held.with { network in
                network.facts.inTerritory["main"] = fact
                change(&network)
            }.outcome(.platformOutsideTerritory)
        }
        #expect(outcome(.yes) == .kept && outcome(.no) == .broken && outcome(.unknown) == .unknown && outcome(nil) == .unknown)
        #expect(outcome(.no) { $0.territories[0].basis = .inferred } == .unknown, "an inferred territory proves nothing")
        #expect(outcome(.no) { $0.territories[0].start = PartialDate("..2030-01-01")! } == .unknown)
        #expect(outcome(.no) { $0[platform: "main"].locationAccuracy = .assumed } == .unknown)
        #expect(outcome(.no) { $0[platform: "main"].locationAccuracy = .town } == .broken)
        #expect(outcome(.no) { $0[platform: "main"].location = nil } == .unknown)
        #expect(outcome(.no) { $0.territories = [] } == .unknown)
    }

    @Test func `territories of different labels do not overlap`() {
        let two = held.with { network in
            network.cites.append(SmallNetwork.cite("other"))
            network.add(SmallNetwork.platform("other-main", .main, of: "other"))
            network.territory("other")
            network.period("main", .open, "2001")
            network.period("other-main", .open, "2001")
            network.facts.overlaps = []
        }
        func outcome(_ isReal: Truth, _ change: (inout SmallNetwork) -> Void = { _ in }) -> SmallNetwork.Outcome {
            two.with { network in
                network.facts.overlaps = [TerritoryOverlap(first: "mother", second: "other", area: 12_300_000, isReal: isReal)]
                change(&network)
            }.outcome(.territoriesOverlap)
        }
        #expect(two.outcome(.territoriesOverlap) == .kept && outcome(.yes) == .broken && outcome(.unknown) == .unknown)
        #expect(two.with { $0.facts.overlaps = nil }.outcome(.territoriesOverlap) == .unknown)
        #expect(outcome(.yes) { $0.territories[1].basis = .inferred } == .unknown)
        #expect(outcome(.yes) { $0.period("other-main", .closed, "2003") } == .unknown, "open or closed: sources contradict one another")
        #expect(
            outcome(.yes) {
                $0.periods[1].end = PartialDate("2010")!; $0.period("other-main", .closed, "2010")
            } == .kept)
        #expect(
            outcome(.yes) {
                $0.decide(.fonctionnement, "2001", "other"); $0.decide(.withdrawn, "2010", "other")
            } == .kept)
        #expect(outcome(.yes) { $0.territories.removeLast() } == .unknown)
        let report = two.with { $0.facts.overlaps = [TerritoryOverlap(first: "mother", second: "other", area: 12_300_000, isReal: .yes)] }
            .report(.territoriesOverlap)
        #expect(report.findings.map(\.record.id) == ["mother"], "a pair is told once")
        #expect(report.findings[0].detail.fact == .territoriesShare && report.findings[0].detail["other"] == .text("other"))
    }

    @Test func `areas of a territory have a shape`() {
        let gard = SmallNetwork().with { $0.territory("mother", "+FR-30 -epci:1") }
        func outcome(_ shapes: [String: Truth]) -> SmallNetwork.Outcome { gard.with { $0.facts.areaHasShape = shapes }.outcome(.territoryAreaWithoutShape) }
        #expect(outcome(["FR-30": .yes, "epci:1": .yes]) == .kept)
        #expect(outcome(["FR-30": .yes, "epci:1": .no]) == .broken)
        #expect(outcome(["FR-30": .yes]) == .unknown && outcome([:]) == .unknown)
        let detail = gard.with { $0.facts.areaHasShape = ["FR-30": .yes, "epci:1": .no] }.report(.territoryAreaWithoutShape).findings.first?.detail
        #expect(detail?.fact == .areasWithoutShape && detail?["terms"] == .facts([RuleDetail(.excluded, ["area": .text("epci:1")])]))
        #expect(SmallNetwork().with { $0.territory("mother", "FR-30") }.outcome(.territoryAreaWithoutShape) == .broken)
        #expect(SmallNetwork().with { $0.territory("mother", nil) }.outcome(.territoryAreaWithoutShape) == .notAsked)
    }

    @Test(
        arguments: [
            ((4.1, 44.1), SmallNetwork.Outcome.kept), ((181, 44.1), .broken), ((4.1, -90.5), .broken), ((0, 0), .broken), ((Double.nan, 3), .broken),
            ((.infinity, 3), .broken), (nil, .unknown),
        ] as [((Double, Double)?, SmallNetwork.Outcome)])
    func `coordinates are possible`(point: (Double, Double)?, outcome: SmallNetwork.Outcome) {
        let network = SmallNetwork().with { $0[platform: "main"].location = point.map { Coordinate(x: $0.0, y: $0.1) } }
        #expect(network.outcome(.coordinatesImpossible) == outcome)
        let seat = SmallNetwork().with { $0.cites[0].seat = point.map { .point(Coordinate(x: $0.0, y: $0.1), note: nil) } ?? .unknown(reason: "") }
        #expect(seat.outcome(.coordinatesImpossible) == (point == nil ? .kept : outcome))
    }

    @Test(
        arguments: [
            (["FR"], SmallNetwork.Outcome.kept, SmallNetwork.Outcome.kept), (["CH", "FR"], .kept, .kept), (["CH"], .kept, .broken), ([], .broken, .kept),
            (nil, .unknown, .unknown),
        ] as [([String]?, SmallNetwork.Outcome, SmallNetwork.Outcome)])
    func `a platform stands on land, in its country`(countries: [String]?, sea: SmallNetwork.Outcome, country: SmallNetwork.Outcome) {
        let network = SmallNetwork().with { $0.facts.countries["main"] = countries.map(Set.init) }
        #expect(network.outcome(.coordinatesAtSea) == sea && network.outcome(.coordinatesInOtherCountry) == country)
        let placeless = network.with { $0[platform: "main"].location = nil }
        #expect(placeless.with { $0.facts.countries = [:] }.outcome(.coordinatesAtSea) == .unknown)
        #expect(network.with { $0[platform: "main"].country = "" }.outcome(.coordinatesInOtherCountry) == .unknown)
    }

    @Test func `two platforms do not stand at one point, unless they share a host or an address`() {
        let two = SmallNetwork().with { $0.add(SmallNetwork.platform("second", .site)) }
        #expect(two.outcome(.coordinatesDuplicate) == .broken)
        #expect(two.with { $0[platform: "second"].location!.x += 1e-9 }.outcome(.coordinatesDuplicate) == .kept)
        #expect(two.with { $0[platform: "second"].locationAccuracy = .town }.outcome(.coordinatesDuplicate) == .unknown)
        #expect(two.with { $0[platform: "second"].location = nil }.outcome(.coordinatesDuplicate) == .unknown)
        #expect(two.with { $0.period("second", .closed, "2010") }.outcome(.coordinatesDuplicate) == .kept, "another moved in")
        let hosted = two.with {
            $0[platform: "main"].host = "Maison de l'emploi"; $0[platform: "second"].host = "Maison de l'Emploi"
        }
        #expect(hosted.outcome(.coordinatesDuplicate) == .kept && hosted.outcome(.addressShared) == .broken)
        #expect(two.outcome(.addressShared) == .unknown)
        let apart = two.with {
            for (id, text) in [("main", "a"), ("second", "b")] { $0[platform: id].host = text; $0[platform: id].contact.address = text }
        }
        #expect(apart.outcome(.coordinatesDuplicate) == .broken && apart.outcome(.addressShared) == .kept)
        #expect(!hosted.report(.addressShared).isWrong, "a notice is nothing wrong")
    }
}
