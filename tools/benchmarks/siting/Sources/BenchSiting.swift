import Foundation
import HiGHS
import Siting

/// Solves instances and prints a line for each: see `usage`.
@main
struct BenchSiting {
    static let usage = """
        bench-siting --orlib FILE… [--objective median|center] [--shuffle SEED]
            OR-Library p-median files: the p-median and the p-center of each, p from the file.
        bench-siting --lorena COORDINATES DEMAND --radius R --count P[,P…] [--shuffle SEED]
            Lorena's coverage instances: the most demand that P facilities cover within R.
        bench-siting --generated [--demand 35000] [--candidates 5000] [--existing 150] [--instance 1] [--tail 1.1] [--radius 20000]
                     [--reach 100000] [--capacity PEOPLE]
                     [--count 5,20,50] [--objective coverage|median|both|center|cover-all] [--curve 50] [--write FILE]
            A made-up country, the same for the same numbers. --write leaves its matrix for other programs.
        For all: [--seconds S] [--gap G] [--seed 1] [--without-highs] [--verbose]
        Columns: instance, objective, count, value, bound, proved (by whom) or the gap, seconds.
        """

    static func main() {
        do { try run(Arguments(Array(CommandLine.arguments.dropFirst()))) } catch {
            FileHandle.standardError.write(Data("error: \(error)\n".utf8))
            exit(64)
        }
    }

    static func run(_ a: Arguments) throws {
        var options = SitingOptions()
        options.seed = UInt64(try a.integer("seed") ?? 1)
        options.timeLimit = try a.number("seconds")
        options.acceptableGap = try a.number("gap") ?? 0
        let highs = a.has("without-highs") ? nil : HiGHSLibrary.find()
        options.library = highs?.solver
        FileHandle.standardError.write(Data("HiGHS: \(highs?.version ?? "none")\n".utf8))
        if a.has("verbose") {
            options.progress = { p in
                FileHandle.standardError.write(Data("  \(p.seconds.shown) s  \(p.objective)  bound \(p.bound)  gap \((p.gap * 100).shown) %\n".utf8))
            }
        }
        if let files = a.lists["orlib"] { return try orLibrary(files, a, options) }
        if let files = a.lists["lorena"] { return try lorena(files, a, options) }
        if a.has("generated") { return try generated(a, options) }
        print(usage)
    }

    private static func orLibrary(_ files: [String], _ a: Arguments, _ options: SitingOptions) throws {
        guard !files.isEmpty else { throw InstanceFiles.Failure(description: "--orlib names no file") }
        let asked = a.text("objective")
        guard asked == nil || asked == "median" || asked == "center" else {
            throw InstanceFiles.Failure(description: "--objective \(asked!): median or center is accepted")
        }
        for file in files {
            var (problem, p) = try InstanceFiles.orLibrary(file)
            if let seed = try a.integer("shuffle") { problem = problem.shuffled(seed: UInt64(seed)) }
            let name = file.split(separator: "/").last.map(String.init) ?? file
            if asked != "center" { try line(name, "p-median", p, problem, .median(unserved: nil), options) }
            if asked != "median" { try line(name, "p-center", p, problem, .center, options) }
        }
    }

    private static func lorena(_ files: [String], _ a: Arguments, _ options: SitingOptions) throws {
        guard files.count == 2, let radius = try a.number("radius"), let counts = try a.integers("count") else {
            throw InstanceFiles.Failure(description: "--lorena takes two files, COORDINATES and DEMAND, with --radius R and --count P")
        }
        var problem = try InstanceFiles.lorena(coordinates: files[0], demand: files[1], radius: radius)
        if let seed = try a.integer("shuffle") { problem = problem.shuffled(seed: UInt64(seed)) }
        let name = files[0].split(separator: "/").last.map(String.init) ?? files[0]
        for p in counts { try line(name, "coverage r=\(radius.shown)", p, problem, .coverage(within: 0), options) }
    }

