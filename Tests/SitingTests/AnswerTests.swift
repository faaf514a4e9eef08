import HiGHS
import Siting
import TestSupport
import Testing

/// What an answer promises besides being the best.
@Suite struct AnswerTests {
    /// Towns on a plane: clustered points with people of all sizes, every fourth a candidate, some existing.
    static func towns(_ n: Int, seed: UInt64, existing: Int = 0, spacing: Int32 = 0) -> SitingProblem {
        var g = SeededGenerator(seed: seed)
        var points: [(x: Int, y: Int)] = []
        for _ in 0..<n {
            if let near = points.randomElement(using: &g), Bool.random(using: &g) {
                points.append((near.x + Int.random(in: -40...40, using: &g), near.y + Int.random(in: -40...40, using: &g)))
            } else {
                points.append((Int.random(in: 0...1000, using: &g), Int.random(in: 0...1000, using: &g)))
            }
        }
        let weights = (0..<n).map { _ in Int64(100 / Double.random(in: 0.002...1, using: &g)) }
        let sites = Array(stride(from: 0, to: n, by: 4))
        func distance(_ a: Int, _ b: Int) -> Int32 {
            let (dx, dy) = (Double(points[a].x - points[b].x), Double(points[a].y - points[b].y))
            return Int32((dx * dx + dy * dy).squareRoot())
        }
        var conflicts: [SitingProblem.Conflict] = []
        for a in sites.indices { for b in 0..<a where distance(sites[a], sites[b]) < spacing { conflicts.append(.init(Int32(a), Int32(b))) } }
        let pairs = (0..<n).map { i in
            sites.indices.compactMap { j in distance(i, sites[j]) <= 300 ? (facility: Int32(j), cost: distance(i, sites[j])) : nil }
        }
        return SitingProblem(
            facilities: sites.indices.map { .init(id: "s\(1000 + $0)", role: $0 < existing ? .existing : .candidate) }, weights: weights, pairs: pairs,
            conflicts: existing > 0 ? [] : conflicts)
    }

    /// The same problem, everything in another order; ids stay with their facilities.
    private static func shuffled(_ p: SitingProblem, _ g: inout SeededGenerator) -> (SitingProblem, demand: [Int]) {
        let facilities = p.facilities.indices.shuffled(using: &g)
        var place = [Int32](repeating: 0, count: facilities.count)
        for (n, f) in facilities.enumerated() { place[f] = Int32(n) }
        let demand = p.weights.indices.shuffled(using: &g)
        let problem = SitingProblem(
            facilities: facilities.map { p.facilities[$0] }, weights: demand.map { p.weights[$0] },
            pairs: demand.map { i in
                (p.firstPair[i]..<p.firstPair[i + 1]).map { (facility: place[Int(p.pairFacility[$0])], cost: p.pairCost[$0]) }.shuffled(using: &g)
            },
            conflicts: p.conflicts.map { .init(place[Int($0.b)], place[Int($0.a)]) }.shuffled(using: &g))
        return (problem, demand)
    }

    static let objectives: [SitingObjective] = [
        .coverage(within: 60), .median(unserved: 300), .coverageThenMedian(within: 60, unserved: 300), .coverAll(within: 120), .center,
        .fewest(people: 60_000, within: 60),
    ]

    @Test(arguments: objectives) func `The order in which rows come changes nothing`(_ objective: SitingObjective) throws {
        var g = SeededGenerator(seed: 5)
        for seed: UInt64 in 1...3 {
            let problem = Self.towns(200, seed: seed, existing: seed == 2 ? 5 : 0, spacing: seed == 3 ? 25 : 0)
            let count = objective == .center ? 25 : 8
            var options = SitingOptions()
            options.seed = seed
            options.nodeLimit = 50
            options.coverNodes = 500
            func told(_ p: SitingProblem, _ demand: [Int]?) throws -> ([String], [String], [Int64], SitingAnswer.Proof?) {
                let a = try SitingSolver(p, options: options).solve(objective, count: objective.takesCount ? count : nil)
                let sent = a.assignments.map { "\(demand?[Int($0.demand)] ?? Int($0.demand)) \(p.facilities[Int($0.facility)].id) \($0.people) \($0.cost)" }
                return (
                    a.chosen.map { p.facilities[Int($0)].id }, sent.sorted(),
                    [a.objective, a.bound, a.served, a.cost, Int64(a.effort.rounds), Int64(a.effort.swaps)], a.proof
                )
            }
            let one = try told(problem, nil)
            for _ in 0..<2 {
                let (other, demand) = Self.shuffled(problem, &g)
                let two = try told(other, demand)
                #expect(one == two)
            }
            #expect(try told(problem, nil) == one)
        }
    }

    @Test func `A set stop flag ends the search with an answer and a bound`() throws {
        var options = SitingOptions()
        let flag = StopFlag()
        flag.set()
        options.stop = flag
        let problem = Self.towns(400, seed: 9)
        let stopped = try SitingSolver(problem, options: options).solve(.median(unserved: nil), count: 15)
        #expect(stopped.stopped && !stopped.proved && stopped.chosen.count == 15)
        options.stop = nil
        let whole = try SitingSolver(problem, options: options).solve(.median(unserved: nil), count: 15)
        #expect(whole.proved && !whole.stopped && whole.gap == 0)
        #expect(stopped.bound <= whole.objective && whole.objective <= stopped.objective)
    }

