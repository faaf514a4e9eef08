import CiteNetwork
import GeoModel
import Testing

@Suite struct StateTests {
    private let source = Provenance(source: "s", verified: PartialDate("2009-12")!, note: nil)

    private func records(
        _ periods: [(String, PlatformStatus, String, String?)], decisions: [(LabelDecisionKind, String)] = [],
        territories: [(String, String?, TerritoryBasis)] = []
    ) -> NetworkRecords {
        let ids = Set(periods.map(\.0)).union(["p"])
        return NetworkRecords(
            cites: [
                Cite(
                    id: "c", name: "Cité", localName: nil, country: "FR", form: .citeDesMetiers, zone: nil, bearer: nil, bearerType: nil,
                    seat: .unknown(reason: "no source gives it"), member: nil, website: nil, visibility: .public, provenance: source)
            ],
            platforms: ids.map { id in
                Platform(
                    id: id, cite: "c", kind: .main, name: id, localName: nil, location: nil, locationAccuracy: .town, locality: nil, area: nil,
                    country: "FR", timeZone: nil, contact: Contact(address: nil, postalCode: nil, town: nil, telephone: nil, email: nil, website: nil),
                    host: nil, hostType: nil, floorArea: nil, counsellors: nil, hours: nil, services: nil, modalities: nil, declaredDistance: nil,
                    visibility: .public, provenance: source)
            },
            periods: periods.map {
                PlatformPeriod(platform: $0.0, status: $0.1, start: PartialDate($0.2)!, end: $0.3.map { PartialDate($0)! }, provenance: source)
            },
            decisions: decisions.map {
                LabelDecision(
                    cite: "c", date: PartialDate($0.1)!, decision: $0.0, body: nil, document: nil,
                    provenance: Provenance(source: "s", verified: PartialDate("2016")!, note: nil))
            },
            territories: territories.map {
                TerritoryVersion(cite: "c", start: PartialDate($0.0)!, end: nil, definition: $0.1, basis: $0.2, geometry: nil, provenance: source)
            },
            poles: [], sources: [])
    }

    private func status(_ r: NetworkRecords, _ day: String, _ platform: String = "p") -> PlatformStatus? {
        r.status(of: platform, asOf: CalendarDate(day)!)
    }

    @Test func `an opening that no source ends goes on`() {
        let r = records([("p", .open, "1993", nil)])
        #expect(status(r, "1992-12-31") == nil)
        #expect(status(r, "1993-05-01") == .unknown)
        #expect(status(r, "1993-12-31") == .open)
        #expect(status(r, "2026-11-22") == .open)
    }

    @Test func `before an opening that is only bounded, the state is unknown, not closed`() {
        let r = records([("p", .open, "..2009-12-31", nil)])
        #expect(status(r, "1999-12-31") == .unknown)
        #expect(status(r, "2009-12-31") == .open)
    }

    @Test func `contradictory evidence makes the state unknown from the day it contradicts`() {
        let nimes = records([("p", .open, "1999", nil), ("p", .unknown, "2000-01-01", nil)])
        #expect(status(nimes, "1999-12-31") == .open)
        #expect(status(nimes, "2009-12-31") == .unknown)
        let maurice = records([("p", .open, "..2009-12-31", nil), ("p", .planned, "2011-12-16", nil)])
        #expect(status(maurice, "2011-12-15") == .open)
        #expect(status(maurice, "2011-12-16") == .unknown)
    }

    @Test func `an end is the first day on which a period no longer holds`() {
        let r = records([("p", .planned, "2013-04-05", "2015-12-10"), ("p", .open, "2015-12-10", "2020"), ("p", .closed, "2020", nil)])
        #expect(status(r, "2015-12-09") == .planned)
        #expect(status(r, "2015-12-10") == .open)
        #expect(status(r, "2020-06-01") == .unknown)
        #expect(status(r, "2020-12-31") == .closed)
    }

    @Test func `a Cité is as open as its most open platform`() {
        let r = records([("p", .open, "1999", nil), ("q", .open, "..2009-12-31", nil), ("r", .closed, "1998", nil)])
        #expect(r.status(ofCite: "c", asOf: CalendarDate("1999-12-31")!) == .open)
        #expect(r.status(ofCite: "c", asOf: CalendarDate("1998-12-31")!) == .unknown)
        #expect(records([("p", .open, "1999", nil)]).status(ofCite: "c", asOf: CalendarDate("1990-01-01")!) == nil)
    }

