import ArgumentParser
import CiteNetwork
import NetworkStore
import Planning
import Presentation

struct AreasCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "areas", abstract: "Administrative areas: communes, EPCI and others.", subcommands: [Import.self])

    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import areas from GeoJSON, GeoPackage or a CSV member list.",
            discussion: """
                Areas of a code that exists are replaced, and territories that name them are drawn anew; one bad area refuses the file.
                A CSV file has a row for each member of an area: the shape is that of the members joined. GeoJSON is in WGS 84, a
                GeoPackage in any CRS. The import is a change in the history, and 'network undo' reverses it.

                EXAMPLES
                  maillage areas import communes.geojson --kind commune --country FR --parent dep --parent-prefix FR-
                  maillage areas import communes.csv --kind epci --country FR --code epci_siren --name epci_nom --member code_insee --prefix epci:
                """)

        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var author: AuthorOptions
        @Argument(help: "A .geojson, .json, .gpkg or .csv file.")
        var file: String
        @Option(help: "What they are: commune, epci, department, region …")
        var kind: String
        @Option(help: "Their country (ISO 3166-1 code).")
        var country: String
        @Option(help: "The column of the code; told from the usual names without it.")
        var code: String?
        @Option(help: "The column of the name.")
        var name: String?
        @Option(help: "The column of the code of the area that contains it.")
        var parent: String?
        @Option(help: "The column of the members' codes, in a CSV file.")
        var member: String?
        @Option(help: "The column of the people.")
        var population: String?
        @Option(help: "Put before each code, such as epci:")
        var prefix = ""
        @Option(help: "Put before each parent's code, such as FR-")
        var parentPrefix = ""
        @Option(help: "Put before each member's code.")
        var memberPrefix = ""
        @Option(help: "The layer of a GeoPackage that has several.")
        var layer: String?
        @Flag(help: "Show what would change, and change nothing.")
        var dryRun = false

        func run() throws {
            let atlas = try options.atlas()
            guard atlas.areas[country]?.kind == "country" else {
                throw PlanningError.notFound("no country '\(country)'; an ISO 3166-1 code such as FR would be accepted")
            }
            var columns = AreaColumns()
            (columns.code, columns.name, columns.parent, columns.member, columns.population) = (code, name, parent, member, population)
            (columns.codePrefix, columns.parentPrefix, columns.memberPrefix) = (prefix, parentPrefix, memberPrefix)
            Console.progress("reading \(file) …")
            let areas = try AreaImport(kind: kind, country: country, columns: columns, layer: layer).read(file)
            Console.progress("writing \(areas.count) areas …")
            let done = try atlas.store.importAreas(areas, file: file, source: file, who: author.name, why: author.why, dryRun: dryRun)
            Console.endProgress()
            for (verb, codes) in [("added", done.added), ("replaced", done.replaced)] where dryRun {
                for code in codes { Console.output("\(verb) area \(code)\n") }
            }
            for problem in done.mended.prefix(20) { Console.error("\(problem); made valid") }
            if done.mended.count > 20 { Console.error("… and \(done.mended.count - 20) more were made valid") }
            let tally = "\(counted(done.added.count, "area")) added, \(done.replaced.count) replaced, \(done.unchanged) as they were"
            Console.error(
                dryRun
                    ? "\(tally); nothing was changed (--dry-run)"
                    : done.change.map { "\(tally); change \($0), which 'maillage network undo \($0)' reverses" } ?? "\(tally); nothing differs")
        }
    }
}
