import ArgumentParser
import CiteNetwork
import Impedance
import Planning
import Population
import Presentation

struct AssessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assess", abstract: "What a territory is and has: the first page of a project.",
        discussion: """
            Its people, density and towns; who is within reach today, and which
            localities are left out; platforms in it and around it; labels that claim
            its ground or reach its people; territories of the network that are like
            it; and the form of label that fits.

            EXAMPLES
              maillage assess FR-02
              maillage assess FR-02 FR-60 --within 15km,30km     two as one territory
              maillage assess Saint-Quentin,Bohain-en-Vermandois,Guise
              maillage assess communes.csv                       a list in a file
              maillage assess territory.geojson --as-of 2009-12-31
              maillage assess CH-GE --language fr
              maillage assess FR-02 --format geojson > aisne.geojson

            AREA
              A code (FR-02), a name (Aisne), a GeoJSON file of polygons, or a file of
              areas: one code or name a line, or a CSV with a column code or name.
              Several stand one after the other, or between commas; who lives in two
              of them counts once.
              A name that is no area but a town of the gazetteer, or locality:ID, is
              that town: who lives in it, cells of a grid counting for the nearest
              town. What was taken is told on standard error. Communes are areas once
              'maillage areas import' has read their outlines.

            FITTING FORM
              A heuristic of this program; the founding document gives no number.
              The first that holds:
                réseau des métiers   below 100 people per km², or half of them rural;
                                     and no town with half of them, or fewer than
                                     20,000 people
                Cité with sites      another town with at least half the people of
                                     the main one
                Cité                 three quarters of the people in the main town,
                                     and less than 15 km between two on average
                Cité with associated centres   anything else
              A town is a locality and all who live within 10 km of it. What is not
              known takes no part, and says so.

            FORMATS
              json     everything; "coverage" and "unreached" as 'maillage coverage'
              geojson  features of the role territory, platform, locality, unreached
              csv      one list, each row with its role: territory, profile, count,
                       density, town, locality, platform (value: metres), unreached,
                       territory-label (value: km²), reach-label, comparable (value:
                       difference), form, criterion
            """)

    @OptionGroup var measure: MeasureOptions
    @OptionGroup var eligibility: EligibilityOptions

    @Argument(help: ArgumentHelp("A code, a name, a file, or several of them.", valueName: "area"))
    var areas: [String]

    @Option(
        parsing: .unconditional, help: ArgumentHelp("How far: \(ReachList.help). Without it 10km,20km,30km.", valueName: "reaches"),
        transform: ReachList.parse)
    var within = AssessmentQuery.usualReaches

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How far from its people platforms are looked for. Without it 50km.", valueName: "distance"), transform: Reach.parse)
    var around = Reach("50km")!

    @Option(parsing: .unconditional, help: "How many localities are listed.")
    var count = 10

    @Option(help: "The language of the table: \(Language.allCases.map(\.rawValue).joined(separator: ", ")).")
    var language: Language = .english

    func validate() throws {
        guard around.kind == .distance else { throw ValidationError("--around is a duration; expected a distance such as 50km") }
        guard (1...100_000).contains(count) else { throw ValidationError("--count is \(count); expected a number from 1 to 100000") }
    }

    func run() throws {
        let (atlas, layer) = try measure.open()
        let choice = try atlas.chosenArea(areas, asOf: measure.day)
        Console.progress("reading the layer and measuring …")
        let query = AssessmentQuery(
            area: choice, reaches: within, eligibility: eligibility.rule(asOf: measure.day), surroundings: around.value, count: count)
        let answer = try atlas.assess(query, layer: layer)
        Console.endProgress()
        Console.print(answer.rendered(measure.format, in: language))
    }
}