    private static func generated(_ a: Arguments, _ options: SitingOptions) throws {
        let towns = GeneratedTowns(
            demand: try a.integer("demand") ?? 35_000, candidates: try a.integer("candidates") ?? 5_000, existing: try a.integer("existing") ?? 150,
            tail: try a.number("tail") ?? 1.1, seed: UInt64(try a.integer("instance") ?? 1))
        let radius = try a.number("radius") ?? 20_000
        let reach = try a.number("reach") ?? 100_000
        if let file = a.text("write") {
            try towns.write(to: file)
            return
        }
        let name = "\(towns.people.count)x\(towns.candidates.count)"
        let people = towns.people.sorted()
        FileHandle.standardError.write(
            Data(
                "\(name): \(people.reduce(0, +)) people, largest \(people.last!), median \(people[people.count / 2]); \(towns.exists.count { $0 }) existing\n"
                    .utf8))
        let asked = a.text("objective") ?? "both"
        let objectives: [(String, SitingObjective, Double)] = [
            ("coverage", .coverage(within: Int32(radius)), radius), ("median", .median(unserved: Int32(reach)), reach),
            ("center", .center, reach), ("cover-all", .coverAll(within: Int32(radius)), radius),
        ].filter { $0.0 == asked || (asked == "both" && ($0.0 == "coverage" || $0.0 == "median")) }
        guard !objectives.isEmpty else {
            throw InstanceFiles.Failure(description: "--objective \(asked): coverage, median, both, center or cover-all is accepted")
        }
        for (title, objective, cut) in objectives {
            let problem = towns.problem(reach: cut, capacity: try a.integer("capacity").map(Int64.init))
            FileHandle.standardError.write(Data("\(title): \(problem.pairCost.count) pairs within \(cut.shown) m\n".utf8))
            if let most = try a.integer("curve") {
                let curve = try SitingSolver(problem, options: options).curve(objective, upTo: most)
                for p in curve.points {
                    print("\(name)  \(title)  \(p.count)  \(p.objective)  \(p.bound)  \(state(p.proof, p.gap))")
                }
                print(
                    "\(name)  \(title)  curve to \(most): \(curve.effort.seconds.shown) s, first answers \(curve.effort.secondsToFirst.shown) s, "
                        + "proved \(curve.points.count { $0.proof != nil }) of \(curve.points.count), "
                        + "largest gap \(((curve.points.map(\.gap).max() ?? 0) * 100).shown) %"
                )
            } else {
                for k in title == "cover-all" ? [towns.candidates.count - towns.exists.count { $0 }] : try a.integers("count") ?? [5, 20, 50] {
                    try line(name, title, k, problem, objective, options)
                }
            }
        }
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        for line in status.split(separator: "\n") where line.hasPrefix("VmHWM") {
            FileHandle.standardError.write(Data("memory, at most: \(line.dropFirst(6))\n".utf8))
        }
    }

    private static func line(_ name: String, _ title: String, _ count: Int, _ problem: SitingProblem, _ objective: SitingObjective, _ options: SitingOptions)
        throws
    {
        let clock = ContinuousClock()
        let start = clock.now
        let answer = try SitingSolver(problem, options: options).solve(objective, count: objective.takesCount ? count : nil)
        let d = (clock.now - start).components
        let seconds = Double(d.seconds) + Double(d.attoseconds) * 1e-18
        print(
            "\(name)  \(title)  \(count)  \(answer.objective)  \(answer.bound)  \(state(answer.proof, answer.gap))  \(seconds.shown) s"
                + "  (first \(answer.effort.secondsToFirst.shown) s, \(answer.effort.pairs) pairs, \(answer.effort.candidates) candidates, "
                + "\(answer.effort.rounds) rounds, \(answer.effort.nodes) nodes)"
        )
    }

    private static func state(_ proof: SitingAnswer.Proof?, _ gap: Double) -> String {
        switch proof {
        case .own: "proved"
        case .library: "proved by HiGHS"
        case nil: "gap \((gap * 100).shown) %"
        }
    }
}

extension Double {
    var shown: String {
        self == rounded() && abs(self) < 1e9 ? String(Int(self)) : String(format: "%.4f", self)
    }
}

/// `--name value…`; a name may have several values.
struct Arguments {
    private(set) var lists: [String: [String]] = [:]

    init(_ words: [String]) throws {
        var name: String?
        let known: Set = [
            "orlib", "lorena", "generated", "objective", "shuffle", "radius", "reach", "capacity", "count", "demand", "candidates", "existing", "instance",
            "tail",
            "curve", "write", "seconds", "gap", "seed", "without-highs", "verbose", "help",
        ]
        for word in words {
            if word.hasPrefix("--") {
                name = String(word.dropFirst(2))
                guard known.contains(name!) else { throw InstanceFiles.Failure(description: "no option '\(word)'; see --help") }
                lists[name!] = lists[name!] ?? []
            } else if let name {
                lists[name]!.append(word)
            } else {
                throw InstanceFiles.Failure(description: "'\(word)' stands before any option; see --help")
            }
        }
    }

    func has(_ name: String) -> Bool { lists[name] != nil }
    func text(_ name: String) -> String? { lists[name]?.last }

    func number(_ name: String) throws -> Double? {
        guard let words = lists[name] else { return nil }
        guard words.count == 1, let value = Double(words[0]), value >= 0 else {
            throw InstanceFiles.Failure(description: "--\(name): one number from 0 is accepted")
        }
        return value
    }

    func integer(_ name: String) throws -> Int? {
        guard let value = try number(name) else { return nil }
        guard value == value.rounded(), value < 1e15 else { throw InstanceFiles.Failure(description: "--\(name): a whole number is accepted") }
        return Int(value)
    }

    func integers(_ name: String) throws -> [Int]? {
        guard let words = lists[name] else { return nil }
        let values = words.flatMap { $0.split(separator: ",") }.map { Int($0) }
        guard !values.isEmpty, values.allSatisfy({ $0 != nil && $0! >= 0 }) else {
            throw InstanceFiles.Failure(description: "--\(name): whole numbers with commas between are accepted")
        }
        return values.compactMap { $0 }
    }
}
