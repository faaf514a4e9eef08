import CiteNetwork
import Coverage
import Foundation
import GeoModel
import Geodesy
import GeometryEngine
import Impedance
import NetworkStore
import Planning
import Population
import Testing
import TestSupport

@Suite struct OverlapTests {
    private let atlas = RealWorkspace.atlas
    private let day: CalendarDate = "2026-11-22"

    private func answer(_ reaches: String..., area: AreaChoice? = nil, records: NetworkRecords? = nil) throws -> OverlapsAnswer {
        let (info, demand) = (RealWorkspace.layer.info, RealWorkspace.thinnedDemand)
        return try (records.map { atlas.with($0) } ?? atlas).overlaps(
            within: reaches.map { Reach($0)! }, area: area, eligibility: Eligibility(asOf: day), layer: info, demand: demand)
    }

    /// The pairs by reach, with the kilometres between their nearest platforms.
    private func pairs(_ answer: OverlapsAnswer) -> [String: Double] {
        Dictionary(
            answer.overlaps.compactMap { overlap in
                guard case .reach(_, let distance, _, _) = overlap.basis else { return nil }
                return ("\(overlap.first.id) \(overlap.second.id)", (distance / 100).rounded() / 10)
            }, uniquingKeysWith: { a, _ in a })
    }

    @Test func `different labels around Paris reach the same people, two sites of one label never conflict`() throws {
        let found = pairs(try answer("10km"))
        #expect(found["nanterre paris"] == 13.3 && found["nanterre saint-quentin-en-yvelines"] == 16.7)
        // From the place at La Villette, not from the town's centre: 19.4 between town centres.
        let toEmerainville = try #require(found["emerainville paris"])
        #expect(abs(toEmerainville - 19.4) < 0.5)
        // Belfort and Montbéliard are 15 km apart and one label: at any reach, no pair holds it twice.
        let wide = try answer("10km", "30km", "100km")
        #expect(wide.overlaps.allSatisfy { $0.first.id != $0.second.id })
        #expect(!wide.overlaps.contains { $0.first.id == "nord-franche-comte" && $0.second.id == "nord-franche-comte" })
        let sites = atlas.records.eligible(Eligibility(asOf: day)).members.filter { $0.platform.cite == "nord-franche-comte" }.map(\.location)
        #expect(sites.count == 2 && abs(Geodesic.distance(sites[0], sites[1]) - 15_000) < 500)
    }

