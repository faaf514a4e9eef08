import ArgumentParser
import CiteNetwork
import Foundation
import Planning
import Presentation

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the network to files that others can use.",
        discussion: """
            What is restricted stays out. geojson and csv write cites, platforms and territories as of a day; gpkg writes the
            store itself with areas and localities, without its history. A file that exists is overwritten, except network.gpkg.
            """)

    enum Kind: String, ExpressibleByArgument, CaseIterable { case geojson, csv, gpkg }

    @OptionGroup var options: WorkspaceOptions
    @OptionGroup var date: DateOption

    @Argument(help: "geojson, csv or gpkg.")
    var kind: Kind

    @Argument(help: "The folder to write into; it is made where it is missing.")
    var folder: String

    func run() throws {
        guard !folder.isEmpty else { throw PlanningError.badArgument("the name of the folder is empty") }
        let workspace = try options.open()
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw PlanningError.badArgument("\(folder) cannot be made a folder, or may not be written to")
        }
        if kind == .gpkg {
            let destination = folder + "/network.gpkg"
            try workspace.exportPublicStore(to: destination)
            Console.error("wrote \(destination)")
            return
        }
        let features = NetworkFeatures(try Atlas(store: workspace.openStore(), for: .everyone), asOf: date.day)
        for (name, bytes) in kind == .geojson ? NetworkFiles.geoJSON(features) : NetworkFiles.csv(features) {
            try Data(bytes).write(to: URL(fileURLWithPath: folder).appendingPathComponent(name), options: .atomic)
            Console.error("wrote \(folder)/\(name)")
        }
    }
}
