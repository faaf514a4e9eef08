import Coverage
import GeoModel
import Geodesy
import Impedance
import Population
import Testing
import TestSupport

/// Small worlds where a measure is easily got wrong.
enum World: String, CaseIterable {
    case plain, antimeridian, northPole, southPole

    func point(_ g: inout SeededGenerator) -> Coordinate {
        switch self {
        case .plain: return Coordinate(x: .random(in: 0...1.5, using: &g), y: .random(in: 45...46, using: &g))
        case .antimeridian:
            let x = Double.random(in: 179.3...180.7, using: &g)
            return Coordinate(x: x > 180 ? x - 360 : x, y: .random(in: -17.5 ... -16.5, using: &g))
        case .northPole: return Coordinate(x: .random(in: -180...180, using: &g), y: .random(in: 89.5...90, using: &g))
        case .southPole: return Coordinate(x: .random(in: -180...180, using: &g), y: -.random(in: 89.5...90, using: &g))
        }
    }

    func demand(_ n: Int, _ g: inout SeededGenerator) -> DemandPoints {
        var demand = DemandPoints()
        for _ in 0..<n { demand.append(point(&g), people: Double(Int.random(in: 0...20, using: &g))) }
        return demand
    }
}

@Suite struct MeasureTests {
    private let reaches = ["10km", "25km", "60km"].map { Reach($0)! }

    @Test(arguments: World.allCases, 0..<12)
    func `who is near a facility, nearest to it, or near it alone is what brute force counts`(world: World, seed: Int) {
        var g = SeededGenerator(seed: UInt64(seed) + 700)
        var demand = world.demand(Int.random(in: 0...80, using: &g), &g)
        var facilities = (0..<Int.random(in: 0...8, using: &g)).map { _ in world.point(&g) }
        // Two at one place, and people at a place.
        if let first = facilities.first {
            facilities.append(first)
            demand.append(first, people: 11)
        }
        let nearest = NearestFacility(of: demand, among: facilities)
        let pairs = ReachedPairs(demand, facilities, reaches: reaches)
        let cutoffs = reaches.map(\.value)
        let around = pairs.catchments(demand.people, within: cutoffs)
        let assigned = nearest.assigned(demand.people, impedance: nearest.distance, within: cutoffs, facilities: facilities.count)
        let distances = demand.coordinates.map { c in facilities.map { Geodesic.distance(c, $0) } }
        for j in facilities.indices {
            for (k, cutoff) in cutoffs.enumerated() {
                let near = demand.people.indices.filter { distances[$0][j] <= cutoff }
                let alone = near.filter { i in distances[i].filter { $0 <= cutoff }.count == 1 }
                let own = near.filter { i in distances[i].firstIndex(of: distances[i].min()!) == j }
                #expect(around.people[j][k] == near.reduce(0) { $0 + demand.people[$1] })
                #expect(around.exclusive[j][k] == alone.reduce(0) { $0 + demand.people[$1] })
                #expect(assigned[j][k] == own.reduce(0) { $0 + demand.people[$1] })
            }
        }
        // Whoever is reached is assigned to exactly one.
        for (k, cutoff) in cutoffs.enumerated() {
            let reached = demand.people.indices.filter { (distances[$0].min() ?? .infinity) <= cutoff }.reduce(0) { $0 + demand.people[$1] }
            #expect(assigned.reduce(0) { $0 + $1[k] } == reached)
        }
        #expect(facilities.isEmpty || assigned.reduce(0) { $0 + $1[cutoffs.count] } == demand.totalPeople)
    }

    @Test(arguments: World.allCases, 0..<12)
    func `rows of a grouping are those of each group alone, and sum to the whole`(world: World, seed: Int) {
        var g = SeededGenerator(seed: UInt64(seed) + 800)
        let demand = world.demand(Int.random(in: 0...120, using: &g), &g)
        var impedance = NearestFacility(of: demand, among: (0..<3).map { _ in world.point(&g) }).distance
        for i in impedance.indices where i % 7 == 0 { impedance[i] = .infinity }
        let group = demand.people.indices.map { _ in Int32.random(in: -1...4, using: &g) }
        let ranked = RankedImpedance(impedance, people: demand.people)
        let names = (0..<5).map { (key: "\($0)", name: "group \($0)") }
        let rows = ranked.rows(groups: group, names: names, reaches: reaches)
        for (j, row) in rows.enumerated() {
            let members = demand.people.indices.filter { group[$0] == Int32(j) }
            let alone = CoverageRow(
                key: names[j].key, name: names[j].name, members: members, people: demand.people, impedance: impedance, reaches: reaches)
            #expect(row == alone)
            #expect(row.population == members.reduce(0) { $0 + demand.people[$1] })
            for (k, reach) in reaches.enumerated() {
                #expect(row.reaches[k].people == members.filter { impedance[$0] <= reach.value }.reduce(0) { $0 + demand.people[$1] })
            }
            let lost = members.filter { impedance[$0] == .infinity }.reduce(0) { $0 + demand.people[$1] }
            #expect(row.unreached == lost)
        }
        let rest = demand.people.indices.filter { group[$0] < 0 }.reduce(0) { $0 + demand.people[$1] }
        let whole = ranked.row(key: "", name: "", reaches: reaches)
        #expect(rows.reduce(rest) { $0 + $1.population } == demand.totalPeople && whole.population == demand.totalPeople)
    }

