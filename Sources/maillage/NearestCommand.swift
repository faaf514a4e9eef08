import ArgumentParser
import GeoModel
import Impedance
import Planning
import Presentation

struct NearestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nearest", abstract: "The nearest platforms from a town or a point.",
        discussion: """
            A name that several places bear means the most populous of the network's countries, and the others are named;
            'Saint-Denis, La Réunion' narrows it. Accents, case and hyphens do not matter, St stands for Saint, and postal codes are names
            once 'maillage localities import' has brought them. An area means its most populous town, a Cité its seat, or its territory
            where it has several places and no seat. Else the beginning of a name is enough, or its words, and one typing error is mended;
            what a name was taken as is said.
            Distances are geodesic on WGS 84. Road distance and duration are estimates and are shown as such.
            With --open-at, the platforms known to be open then come first; those open by appointment (A) and those of which it is not
            known (H) follow apart. Public holidays of the place count, school holidays are not known. The state of the network is
            that of the day asked for, unless --as-of names another.
            """)

    @OptionGroup var options: WorkspaceOptions
    @OptionGroup var date: DateOption
    @OptionGroup var eligibility: EligibilityOptions
    @OptionGroup var output: FormatOption

    @Argument(help: "The name of a town, a postal code, an area, a Cité or a platform, narrowed by an area after a comma if need be.")
    var place: String?

    @Option(
        parsing: .unconditional, help: ArgumentHelp("A point instead of a name: latitude first, in degrees.", valueName: "lat,lon"),
        transform: Coordinate.parse)
    var at: Coordinate?

    @Option(
        parsing: .unconditional, help: "How many platforms, 1 to 1000; 5 without it.",
        transform: { text in
            guard let count = Int(text), (1...1000).contains(count) else { throw ValidationError("'\(text)' is no count; expected a number from 1 to 1000") }
            return count
        })
    var count = 5

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Only platforms within this reach: \(Reach.acceptedForms).", valueName: "reach"),
        transform: Reach.parse)
    var within: Reach?

    @Option(help: "What the order goes by: \(ImpedanceKind.allCases.map(\.rawValue).joined(separator: ", ")). The last two are estimates.")
    var by: ImpedanceKind = .distance

    @Option(
        help: ArgumentHelp(
            "Only platforms open then, by the clock of each; with Z or an offset, at that instant.", valueName: "YYYY-MM-DDThh:mm"),
        transform: OpeningMoment.parse)
    var openAt: OpeningMoment?

    func validate() throws {
        guard (place == nil) != (at == nil) else {
            throw ValidationError("name a place, or give a point with --at LAT,LON (one of the two)")
        }
    }

    func run() throws {
        let atlas = try options.atlas()
        let from = try place.map { try atlas.place(named: $0) } ?? Place(at: at!)
        if let taken = from.takenAs, let place { Console.error("'\(place)' is taken as \(taken)") }
        var reach = within
        if by == .roadDistance, reach?.kind == .distance { reach?.kind = .roadDistance }
        // Estimates grow with the geodesic distance, so that one order serves all three.
        let answer = NearestPlatforms(atlas.records, eligibility.rule(asOf: date.asOf ?? openAt?.day ?? .today))
            .nearest(count, to: from.location, within: reach, openAt: openAt)
        Console.print(
            NearestReport(place: from, answer: answer, alternatives: from.alternatives.map(atlas.describe)).rendered(output.format))
    }
}

extension ImpedanceKind: ExpressibleByArgument {}
