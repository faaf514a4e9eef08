import ArgumentParser
import CiteNetwork
import Planning
import Presentation

extension NetworkCommand {
    struct Validate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hold the network to its rules: what is broken, and, apart from it, what is not known.",
            discussion: """
                Each rule has a code that never changes, a severity and a sentence; '--rules' lists them with the lines of the founding
                document that they come from.

                'broken' is what the records state and the rule forbids. 'unknown' is what no source tells: it is listed apart and is
                never counted as wrong. Of what is stated at a coarse border (within 5 km), by an assumed point or of an inferred
                territory, nothing is called broken.

                Ends with 65 where an error or a warning is broken, with 0 where there are only notices and things not known. The counts
                are on standard error; each finding names the command that would settle it.

                EXAMPLES
                  maillage network validate                                          everything, today
                  maillage network validate --as-of 2009-12-31 --verdict broken      what was wrong at the end of 2009
                  maillage network validate --code confirmation-overdue --code confirmation-due
                  maillage network validate --format geojson > findings.geojson      to look at in QGIS
                """)

        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var date: DateOption
        @OptionGroup var output: FormatOption

        @Option(name: .customLong("code"), help: ArgumentHelp("Only this rule; repeat for several. --rules lists the codes.", valueName: "code"))
        var codes: [RuleCode] = []

        @Option(help: "Print only what is 'broken', or only what is 'unknown'. The exit code does not depend on it.")
        var verdict: RuleVerdict?

        @Flag(help: "List the rules with their severity and their sentence, and check nothing.")
        var rules = false

        func run() throws {
            let chosen = codes.isEmpty ? Set(RuleCode.allCases) : Set(codes)
            if rules {
                Console.print(RuleList.rendered(output.format, codes: RuleCode.allCases.filter(chosen.contains)))
                return
            }
            let atlas = try options.atlas()
            let report = try atlas.validate(asOf: date.day, codes: chosen)
            Console.print(report.rendered(output.format, atlas, verdict: verdict, listsAll: verdict != nil || !codes.isEmpty))
            if report.isWrong { throw ExitCode(Failure.badContent) }
        }
    }
}

extension RuleCode: ExpressibleByArgument {}
extension RuleVerdict: ExpressibleByArgument {}