    @Test(arguments: World.allCases, 0..<12)
    func `shared supply is the formula, and is conserved`(world: World, seed: Int) {
        var g = SeededGenerator(seed: UInt64(seed) + 900)
        let demand = world.demand(Int.random(in: 1...80, using: &g), &g)
        let facilities = (0..<Int.random(in: 1...8, using: &g)).map { _ in world.point(&g) }
        let supply: [Double?] = facilities.map { _ in Double(Int.random(in: 0...120, using: &g)) }
        let pairs = ReachedPairs(demand, facilities, reaches: reaches)
        for reach in reaches {
            let shared = SpatialAccess(pairs, people: demand.people, supply: supply, reach: reach.value)
            func weight(_ i: Int, _ j: Int) -> Double {
                SpatialAccess.weight(Geodesic.distance(demand.coordinates[i], facilities[j]), reach: reach.value)
            }
            let ratios = facilities.indices.map { j in
                let around = demand.people.indices.reduce(0) { $0 + demand.people[$1] * weight($1, j) }
                return around > 0 ? supply[j]! / around : nil
            }
            for i in demand.people.indices {
                let expected = facilities.indices.reduce(0) { $0 + (ratios[$1] ?? 0) * weight(i, $1) }
                // Distances may be a millimetre off.
                #expect(abs(shared.access[i] - expected) <= 1e-5 * max(1, expected))
            }
            let given = facilities.indices.reduce(0) { $0 + (ratios[$1] == nil ? 0 : supply[$1]!) }
            let received = demand.people.indices.reduce(0) { $0 + demand.people[$1] * shared.access[$1] }
            #expect(abs(given - received) <= 1e-9 * max(1, given))
        }
    }

    @Test func `the weight falls from one at the place to nothing at the reach`() {
        let weights = stride(from: 0.0, through: 30_000, by: 1_000).map { SpatialAccess.weight($0, reach: 30_000) }
        #expect(weights.first == 1 && weights.last == 0 && zip(weights, weights.dropFirst()).allSatisfy { $0 > $1 })
        #expect(SpatialAccess.weight(31_000, reach: 30_000) == 0)
        // Half-way: (e^(-1/8) - e^(-1/2)) / (1 - e^(-1/2)).
        #expect(abs(weights[15] - 0.701366573) < 1e-9)
    }

    @Test func `a supply that is not known makes unknown what those in its reach have, and nobody else's`() {
        var demand = DemandPoints()
        for x in [0.0, 0.5, 2] { demand.append(Coordinate(x: x, y: 0), people: 10) }
        let facilities = [Coordinate(x: 0, y: 0.01), Coordinate(x: 2, y: 0.01)]
        let pairs = ReachedPairs(demand, facilities, reaches: [Reach("20km")!])
        let shared = SpatialAccess(pairs, people: demand.people, supply: [nil, 35], reach: 20_000)
        #expect(shared.access[0].isNaN && shared.access[1] == 0 && abs(shared.access[2] - 3.5) < 1e-12)
        #expect(shared.supplyPerPerson[0] == nil)
    }

    @Test(arguments: World.allCases)
    func `reaches in time take the estimate of every pair`(world: World) {
        var g = SeededGenerator(seed: 31)
        let demand = world.demand(60, &g)
        let facilities = (0..<5).map { _ in world.point(&g) }
        let widest = Reach("40min")!
        let pairs = ReachedPairs(demand, facilities, reaches: [Reach("10min")!, widest])
        for i in 0..<demand.count {
            let found = Set(pairs.facility[pairs.starts[i]..<pairs.starts[i + 1]].map(Int.init))
            let times = facilities.map { TravelEstimate.duration(geodesic: Geodesic.distance(demand.coordinates[i], $0)) ?? .infinity }
            #expect(found == Set(facilities.indices.filter { times[$0] <= widest.value }))
            let costs = Array(pairs.impedance[pairs.starts[i]..<pairs.starts[i + 1]])
            #expect(costs == costs.sorted())
        }
    }
}
