import ArgumentParser
import CiteNetwork
import GeoModel
import Planning
import Presentation

/// What every command has that edits a scenario.
struct ScenarioEditOptions: ParsableArguments {
    @OptionGroup var options: WorkspaceOptions
    @OptionGroup var author: AuthorOptions
    @Flag(help: "Show what would change, and change nothing.")
    var dryRun = false

    func open() throws -> (atlas: Atlas, editing: ScenarioEditing) {
        let atlas = try options.atlas()
        return (atlas, ScenarioEditing(atlas.store, who: author.name, why: author.why, dryRun: dryRun))
    }

    /// How it can be taken back.
    func reportNumber(_ number: Int64?) {
        Console.error(
            dryRun
                ? "nothing was changed (--dry-run)"
                : number.map { "change \($0); 'maillage network undo \($0)' reverses it" } ?? "nothing differs: nothing was changed")
    }

    /// What changed, with the numbers that `scenario show` gives the changes.
    func report(_ outcome: ScenarioEditing.Outcome, _ verb: String, numbers: Bool = true) {
        let first = outcome.scenario.changes.count - outcome.changes.count
        for (i, change) in outcome.changes.enumerated() {
            Console.output("\(verb) \(numbers ? "\(first + i + 1): " : "")\(change.line)\n")
        }
        reportNumber(outcome.number)
    }
}

extension ScenarioChange {
    /// One line for a terminal.
    var line: String {
        func point(_ c: Coordinate) -> String { "\(decimal(c.y, 5)),\(decimal(c.x, 5))" }
        switch action {
        case .open(let p):
            let services = p.services.map { " (\($0.map(\.rawValue).joined(separator: " ")))" } ?? ""
            return "open \(p.id): \(p.name), \(p.kind.rawValue)\(services), \(point(p.location)) [\(p.locationAccuracy.rawValue)], "
                + (p.cite.map { "of \($0)" } ?? "of no Cité yet")
        case .close(let id): return "close \(id)"
        case .move(let id, let place, let accuracy): return "move \(id) to \(point(place)) [\(accuracy.rawValue)]"
        case .change(let id, let kind, let services):
            return "change \(id)" + (kind.map { ", kind \($0.rawValue)" } ?? "")
                + (services.map { ", services \($0.map(\.rawValue).joined(separator: " "))" } ?? "")
        }
    }
}

/// Service codes separated by commas or spaces.
enum ServiceList {
    static let help = "codes among \(ServiceCode.allCases.map(\.rawValue).joined(separator: ", ")), separated by commas"

    static func parse(_ text: String) throws -> [ServiceCode] {
        let words = text.split { $0 == "," || $0.isWhitespace }.map(String.init)
        let codes = words.compactMap(ServiceCode.init(rawValue:))
        guard !codes.isEmpty, codes.count == words.count, Set(codes).count == codes.count else {
            throw ValidationError("'\(text)' is no list of services; expected \(help), each once")
        }
        return codes
    }
}

/// A place by its name or its point.
struct PlaceArguments: ParsableArguments {
    @Argument(help: "The name of a town or another place, as 'maillage nearest' takes it.")
    var place: String?

    @Option(
        parsing: .unconditional, help: ArgumentHelp("A point instead of a name, which stands for the venue: latitude first, in degrees.", valueName: "lat,lon"),
        transform: Coordinate.parse)
    var at: Coordinate?

    var isGiven: Bool { place != nil || at != nil }

    func validate(orElse other: String = "") throws {
        guard place == nil || at == nil else { throw ValidationError("name a place, or give a point with --at LAT,LON (one of the two\(other))") }
    }

    func planned(in atlas: Atlas) throws -> PlannedPlace {
        let found = try place.map { try atlas.place(named: $0) } ?? Place(at: at!)
        if let place {
            if let taken = found.takenAs { Console.error("'\(place)' is taken as \(taken)") }
            let others = found.alternatives.prefix(5).map(atlas.describe)
            if !others.isEmpty { Console.error("other places of that name: \(others.joined(separator: ", "))") }
        }
        return try atlas.plannedPlace(found)
    }
}

