import Coverage
import GeoModel
import Geodesy
import Impedance
import Population
import Testing
import TestSupport

@Suite struct CoverageTests {
    private func random(_ n: Int, _ g: inout SeededGenerator) -> [Coordinate] {
        (0..<n).map { _ in Coordinate(x: .random(in: 0...3, using: &g), y: .random(in: 44...46, using: &g)) }
    }

    @Test(arguments: 0..<40)
    func `a row equals the sums that brute force makes`(seed: Int) throws {
        var g = SeededGenerator(seed: UInt64(seed))
        var demand = DemandPoints()
        let facilities = random(Int.random(in: 0...6, using: &g), &g)
        for c in random(Int.random(in: 0...60, using: &g), &g) { demand.append(c, people: Double(Int.random(in: 0...9, using: &g))) }
        // Some people live at a facility, and some just on the border of a reach.
        var reaches = ["1km", "20km", "60km"].map { Reach($0)! }
        if let f = facilities.first {
            demand.append(f, people: 5)
            let edge = Coordinate(x: f.x + 0.2, y: f.y)
            demand.append(edge, people: 7)
            let nearest = facilities.map { Geodesic.distance($0, edge) }.min()!
            reaches.append(Reach("\(nearest)m")!)
        }
        let nearest = NearestFacility(of: demand, among: facilities, cutoffs: reaches.map(\.value))
        let row = CoverageRow(key: "k", name: "n", members: demand.people.indices, people: demand.people, impedance: nearest.distance, reaches: reaches)
        let expected = demand.coordinates.map { c in facilities.map { Geodesic.distance(c, $0) }.min() ?? .infinity }
        #expect(zip(nearest.distance, expected).allSatisfy { $0 == $1 || abs($0 - $1) <= 0.001 })
        let places = demand.coordinates.map { c in
            facilities.indices.min { (Geodesic.distance(c, facilities[$0]), $0) < (Geodesic.distance(c, facilities[$1]), $1) }
        }
        #expect(nearest.facility == places.map { Int32($0 ?? -1) })
        let total = demand.people.reduce(0, +)
        #expect(row.population == total)
        for (k, reach) in reaches.enumerated() {
            let near = demand.people.indices.filter { expected[$0] <= reach.value }.reduce(0) { $0 + demand.people[$1] }
            #expect(row.reaches[k].people == near)
            #expect(row.reaches[k].share == (total > 0 ? near / total : nil))
        }
        #expect(row.unreached == (facilities.isEmpty ? total : 0))
        #expect((row.distribution == nil) == (facilities.isEmpty || total == 0))
        let radii = reaches.map(\.value)
        let counts = PeopleWithin.count(demand, around: facilities, radii: radii)
        for (i, f) in facilities.enumerated() {
            for (k, r) in radii.enumerated() {
                let near = demand.people.indices.filter { Geodesic.distance(f, demand.coordinates[$0]) <= r }.reduce(0) { $0 + demand.people[$1] }
                #expect(counts[i][k] == near)
            }
        }
    }

    @Test func `on every core the results are the bytes of one core`() {
        var g = SeededGenerator(seed: 77)
        var demand = DemandPoints()
        for c in random(60_000, &g) { demand.append(c, people: .random(in: 0...9, using: &g)) }
        let facilities = random(50, &g)
        let (one, all) = (NearestFacility(of: demand, among: facilities, on: .one), NearestFacility(of: demand, among: facilities, on: .all))
        #expect(one.distance.map(\.bitPattern) == all.distance.map(\.bitPattern) && one.facility == all.facility)
        let radii = [3_000.0, 20_000, 45_000]
        let counts = PeopleWithin.count(demand, around: facilities, radii: radii, on: .one)
        #expect(counts == PeopleWithin.count(demand, around: facilities, radii: radii, on: .all))
        // People who are not whole numbers: the sum of the parts is that of brute force but for the last digits.
        for (i, f) in facilities.enumerated().prefix(5) {
            for (k, r) in radii.enumerated() {
                let near = demand.people.indices.filter { Geodesic.distance(f, demand.coordinates[$0]) <= r }.reduce(0) { $0 + demand.people[$1] }
                #expect(abs(counts[i][k] - near) <= 1e-9 * near)
            }
        }
        #expect(PeopleWithin.count(DemandPoints(), around: facilities, radii: radii) == facilities.map { _ in [0, 0, 0] })
        #expect(PeopleWithin.count(demand, around: [], radii: radii) == [])
    }

