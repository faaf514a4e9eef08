import Foundation
import HiGHS
import Siting

@main
struct BenchSiting {
    static func main() throws {
        let a = CommandLine.arguments
        var options = SitingOptions()
        if let p = ProcessInfo.processInfo.environment["HL"] { options.library = HiGHSLibrary(path: p)!.solver }
        if a[1] == "--orlib" {
            for f in a.dropFirst(2) {
                let (problem, p) = try InstanceFiles.orLibrary(f)
                let s = try SitingSolver(problem, options: options).solve(.median(unserved: nil), count: p)
                print(f.split(separator: "/").last!, p, s.objective, s.bound, s.proof as Any, s.effort)
            }
            return
        }
        if a[1] == "--lorena" {
            let problem = try InstanceFiles.lorena(coordinates: a[2], demand: a[3], radius: Double(a[4])!)
            for p in a.dropFirst(5) {
                let s = try SitingSolver(problem, options: options).solve(.coverage(within: 0), count: Int(p)!)
                print(p, s.objective, s.bound, s.proof as Any, s.effort)
            }
            return
        }
        let towns = GeneratedTowns(demand: 35_000, candidates: 5_000, existing: 150, seed: 1)
        print("people", towns.people.reduce(0, +), "max", towns.people.max()!, "median", towns.people.sorted()[17_500])
        let k = Int(a[2])!
        options.timeLimit = Double(a[3])!
        let clock = ContinuousClock()
        options.progress = { print($0.seconds, $0.objective, $0.bound, $0.gap) }
        let problem = towns.problem(reach: a[1] == "coverage" ? 20_000 : 100_000)
        print("pairs", problem.pairCost.count)
        let t = clock.now
        let answer = try SitingSolver(problem, options: options).solve(a[1] == "coverage" ? .coverage(within: 20_000) : .median(unserved: 100_000), count: k)
        print(clock.now - t, answer.objective, answer.bound, answer.gap, answer.proof as Any, answer.effort, answer.stopped)
    }
}
