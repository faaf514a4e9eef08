import Siting
import TestSupport
import Testing

/// Small problems whose every choice is looked at.
@Suite struct BruteForceTests {
    private static let rounds = 4_000

    /// The solver with little effort before the tree, so that the tree and what fixes columns are tried too.
    private static func options(_ n: Int) -> SitingOptions {
        var options = SitingOptions()
        options.seed = UInt64(n)
        options.phases = n % 3
        options.roundsPerPhase = 20
        options.kicksPerPhase = 5
        return options
    }

    /// Calls `body` with problems that have an answer or should be refused; refusals are counted.
    private func each(_ seed: UInt64, _ body: (SitingProblem, Int, SitingSolver, inout SeededGenerator) throws -> Void) throws {
        var g = SeededGenerator(seed: seed)
        var refused = 0
        for n in 0..<Self.rounds {
            let problem = SitingProblem.random(&g)
            let choosable = BruteForce(problem: problem, count: 0).usable().count { problem.facilities[$0].role != .existing }
            let count = Int.random(in: 0...choosable, using: &g)
            do {
                try body(problem, count, try SitingSolver(problem, options: Self.options(n)), &g)
            } catch let error as SitingError {
                guard case .infeasible = error else { throw error }
                refused += 1
            }
        }
        #expect(refused < Self.rounds * 2 / 3)
    }

    /// What an answer says about itself has to be true of its choice.
    private func check(_ answer: SitingAnswer, _ problem: SitingProblem, _ count: Int) {
        let all = BruteForce(problem: problem, count: count)
        let chosen = answer.chosen.map(Int.init)
        #expect(Set(chosen).count == chosen.count && chosen.count <= count)
        #expect(all.choices().contains { Set($0) == Set(chosen) })
        #expect(answer.proved && answer.gap == 0 && !answer.stopped)
    }

    @Test func `Coverage covers as many people as any choice can`() throws {
        try each(1) { problem, count, solver, g in
            let within = Int32.random(in: 0...20, using: &g)
            let answer = try solver.solve(.coverage(within: within), count: count)
            let brute = BruteForce(problem: problem, count: count)
            #expect(answer.objective == brute.coverage(within: within))
            #expect(answer.objective == brute.covered(answer.chosen.map(Int.init), within: within))
            #expect(answer.served == answer.objective)
            check(answer, problem, count)
        }
    }

    @Test func `The median costs as little as any choice`() throws {
        try each(2) { problem, count, solver, g in
            let given: Int32? = Bool.random(using: &g) ? nil : Int32.random(in: 1...30, using: &g)
            let unserved = given ?? (problem.pairCost.max() ?? 0) + 1
            let answer = try solver.solve(.median(unserved: given), count: count)
            let brute = BruteForce(problem: problem, count: count)
            #expect(answer.objective == brute.median(unserved: unserved))
            #expect(answer.objective == brute.cost(answer.chosen.map(Int.init), unserved: unserved))
            #expect(answer.objective == answer.cost + (answer.people - answer.served) * Int64(unserved))
            check(answer, problem, count)
        }
    }

    @Test func `Coverage comes first and the median decides among equals`() throws {
        try each(3) { problem, count, solver, g in
            let within = Int32.random(in: 0...20, using: &g)
            let unserved = (problem.pairCost.max() ?? 0) + 1
            let answer = try solver.solve(.coverageThenMedian(within: within, unserved: nil), count: count)
            let best = BruteForce(problem: problem, count: count).coverageThenMedian(within: within, unserved: unserved)
            #expect(answer.objective == best?.0)
            #expect(answer.second?.objective == best?.1)
            #expect(answer.second?.bound == best?.1 && answer.second?.costUnit == 1)
            check(answer, problem, count)
        }
    }

    @Test func `Cover-all needs as few facilities as any choice that covers everyone who can be covered`() throws {
        try each(4) { problem, count, solver, g in
            let within = Int32.random(in: 0...20, using: &g)
            let brute = BruteForce(problem: problem, count: count)
            let fewest = brute.coverAll(within: within)
            do {
                let answer = try solver.solve(.coverAll(within: within), count: count)
                #expect(answer.objective == fewest.map(Int64.init))
                check(answer, problem, count)
            } catch {
                let required = problem.facilities.count { $0.role == .required }
                let nobody = !problem.weights.indices.contains { problem.weights[$0] > 0 && (brute.nearest($0, brute.usable()) ?? .max) <= within }
                #expect(fewest == nil || count < required || nobody, "\(error)")
                throw error
            }
        }
    }

    @Test func `The fewest for a share are as few as any choice that covers it`() throws {
        try each(5) { problem, count, solver, g in
            let within = Int32.random(in: 0...20, using: &g)
            let people = Int64.random(in: 0...max(1, problem.weights.reduce(0, +) * 2 / 3), using: &g)
            let fewest = BruteForce(problem: problem, count: count).fewest(people: people, within: within)
            do {
                let answer = try solver.solve(.fewest(people: people, within: within), count: count)
                #expect(answer.objective == fewest.map(Int64.init))
                #expect(answer.served >= people)
                check(answer, problem, count)
            } catch {
                let brute = BruteForce(problem: problem, count: count)
                let nobody = !problem.weights.indices.contains { problem.weights[$0] > 0 && (brute.nearest($0, brute.usable()) ?? .max) <= within }
                #expect(fewest == nil || nobody, "\(error)")
                throw error
            }
        }
    }

    @Test func `The center's largest cost is as small as any choice makes it`() throws {
        try each(6) { problem, count, solver, g in
            let least = BruteForce(problem: problem, count: count).center()
            do {
                let answer = try solver.solve(.center, count: count)
                #expect(answer.objective == least.map(Int64.init))
                check(answer, problem, count)
            } catch {
                let brute = BruteForce(problem: problem, count: count)
                let nobody = !problem.weights.indices.contains { problem.weights[$0] > 0 && brute.nearest($0, brute.usable()) != nil }
                #expect(least == nil || nobody, "\(error)")
                throw error
            }
        }
    }
}