extension ScenarioCommand {
    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a scenario, without changes yet.",
            discussion: """
                Its id is made of the name, in small letters and hyphens, unless --id gives one; where an area answers to it, -scenario is added,
                since commands take either. An area that is named by a file must be there whenever the scenario is compared.

                EXAMPLE
                  maillage scenario new "Aisne 2027" --area FR-02 --note "Three rural platforms, as the département asked"
                """)

        @OptionGroup var edit: ScenarioEditOptions
        @Argument(help: "What it is called.")
        var name: String
        @Option(help: "Its id.")
        var id: String?
        @Option(help: ArgumentHelp("The day of the network that it changes; today without it.", valueName: "YYYY-MM-DD"), transform: CalendarDate.parse)
        var asOf: CalendarDate?
        @Option(help: "The territory it is about: a code (FR-02), a name (Aisne) or a GeoJSON file of polygons.")
        var area: String?
        @Option(help: "A note.")
        var note: String?

        func validate() throws { try ScenarioName.check(name) }

        func run() throws {
            let (atlas, editing) = try edit.open()
            let day = asOf ?? .today
            let scenario = Scenario(
                id: try ScenarioName.id(id, name, in: atlas), name: name, asOf: day, area: try area.map { try ScenarioName.area($0, day, in: atlas) },
                note: note)
            let outcome = try editing.make(scenario)
            Console.output("scenario \(scenario.id): \(scenario.name), the network of \(scenario.asOf)\(scenario.area.map { ", about \($0)" } ?? "")\n")
            if id == nil { Console.error("its id '\(scenario.id)' is made of the name; --id gives another") }
            edit.reportNumber(outcome.number)
        }
    }

    struct Open: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let platforms open: one at a place, or those of a proposal.",
            discussion: """
                A town stands for its centre, --at for the venue itself. Without --id the id is that of the Cité, or of the scenario, and the name.
                Without --kind it is an associated centre for a Cité des métiers, and a rural platform for a réseau and where no Cité is chosen.
                A platform needs no Cité to be measured; it gets one when the scenario is adopted. One that the network has as planned is
                opened under its id.

                EXAMPLES
                  maillage scenario open aisne-2027 Hirson
                  maillage scenario open aisne-2027 --at 49.5636,3.6236 --name "Laon, gare" --counsellors 2
                  maillage site FR-02 --count 3 --within 20km --format csv > proposed.csv
                  maillage scenario open aisne-2027 --from proposed.csv
                """)

        @OptionGroup var edit: ScenarioEditOptions
        @Argument(help: "The id of a scenario.")
        var scenario: String
        @OptionGroup var place: PlaceArguments
        @Option(
            help: ArgumentHelp(
                "Open every place of a file: CSV or GeoJSON as 'maillage site --format csv|geojson' prints it, or CSV with columns lat and lon.",
                valueName: "file"))
        var from: String?
        @Option(help: "The id of the platform.")
        var id: String?
        @Option(help: "What it is called; the town without it.")
        var name: String?
        @Option(help: "\(PlatformKind.allCases.map(\.rawValue).joined(separator: ", ")).")
        var kind: PlatformKind?
        @Option(help: "The id of its Cité.")
        var cite: String?
        @Option(help: "What it offers: \(ServiceList.help).", transform: ServiceList.parse)
        var services: [ServiceCode]?
        @Option(help: "How many counsellors.")
        var counsellors: Double?
        @Option(help: "Its opening hours, in OpenStreetMap syntax.")
        var hours: String?
        @Option(help: ArgumentHelp("Square metres.", valueName: "m2"))
        var floorArea: Double?
        @Option(help: "Where the change comes from: a reason, a study.")
        var origin: String?

        func validate() throws {
            try place.validate(orElse: ", or --from FILE")
            guard place.isGiven != (from != nil) else {
                throw ValidationError("name a place, give a point with --at LAT,LON, or a proposal with --from FILE (one of them)")
            }
            guard from == nil || (id == nil && name == nil) else {
                throw ValidationError("--id and --name are for one place; with --from the file gives the names")
            }
            if let name { try ScenarioName.check(name) }
        }

        func run() throws {
            let (atlas, editing) = try edit.open()
            let openings = try openings(in: atlas)
            if let id, let there = atlas.records.platform(id), let status = atlas.records.status(of: there.id, asOf: .today), status == .planned {
                Console.error("'\(id)' is planned in the network: the scenario opens it")
            }
            let outcome = try editing.add(to: scenario) { records, scenario in ScenarioOpening.changes(openings, in: records, scenario) }
            edit.report(outcome, edit.dryRun ? "would add change" : "change")
        }

        private func openings(in atlas: Atlas) throws -> [ScenarioOpening] {
            func complete(_ opening: inout ScenarioOpening) {
                (opening.kind, opening.cite) = (opening.kind ?? kind, opening.cite ?? cite)
                (opening.services, opening.counsellors) = (opening.services ?? services, opening.counsellors ?? counsellors)
                (opening.hours, opening.floorArea) = (opening.hours ?? hours, opening.floorArea ?? floorArea)
                opening.origin = origin ?? opening.origin
            }
            if let from { return try ScenarioOpening.proposed(PlacesFile.read(from), in: atlas, complete) }
            let planned = try place.planned(in: atlas)
            guard let name = name ?? planned.name else {
                throw PlanningError.badArgument("no town is within 10 km of that point to name the platform after; --name would be accepted")
            }
            var opening = ScenarioOpening(place: planned, name: name)
            opening.id = id
            complete(&opening)
            return [opening]
        }
    }

    struct Close: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a platform close on the day of the scenario.",
            discussion: "EXAMPLE\n  maillage scenario close aisne-2027 saint-quentinois-main --origin \"the lease ends\"")

        @OptionGroup var edit: ScenarioEditOptions
        @Argument(help: "The id of a scenario.")
        var scenario: String
        @Argument(help: "The id of a platform, as 'maillage network list' shows it.")
        var platform: String
        @Option(help: "Where the change comes from.")
        var origin: String?

        func run() throws { try edit.add([ScenarioChange(.close(platform: platform), origin: origin)], to: scenario) }
    }

    struct Move: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a platform move.", discussion: "EXAMPLE\n  maillage scenario move aisne-2027 saint-quentinois-main --at 49.8472,3.2876")

        @OptionGroup var edit: ScenarioEditOptions
        @Argument(help: "The id of a scenario.")
        var scenario: String
        @Argument(help: "The id of a platform.")
        var platform: String
        @OptionGroup var place: PlaceArguments
        @Option(help: "Where the change comes from.")
        var origin: String?

        func validate() throws {
            try place.validate()
            guard place.isGiven else { throw ValidationError("name the place it moves to, or give a point with --at LAT,LON") }
        }

        func run() throws {
            let (atlas, editing) = try edit.open()
            let to = try place.planned(in: atlas)
            let change = ScenarioChange(.move(platform: platform, to: to.location, accuracy: to.accuracy), origin: origin)
            edit.report(try editing.add(to: scenario) { _, _ in [change] }, edit.dryRun ? "would add change" : "change")
        }
    }

    struct Change: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a platform become another kind, or offer other services.",
            discussion: "EXAMPLE\n  maillage scenario change aisne-2027 saint-quentinois-main --kind site --services employment,training,creation")

        @OptionGroup var edit: ScenarioEditOptions
        @Argument(help: "The id of a scenario.")
        var scenario: String
        @Argument(help: "The id of a platform.")
        var platform: String
        @Option(help: "\(PlatformKind.allCases.map(\.rawValue).joined(separator: ", ")).")
        var kind: PlatformKind?
        @Option(help: "All that it offers then: \(ServiceList.help).", transform: ServiceList.parse)
        var services: [ServiceCode]?
        @Option(help: "Where the change comes from.")
        var origin: String?

        func validate() throws {
            guard kind != nil || services != nil else { throw ValidationError("say what changes: --kind, --services, or both") }
        }

        func run() throws { try edit.add([ScenarioChange(.change(platform: platform, kind: kind, services: services), origin: origin)], to: scenario) }
    }

    struct Drop: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a change back.",
            discussion: """
                The numbers are those that 'scenario show' gives; later changes move up. A change on which a later one builds is refused: the later
                one first. What was dropped comes back with 'maillage network undo'.

                EXAMPLES
                  maillage scenario drop aisne-2027 2
                  maillage scenario drop aisne-2027 --last
                """)

        @OptionGroup var edit: ScenarioEditOptions
        @Argument(help: "The id of a scenario.")
        var scenario: String
        @Argument(help: "The number of the change.")
        var number: Int?
        @Flag(help: "The last change.")
        var last = false

        func validate() throws { guard (number != nil) != last else { throw ValidationError("give the number of a change, or --last (one of the two)") } }

        func run() throws {
            let outcome = try edit.open().editing.drop(number, of: scenario)
            edit.report(outcome, edit.dryRun ? "would take back" : "took back", numbers: false)
        }
    }

    struct Copy: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a scenario with the changes of another.", discussion: "EXAMPLE\n  maillage scenario copy aisne-2027 \"Aisne with Chauny\"")

        @OptionGroup var edit: ScenarioEditOptions
        @Argument(help: "The id of a scenario.")
        var scenario: String
        @Argument(help: "What the copy is called.")
        var name: String
        @Option(help: "Its id; made of the name without it.")
        var id: String?
        @Option(help: ArgumentHelp("Its day; that of the other without it.", valueName: "YYYY-MM-DD"), transform: CalendarDate.parse)
        var asOf: CalendarDate?
        @Option(help: "Its territory; that of the other without it.")
        var area: String?
        @Option(help: "A note.")
        var note: String?

        func validate() throws { try ScenarioName.check(name) }

        func run() throws {
            let (atlas, editing) = try edit.open()
            var copy = try atlas.scenario(scenario, for: .officer)
            (copy.id, copy.name, copy.asOf) = (try ScenarioName.id(id, name, in: atlas), name, asOf ?? copy.asOf)
            (copy.area, copy.note) = (try area.map { try ScenarioName.area($0, copy.asOf, in: atlas) } ?? copy.area, note ?? copy.note)
            let outcome = try editing.make(copy)
            Console.output("scenario \(copy.id): \(copy.name), \(counted(copy.changes.count, "change")) to the network of \(copy.asOf)\n")
            if id == nil { Console.error("its id '\(copy.id)' is made of the name; --id gives another") }
            edit.reportNumber(outcome.number)
        }
    }

    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete a scenario.",
            discussion: "What was adopted of it stays in the network. The history keeps it, and 'maillage network undo' brings it back.")

        @OptionGroup var edit: ScenarioEditOptions
        @Argument(help: "The id of a scenario.")
        var scenario: String

        func run() throws {
            let outcome = try edit.open().editing.delete(scenario)
            Console.output("\(edit.dryRun ? "would delete" : "deleted") scenario \(scenario) with \(counted(outcome.changes.count, "change"))\n")
            edit.reportNumber(outcome.number)
        }
    }
}

extension ScenarioEditOptions {
    fileprivate func add(_ changes: [ScenarioChange], to scenario: String) throws {
        report(try open().editing.add(to: scenario) { _, _ in changes }, dryRun ? "would add change" : "change")
    }
}

/// Names, ids and areas of scenarios as people give them.
private enum ScenarioName {
    static func check(_ name: String) throws {
        guard name.contains(where: { !$0.isWhitespace }) else { throw ValidationError("the name is empty; some text would be accepted") }
    }

    static func id(_ given: String?, _ name: String, in atlas: Atlas) throws -> String {
        guard let given else { return try DerivedID.scenario(name, in: atlas) }
        guard try !atlas.isArea(given) else {
            throw PlanningError.badArgument(
                "'\(given)' is an area, and commands take either; another --id, such as \(given.lowercased())-2027, would be accepted")
        }
        return given
    }

    /// An area of the atlas by its code, so that it stays the same; others as they were typed.
    static func area(_ text: String, _ day: CalendarDate, in atlas: Atlas) throws -> String {
        if case .coded(let area, _) = try atlas.chosenArea(text, asOf: day) { return area.code }
        return text
    }
}