    @Test(arguments: ["10km", "30km"])
    func `people of both are those whom brute force finds near both, and shared ground is what the parts have more than the union`(reach: String) throws {
        let demand = RealWorkspace.thinnedDemand
        let radius = Reach(reach)!.value
        let members = atlas.records.eligible(Eligibility(asOf: day)).members
        let cites = Set(members.map(\.platform.cite)).sorted()
        let answer = try answer(reach)
        let reaching = cites.map { cite in
            let own = members.filter { $0.platform.cite == cite }.map(\.location)
            return Set(demand.people.indices.filter { i in own.contains { Geodesic.distance($0, demand.coordinates[i]) <= radius } })
        }
        var expected: [String: Double] = [:]
        for a in cites.indices {
            for b in cites.indices where a < b {
                let both = reaching[a].intersection(reaching[b])
                if !both.isEmpty { expected["\(cites[a]) \(cites[b])"] = both.reduce(0) { $0 + demand.people[$1] } }
            }
        }
        let found = Dictionary(uniqueKeysWithValues: answer.overlaps.map { ("\($0.first.id) \($0.second.id)", $0.people) }).filter { $0.value > 0 }
        #expect(found.keys.sorted() == expected.keys.sorted())
        // Sums in different orders may differ in the last digits.
        for (pair, people) in expected { #expect(abs((found[pair] ?? 0) - people) <= 1e-9 * people) }
        for overlap in answer.overlaps.prefix(4) {
            func ground(_ cites: Set<String>) throws -> Double {
                try Geodesic.area(GeodesicDisc.dissolved(around: members.filter { cites.contains($0.platform.cite) }.map(\.location), radius: radius)) / 1e6
            }
            let (a, b) = (try ground([overlap.first.id]), try ground([overlap.second.id]))
            let union = try ground([overlap.first.id, overlap.second.id])
            #expect(abs(a + b - union - overlap.squareKilometres) < 1e-6 * union)
        }
    }

    private func records(changing change: (inout [TerritoryVersion]) -> Void) throws -> NetworkRecords {
        let r = atlas.records
        var territories = r.cites.flatMap { r.territories(of: $0.id) }
        change(&territories)
        return NetworkRecords(
            cites: r.cites, platforms: r.platforms, periods: r.platforms.flatMap { r.periods(of: $0.id) },
            decisions: r.cites.flatMap { r.decisions(of: $0.id) }, territories: territories, poles: r.cites.flatMap { r.poles(of: $0.id) },
            sources: Array(r.sources.values))
    }

    @Test func `territories that share a département share its ground and its people, by brute force`() throws {
        let demand = RealWorkspace.thinnedDemand
        let seine = try #require(try atlas.geometries(ofAreas: ["FR-76"])["FR-76"])
        let changed = try records { territories in
            let i = territories.firstIndex { $0.cite == "val-de-marne" }!
            territories[i].geometry = seine
        }
        let overlaps = try answer("1km", records: changed).overlaps.filter { if case .territory = $0.basis { true } else { false } }
        let pair = try #require(overlaps.first)
        #expect(overlaps.count == 1 && pair.first.id == "haute-normandie" && pair.second.id == "val-de-marne")
        #expect(pair.basis == .territory(certain: .yes, first: .stated, second: .stated))
        let region = try #require(changed.territory(of: "haute-normandie", asOf: day)?.version.geometry)
        // What they share and what is left of each sum to each, in ground and in people.
        let rest = try seine.difference(region)
        #expect(abs(Geodesic.area(seine) / 1e6 - pair.squareKilometres - Geodesic.area(rest) / 1e6) < 1e-6 * pair.squareKilometres)
        let (inSeine, inRegion) = (try PreparedGeometry(seine), try PreparedGeometry(region))
        let both = demand.people.indices.filter { inSeine.covers(demand.coordinates[$0]) && inRegion.covers(demand.coordinates[$0]) }
        #expect(pair.people == both.reduce(0) { $0 + demand.people[$1] } && pair.people > 50_000)
        // Narrowed to another département, nothing is left of it; to the half of it, less.
        let eure = try answer("1km", area: atlas.area("FR-02", asOf: day), records: changed)
        #expect(eure.overlaps.isEmpty)
    }

    @Test func `a territory that no source tells is listed as such, with the reason, and none that has a shape is`() throws {
        let answer = try answer("10km")
        let unknown = Set(answer.territoryUnknown.map(\.cite.id))
        #expect(unknown.isSuperset(of: ["paris", "nanterre", "saint-quentinois"]))
        #expect(answer.territoryUnknown.allSatisfy { atlas.records.territory(of: $0.cite.id, asOf: day)?.version.geometry == nil })
        #expect(answer.territoryUnknown.first { $0.cite.id == "saint-quentinois" }?.reason?.contains("no source bounds it") == true)
        for cite in ["guadeloupe", "val-de-marne", "milan"] { #expect(!unknown.contains(cite)) }
    }

    @Test func `the parts of a country share what the whole of it does`() throws {
        let box = { (west: Double, east: Double) in
            AreaChoice.shape(
                name: "box",
                .polygon(Polygon(exterior: [(west, 40), (east, 40), (east, 60), (west, 60), (west, 40)].map { Coordinate(x: $0.0, y: $0.1) })))
        }
        let whole = try answer("30km", area: box(-10, 20))
        let (west, east) = (try answer("30km", area: box(-10, 2.30007)), try answer("30km", area: box(2.30007, 20)))
        #expect(!whole.overlaps.isEmpty)
        for overlap in whole.overlaps {
            let parts = (west.overlaps + east.overlaps).filter { $0.first.id == overlap.first.id && $0.second.id == overlap.second.id }
            #expect(abs(parts.reduce(0) { $0 + $1.people } - overlap.people) <= 1e-9 * overlap.people)
            #expect(abs(parts.reduce(0) { $0 + $1.squareKilometres } - overlap.squareKilometres) < 1e-6 * overlap.squareKilometres)
        }
    }
}
