import ArgumentParser
import CiteNetwork
import Impedance
import Planning
import Population
import Presentation

struct OverlapsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "overlaps", abstract: "Where labels meet: pairs of Cités whose territories intersect or whose platforms reach the same people.",
        discussion: """
            By territory: the people and the ground that lie in both. By reach: the people within reach of a platform of each, and the
            ground that both reach. Two sites of one label never conflict. A Cité whose territory no source tells is listed as such:
            whether it overlaps others is not known.

            EXAMPLES
              maillage overlaps --within 10km,30km
              maillage overlaps --area Île-de-France --within 10km
              maillage overlaps --as-of 2009-12-31 --format geojson > overlaps.geojson      the shared ground, to look at in QGIS
            """)

    @OptionGroup var measure: MeasureOptions
    @OptionGroup var eligibility: EligibilityOptions
    @OptionGroup var scenario: ScenarioOption

    @Option(
        parsing: .unconditional, help: ArgumentHelp("How far: \(ReachList.help). Durations are estimates. Without it 30km.", valueName: "reaches"),
        transform: ReachList.parse)
    var within = [Reach("30km")!]

    @Option(help: "Count only the ground and the people of this area: \(AreaForms.help).")
    var area: String?

    func run() throws {
        let (recorded, layer) = try measure.open()
        let (atlas, day) = try scenario.applied(to: recorded, measure.date)
        let choice = try area.map { try atlas.chosenArea($0, asOf: day) }
        Console.progress("reading the layer and measuring …")
        let answer = try atlas.overlaps(
            within: within, area: choice, eligibility: eligibility.rule(asOf: day), layer: layer.info, demand: layer.load())
        Console.endProgress()
        Console.print(answer.rendered(measure.format))
    }
}
