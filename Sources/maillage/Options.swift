import ArgumentParser
import CiteNetwork
import Foundation
import GeoModel
import Impedance
import NetworkStore
import Planning
import Population
import Presentation

struct WorkspaceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder that holds everything the program knows.",
            discussion: "Without it: $MAILLAGE_WORKSPACE, else ./workspace, which is made from GeoData where it is missing.", valueName: "dir"))
    var workspace: String?

    /// The workspace that the options name; the default one is made first where there is none.
    func open() throws -> Workspace {
        if let named = workspace { return try existing(named) }
        if let named = ProcessInfo.processInfo.environment["MAILLAGE_WORKSPACE"], !named.isEmpty { return try existing(named) }
        let standard = Workspace(path: "./workspace")
        if !standard.exists {
            Console.error("no workspace yet: making ./workspace from GeoData")
            do { try make(standard, from: nil) } catch {
                // Another command may have made it in the meantime: that one is as good.
                guard standard.exists else { throw error }
            }
        }
        return standard
    }

    private func existing(_ path: String) throws -> Workspace {
        let workspace = Workspace(path: path)
        guard workspace.exists else {
            throw PlanningError.notFound("no workspace at \(path): it has no network.gpkg. 'maillage init --workspace \(path)' makes one.")
        }
        return workspace
    }

    func make(_ workspace: Workspace, from geoData: String?) throws {
        try workspace.create(from: GeoDataFolder.find(geoData)) { Console.progress("reading \($0) …") }
        Console.endProgress()
    }

    /// The network as the CLI sees it: whoever holds the files sees all of them.
    func atlas() throws -> Atlas { try Atlas(store: open().openStore(), for: .officer) }
}

/// Where the data that the program ships with lie.
enum GeoDataFolder {
    /// The folder named, else $MAILLAGE_GEODATA, else `GeoData` in this folder or in one above the program.
    static func find(_ named: String?) throws -> URL {
        if let path = named ?? ProcessInfo.processInfo.environment["MAILLAGE_GEODATA"], !path.isEmpty {
            guard FileManager.default.fileExists(atPath: path) else { throw PlanningError.notFound("\(path): no such folder") }
            return URL(fileURLWithPath: path)
        }
        var folders = [URL(fileURLWithPath: FileManager.default.currentDirectoryPath)]
        var above = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
        while above.path != "/", above.path != ".", folders.count < 16 {
            folders.append(above)
            above.deleteLastPathComponent()
        }
        for folder in folders {
            let candidate = folder.appendingPathComponent("GeoData")
            if FileManager.default.fileExists(atPath: candidate.appendingPathComponent("network/cites.csv").path) { return candidate }
        }
        throw PlanningError.notFound("no GeoData folder beside or above the program; name it with --geodata or $MAILLAGE_GEODATA")
    }
}

struct FormatOption: ParsableArguments {
    @Option(help: "How the result is printed: \(OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format: OutputFormat = .table
}

struct DateOption: ParsableArguments {
    @Option(
        help: ArgumentHelp("The day of which the state of the network is asked; today without it.", valueName: "YYYY-MM-DD"),
        transform: CalendarDate.parse)
    var asOf: CalendarDate?

    var day: CalendarDate { asOf ?? .today }
}

struct RecordedAtOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What the store knew at this instant (UTC), rebuilt from the change log: YYYY-MM-DDThh:mm:ssZ, or a part of it such as 2026-11-22.",
            valueName: "instant"))
    var recordedAt: String?

    /// The network as it is known now, or as it was known then.
    func atlas(_ options: WorkspaceOptions) throws -> Atlas {
        guard let recordedAt else { return try options.atlas() }
        return try Atlas(store: options.open().openStore(), for: .officer, recordedAt: recordedAt)
    }
}

struct EligibilityOptions: ParsableArguments {
    @Option(
        name: .customLong("kind"), help: "Only platforms of this kind; repeat for several: \(PlatformKind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var kinds: [PlatformKind] = []

    @Option(help: "Only platforms known to offer this: \(ServiceCode.allCases.map(\.rawValue).joined(separator: ", ")).")
    var service: ServiceCode?

    @Flag(help: "Count platforms whose state on the day is not known as if they were open.")
    var includeUnknown = false

    @Flag(help: "Count platforms that are open in préfiguration.")
    var includePrefiguration = false

    func rule(asOf day: CalendarDate) -> Eligibility {
        Eligibility(
            asOf: day, kinds: kinds.isEmpty ? nil : Set(kinds), service: service, includesPrefiguration: includePrefiguration,
            includesUnknown: includeUnknown)
    }
}

struct LayerOption: ParsableArguments {
    @Option(help: "The population layer, by its id. Without it, the indicative one.")
    var layer: String?
}

/// Reaches separated by commas.
enum ReachList {
    static func parse(_ text: String) throws -> [Reach] {
        var reaches: [Reach] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let reach = try Reach.parse(String(part))
            if !reaches.contains(where: { $0.kind == reach.kind && $0.value == reach.value }) { reaches.append(reach) }
        }
        return reaches
    }

    static let help = "\(Reach.acceptedForms); several are separated by commas"
}

extension OutputFormat: ExpressibleByArgument {}
extension PlatformKind: ExpressibleByArgument {}
extension ServiceCode: ExpressibleByArgument {}

extension Reach {
    static func parse(_ text: String) throws -> Reach {
        guard let reach = Reach(text) else { throw ValidationError("'\(text)' is no reach; expected \(acceptedForms)") }
        return reach
    }
}

extension CalendarDate {
    static func parse(_ text: String) throws -> CalendarDate {
        guard let date = CalendarDate(text) else {
            throw ValidationError("'\(text)' is not a day; expected YYYY-MM-DD, such as 2009-12-31")
        }
        return date
    }

}

extension OpeningMoment {
    static func parse(_ text: String) throws -> OpeningMoment {
        guard let moment = OpeningMoment(text) else { throw ValidationError("'\(text)' is not a moment; expected \(acceptedForms)") }
        return moment
    }
}

extension Coordinate {
    /// `LAT,LON` in degrees, as people type it.
    static func parse(_ text: String) throws -> Coordinate {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            // Decimal digits only: Double would also read 0x10 and 1e2.
            part.allSatisfy { $0.isNumber || "+-. ".contains($0) } ? Double(part.filter { !$0.isWhitespace }) : nil
        }
        guard parts.count == 2, let lat = parts[0], let lon = parts[1], (-90...90).contains(lat), (-180...180).contains(lon) else {
            throw ValidationError("'\(text)' is not a point; expected LAT,LON in degrees, latitude first, such as 49.85,3.29 or -20.16,57.5")
        }
        return Coordinate(x: lon, y: lat)
    }
}
