import ArgumentParser
import Planning
import Web

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the workspace over HTTP.",
        discussion: """
            /healthz                                    alive
            /api/nearest?lon=3.29&lat=49.85             the nearest platforms, as GeoJSON; or ?q=Saint-Quentin;
                                                        &openAt=2026-11-23T10:00 for those open then
            /api/collections/platforms/items            the network, as GeoJSON; also cites and territories; ?datetime=2009-12-31

            Restricted records are not served. Edits made elsewhere, in QGIS too, are seen at once.
            """)

    @OptionGroup var options: WorkspaceOptions

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 takes a free one.")
    var port = 8080

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port \(port): expected 0 to 65535") }
    }

    func run() async throws {
        let host = host
        try await Service.run(options.open(), host: host, port: port) { port in
            Console.error("serving on http://\(host):\(port)")
        }
    }
}
