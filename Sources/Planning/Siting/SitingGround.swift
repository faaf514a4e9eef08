internal import CiteNetwork
internal import Coverage
internal import GeoModel
internal import GeometryEngine
internal import Impedance
internal import NetworkStore
internal import Population
internal import Siting
internal import SpatialIndex

/// The demand, the platforms that are there and the candidates of one question, and the numbers that siting is given of them.
struct SitingGround {
    let query: SitingQuery
    let ground: CoverageGround
    let facilities: FacilitySet
    /// The nearest platform that is there.
    let nearest: NearestFacility
    /// To it, of each demand point; infinite where none is in reach.
    let impedance: [Double]
    let candidates: [SitingCandidate]
    let roles: [SitingProblem.Role]
    /// Of the candidates those that the question forbids, and those too near to what is there.
    let forbidden: [Int]
    let isTooNear: [Bool]
    private let conflicts: [SitingProblem.Conflict]
    private let pairs: Pairs
    /// Parts of a person that a weight of 1 stands for.
    let scale: Double
    let weights: [Int64]

    /// Each demand point's candidates as siting reads them.
    private struct Pairs {
        var first = [0]
        var facility: [Int32] = []
        var cost: [Int32] = []
    }

    /// More pairs than this would take more memory than a workstation has to spare.
    static let mostPairs = 60_000_000

    init(_ query: SitingQuery, layer: PopulationLayerInfo, demand: DemandPoints, in atlas: Atlas) throws {
        self.query = query
        let longest = query.within.kind == .duration ? 360_000.0 : 20_100_000
        guard query.within.value <= longest else {
            throw PlanningError.badArgument(
                "a reach of \(query.within.text) is longer than any way; up to \(query.within.kind == .duration ? "100h" : "20100km") would be accepted")
        }
        if let capacity = query.capacity, !(1...1e10).contains(capacity) {
            throw PlanningError.badArgument("a capacity of \(capacity) people; from 1 to 10000000000 would be accepted")
        }
        ground = try CoverageGround(query.area, layer: layer, demand: demand, in: atlas)
        facilities = try atlas.facilities(query.facilities, without: query.without)
        let there = facilities.members.map(\.location)
        nearest = NearestFacility(of: ground.demand, among: there)
        let kind = query.within.kind
        impedance = nearest.distance.map { $0.impedance(kind) }
        var choice = CandidateChoice(query, there: facilities.members.map(\.id), in: atlas)
        try choice.collect()
        conflicts = try choice.space(from: there)
        try choice.check(conflicts)
        (candidates, roles, forbidden, isTooNear) = (choice.candidates, choice.roles, choice.forbidden, choice.isTooNear)
        let people = ground.demand.people
        let isWhole = people.allSatisfy { $0 == $0.rounded() }
        scale = isWhole ? 1 : 1000
        let factor = scale
        weights = people.map { Int64(($0 * factor).rounded()) }
        pairs = try Self.pairs(query, ground.demand, nearest, impedance, candidates.map(\.location))
    }

    /// Tenths of a second, or metres.
    static func units(_ kind: ImpedanceKind) -> Double { kind == .duration ? 10 : 1 }

    /// An impedance as a whole number of units, rounded up, and never at the reach where it is beyond it.
    static func cost(_ impedance: Double, within reach: Reach) -> Int32 {
        let units = units(reach.kind)
        let cost = Int32((impedance * units).rounded(.up))
        let limit = Int32((reach.value * units).rounded(.up))
        return impedance > reach.value ? max(cost, limit + 1) : cost
    }

