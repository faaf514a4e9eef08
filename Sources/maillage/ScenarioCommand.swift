import ArgumentParser
import CiteNetwork
import Impedance
import Planning
import Population
import Presentation

struct ScenarioCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scenario", abstract: "Plans for the network: what would open, close, move or change, and what that would do.",
        discussion: """
            A scenario is a named list of changes to the network as of a day. It is kept in the workspace beside the network, which it does not
            touch: only 'scenario adopt' does. Scenarios are nobody's business but the officers': no export takes them along. Each edit is
            a change in the history, which 'maillage network undo' reverses; 'maillage network history ID' shows them.

            EXAMPLES, one after another
              maillage site FR-02 --count 3 --within 20km --format csv > proposed.csv
              maillage scenario new "Aisne 2027" --area FR-02         (its id: aisne-2027)
              maillage scenario open aisne-2027 --from proposed.csv
              maillage scenario show aisne-2027
              maillage scenario copy aisne-2027 "Aisne with Chauny"
              maillage scenario open aisne-with-chauny Chauny --counsellors 1
              maillage scenario compare aisne-2027 aisne-with-chauny
              maillage coverage --area FR-02 --scenario aisne-2027 --unreached 10
              maillage site FR-02 --count 1 --within 20km --scenario aisne-2027
              maillage scenario adopt aisne-2027 --new-cite id=reseau-aisne \\
                  name="Réseau des métiers de l'Aisne" form=reseauDesMetiers country=FR
              maillage network undo 6               (the number that 'adopt' printed)

            MEASURES
              coverage, distances, overlaps, catchments and site take --scenario ID: the network as the scenario makes it.
            """,
        subcommands: [
            New.self, Open.self, Close.self, Move.self, Change.self, Drop.self, Show.self, List.self, Compare.self, Adopt.self, Copy.self, Delete.self,
        ])

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the changes of a scenario.",
            discussion: "GeoJSON has the point of each change before and after it ('state'), to look at in QGIS.")

        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var output: FormatOption
        @OptionGroup var language: LanguageOption
        @Argument(help: "The id of a scenario, as 'scenario list' shows it.")
        var id: String

        func run() throws {
            let atlas = try options.atlas()
            Console.print(atlas.report(on: try atlas.scenario(id, for: .officer)).rendered(output.format, language.language))
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the scenarios.",
            discussion: "'adopted': what it opens stands in the network as planned. 'does not fit': the network has changed under it.")

        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var output: FormatOption
        @OptionGroup var language: LanguageOption

        func run() throws {
            Console.print(ScenarioList(try options.atlas().scenarioReports(for: .officer)).rendered(output.format, language.language))
        }
    }

    struct Compare: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hold scenarios against the network as it is, side by side.",
            discussion: """
                The same people are measured for the network as it is and for each scenario. Gained are those who come within a reach, lost those
                who fall out of it, counted point by point: a gain in one place does not make up for a loss in another. Where labels meet is
                told as 'maillage overlaps' does; planned platforms without a Cité count as one label of the scenario's own.

                Scenarios of different days are compared on the latest of them, or on a later day that --as-of names.

                EXAMPLES
                  maillage scenario compare aisne-2027
                  maillage scenario compare aisne-2027 aisne-with-chauny --within 15km,30km --language fr
                  maillage scenario compare aisne-2027 --area Hauts-de-France --layer insee-2021 --format json
                """)

        @OptionGroup var measure: MeasureOptions
        @OptionGroup var eligibility: EligibilityOptions
        @OptionGroup var language: LanguageOption

        @Argument(help: "The ids of one or more scenarios.")
        var ids: [String]

        @Option(help: "A code (FR-02), a name (Aisne), a GeoJSON file of polygons, or all. Without it, the area of the scenarios.")
        var area: String?

        @Option(
            parsing: .unconditional, help: ArgumentHelp("How far: \(ReachList.help). Without it 10km,20km,30km.", valueName: "reaches"),
            transform: ReachList.parse)
        var within = [Reach("10km")!, Reach("20km")!, Reach("30km")!]

        func validate() throws {
            if let twice = ids.first(where: { id in ids.count { $0 == id } > 1 }) {
                throw ValidationError("'\(twice)' is given twice; each scenario has one column")
            }
        }

        func run() throws {
            let (atlas, layer) = try measure.open()
            let scenarios = try ids.map { try atlas.scenario($0, for: .officer) }
            if let empty = scenarios.first(where: \.changes.isEmpty) {
                throw PlanningError.badArgument(
                    "the scenario '\(empty.id)' changes nothing yet; 'maillage scenario open \(empty.id) PLACE' adds a platform, and close, move and change "
                        + "do as they say"
                )
            }
            let day = try ScenarioComparison.day(of: scenarios, asked: measure.date.asOf)
            if Set(scenarios.map(\.asOf)).count > 1 {
                Console.error(
                    "the scenarios are of different days (\(scenarios.map { "\($0.id) \($0.asOf)" }.joined(separator: ", "))): all are compared on \(day)")
            }
            let choice = try atlas.chosenArea(try areaOf(scenarios), asOf: day)
            Console.progress("reading the layer and measuring …")
            let comparison = try atlas.compare(scenarios, area: choice, reaches: within, eligibility: eligibility.rule(asOf: day), layer: layer)
            Console.endProgress()
            Console.print(comparison.rendered(measure.format, language.language))
        }

        private func areaOf(_ scenarios: [Scenario]) throws -> String {
            if let area { return area }
            let named = Set(scenarios.compactMap(\.area))
            guard let area = named.first else {
                throw PlanningError.badArgument("the scenarios name no area; --area, such as --area FR-02, would be accepted")
            }
            guard named.count == 1 else {
                throw PlanningError.badArgument(
                    "the scenarios are about several areas (\(named.sorted().joined(separator: ", "))); --area with one of them would be accepted")
            }
            return area
        }
    }
}
