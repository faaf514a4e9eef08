import ArgumentParser
import Foundation
import Planning

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a workspace from GeoData.",
        discussion: """
            The workspace is a folder with network.gpkg (the Cités, their platforms, areas and localities: QGIS opens it as it is) and
            a population layer. It is built beside its place and moved there when complete; an existing one is never touched.
            """)

    @OptionGroup var options: WorkspaceOptions

    @Option(help: "The folder of source data; without it $MAILLAGE_GEODATA, or GeoData beside the program.")
    var geodata: String?

    func run() throws {
        let named = options.workspace ?? ProcessInfo.processInfo.environment["MAILLAGE_WORKSPACE"]
        let workspace = Workspace(path: named.flatMap { $0.isEmpty ? nil : $0 } ?? "./workspace")
        try options.make(workspace, from: geodata)
        Console.error("made \(workspace.path)")
    }
}
