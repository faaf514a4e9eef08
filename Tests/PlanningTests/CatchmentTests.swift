import CiteNetwork
import Foundation
import GeoModel
import Geodesy
import GeometryEngine
import Impedance
import Planning
import Population
import Testing
import TestSupport

@Suite struct CatchmentQuestionTests {
    private let atlas = RealWorkspace.atlas
    private let day: CalendarDate = "2026-11-22"

    private func answer(
        _ reaches: String..., by grouping: CatchmentQuery.Grouping, area: AreaChoice? = nil, _ eligibility: Eligibility? = nil
    ) throws -> CatchmentAnswer {
        let (info, demand) = (RealWorkspace.layer.info, RealWorkspace.thinnedDemand)
        return try atlas.catchments(
            CatchmentQuery(
                reaches: reaches.map { Reach($0)! }, grouping: grouping, area: area, eligibility: eligibility ?? Eligibility(asOf: day)), layer: info,
            demand: demand)
    }

    private func box(_ west: Double, _ east: Double) -> AreaChoice {
        .shape(
            name: "box",
            .polygon(Polygon(exterior: [(west, -60), (east, -60), (east, 70), (west, 70), (west, -60)].map { Coordinate(x: $0.0, y: $0.1) })))
    }

    @Test func `the people of a platform, of a Cité and of the network are those whom brute force finds near`() throws {
        let demand = RealWorkspace.thinnedDemand
        let members = atlas.records.eligible(Eligibility(asOf: day)).members
        func people(near places: [Coordinate], _ radius: Double) -> Double {
            demand.people.indices.reduce(0) { sum, i in
                sum + (places.contains { Geodesic.distance($0, demand.coordinates[i]) <= radius } ? demand.people[i] : 0)
            }
        }
        let platforms = try answer("10km", "30km", by: .platform)
        #expect(platforms.rows.count == 2 * members.count)
        for (i, row) in platforms.rows.enumerated() where i % 7 == 0 {
            #expect(row.people == people(near: members.filter { $0.platform.id == row.key }.map(\.location), row.radius))
            #expect(row.platforms == 1 && abs(row.squareKilometres / (.pi * row.radius * row.radius / 1e6) - 1) < 1e-3)
        }
        let cites = try answer("20km", by: .cite)
        #expect(cites.rows.map(\.key) == Set(members.map(\.platform.cite)).sorted())
        for key in ["nord-franche-comte", "geneve"] {
            let row = try #require(cites.rows.first { $0.key == key })
            let own = members.filter { $0.platform.cite == key }.map(\.location)
            #expect(row.platforms == own.count && own.count > 1 && row.people == people(near: own, 20_000))
        }
        let whole = try answer("20km", by: .whole)
        #expect(whole.rows.count == 1 && whole.rows[0].people == people(near: members.map(\.location), 20_000))
        // Parts that overlap count people twice.
        #expect(whole.rows[0].people < cites.rows.reduce(0) { $0 + $1.people })
    }

    @Test func `the catchments of halves of the world sum to that of the whole, in people and in ground`() throws {
        let whole = try answer("30km", by: .cite)
        // This meridian, on which no place stands, cuts through Paris's reach.
        let (west, east) = (try answer("30km", by: .cite, area: box(-180, 2.40007)), try answer("30km", by: .cite, area: box(2.40007, 180)))
        for row in whole.rows {
            let parts = [west, east].compactMap { $0.rows.first { $0.key == row.key } }
            #expect(parts.reduce(0) { $0 + $1.people } == row.people)
            #expect(abs(parts.reduce(0) { $0 + $1.squareKilometres } - row.squareKilometres) < 1e-6 * row.squareKilometres)
        }
        #expect(west.rows.contains { $0.key == "paris" } && east.rows.contains { $0.key == "paris" })
        #expect(!west.rows.contains { $0.key == "maurice" || $0.key == "mayotte" })
    }

    @Test func `an area clips, and its people alone count, Geneva's centres reaching into France`() throws {
        let savoy = try atlas.area("FR-74", asOf: day)
        let clipped = try answer("20km", by: .cite, area: savoy)
        #expect(clipped.rows.map(\.key) == ["geneve"])
        let all = try #require(try answer("20km", by: .cite).rows.first { $0.key == "geneve" })
        #expect(clipped.rows[0].people > 0 && clipped.rows[0].people < all.people && clipped.rows[0].squareKilometres < all.squareKilometres)
        let polygon = try #require(try atlas.geometries(ofAreas: ["FR-74"])["FR-74"])
        #expect(try Geodesic.area(clipped.rows[0].geometry.difference(polygon)) < 1)
    }

    @Test func `a duration is a circle of its estimate, and what is beyond estimates or the globe is refused`() throws {
        let minutes = try answer("45min", by: .whole)
        #expect(minutes.estimate && minutes.rows[0].radius == TravelEstimate.geodesic(reaching: 2_700, of: .duration))
        #expect(throws: PlanningError.self) { try answer("9h", by: .whole) }
        #expect(throws: PlanningError.self) { try answer("10001km", by: .whole) }
        #expect(try answer("10km", by: .cite, area: nil, Eligibility(asOf: "1980-01-01")).rows.isEmpty)
    }
}
