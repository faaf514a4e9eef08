import ArgumentParser
import CiteNetwork
import Foundation
import HiGHS
import Impedance
import NetworkStore
import Planning
import Population
import Presentation
import Siting

/// Set by Ctrl-C while places are looked for: the dossier is made with the best found by then.
private let interrupted = StopFlag()

struct DossierCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dossier", abstract: "What a promoter brings to the labelling committee, as one HTML file that prints to A4.",
        discussion: """
            The territory, what is there, where the next platforms should go, whom they bring within reach, who stays left out, which labels
            meet, comparable territories, and the items of the label projet to be completed. Every figure has its source; what is not known
            is "not available". The page is complete in itself: no script, nothing is fetched. Beside it are written, with its name,
            -figures.csv (every figure), -localities.csv and -places.geojson (territory, platforms, localities left out).

            EXAMPLES
              maillage dossier FR-02 -o aisne.html
              maillage dossier FR-02 --count 4 --within 15km --opening 2028-09-01 -o aisne.html
              maillage dossier IT-TO --language it -o torino.html
              maillage dossier my-scenario -o scenario.html
              maillage dossier valley.geojson --title "La vallée" --layer insee-2021 -o valley.html

            AREA OR SCENARIO
              An area as in 'maillage assess'; or the id of a scenario, whose changes take the place of a proposal and whose area and day
              are taken unless --area and --as-of say others.
            """)

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var date: DateOption
    @OptionGroup var layer: LayerOption
    @OptionGroup var eligibility: EligibilityOptions

    @Argument(help: "A code (FR-02), a name (Aisne), a GeoJSON file of polygons; or the id of a scenario.")
    var subject: String

    @Option(
        name: [.customShort("o"), .customLong("output")], help: ArgumentHelp("The page to write; its appendix is written beside it.", valueName: "file.html"))
    var output: String

    @Option(name: [.long, .customShort("k")], parsing: .unconditional, help: "How many platforms to propose, at most.")
    var count = 3

    @Option(help: "The smallest locality that may be proposed, in people, as for 'site'; 2000 keeps to small urban centres.")
    var minPeople = SitingQuery.smallestLocality

    @Option(help: ArgumentHelp("How far people can be expected to go: a distance such as 20km.", valueName: "reach"), transform: Reach.parse)
    var within = Reach("20km")!

    @Option(
        parsing: .unconditional, help: ArgumentHelp("The distances at which coverage is shown. Without it 10km,20km,30km.", valueName: "reaches"),
        transform: ReachList.parse)
    var reaches = AssessmentQuery.usualReaches

    @Option(help: "The area of a scenario that names none, or another than its own.")
    var area: String?

    @Option(
        name: .customLong("proposed-kind"),
        help:
            "The kind of the proposed platforms: \(PlatformKind.allCases.map(\.rawValue).joined(separator: ", ")). Without it the one that goes with the fitting form."
    )
    var proposedKind: PlatformKind?

    @Option(name: .customLong("cite"), help: "The Cité that the proposed platforms would belong to, by its id; without it a project of its own.")
    var cite: String?

    @Option(
        help: ArgumentHelp("The day of the opening to the public, from which the timetable is reckoned back.", valueName: "YYYY-MM-DD"),
        transform: CalendarDate.parse)
    var opening: CalendarDate?

    @Option(help: "The language: \(Language.allCases.map(\.rawValue).joined(separator: ", ")). Without it that of the area's country.")
    var language: Language?

    @Option(help: "The title, in the place of the area's name.")
    var title: String?

    @Option(help: "The seed of the search for places: the same seed and data give the same page, byte for byte.")
    var seed: UInt64 = 1

    func validate() throws {
        guard count > 0 else { throw ValidationError("--count is \(count); expected 1 or more") }
        guard (0...1e10).contains(minPeople) else { throw ValidationError("--min-people is \(minPeople); expected 0 to 10,000,000,000") }
        guard within.kind == .distance else {
            throw ValidationError("--within is a duration; expected a distance such as 20km: durations are added as estimates")
        }
        guard reaches.allSatisfy({ $0.kind == .distance }) else {
            throw ValidationError("--reaches has a duration; expected distances such as 10km,20km,30km: durations are added as estimates")
        }
        guard output.lowercased().hasSuffix(".html") else { throw ValidationError("--output is '\(output)'; expected a file such as dossier.html") }
    }

    func run() throws {
        try DossierFiles.check(output)
        let workspace = try workspace.open()
        let layer = try workspace.openLayer(layer.layer)
        let atlas = try Atlas(store: workspace.openStore(), for: .officer)
        let query = try query(atlas)
        signal(SIGINT) { _ in interrupted.set() }
        let dossier = try atlas.dossier(query, layer: layer, in: workspace) { Console.progress("\($0) …") }
        signal(SIGINT, SIG_DFL)
        Console.endProgress()
        let (country, codes) = (dossier.assessment.countries.first, dossier.assessment.areaCodes)
        let language = language ?? Language.usual(in: country, areas: codes)
        if self.language == nil {
            Console.error("the language is \(language.rawValue), as usual in \(country ?? "a country that is not known"); --language takes another")
        }
        for path in try DossierFiles.write(DossierPage(dossier, in: language).files, to: output) { Console.error("wrote \(path)") }
    }

    private func query(_ atlas: Atlas) throws -> DossierQuery {
        if let cite {
            guard case .cite = try atlas.record(cite) else { throw PlanningError.notFound("'\(cite)' is a platform; --cite takes the id of a Cité") }
        }
        if let scenario = try atlas.store.scenario(subject, for: .officer).found { return try query(scenario, atlas) }
        guard area == nil else { throw PlanningError.badArgument("--area goes with a scenario, and there is none '\(subject)'") }
        let choice = try atlas.chosenArea(subject, asOf: date.day)
        return finished(
            DossierQuery(
                area: choice, areaText: subject, plan: .proposal(count: count), within: within, reaches: withMainReach,
                eligibility: eligibility.rule(asOf: date.day)))
    }

    private func query(_ scenario: Scenario, _ atlas: Atlas) throws -> DossierQuery {
        guard let text = area ?? scenario.area else {
            throw PlanningError.badArgument("the scenario '\(scenario.id)' names no area; --area, such as --area FR-02, would be accepted")
        }
        let day = try ScenarioComparison.day(of: [scenario], asked: date.asOf)
        return finished(
            DossierQuery(
                area: try atlas.chosenArea(text, asOf: day), areaText: text, plan: .scenario(scenario), within: within, reaches: withMainReach,
                eligibility: eligibility.rule(asOf: day)))
    }

    private func finished(_ given: DossierQuery) -> DossierQuery {
        var query = given
        (query.kind, query.cite, query.opening, query.title) = (proposedKind, cite, opening, title)
        query.leastPeople = minPeople
        // As it is written among the reaches: 20000m is 20km.
        if let same = reaches.first(where: { $0.value == within.value }) { query.within = same }
        (query.seed, query.stop, query.library) = (seed, interrupted, HiGHSLibrary.find()?.solver)
        return query
    }

    /// The reach of the dossier is among those shown.
    private var withMainReach: [Reach] {
        let all = reaches.contains { $0.value == within.value } ? reaches : reaches + [within]
        return all.sorted { $0.value < $1.value }
    }
}

