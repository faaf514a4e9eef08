import Impedance
import Testing

@Suite struct ImpedanceTests {
    @Test(arguments: [
        ("30km", ImpedanceKind.distance, 30_000.0), ("500m", .distance, 500), ("45min", .duration, 2_700), ("1.5h", .duration, 5_400), ("90 s", .duration, 90),
    ])
    func `a reach is a distance or a duration`(text: String, kind: ImpedanceKind, value: Double) {
        let reach = Reach(text)
        #expect(reach?.kind == kind && reach?.value == value)
    }

    @Test(arguments: ["30", "km", "-5km", "0km", "10 miles", "nankm", "infkm", ""])
    func `what is no reach is refused`(text: String) { #expect(Reach(text) == nil) }

    @Test func `an estimate grows with distance without a step, and its inverse finds the distance again`() throws {
        var before = (road: 0.0, time: 0.0)
        for metres in stride(from: 100.0, through: 300_000, by: 100) {
            let (road, time) = (try #require(TravelEstimate.roadDistance(geodesic: metres)), try #require(TravelEstimate.duration(geodesic: metres)))
            #expect(road > before.road && road - before.road < 150)
            #expect(time > before.time && time - before.time < 25)
            before = (road, time)
        }
        for kind in ImpedanceKind.allCases {
            let found = TravelEstimate.geodesic(reaching: 2_700, of: kind)
            let again = kind == .distance ? found : kind == .duration ? TravelEstimate.duration(geodesic: found) : TravelEstimate.roadDistance(geodesic: found)
            #expect(abs(try #require(again) - 2_700) < 0.01)
        }
        #expect(TravelEstimate.duration(geodesic: 0) == 0)
        #expect(TravelEstimate.duration(geodesic: 300_001) == nil)
        #expect(TravelEstimate.geodesic(reaching: 1e9, of: .duration) == TravelEstimate.range)
    }

    @Test func `a road is never shorter than the geodesic`() {
        for band in TravelEstimate.bands { #expect(band.detourFactor >= 1 && band.speedKilometresPerHour > 0) }
    }
}