    @Test func `Progress tells better and better answers and bounds`() throws {
        final class Told: @unchecked Sendable { var list: [SitingProgress] = [] }  // Written from one thread, that of the caller.
        let told = Told()
        var options = SitingOptions()
        options.progress = { told.list.append($0) }
        let answer = try SitingSolver(Self.towns(400, seed: 3), options: options).solve(.coverage(within: 50), count: 12)
        #expect(!told.list.isEmpty)
        for (a, b) in zip(told.list, told.list.dropFirst()) { #expect(b.objective >= a.objective && b.bound <= a.bound) }
        #expect(told.list.last?.objective == answer.objective && told.list.last?.bound == answer.bound)
    }

    @Test func `Chosen facilities are in roll-out order, each adding the most to those before it`() throws {
        let problem = Self.towns(300, seed: 4, existing: 3)
        let answer = try SitingSolver(problem).solve(.coverage(within: 60), count: 8)
        let brute = BruteForce(problem: problem, count: 8)
        var before = brute.covered([], within: 60)
        for n in answer.chosen.indices {
            let sums = answer.chosen[n...].map { brute.covered(answer.chosen[..<n].map(Int.init) + [Int($0)], within: 60) }
            #expect(sums[0] == sums.max() && sums[0] > before)
            before = sums[0]
        }
        #expect(before == answer.objective)
    }

    @Test(arguments: [SitingObjective.coverage(within: 55), .median(unserved: 300), .coverageThenMedian(within: 55, unserved: 300)])
    func `The curve has at every count what a search for that count has`(_ objective: SitingObjective) throws {
        for spacing: Int32 in [0, 30] {
            let problem = Self.towns(160, seed: 6, spacing: spacing)
            let solver = try SitingSolver(problem)
            let curve = try solver.curve(objective, upTo: 12)
            #expect(curve.points.map(\.count) == Array(0...12))
            for point in curve.points where point.count > 0 {
                let answer = try solver.solve(objective, count: point.count)
                #expect(point.objective == answer.objective && point.bound == answer.bound && point.proof != nil && answer.proved)
            }
        }
    }

    @Test func `What cannot be had is answered in a sentence`() throws {
        func refusal(_ problem: SitingProblem, _ objective: SitingObjective, _ count: Int?) -> String {
            do {
                let answer = try SitingSolver(problem).solve(objective, count: count)
                return "answered: \(answer.objective)"
            } catch { return "\(error)" }
        }
        let two = SitingProblem(
            facilities: [.init(id: "a"), .init(id: "b")], weights: [10, 20],
            pairs: [[(facility: 0, cost: 30), (facility: 1, cost: 50)], [(facility: 1, cost: 40)]])
        #expect(refusal(two, .coverage(within: 30), 5) == "5 facilities are asked for and 2 are there to choose; ask for at most 2")
        #expect(refusal(two, .coverage(within: 20), 1) == "nobody is within 20 of a facility that may serve; the least cost of anyone is 30")
        #expect(
            refusal(two, .fewest(people: 30, within: 30), nil) == "30 people are to be covered and 10 of 30 are within 30 of any facility; ask for at most 10")
        #expect(refusal(two, .coverAll(within: 40), 1) == "1 facility cannot cover everyone within 40; 2 can")
        var required = two
        required.facilities[0].role = .required
        #expect(refusal(required, .coverage(within: 30), 0) == "1 facility is required and 0 may be chosen; ask for at least 1")
        required.facilities[1].role = .existing
        required.conflicts = [.init(0, 1)]
        #expect(
            refusal(required, .coverage(within: 30), 1)
                == "'a' is required and too near 'b', which is there already; require one of them, or ask for a smaller spacing")
        var empty = two
        empty.weights = [0, 0]
        #expect(refusal(empty, .median(unserved: nil), 1) == "no demand point has people: there is nobody to serve")
        var apart = two
        apart.conflicts = [.init(0, 1)]
        #expect(
            refusal(apart, .coverAll(within: 40), nil)
                == "no choice covers everyone within 40 and keeps the spacing asked for; ask for coverage with a count, or a smaller spacing")
        var wrong = two
        wrong.pairCost[0] = -1
        #expect(refusal(wrong, .center, 1) == "malformed siting problem: pair 0 costs -1; 0 or more is accepted")
        var centre = two
        centre.pairFacility = [0, 1, 1]
        centre.firstPair = [0, 1, 3]
        #expect(refusal(centre, .center, 1) == "malformed siting problem: demand point 1 lists facility 'b' twice; once is accepted")
    }

    @Test(.enabled(if: HiGHSLibrary.find() != nil)) func `HiGHS proves what is left open, and finds the same values`() throws {
        let library = try #require(HiGHSLibrary.find())
        for seed: UInt64 in 1...4 {
            for (n, problem) in [Self.towns(140, seed: seed), Self.towns(140, seed: seed, spacing: 40)].enumerated() {
                for objective in [SitingObjective.coverage(within: 60), .median(unserved: 300), .coverAll(within: 150)] where n == 0 || objective.takesCount {
                    let own = try SitingSolver(problem).solve(objective, count: objective.takesCount ? 7 : nil)
                    var options = SitingOptions()
                    options.phases = 0
                    options.treeWork = 0
                    options.coverNodes = 0
                    options.library = library.solver
                    let answer = try SitingSolver(problem, options: options).solve(objective, count: objective.takesCount ? 7 : nil)
                    #expect(own.objective == answer.objective && own.bound == answer.bound && answer.proved)
                }
            }
            var limited = Self.towns(60, seed: seed)
            for f in limited.facilities.indices { limited.facilities[f].capacity = 4_000 }
            let own = try SitingSolver(limited).solve(.median(unserved: 300), count: 4)
            var options = SitingOptions()
            options.treeWork = -1
            options.library = library.solver
            let answer = try SitingSolver(limited, options: options).solve(.median(unserved: 300), count: 4)
            #expect(own.objective == answer.objective && own.proved && answer.proved)
        }
    }
}
