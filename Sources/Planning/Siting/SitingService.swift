internal import Population
internal import Coverage
internal import GeoModel
internal import Impedance
internal import Siting

/// Who is served by what once the proposed platforms are there: everyone by the nearest, or, where platforms have a capacity, as siting has
/// shared people out. With capacities the people of one demand point may go different ways, and each part is an entry of its own.
struct Service {
    /// The demand point of each entry, its people and their impedance.
    private(set) var demand: [Int32] = []
    private(set) var people: [Double] = []
    private(set) var impedance: [Double] = []
    private(set) var assignments: [SitingProposal.Assignment] = []
    private(set) var steps: [SitingProposal.Step] = []

    /// Everyone goes to the nearest platform.
    init(_ ground: SitingGround, nearestOf chosen: [Int]) {
        let points = ground.ground.demand
        let reach = ground.query.within
        let added = NearestFacility(of: points, among: chosen.map { ground.candidates[$0].location }, cutoffs: reach.kind == .distance ? [reach.value] : [])
        demand = points.people.indices.map(Int32.init)
        people = points.people
        impedance = ground.impedance
        for i in impedance.indices where added.facility[i] >= 0 && added.distance[i] < ground.nearest.distance[i] {
            impedance[i] = added.distance[i].impedance(reach.kind)
            guard impedance[i].isFinite, people[i] > 0 else { continue }
            assign(i, people[i], to: Int(added.facility[i]), impedance[i], ground)
        }
        steps = makeSteps(ground, chosen) { position in
            let here = NearestFacility(of: points, among: [ground.candidates[chosen[position]].location], cutoffs: reach.kind == .distance ? [reach.value] : [])
            return here.distance.map { $0.impedance(reach.kind) }
        }
    }

    /// As an answer with capacities shares people out; the rest goes where it goes now.
    init(_ ground: SitingGround, _ answer: SitingAnswer) {
        let points = ground.ground.demand
        let units = SitingGround.units(ground.query.within.kind)
        let chosen = answer.chosen.map(Int.init)
        let step = Dictionary(uniqueKeysWithValues: chosen.enumerated().map { (Int32($1), $0) })
        var left = points.people
        for one in answer.assignments {
            guard let step = step[one.facility] else { continue }
            let (i, served) = (Int(one.demand), min(left[Int(one.demand)], Double(one.people) / ground.scale))
            guard served > 0 else { continue }
            left[i] -= served
            demand.append(one.demand)
            people.append(served)
            impedance.append(Double(one.cost) / units)
            assign(i, served, to: step, Double(one.cost) / units, ground)
        }
        for i in left.indices where left[i] > 0 {
            demand.append(Int32(i))
            people.append(left[i])
            impedance.append(ground.impedance[i])
        }
        steps = makeSteps(ground, chosen, nil)
    }

    private mutating func assign(_ i: Int, _ people: Double, to step: Int, _ impedance: Double, _ ground: SitingGround) {
        let reach = ground.query.within.value
        assignments.append(
            SitingProposal.Assignment(
                location: ground.ground.demand.coordinates[i], people: people, step: step, impedance: impedance,
                isNewlyCovered: impedance <= reach && ground.impedance[i] > reach))
    }

    /// What each platform adds to those before it.
    ///
    /// - Parameter reaching: of a step, the impedance of each demand point to its platform; nil where people are shared out, and what
    ///   each platform adds is whom it serves who had none within reach.
    private func makeSteps(_ ground: SitingGround, _ chosen: [Int], _ reaching: ((Int) -> [Double])?) -> [SitingProposal.Step] {
        let (points, reach) = (ground.ground.demand, ground.query.within)
        var (to, within, newly) = (
            [Double](repeating: 0, count: chosen.count), [Double](repeating: 0, count: chosen.count), [Double](repeating: 0, count: chosen.count)
        )
        for one in assignments {
            to[one.step] += one.people
            if one.impedance <= reach.value { within[one.step] += one.people }
            if one.isNewlyCovered { newly[one.step] += one.people }
        }
        func row(_ impedance: [Double]) -> CoverageRow { RankedImpedance(impedance, people: points.people).row(key: "", name: "", reaches: [reach]) }
        var now = ground.impedance
        var covered = row(now).reaches[0].people
        return chosen.enumerated().map { position, j in
            var (adds, mean): (Double, Double?) = (newly[position], nil)
            if let reaching {
                for (i, cost) in reaching(position).enumerated() where cost < now[i] { now[i] = cost }
                let after = row(now)
                (adds, mean) = (after.reaches[0].people - covered, after.distribution?.mean)
            }
            covered += adds
            return SitingProposal.Step(
                candidate: ground.candidates[j], isRequired: ground.roles[j] == .required, adds: adds, covered: covered, mean: mean,
                nearestTo: to[position], nearestWithin: within[position])
        }
    }
}
