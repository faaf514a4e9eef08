import ArgumentParser
import CiteNetwork
import Impedance
import Planning
import Presentation

struct DistancesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "distances", abstract: "How far each platform is from its seat and from the others, and who is near it.",
        discussion: """
            For each platform that exists on the day: the distance to the seat of its Cité (or why it is not known, and what the Cité
            declares), to the nearest other platform open on that day, and the people within each reach: all of them, those with no
            nearer platform ("assigned"), those with no other within the reach ("exclusive", "only it"). With them the counsellor-hours a
            week for 1,000 people within reach, and by the floating catchment (see 'maillage coverage --help'), where counsellors and
            hours are known.

            EXAMPLES
              maillage distances --kind ruralPlatform
              maillage distances --kind associatedCentre --within 5km,15km --format csv
              maillage distances --platforms my-places.geojson --format geojson
              maillage distances --cite pays-gardois --without pays-gardois-le-vigan
            """)

    @OptionGroup var measure: MeasureOptions
    @OptionGroup var scenario: ScenarioOption

    @Option(
        name: .customLong("kind"), help: "Only platforms of this kind; repeat for several: \(PlatformKind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var kinds: [PlatformKind] = []

    @Option(name: .customLong("cite"), help: "List only platforms of this Cité, by its id; repeat for several.")
    var cites: [String] = []

    @Option(
        parsing: .unconditional, help: ArgumentHelp("How far: \(ReachList.help). Without it 10km,20km,30km.", valueName: "reaches"),
        transform: ReachList.parse)
    var within = [Reach("10km")!, Reach("20km")!, Reach("30km")!]

    @Flag(help: "Let platforms whose state on the day is not known count as others.")
    var includeUnknown = false

    @Option(
        help: ArgumentHelp(
            "Measure the places of a file in place of the network: CSV with columns lat and lon (id, name, cite, counsellors, hours if there), or GeoJSON points.",
            valueName: "file"))
    var platforms: String?

    @Option(name: .customLong("without"), help: ArgumentHelp("Leave this platform out, by its id; repeat for several.", valueName: "id"))
    var without: [String] = []

    func validate() throws {
        try scenario.validate(platforms: platforms)
        guard platforms == nil || (kinds.isEmpty && cites.isEmpty && !includeUnknown) else {
            throw ValidationError("--platforms measures every place of the file: --kind, --cite and --include-unknown go with the network")
        }
    }

    func run() throws {
        let (recorded, layer) = try measure.open()
        let (atlas, day) = try scenario.applied(to: recorded, measure.date)
        for id in cites {
            guard case .cite = try atlas.record(id) else { throw PlanningError.notFound("'\(id)' is a platform; --cite takes the id of a Cité") }
        }
        let choice: FacilityChoice =
            if let platforms { .places(try PlacesFile.read(platforms), asOf: day) } else {
                .network(Eligibility(asOf: day, includesUnknown: includeUnknown))
            }
        Console.progress("reading the layer and measuring …")
        let answer = try atlas.distances(
            kinds: kinds.isEmpty ? nil : Set(kinds), cites: cites.isEmpty ? nil : Set(cites), within: within, facilities: choice,
            without: Set(without), layer: layer)
        Console.endProgress()
        Console.print(answer.rendered(measure.format))
    }
}
