import ArgumentParser
import CiteNetwork
import Impedance
import Planning
import Population
import Presentation

struct CatchmentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catchments", abstract: "The ground within reach of each platform, each Cité or the whole network, and who lives there.",
        discussion: """
            A catchment is everything within a geodesic distance, overlaps dissolved; its outline is within a ten-thousandth of the reach.
            People are measured, not read off the outline. GeoJSON has the outlines, cut at the antimeridian.

            EXAMPLES
              maillage catchments --within 10km,30km
              maillage catchments --by cite --within 20km --format geojson > catchments.geojson
              maillage catchments --by whole --area Aisne --as-of 2009-12-31
            """)

    @OptionGroup var measure: MeasureOptions
    @OptionGroup var eligibility: EligibilityOptions
    @OptionGroup var scenario: ScenarioOption

    @Option(
        parsing: .unconditional, help: ArgumentHelp("How far: \(ReachList.help). Durations are estimates. Without it 10km,30km.", valueName: "reaches"),
        transform: ReachList.parse)
    var within = [Reach("10km")!, Reach("30km")!]

    @Option(help: "One catchment for each platform, for each cite, or one for the whole network.")
    var by: CatchmentQuery.Grouping = .platform

    @Option(help: "Clip to this ground and count its people only: \(AreaForms.help).")
    var area: String?

    func run() throws {
        let (recorded, layer) = try measure.open()
        let (atlas, day) = try scenario.applied(to: recorded, measure.date)
        let choice = try area.map { try atlas.chosenArea($0, asOf: day) }
        Console.progress("reading the layer and measuring …")
        let query = CatchmentQuery(reaches: within, grouping: by, area: choice, eligibility: eligibility.rule(asOf: day))
        let answer = try atlas.catchments(query, layer: layer.info, demand: layer.load())
        Console.endProgress()
        Console.print(answer.rendered(measure.format))
    }
}

extension CatchmentQuery.Grouping: ExpressibleByArgument {}