/// The files of a dossier on a disk: all of them or none.
enum DossierFiles {
    /// Throws for a folder that is not there, or a path that is one, before anything is computed.
    static func check(_ output: String) throws {
        let manager = FileManager.default
        var isFolder: ObjCBool = false
        if manager.fileExists(atPath: output, isDirectory: &isFolder), isFolder.boolValue {
            throw PlanningError.badArgument("\(output) is a folder; a file such as \(output)/dossier.html would be accepted")
        }
        let folder = URL(fileURLWithPath: output).deletingLastPathComponent().path
        guard manager.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw PlanningError.notFound("\(folder): no such folder to write \(URL(fileURLWithPath: output).lastPathComponent) into")
        }
        guard manager.isWritableFile(atPath: folder) else { throw PlanningError.unavailable("\(folder) may not be written to") }
    }

    /// Each file is written whole beside its place, then all are moved there. Returns their paths.
    static func write(_ files: [(ending: String, bytes: [UInt8])], to output: String) throws -> [String] {
        let stem = output.dropLast(".html".count)
        let manager = FileManager.default
        let paths = files.map { $0.ending == ".html" ? output : stem + $0.ending }
        let parts = paths.map { "\($0).partial-\(getpid())" }
        do {
            for (file, part) in zip(files, parts) { try Data(file.bytes).write(to: URL(fileURLWithPath: part)) }
        } catch {
            parts.forEach { try? manager.removeItem(atPath: $0) }
            throw PlanningError.unavailable("\(output) cannot be written: \(error.localizedDescription)")
        }
        for (part, path) in zip(parts, paths) where rename(part, path) != 0 {
            let reason = String(cString: strerror(errno))
            parts.forEach { try? manager.removeItem(atPath: $0) }
            throw PlanningError.unavailable("\(path) cannot be written: \(reason)")
        }
        return paths
    }
}
