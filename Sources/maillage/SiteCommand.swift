import ArgumentParser
import CiteNetwork
import Foundation
import HiGHS
import Impedance
import Planning
import Population
import Presentation
import Siting

/// Set by Ctrl-C while `site` runs: the search ends with the best answer it has.
private let interrupted = StopFlag()

struct SiteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site", abstract: "Where the next platforms of an area should go, with a proof.",
        discussion: """
            Platforms that are there go on serving, those outside the area too. Beside the proposal stands a bound that no choice exceeds;
            where both are equal the proposal is proved best. Ctrl-C ends the search with the best found so far.

            EXAMPLES
              maillage site FR-02 --count 3 --within 20km
              maillage site Aisne --count 5 --within 30min --objective coverage-then-median
              maillage site FR-02 --count 3 --within 20km --require Laon --forbid Hirson --spacing 15km
              maillage site FR-02 --within 30km --objective fewest --share 0.9
              maillage site FR-02 --count 2 --within 20km --candidates town-halls.csv --format geojson > proposal.geojson
              maillage site FR-02 --count 3 --within 20km --format csv > proposed.csv; maillage coverage --area FR-02 --also proposed.csv

            OBJECTIVES
              coverage              most people within the reach
              median                least mean distance to the nearest platform
              coverage-then-median  most people within the reach, and of those choices the least mean distance
              cover-all             the fewest platforms that bring everyone within reach whom any candidate can
              center                least of the largest distance anyone has
              fewest                the fewest platforms that bring --share of the people within reach
            """)

    @OptionGroup var measure: MeasureOptions
    @OptionGroup var facilities: FacilityOptions
    @OptionGroup var scenario: ScenarioOption

    @Argument(help: "Where: \(AreaForms.help).")
    var area: String

    @Option(name: [.long, .customShort("k")], parsing: .unconditional, help: "How many platforms.")
    var count: Int?

    @Option(help: ArgumentHelp("How far people can be expected to go: \(Reach.acceptedForms).", valueName: "reach"), transform: Reach.parse)
    var within: Reach

    @Option(help: "\(SitingQuery.Objective.allCases.map(\.rawValue).joined(separator: ", ")).")
    var objective: SitingQuery.Objective = .coverage

    @Option(help: "With --objective fewest: the share of the people, from 0 to 1.")
    var share: Double?

    @Option(
        help: ArgumentHelp(
            "Where platforms may go: localities, or a CSV or GeoJSON file of points; repeat for both. Without it localities.", valueName: "source"))
    var candidates: [String] = []

    @Option(help: "The smallest locality that is a candidate, in people.")
    var minPeople = SitingQuery.smallestLocality

    @Option(help: "A candidate that must be among them, by id or name; repeat for several.")
    var require: [String] = []

    @Option(help: "A candidate that may not, by id or name; repeat for several.")
    var forbid: [String] = []

    @Option(help: ArgumentHelp("How far apart platforms stand at least, proposed and present ones.", valueName: "distance"), transform: Reach.parse)
    var spacing: Reach?

    @Option(
        parsing: .unconditional, help: "How many people one proposed platform can serve; each search then ends after 20 s unless --time-limit says otherwise.")
    var capacity: Double?

    @Option(help: "Leave this platform out of those that are there, by its id; repeat for several.")
    var without: [String] = []

    @Option(parsing: .unconditional, help: "For how many of the proposed platforms the best choice without it is told; 0 for none.")
    var alternatives = 5

    @Flag(inversion: .prefixedNo, help: "Tell the best at each smaller count too.")
    var curve = true

    @Option(
        parsing: .unconditional,
        help: "Seconds for each search, at most. Without it as long as it takes: for one département a second, for a country up to minutes.")
    var timeLimit: Double?

    @Option(help: "The seed of the search: the same seed and data give the same answer, byte for byte.")
    var seed: UInt64 = 1

    func validate() throws {
        try scenario.validate(platforms: facilities.platforms)
        if objective.takesCount {
            guard let count else { throw ValidationError("--objective \(objective.rawValue) wants --count, such as --count 3") }
            guard count > 0 else { throw ValidationError("--count is \(count); expected 1 or more") }
        }
        if objective == .fewest {
            guard let share else { throw ValidationError("--objective fewest wants --share, such as --share 0.9") }
            guard share > 0, share <= 1 else { throw ValidationError("--share is \(share); expected more than 0 and at most 1") }
        } else if share != nil {
            throw ValidationError("--share goes with --objective fewest")
        }
        guard (0...1e10).contains(minPeople) else { throw ValidationError("--min-people is \(minPeople); expected 0 to 10,000,000,000") }
        if let spacing {
            guard spacing.kind == .distance else { throw ValidationError("--spacing is a duration; expected a distance such as 15km") }
        }
        if let capacity {
            guard capacity >= 1 else { throw ValidationError("--capacity is \(capacity); expected 1 or more people") }
        }
        guard alternatives >= 0 else { throw ValidationError("--alternatives is \(alternatives); expected 0 or more") }
        if let timeLimit {
            guard timeLimit > 0 else { throw ValidationError("--time-limit is \(timeLimit); expected a number of seconds above 0") }
        }
    }

    func run() throws {
        let (recorded, layer) = try measure.open()
        let (atlas, day) = try scenario.applied(to: recorded, measure.date)
        let choice = try atlas.chosenArea(area, asOf: day)
        var query = SitingQuery(
            area: choice, objective: objective, count: count, within: within, candidates: try sources(),
            facilities: try facilities.choice(asOf: day, in: atlas))
        (query.share, query.required, query.forbidden, query.without) = (share, require, forbid, Set(without))
        (query.spacing, query.capacity, query.alternatives, query.includesCurve) = (spacing?.value, capacity, alternatives, curve)
        (query.seed, query.timeLimit, query.stop) = (seed, timeLimit, interrupted)
        query.library = HiGHSLibrary.find()?.solver
        signal(SIGINT) { _ in interrupted.set() }
        let proposal = try atlas.site(query, layer: layer) { stage in
            let gap = stage.gap.map { ", gap \(percent($0))" } ?? ""
            Console.progress("\(stage.name): \(decimal(stage.seconds, 1)) s\(gap) (Ctrl-C ends it with the best so far)")
        }
        signal(SIGINT, SIG_DFL)
        Console.endProgress()
        Console.print(proposal.rendered(measure.format))
    }

    private func sources() throws -> [SitingQuery.Candidates] {
        try (candidates.isEmpty ? ["localities"] : candidates).map { text in
            text == "localities" ? .localities(minimumPeople: minPeople) : .places(try PlacesFile.read(text))
        }
    }
}

extension SitingQuery.Objective: ExpressibleByArgument {}