    @Test func `a label is what its decisions say, and unknown where none does`() {
        let mayotte = records([], decisions: [(.projet, "2013-04"), (.fonctionnement, "2015-12-10"), (.confirmed, "2017")])
        func label(_ day: String) -> String {
            let l = mayotte.label(of: "c", asOf: CalendarDate(day)!)
            return "\(l.level.rawValue) \(l.confirmed.map(String.init) ?? "?")"
        }
        #expect(label("2012-01-01") == "unknown ?")
        #expect(label("2013-04-15") == "unknown ?")
        #expect(label("2013-04-30") == "projet false")
        #expect(label("2015-12-10") == "fonctionnement false")
        #expect(label("2017-03-01") == "fonctionnement ?")
        #expect(label("2018-01-01") == "fonctionnement true")
        #expect(records([("p", .open, "1999", nil)]).label(of: "c", asOf: CalendarDate("2020-01-01")!).level == .unknown)
        let withdrawn = records([], decisions: [(.fonctionnement, "2001"), (.withdrawn, "2005-02-01")])
        #expect(withdrawn.label(of: "c", asOf: CalendarDate("2006-01-01")!).level == .withdrawn)
    }

    @Test func `the territory in force is the last that surely holds`() {
        let r = records(
            [], territories: [("2000", "+FR-30", .inferred), ("2010", "+FR-30 -epci:1", .stated), ("..2030-01-01", "+FR", .stated), ("", nil, .none)])
        #expect(r.territory(of: "c", asOf: CalendarDate("2005-01-01")!)?.version.definition == "+FR-30")
        #expect(r.territory(of: "c", asOf: CalendarDate("2011-01-01")!)?.version.definition == "+FR-30 -epci:1")
        #expect(r.territory(of: "c", asOf: CalendarDate("1990-01-01")!)?.holds == .unknown)
        #expect(records([], territories: [("", nil, .none)]).territory(of: "c", asOf: CalendarDate("2005-01-01")!) == nil)
    }

    @Test func `a territory is read as areas to include and exclude`() {
        let d = TerritoryDefinition("+FR-30  -epci:243000643")
        #expect(d?.terms.map(\.area) == ["FR-30", "epci:243000643"] && d?.terms.map(\.isIncluded) == [true, false])
        #expect(d?.description == "+FR-30 -epci:243000643")
        for bad in ["", "FR-30", "-FR-30", "+", "+FR-30 FR-31"] { #expect(TerritoryDefinition(bad) == nil, "\(bad)") }
    }

    @Test func `a seat that is not known says why`() {
        let r = records([])
        #expect(r.seatLocation(of: r.cites[0]) == .unknown(reason: "no source gives it"))
    }
}

@Suite struct AreaTreeTests {
    private func area(_ code: String, _ kind: String, _ parent: String?, members: [String]? = nil) -> Area {
        Area(
            code: code, kind: kind, parent: parent, country: "FR", name: code, localName: nil, names: [:], aliases: [], validFrom: nil, validTo: nil,
            members: members, basis: nil, population: nil, populationYear: nil)
    }

    private var tree: AreaTree {
        AreaTree([
            area("FR", "country", nil), area("FR-HDF", "region", "FR", members: ["FR-02", "FR-80"]), area("FR-S", "region", "FR", members: ["FR-02", "FR-80"]),
            area("FR-02", "department", "FR-HDF"), area("FR-80", "department", "FR-HDF"), area("FR-30", "department", "FR"),
            area("epci:1", "epci", "FR-30", members: ["locality:1"]), area("02001", "commune", "FR-02"), area("MC", "country", nil),
        ])
    }

    @Test func `a country is made of its départements, by whichever régions they are grouped`() {
        #expect(tree.leaves(of: "FR") == ["FR-02", "FR-30", "FR-80"])
        #expect(tree.leaves(of: "FR-S") == ["FR-02", "FR-80"])
        #expect(tree.leaves(of: "FR-02") == ["FR-02"])
        #expect(tree.leaves(of: "MC") == ["MC"])
    }

    @Test func `an EPCI is not made of whole départements`() { #expect(tree.leaves(of: "epci:1") == []) }

    @Test func `ancestors go from the inside out`() {
        #expect(tree.ancestors(of: "FR-02") == ["FR-02", "FR-HDF", "FR"])
        #expect(tree.descendants(of: "FR", kind: "region").map(\.code) == ["FR-HDF", "FR-S"])
    }
}
