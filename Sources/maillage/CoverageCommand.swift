import ArgumentParser
import CiteNetwork
import Impedance
import Planning
import Population
import Presentation

private let coverageGroupings = ["area", "cite", "density", "platform", "territory"]

struct CoverageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage", abstract: "How many people are within reach of a platform.",
        discussion: """
            Platforms outside the area count. Beside each share stand the people-weighted mean, median, 90th percentile, maximum and
            Gini coefficient of the distance to the nearest platform.

            EXAMPLES
              maillage coverage --area Aisne
              maillage coverage --area FR --by region,density --within 10km,30km,50km
              maillage coverage --area FR --by area --format geojson > choropleth.geojson
              maillage coverage --area FR-02 --cells --format geojson > cells.geojson
              maillage coverage --area Aisne --unreached 20           where those live who are beyond the widest reach
              maillage coverage --by platform                         who is near each, and has no other
              maillage coverage --by territory                        who lives in each declared territory, and is within reach
              maillage coverage --area FR --compare-as-of 2009-12-31 --with 2026-11-23 --by region
              maillage coverage --area Aisne --without saint-quentinois-main
              maillage coverage --area Aisne --platforms my-places.csv --access

            ROWS
              --by area gives the finest parts, region or another kind of areas those. cite counts people for the Cité whose platform is
              nearest, platform for the nearest one. Each row of several groupings says which it belongs to ("by" in json and csv).
              These rows and the people in none of them make up the whole; territories may overlap and leave people out.

            ACCESS
              --access adds the counsellor-hours a week for 1,000 people by the enhanced two-step floating catchment: each platform's
              hours (counsellors × weekly opening hours) are shared among the people within the reach, whom a Gaussian weights from 1 at
              the platform to 0 at the reach. Where counsellors or hours are not known it is not available, never guessed.
            """)

    @OptionGroup var measure: MeasureOptions
    @OptionGroup var facilities: FacilityOptions
    @OptionGroup var scenario: ScenarioOption
    @OptionGroup var comparison: ComparisonOptions

    @Option(help: "What is measured: \(AreaForms.help); or all. Without it FR; with --by territory alone, all.")
    var area: String?

    @Option(
        parsing: .unconditional, help: ArgumentHelp("How far: \(ReachList.help). Without it 10km,30km,50km.", valueName: "reaches"),
        transform: ReachList.parse)
    var within = [Reach("10km")!, Reach("30km")!, Reach("50km")!]

    @Option(
        help: ArgumentHelp(
            "Lists of rows, separated by commas: \(coverageGroupings.joined(separator: ", ")), or a kind of areas such as region.", valueName: "groupings"))
    var by: String?

    @Option(help: "With --by area: the kind of parts, such as region; without it the finest.")
    var level: String?

    @Flag(help: "Add the counsellor-hours a week for 1,000 people (E2SFCA) at each reach.")
    var access = false

    @Option(help: ArgumentHelp("The people beyond the widest reach by locality, the first so many by people.", valueName: "count"))
    var unreached: Int?

    @Flag(help: "Each demand point of the area with its distance, nearest platform and reach: squares for the cells of a grid.")
    var cells = false

    private var words: [String] { by.map { $0.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmed } } ?? [] }

    func validate() throws {
        try scenario.validate(platforms: facilities.platforms)
        guard level == nil || words.contains("area") else { throw ValidationError("--level goes with --by area") }
        guard Set(words).count == words.count, !words.contains("") else {
            throw ValidationError("--by is '\(by ?? "")'; expected groupings separated by commas, each once, such as area,density")
        }
        if let unreached {
            guard (1...100_000).contains(unreached) else { throw ValidationError("--unreached is \(unreached); expected a number from 1 to 100000") }
        }
        let lists = [unreached != nil, cells, by != nil || access || comparison.isAsked]
        guard lists.filter({ $0 }).count <= 1 else {
            throw ValidationError("--unreached and --cells are lists of their own: give one of them, without --by, --access, --compare-as-of and --without")
        }
        guard facilities.platforms == nil || comparison.compareAsOf == nil else {
            throw ValidationError("--compare-as-of compares days of the network: leave out --platforms")
        }
    }

    func run() throws {
        let (recorded, layer) = try measure.open()
        let (atlas, day) = try scenario.applied(to: recorded, measure.date)
        let days = try comparison.compareAsOf == nil ? (before: day, after: day) : comparison.days(measure.date)
        let choice = try atlas.chosenArea(area ?? (words == ["territory"] ? "all" : "FR"), asOf: days.after)
        var query = CoverageQuery(
            area: choice, reaches: within, groupings: try groupings(in: atlas), facilities: try facilities.choice(asOf: days.before, in: atlas))
        query.includesAccess = access
        Console.progress("reading the layer and measuring …")
        let rendering = try rendering(query, after: facilities.choice(asOf: days.after, in: atlas), atlas, layer)
        Console.endProgress()
        Console.print(rendering)
    }

    private func groupings(in atlas: Atlas) throws -> [CoverageQuery.Grouping] {
        guard !words.isEmpty else { return [.whole] }
        return try words.map { word in
            switch word {
            case "area": return .area(kind: level)
            case "cite": return .cite
            case "density": return .density
            case "platform": return .platform
            case "territory": return .territory
            default:
                let kinds = Set(atlas.areas.areas.map(\.kind)).subtracting(coverageGroupings)
                guard kinds.contains(word) else {
                    throw PlanningError.badArgument(
                        "--by '\(word)' is no grouping; expected \(coverageGroupings.joined(separator: ", ")), or a kind of areas: \(kinds.sorted().joined(separator: ", "))"
                    )
                }
                return .area(kind: word)
            }
        }
    }

    private func rendering(_ query: CoverageQuery, after: @autoclosure () throws -> FacilityChoice, _ atlas: Atlas, _ layer: PopulationLayer) throws
        -> Rendering
    {
        if let unreached { return try atlas.unreached(query, count: unreached, layer: layer).rendered(measure.format) }
        if cells { return try atlas.cells(query, layer: layer).rendered(measure.format) }
        let isMap = measure.format == .geojson
        if comparison.isAsked {
            let answer = try atlas.compareCoverage(query, with: after(), without: Set(comparison.without), layer: layer)
            // A platform that is only on one side has its point from that side.
            let shapes = isMap ? try [answer.before, answer.after].map { try $0.geometries(query, in: atlas) } : []
            return answer.rendered(
                measure.format,
                geometries: shapes.reduce(into: [:]) { all, next in all.merge(next) { $0.merging($1) { _, later in later } } })
        }
        let answer = try atlas.coverage(query, layer: layer)
        return answer.rendered(measure.format, geometries: isMap ? try answer.geometries(query, in: atlas) : [:])
    }
}

extension Substring {
    fileprivate var trimmed: String { String(self).filter { !$0.isWhitespace } }
}
