import ArgumentParser
import GeoModel
import NetworkStore
import Planning
import Presentation

struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Places, postal codes, platforms and areas by what is typed of their name.",
        discussion: """
            As one types: any case, without accents and hyphens, unfinished, with one typing error. Places of the network's countries count
            for more, and with --at what is near. The geojson format is GeocodeJSON.

            EXAMPLES
              maillage search bohai
              maillage search 'saint den' --area 'La Réunion'
              maillage search 'cité des métiers' --at 45.46,9.19 --limit 3 --format geojson
            """)

    @OptionGroup var options: WorkspaceOptions
    @OptionGroup var output: FormatOption

    @Argument(help: "What is typed of the name, or of a postal code.")
    var text: String

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Where they are who ask: what is near comes first.", valueName: "lat,lon"),
        transform: Coordinate.parse)
    var at: Coordinate?

    @Option(
        parsing: .unconditional, help: "How many, 1 to 100; 10 without it.",
        transform: { text in
            guard let limit = Int(text), (1...100).contains(limit) else { throw ValidationError("'\(text)' is no limit; expected a number from 1 to 100") }
            return limit
        })
    var limit = 10

    @Option(help: "Only within this area, by its code or name.")
    var area: String?

    func validate() throws {
        guard text.contains(where: { !$0.isWhitespace }) else { throw ValidationError("the text is empty; expected something of a name") }
    }

    func run() throws {
        let atlas = try options.atlas()
        let areas = try area.map { try atlas.codes(narrowing: $0) }
        let answer = try atlas.suggestions(SearchQuery(text, near: at, areas: areas, limit: limit))
        Console.print(answer.rendered(output.format, atlas))
    }
}
