import ArgumentParser
import CiteNetwork
import Planning
import Population
import Presentation

/// How an area is named, for helps.
enum AreaForms {
    static let help = "a code (FR-02), a name (Aisne), a GeoJSON file of polygons, a file with a code or name a line, or several separated by commas"
}

/// What every command has that measures people: the workspace, the day, the layer and the form of the result.
struct MeasureOptions: ParsableArguments {
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var date: DateOption
    @OptionGroup var layer: LayerOption
    @OptionGroup var output: FormatOption

    var day: CalendarDate { date.day }
    var format: OutputFormat { output.format }

    func open() throws -> (atlas: Atlas, layer: PopulationLayer) {
        let workspace = try workspace.open()
        let layer = try workspace.openLayer(layer.layer)
        return (try Atlas(store: workspace.openStore(), for: .officer), layer)
    }
}

/// The network of a scenario in place of the recorded one.
struct ScenarioOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Take the network as this scenario makes it ('maillage scenario list'), on its day, or on a later one with --as-of.", valueName: "id"))
    var scenario: String?

    /// The atlas to ask and the day of the network. Throws for a scenario that is not there, or that does not fit the network.
    func applied(to atlas: Atlas, _ date: DateOption) throws -> (atlas: Atlas, day: CalendarDate) {
        guard let scenario else { return (atlas, date.day) }
        let found = try atlas.scenario(scenario, for: .officer)
        let day = try ScenarioComparison.day(of: [found], asked: date.asOf)
        return (try atlas.applying(found), day)
    }

    func validate(platforms: String?) throws {
        guard scenario == nil || platforms == nil else {
            throw ValidationError("--platforms takes the place of the network, --scenario changes it: give one of them")
        }
    }
}

extension Atlas {
    /// The area that a person names; what else the names could mean is told.
    func chosenArea(_ text: String, asOf day: CalendarDate) throws -> AreaChoice { try chosenArea([text], asOf: day) }

    func chosenArea(_ texts: [String], asOf day: CalendarDate) throws -> AreaChoice {
        let choice = try area(texts, asOf: day)
        for part in choice.parts {
            switch part {
            case .coded(let chosen, let others) where !others.isEmpty:
                let typed = texts.count == 1 && choice.parts.count == 1 ? texts[0] : chosen.name
                Console.error("\(typed) is taken as \(chosen.name) (\(chosen.code)); it could also be \(others.map(\.code).joined(separator: ", "))")
            case .locality(let chosen, let others):
                let also = others.prefix(5).map { "\(describe($0)) (locality:\($0.id))" }.joined(separator: ", ")
                Console.error(
                    "\(chosen.name) is taken as the locality \(describe(chosen)): the people nearest to it"
                        + (also.isEmpty ? "" : "; it could also be \(also)"))
            default: break
            }
        }
        return choice
    }
}

/// Which places are measured: platforms of the network, narrowed, or those of a file.
struct FacilityOptions: ParsableArguments {
    @OptionGroup var eligibility: EligibilityOptions

    @Option(
        name: .customLong("label"),
        help:
            "Only platforms of Cités known to hold this label; repeat for several: \(LabelLevel.allCases.filter { $0 != .unknown }.map(\.rawValue).joined(separator: ", "))."
    )
    var labels: [LabelLevel] = []

    @Option(name: .customLong("cite"), help: "Only platforms of this Cité, by its id; repeat for several.")
    var cites: [String] = []

    @Option(
        help: ArgumentHelp(
            "Measure the places of a file in place of the network: CSV with columns lat and lon (id, name, cite, counsellors, hours if there), or GeoJSON points.",
            valueName: "file"))
    var platforms: String?

    @Option(help: ArgumentHelp("Count the places of a file beside the network, such as those that 'maillage site --format csv' proposes.", valueName: "file"))
    var also: String?

    var narrows: Bool {
        !eligibility.kinds.isEmpty || eligibility.service != nil || eligibility.includeUnknown || eligibility.includePrefiguration || !labels.isEmpty
            || !cites.isEmpty
    }

    func validate() throws {
        guard platforms == nil || !narrows else {
            throw ValidationError("--platforms measures every place of the file: --kind, --service, --label, --cite and --include-… go with the network")
        }
        guard platforms == nil || also == nil else { throw ValidationError("--platforms takes the place of the network, --also adds to it: give one of them") }
    }

    /// - Parameter day: the day of the network. Throws for a Cité that is not there, or a file that cannot be read.
    func choice(asOf day: CalendarDate, in atlas: Atlas) throws -> FacilityChoice {
        if let platforms { return .places(try PlacesFile.read(platforms), asOf: day) }
        for id in cites {
            guard case .cite = try atlas.record(id) else { throw PlanningError.notFound("'\(id)' is a platform; --cite takes the id of a Cité") }
        }
        var rule = eligibility.rule(asOf: day)
        rule.labels = labels.isEmpty ? nil : Set(labels)
        rule.cites = cites.isEmpty ? nil : Set(cites)
        return try also.map { .networkAnd(rule, try PlacesFile.read($0)) } ?? .network(rule)
    }
}

/// A second look that the first is compared with.
struct ComparisonOptions: ParsableArguments {
    @Option(
        name: .customLong("compare-as-of"),
        help: ArgumentHelp(
            "Compare the network of this day with that of --with (today without it): rows before, then, and the difference.", valueName: "YYYY-MM-DD"),
        transform: CalendarDate.parse)
    var compareAsOf: CalendarDate?

    @Option(name: .customLong("with"), help: ArgumentHelp("The later day of --compare-as-of.", valueName: "YYYY-MM-DD"), transform: CalendarDate.parse)
    var withDay: CalendarDate?

    @Option(name: .customLong("without"), help: ArgumentHelp("Compare with the network without this platform, by its id; repeat for several.", valueName: "id"))
    var without: [String] = []

    var isAsked: Bool { compareAsOf != nil || !without.isEmpty }

    func validate() throws {
        guard withDay == nil || compareAsOf != nil else { throw ValidationError("--with goes with --compare-as-of") }
        guard compareAsOf == nil || without.isEmpty else {
            throw ValidationError("--compare-as-of shows what a date makes, --without what a platform makes: give one of them")
        }
    }

    /// The day before and the day after; the same for places that are left out.
    func days(_ date: DateOption) throws -> (before: CalendarDate, after: CalendarDate) {
        guard let compareAsOf else { return (date.day, date.day) }
        guard date.asOf == nil else { throw ValidationError("--compare-as-of and --with name both days: leave out --as-of") }
        return (compareAsOf, withDay ?? .today)
    }
}

extension LabelLevel: ExpressibleByArgument {}
