import ArgumentParser
import Planning

@main
struct Maillage: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "maillage",
        abstract: "The atlas of the Cités des métiers network, and the planner of its next places.",
        discussion: """
            Results go to standard output, notes and progress to standard error.

            EXAMPLES
              maillage network list --as-of 2009-12-31     the network as it stood
              maillage nearest Bohain-en-Vermandois        the nearest places from a town
              maillage nearest --at -20.16,57.5            … or from a point (latitude,longitude)
              maillage search bohai                        places, codes and platforms as one types
              maillage coverage --area FR --by area        who is within reach, département by département
              maillage assess FR-02                        the first page of a project
              maillage site FR-02 --count 3 --within 20km  where the next three should go, with a proof
              maillage scenario compare aisne-2027         plans side by side: who gains, who loses ('maillage scenario --help')
              maillage dossier FR-02 -o aisne.html         what a promoter brings to the committee
              maillage overlaps --within 30km              where labels reach the same people
              maillage population import grid.csv.gz       official figures in place of the indicative layer
              maillage network validate                    what is against the rules, and what is not known
              maillage review                              what an officer should see before a committee sits
              maillage distances --kind ruralPlatform      how far rural platforms are from the others
              maillage serve                               the same over HTTP

            EXIT CODES
              0 done · 64 bad arguments · 65 bad content of a file, or findings of doctor and validate
              66 a missing file, unknown id, place or area · 69 unavailable · 70 internal
            """,
        version: Program.version,
        subcommands: [
            InitCommand.self, DoctorCommand.self, BackupCommand.self, NetworkCommand.self, NearestCommand.self, SearchCommand.self,
            CoverageCommand.self, DistancesCommand.self, AssessCommand.self, SiteCommand.self, ScenarioCommand.self, DossierCommand.self,
            ReviewCommand.self, CatchmentsCommand.self, OverlapsCommand.self, PopulationCommand.self, AreasCommand.self, LocalitiesCommand.self,
            ExportCommand.self, AccountCommand.self, ServeCommand.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asyncCommand = command as? any AsyncParsableCommand {
                try await asyncCommand.run()
            } else {
                try command.run()
            }
        } catch {
            Failure.exit(for: error)
        }
    }
}
