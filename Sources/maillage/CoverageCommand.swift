import ArgumentParser
import CiteNetwork
import Impedance
import Planning
import Presentation

struct CoverageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage", abstract: "How many people are within reach of a platform.",
        discussion: """
            Platforms outside the area count. Beside each share stand the people-weighted mean, median, 90th percentile, maximum and
            Gini coefficient of the distance to the nearest platform.

            EXAMPLES
              maillage coverage --area Aisne
              maillage coverage --area FR --by area --within 10km,30km,50km
              maillage coverage --area FR --by area --level region --format csv
              maillage coverage --area my-territory.geojson --as-of 2009-12-31
            """)

    enum Grouping: String, ExpressibleByArgument, CaseIterable { case area, cite, density }

    @OptionGroup var options: WorkspaceOptions
    @OptionGroup var date: DateOption
    @OptionGroup var eligibility: EligibilityOptions
    @OptionGroup var layer: LayerOption
    @OptionGroup var output: FormatOption

    @Option(help: "A code (FR-02), a name (Aisne) or a GeoJSON file of polygons.")
    var area = "FR"

    @Option(
        parsing: .unconditional, help: ArgumentHelp("How far: \(ReachList.help). Without it 10km,30km,50km.", valueName: "reaches"),
        transform: ReachList.parse)
    var within = [Reach("10km")!, Reach("30km")!, Reach("50km")!]

    @Option(help: "One line for each part of the area, for each Cité by its nearest people, or for each density class.")
    var by: Grouping?

    @Option(help: "With --by area: the kind of parts, such as region; without it the finest.")
    var level: String?

    func validate() throws {
        guard level == nil || by == .area else { throw ValidationError("--level goes with --by area") }
    }

    func run() throws {
        let workspace = try options.open()
        let layer = try workspace.openLayer(layer.layer)
        let atlas = try Atlas(store: workspace.openStore(), for: .officer)
        let choice = try atlas.area(area, asOf: date.day)
        if case .coded(let chosen, let others) = choice, !others.isEmpty {
            Console.error("\(area) is taken as \(chosen.name) (\(chosen.code)); it could also be \(others.map(\.code).joined(separator: ", "))")
        }
        let grouping: CoverageQuery.Grouping =
            switch by {
            case nil: .whole
            case .area: .area(kind: level)
            case .cite: .cite
            case .density: .density
            }
        Console.progress("reading the layer and measuring …")
        let query = CoverageQuery(area: choice, reaches: within, grouping: grouping, eligibility: eligibility.rule(asOf: date.day))
        let answer = try atlas.coverage(query, layer: layer)
        Console.endProgress()
        Console.print(answer.rendered(output.format, geometries: output.format == .geojson ? try answer.geometries(query, in: atlas) : [:]))
    }
}
