import ArgumentParser
import NetworkStore
import Planning
import Presentation

struct LocalitiesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "localities", abstract: "The gazetteer: postal codes and further localities.", subcommands: [Import.self])

    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import postal codes, or localities.",
            discussion: """
                Postal codes: a delimited file with a header, whose columns are found by the names such files use or named below, or the
                postal export of GeoNames, which has none. For each code in the file, its places replace those that were there.
                Localities: a file with the columns of GeoData/localities/*.csv, by id.
                Either may be compressed with gzip. All of it is taken or nothing: bad rows are listed with their lines.

                EXAMPLES
                  maillage localities import postcodes_FR.csv.gz
                  maillage localities import laposte.csv --code Code_postal --place Nom_de_la_commune --country FR
                """)

        @OptionGroup var options: WorkspaceOptions

        @Argument(help: "The file: .csv or .txt, or one of them as .gz.")
        var file: String

        @Option(help: ArgumentHelp("The column of the postal code.", valueName: "column"))
        var code: String?

        @Option(help: ArgumentHelp("The column of the name of the place.", valueName: "column"))
        var place: String?

        @Option(help: ArgumentHelp("The column of the latitude.", valueName: "column"))
        var lat: String?

        @Option(help: ArgumentHelp("The column of the longitude.", valueName: "column"))
        var lon: String?

        @Option(help: ArgumentHelp("The column of the country, or the code of the one country of the file, such as FR.", valueName: "column|code"))
        var country: String?

        @Flag(help: "Say what would be done, and write nothing.")
        var dryRun = false

        func run() throws {
            let source = try LocalitiesFile(path: file)
            let columns = PostalColumns(code: code, place: place, lat: lat, lon: lon, country: country)
            if source.kind == .localities, columns != PostalColumns() {
                throw ValidationError("\(file) is a file of localities; its columns are not named by options")
            }
            let store = try options.open().openStore()
            let outcome = try source.load(into: store, columns: columns, isDryRun: dryRun) { done, total in
                Console.progress("\(done) of \(total) rows")
            }
            Console.endProgress()
            outcome.notes.forEach { Console.error("note: \($0)") }
            Console.error(outcome.summary(isDryRun: dryRun))
        }
    }
}
