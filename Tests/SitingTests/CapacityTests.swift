import Siting
import TestSupport
import Testing

/// Facilities that can serve only so many: small problems, every choice and every way of sending people.
@Suite struct CapacityTests {
    /// The most that sending people to open facilities is worth, by trying all ways, row after row.
    private struct Sending {
        let problem: SitingProblem
        let open: Set<Int>
        let worth: (Int32) -> Int64
        var seen: [[Int64]: Int64] = [:]

        init(_ problem: SitingProblem, _ open: Set<Int>, _ worth: @escaping (Int32) -> Int64) {
            self.problem = problem
            self.open = open
            self.worth = worth
        }

        mutating func best() -> Int64 {
            let total = problem.weights.reduce(0, +)
            return best(0, problem.facilities.map { min(total, $0.capacity ?? total) })
        }

        private mutating func best(_ i: Int, _ left: [Int64]) -> Int64 {
            if i == problem.weights.count { return 0 }
            let key = left + [Int64(i)]
            if let known = seen[key] { return known }
            let value = send(i, problem.firstPair[i], problem.weights[i], left)
            seen[key] = value
            return value
        }

        /// Sends 0 to all of the people who are left of row i along pair p, and goes on with the next pair.
        private mutating func send(_ i: Int, _ p: Int, _ people: Int64, _ left: [Int64]) -> Int64 {
            if p == problem.firstPair[i + 1] { return best(i + 1, left) }
            let f = Int(problem.pairFacility[p])
            let most = open.contains(f) && worth(problem.pairCost[p]) > 0 ? min(people, left[f]) : 0
            var value = Int64.min
            for n in 0...most {
                var rest = left
                rest[f] -= n
                value = max(value, n * worth(problem.pairCost[p]) + send(i, p + 1, people - n, rest))
            }
            return value
        }
    }

    private func most(_ problem: SitingProblem, _ count: Int, _ worth: @escaping (Int32) -> Int64) -> Int64? {
        let brute = BruteForce(problem: problem, count: count)
        return brute.choices().map { chosen in
            var sending = Sending(problem, brute.open(chosen), worth)
            return sending.best()
        }.max()
    }

    private func fewest(_ problem: SitingProblem, _ count: Int, _ within: Int32, _ people: Int64) -> Int? {
        let brute = BruteForce(problem: problem, count: count)
        return brute.choices().filter { chosen in
            var sending = Sending(problem, brute.open(chosen)) { $0 <= within ? 1 : 0 }
            return sending.best() >= people
        }.map(\.count).min()
    }

    private func each(_ seed: UInt64, _ body: (SitingProblem, Int, SitingSolver, inout SeededGenerator) throws -> Void) throws {
        var g = SeededGenerator(seed: seed)
        for n in 0..<400 {
            let problem = SitingProblem.random(&g, capacities: true)
            let count = Int.random(in: 0...BruteForce(problem: problem, count: 0).usable().count { problem.facilities[$0].role != .existing }, using: &g)
            var options = SitingOptions()
            options.seed = UInt64(n)
            do {
                try body(problem, count, try SitingSolver(problem, options: options), &g)
            } catch let error as SitingError {
                guard case .infeasible = error else { throw error }
            }
        }
    }

    /// No facility serves more than it can, no one is served twice, and the sums are those of the assignments.
    private func check(_ answer: SitingAnswer, _ problem: SitingProblem, _ count: Int) {
        var load = [Int64](repeating: 0, count: problem.facilities.count)
        var sent = [Int64](repeating: 0, count: problem.weights.count)
        for a in answer.assignments {
            load[Int(a.facility)] += a.people
            sent[Int(a.demand)] += a.people
        }
        #expect(load.indices.allSatisfy { load[$0] <= problem.facilities[$0].capacity ?? .max })
        #expect(sent.indices.allSatisfy { sent[$0] <= problem.weights[$0] })
        #expect(sent.reduce(0, +) == answer.served)
        #expect(answer.cost == answer.assignments.reduce(0) { $0 + $1.people * Int64($1.cost) })
        #expect(answer.chosen.count <= count && answer.proved)
        #expect(BruteForce(problem: problem, count: count).choices().contains { Set($0) == Set(answer.chosen.map(Int.init)) })
    }

    @Test func `Coverage serves as many people as capacities allow any choice to`() throws {
        try each(11) { problem, count, solver, g in
            let within = Int32.random(in: 0...20, using: &g)
            let answer = try solver.solve(.coverage(within: within), count: count)
            #expect(answer.objective == most(problem, count) { $0 <= within ? 1 : 0 })
            #expect(answer.served == answer.objective || !problem.hasCapacities)
            check(answer, problem, count)
        }
    }

    @Test func `The median with capacities costs as little as any way of sending people`() throws {
        try each(12) { problem, count, solver, g in
            let unserved = Int32.random(in: 1...30, using: &g)
            let answer = try solver.solve(.median(unserved: unserved), count: count)
            let people = problem.weights.reduce(0, +)
            #expect(answer.objective == most(problem, count) { Int64(max(0, unserved - $0)) }.map { people * Int64(unserved) - $0 })
            check(answer, problem, count)
        }
    }

    @Test func `Coverage, then median, with capacities`() throws {
        try each(13) { problem, count, solver, g in
            let within = Int32.random(in: 0...20, using: &g)
            let unserved = (problem.pairCost.max() ?? 0) + 1
            let people = problem.weights.reduce(0, +)
            let prize = people * Int64(unserved) + 1
            let answer = try solver.solve(.coverageThenMedian(within: within, unserved: nil), count: count)
            let best = most(problem, count) { ($0 <= within ? prize : 0) + Int64(max(0, unserved - $0)) }
            #expect(answer.objective == best.map { $0 / prize })
            #expect(answer.second?.objective == best.map { people * Int64(unserved) - $0 % prize })
            check(answer, problem, count)
        }
    }

    @Test func `The fewest facilities with capacities that serve a share, or everyone`() throws {
        try each(14) { problem, count, solver, g in
            let within = Int32.random(in: 0...20, using: &g)
            let everyone = Bool.random(using: &g)
            let brute = BruteForce(problem: problem, count: count)
            let usable = brute.usable()
            let inReach = problem.weights.indices.reduce(Int64(0)) { $0 + ((brute.nearest($1, usable) ?? .max) <= within ? problem.weights[$1] : 0) }
            let people = everyone ? inReach : Int64.random(in: 0...max(1, inReach), using: &g)
            let least = fewest(problem, count, within, people)
            do {
                let answer = try solver.solve(everyone ? .coverAll(within: within) : .fewest(people: people, within: within), count: count)
                #expect(answer.objective == least.map(Int64.init))
                check(answer, problem, count)
            } catch {
                #expect(least == nil || inReach == 0, "\(error)")
            }
        }
    }

    @Test func `The center with capacities is as near as any way of sending people`() throws {
        try each(15) { problem, count, solver, g in
            let brute = BruteForce(problem: problem, count: count)
            let usable = brute.usable()
            let inReach = problem.weights.indices.reduce(Int64(0)) { $0 + (brute.nearest($1, usable) != nil ? problem.weights[$1] : 0) }
            let least = Set(problem.pairCost).sorted().first { fewest(problem, count, $0, inReach) != nil }
            do {
                let answer = try solver.solve(.center, count: count)
                #expect(answer.objective == least.map(Int64.init))
                check(answer, problem, count)
            } catch {
                #expect(least == nil || inReach == 0, "\(error)")
            }
        }
    }
}
