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
            declares), to the nearest other platform open on that day, and the people within each reach.

            EXAMPLES
              maillage distances --kind ruralPlatform
              maillage distances --kind associatedCentre --within 5km,15km --format csv
            """)

    @OptionGroup var options: WorkspaceOptions
    @OptionGroup var date: DateOption
    @OptionGroup var layer: LayerOption
    @OptionGroup var output: FormatOption

    @Option(
        name: .customLong("kind"), help: "Only platforms of this kind; repeat for several: \(PlatformKind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var kinds: [PlatformKind] = []

    @Option(
        parsing: .unconditional, help: ArgumentHelp("How far: \(ReachList.help). Without it 10km,20km,30km.", valueName: "reaches"),
        transform: ReachList.parse)
    var within = [Reach("10km")!, Reach("20km")!, Reach("30km")!]

    @Flag(help: "Let platforms whose state on the day is not known count as others.")
    var includeUnknown = false

    func run() throws {
        let workspace = try options.open()
        let layer = try workspace.openLayer(layer.layer)
        let atlas = try Atlas(store: workspace.openStore(), for: .officer)
        Console.progress("reading the layer and measuring …")
        let answer = try atlas.distances(
            kinds: kinds.isEmpty ? nil : Set(kinds), within: within,
            eligibility: Eligibility(asOf: date.day, includesUnknown: includeUnknown), layer: layer)
        Console.endProgress()
        Console.print(answer.rendered(output.format))
    }
}
