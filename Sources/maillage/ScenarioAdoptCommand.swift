import ArgumentParser
import CiteNetwork
import GeoModel
import Planning
import Presentation

extension ScenarioCommand {
    struct Adopt: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Turn what a scenario opens into planned platforms of the network.",
            discussion: """
                Each platform that it opens becomes a restricted platform of the network that is planned from the day of the scenario on (from today,
                where that day is yet to come, or from the day of --from), all in one change that 'maillage network undo' reverses. It counts in no
                measure until 'maillage network add period' records its opening; the scenario goes on showing what its opening would do.

                WHAT IS NOT RECORDED
                  What stands moves, changes or closes once that is decided: those changes are left out and named, with the command that records
                  them. --closings records the closings as facts of the scenario's day, on public platforms publicly.

                CITÉ AND SOURCE
                  A platform without a Cité needs one: --cite, or --new-cite for a new and restricted one. The source of the records is a new one,
                  scenario-ID, unless --source names one that is there.

                EXAMPLES
                  maillage scenario adopt aisne-2027 --cite saint-quentinois --dry-run
                  maillage scenario adopt aisne-2027 --new-cite id=reseau-aisne \\
                      name="Réseau des métiers de l'Aisne" form=reseauDesMetiers country=FR
                """)

        @OptionGroup var edit: ScenarioEditOptions
        @Argument(help: "The id of a scenario.")
        var scenario: String
        @Option(help: "The id of the Cité of the platforms that have none.")
        var cite: String?
        @Option(
            parsing: .upToNextOption,
            help: ArgumentHelp("A new Cité for them: id=… name=… form=… country=…, and other columns of GeoData/network/cites.csv.", valueName: "field=value"))
        var newCite: [String] = []
        @Option(help: "The id of the source of the records.")
        var source: String?
        @Option(help: ArgumentHelp("The first day on which they are planned.", valueName: "YYYY-MM-DD"), transform: CalendarDate.parse)
        var from: CalendarDate?
        @Flag(help: "Record the closings too.")
        var closings = false

        func validate() throws {
            guard cite == nil || newCite.isEmpty else { throw ValidationError("--cite names a Cité that is there, --new-cite makes one: give one of them") }
        }

        func run() throws {
            let (atlas, editing) = try edit.open()
            var how = ScenarioAdoption(today: .today)
            (how.cite, how.source, how.from, how.recordsClosings) = (cite, source, from, closings)
            if !newCite.isEmpty {
                var fields = FieldArguments()
                fields.fields = newCite
                how.newCite = try fields.cells()
            }
            if let source, atlas.records.sources[source] == nil {
                throw PlanningError.notFound(
                    "no source '\(source)'; 'maillage network add source id=\(source) title=…' makes it, and without --source one is made")
            }
            let adopted = try editing.adopt(scenario, how)
            Console.output(ChangeRendering.lines(adopted.outcome.records, showsAdded: edit.dryRun).map { $0 + "\n" }.joined())
            for (number, change) in adopted.notRecorded {
                Console.error("not recorded: change \(number), \(change.line)\(change.remedy(adopted.outcome.scenario))")
            }
            edit.reportNumber(adopted.outcome.number)
        }
    }
}

extension ScenarioChange {
    /// The command that records it once it is decided.
    fileprivate func remedy(_ scenario: Scenario) -> String {
        switch action {
        case .open(let planned): "; the network has it as planned already: maillage network history \(planned.id)"
        case .close(let id): "; once decided: maillage network close \(id) --on \(scenario.asOf)"
        case .move(let id, let place, let accuracy):
            "; once decided: maillage network set \(id) lat=\(decimal(place.y, 6)) lon=\(decimal(place.x, 6)) location_accuracy=\(accuracy.rawValue)"
        case .change(let id, let kind, let services):
            "; once decided: maillage network set \(id)" + (kind.map { " kind=\($0.rawValue)" } ?? "")
                + (services.map { " services=\"\($0.map(\.rawValue).joined(separator: " "))\"" } ?? "")
        }
    }
}