    @Test(arguments: 0..<40)
    func `mean, quantiles and Gini equal those counted person by person`(seed: Int) throws {
        var g = SeededGenerator(seed: UInt64(seed) + 100)
        let n = Int.random(in: 1...12, using: &g)
        let costs = (0..<n).map { _ in Double(Int.random(in: 0...5, using: &g)) }
        let people = (0..<n).map { _ in Double(Int.random(in: 0...4, using: &g)) }
        let persons = zip(costs, people).flatMap { Array(repeating: $0, count: Int($1)) }.sorted()
        guard let d = Distribution(costs, people: people) else {
            #expect(persons.isEmpty)
            return
        }
        let count = Double(persons.count)
        let mean = persons.reduce(0, +) / count
        #expect(abs(d.mean - mean) < 1e-12)
        #expect(d.median == persons[Int((count / 2).rounded(.up)) - 1])
        #expect(d.p90 == persons[Int((count * 0.9).rounded(.up)) - 1])
        #expect(d.max == persons.last)
        if mean > 0 {
            var differences = 0.0
            for a in persons { for b in persons { differences += abs(a - b) } }
            #expect(abs(d.gini! - differences / (2 * count * count * mean)) < 1e-9)
        } else {
            #expect(d.gini == nil)
        }
    }
}

@Suite struct AreaLocatorTests {
    private func box(_ west: Double, _ south: Double, _ east: Double, _ north: Double) -> Geometry {
        .polygon(
            Polygon(
                exterior: [(west, south), (east, south), (east, north), (west, north), (west, south)].map { Coordinate(x: $0.0, y: $0.1) }))
    }

    @Test func `a point lies in the polygon that covers it, on a shared border in the first`() throws {
        let locator = try AreaLocator([box(0, 45, 1, 46), box(1, 45, 2, 46)], tolerance: 5_000)
        #expect(locator.locate(Coordinate(x: 0.5, y: 45.5)) == 0)
        #expect(locator.locate(Coordinate(x: 1.5, y: 45.5)) == 1)
        #expect(locator.locate(Coordinate(x: 1, y: 45.5)) == 0)
    }

    @Test func `near a border are all the areas that may hold the point`() throws {
        let locator = try AreaLocator([box(0, 45, 1, 46), box(1, 45, 2, 46), box(5, 45, 6, 46)], tolerance: 5_000)
        #expect(locator.areas(near: Coordinate(x: 0.95, y: 45.5)) == [0, 1])
        #expect(locator.areas(near: Coordinate(x: 0.5, y: 45.5)) == [0] && locator.areas(near: Coordinate(x: 2.05, y: 45.5)) == [1])
        #expect(locator.areas(near: Coordinate(x: 3, y: 45.5)) == [])
    }

    @Test(arguments: [0.0, 45, 80])
    func `outside all, it belongs to the nearest within the tolerance, at every latitude`(south: Double) throws {
        let locator = try AreaLocator([box(0, south, 1, south + 1), box(3, south, 4, south + 1)], tolerance: 5_000)
        let border = Coordinate(x: 1, y: south + 0.5)
        let near = Geodesic.direct(from: border, azimuth: 90, distance: 4_900).end
        let far = Geodesic.direct(from: border, azimuth: 90, distance: 5_100).end
        #expect(locator.locate(near) == 0)
        #expect(locator.locate(far) == nil)
        let corner = Geodesic.direct(from: Coordinate(x: 3, y: south), azimuth: 225, distance: 4_990).end
        #expect(locator.locate(corner) == 1)
    }

    @Test func `without tolerance nothing outside belongs, and a hole is outside`() throws {
        let holed = Geometry.polygon(Polygon(exterior: box(0, 0, 3, 3).polygons[0].exterior, holes: [box(1, 1, 2, 2).polygons[0].exterior]))
        let locator = try AreaLocator([holed], tolerance: 0)
        #expect(locator.locate(Coordinate(x: 1.5, y: 1.5)) == nil)
        #expect(locator.locate(Coordinate(x: 3.00001, y: 1)) == nil)
        #expect(locator.locate(Coordinate(x: 1, y: 1.5)) == 0)
    }
}
