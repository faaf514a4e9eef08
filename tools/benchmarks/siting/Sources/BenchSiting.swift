import HiGHS
import Siting

@main
struct BenchSiting {
    static func main() throws {
        let a = CommandLine.arguments
        let towns = GeneratedTowns(demand: 35_000, candidates: 5_000, existing: 150, seed: 1)
        print("people", towns.people.reduce(0, +), "max", towns.people.max()!, "median", towns.people.sorted()[17_500])
        let k = Int(a[2])!
        var options = SitingOptions()
        options.timeLimit = Double(a[3])!
        if a.count > 4 { options.library = HiGHSLibrary(path: a[4])!.solver }
        let clock = ContinuousClock()
        options.progress = { print($0.seconds, $0.objective, $0.bound, $0.gap) }
        let problem = towns.problem(reach: a[1] == "coverage" ? 20_000 : 100_000)
        print("pairs", problem.pairCost.count)
        let t = clock.now
        let answer = try SitingSolver(problem, options: options).solve(a[1] == "coverage" ? .coverage(within: 20_000) : .median(unserved: 100_000), count: k)
        print(clock.now - t, answer.objective, answer.bound, answer.gap, answer.proof as Any, answer.effort, answer.stopped)
    }
}