    /// The candidates that can bring a demand point nearer than what is there, as far as the objective asks.
    private static func pairs(
        _ query: SitingQuery, _ demand: DemandPoints, _ nearest: NearestFacility, _ impedance: [Double], _ places: [Coordinate]
    ) throws -> Pairs {
        let reach = query.within
        let isCovering = [.coverage, .coverAll, .fewest].contains(query.objective)
        let widest = reach.kind == .distance ? reach.value : TravelEstimate.geodesic(reaching: reach.value, of: reach.kind) + 0.01
        let farthest = reach.kind == .distance ? 20_100_000 : TravelEstimate.range
        let index = GeodesicIndex(places)
        func radius(_ i: Int) -> Double {
            let isCovered = impedance[i] <= reach.value
            return isCovering ? (isCovered && query.capacity == nil ? -1 : widest) : min(farthest, nearest.distance[i])
        }
        // Some hundred points tell whether all of them would be too many, before the work is done.
        let sample = stride(from: 0, to: demand.count, by: max(1, demand.count / 200)).filter { demand.people[$0] > 0 && radius($0) >= 0 }
        let found = sample.reduce(0) { $0 + index.within(radius($1), of: demand.coordinates[$1]).count }
        let expected = sample.isEmpty ? 0 : Double(found) / Double(demand.count / max(1, demand.count / 200)) * Double(demand.count)
        let tooMany = PlanningError.badArgument(
            "\(demand.count) demand points and \(places.count) candidates make more pairs than memory has room for; fewer candidates (--min-people), "
                + "\(isCovering ? "a shorter reach " : "")or a smaller area would be accepted")
        guard expected <= 1.2 * Double(mostPairs) else { throw tooMany }
        var pairs = Pairs()
        pairs.first.reserveCapacity(demand.count + 1)
        for i in 0..<demand.count {
            let radius = radius(i)
            if radius >= 0, demand.people[i] > 0 {
                for hit in index.within(radius, of: demand.coordinates[i]) {
                    let cost = hit.distance.impedance(reach.kind)
                    guard cost.isFinite, !isCovering || cost <= reach.value else { continue }
                    pairs.facility.append(Int32(hit.index))
                    pairs.cost.append(Self.cost(cost, within: reach))
                }
            }
            pairs.first.append(pairs.facility.count)
            guard pairs.facility.count <= mostPairs else { throw tooMany }
            if i & 1023 == 0, query.stop?.isSet == true { throw PlanningError.unavailable("ended before there was an answer") }
        }
        return pairs
    }

    /// The problem, perhaps with other roles. The platforms that are there serve each demand point by the nearest of them.
    func problem(_ changed: [Int: SitingProblem.Role] = [:]) -> SitingProblem {
        let capacity = query.capacity.map { Int64(($0 * scale).rounded()) }
        var list = candidates.indices.map { j in
            SitingProblem.Facility(id: "c \(candidates[j].id)", role: changed[j] ?? roles[j], capacity: capacity)
        }
        let offset = Int32(list.count)
        list += facilities.members.map { SitingProblem.Facility(id: "p \($0.id)", role: .existing) }
        var (first, facility, cost) = ([0], [Int32](), [Int32]())
        first.reserveCapacity(weights.count + 1)
        facility.reserveCapacity(pairs.facility.count + weights.count)
        cost.reserveCapacity(pairs.facility.count + weights.count)
        for i in weights.indices {
            facility += pairs.facility[pairs.first[i]..<pairs.first[i + 1]]
            cost += pairs.cost[pairs.first[i]..<pairs.first[i + 1]]
            if nearest.facility[i] >= 0, impedance[i].isFinite {
                facility.append(offset + nearest.facility[i])
                cost.append(Self.cost(impedance[i], within: query.within))
            }
            first.append(facility.count)
        }
        return SitingProblem(facilities: list, weights: weights, firstPair: first, pairFacility: facility, pairCost: cost, conflicts: conflicts)
    }

    /// What someone whom nothing can reach counts for, in units of cost: one more than the longest way of anyone.
    var unserved: Int32 {
        var longest = pairs.cost.max() ?? 0
        for cost in impedance where cost.isFinite { longest = max(longest, Self.cost(cost, within: query.within)) }
        return longest + 1
    }

    /// Whether any candidate has anyone within reach who is not within reach already.
    var anyCandidateAdds: Bool {
        let limit = Self.cost(query.within.value, within: query.within)
        for i in weights.indices where weights[i] > 0 && impedance[i] > query.within.value {
            for p in pairs.first[i]..<pairs.first[i + 1] where pairs.cost[p] <= limit && roles[Int(pairs.facility[p])] != .forbidden { return true }
        }
        return false
    }

    /// People whom neither a platform nor a candidate that may be chosen has within reach.
    var beyondReach: Double {
        let limit = Self.cost(query.within.value, within: query.within)
        var sum = 0.0
        for i in weights.indices where impedance[i] > query.within.value {
            let isReached = (pairs.first[i]..<pairs.first[i + 1]).contains { pairs.cost[$0] <= limit && roles[Int(pairs.facility[$0])] != .forbidden }
            if !isReached { sum += ground.demand.people[i] }
        }
        return sum
    }
}
