import ArgumentParser
import Logging
import Planning
import Web

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the workspace over HTTP.",
        discussion: """
            /api                                        OGC API - Features: what there is, with links; /api/openapi.html lists the operations
            /api/nearest?lon=3.29&lat=49.85             the nearest platforms, as GeoJSON; or ?q=Saint-Quentin;
                                                        &openAt=2026-11-23T10:00 for those open then
            /api/search?q=bohai  /api/reverse?lon=&lat= names to places and points to names, as GeocodeJSON
            /api/collections/platforms/items            the network, as GeoJSON; also cites and territories; ?datetime=2009-12-31
            /api/collections/localities/items           areas and localities; ?bbox=3,49,4,50&filter=population > 10000&sortby=-population
            /healthz  /readyz  /metrics                 alive, able to answer, figures for Prometheus

            Restricted records are not served. Edits made elsewhere, in QGIS too, are seen at once. TERM and INT end it after the requests that
            were begun. Neither addresses of clients nor what they ask is logged. docs/deploy has a systemd unit and proxies for the public.

            EXAMPLES
              maillage serve
              maillage serve --base-url https://atlas.example.org --log-format json --log-level info
              maillage serve --host 0.0.0.0 --port 80 --trusted-proxy 10.0.0.0/8
            """)

    @OptionGroup var options: WorkspaceOptions

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 takes a free one.")
    var port = 8080

    @Option(
        help: ArgumentHelp(
            "Where it is reached from outside, for the links in its answers; without it, what each request names.", valueName: "url"))
    var baseURL: String?

    @Option(
        help: ArgumentHelp(
            "Believe Forwarded, X-Forwarded-… and X-Request-Id where they come from here; repeat for several. \(IPNetwork.acceptedForms.capitalizedFirst).",
            valueName: "address"))
    var trustedProxy: [String] = []

    @Option(help: ArgumentHelp("Publish the feature tables of this GeoPackage as collections too; repeat for several.", valueName: "file.gpkg"))
    var collections: [String] = []

    @Option(help: "How log lines on standard error are written: text or json.")
    var logFormat: JSONLinesLog.Form = .text

    @Option(
        help: ArgumentHelp("What is logged: error, warning, notice, info (each request) or debug.", valueName: "level"),
        transform: { text in
            guard let level = Logger.Level(rawValue: text) else {
                throw ValidationError("'\(text)' is no level; expected one of \(Logger.Level.allCases.reversed().map(\.rawValue).joined(separator: ", "))")
            }
            return level
        })
    var logLevel: Logger.Level = .notice

    @Option(help: ArgumentHelp("The longest body of a request that is read.", valueName: "bytes"))
    var maxBody = 1 << 20

    @Option(help: ArgumentHelp("The longest headers of a request that are read.", valueName: "bytes"))
    var maxHeader = 32_768

    @Option(help: ArgumentHelp("The longest address of a request, its query included.", valueName: "bytes"))
    var maxURL = 8_192

    @Option(help: "How many connections may be open; more wait.")
    var maxConnections = 1_000

    @Option(help: "How many requests are answered at once; more get 503.")
    var maxRequests = 250

    @Option(help: ArgumentHelp("How long one question may be computed before it gets 503.", valueName: "seconds"))
    var requestTimeout = 30

    @Option(help: ArgumentHelp("How long a connection may be idle, a request may take to arrive, and an answer may stand unread.", valueName: "seconds"))
    var idleTimeout = 30

    @Option(help: ArgumentHelp("How long requests have to finish once it is told to stop.", valueName: "seconds"))
    var shutdownTimeout = 30

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port \(port): expected 0 to 65535") }
        for (name, value, least) in [
            ("max-body", maxBody, 0), ("max-header", maxHeader, 1_024), ("max-url", maxURL, 256), ("max-connections", maxConnections, 1),
            ("max-requests", maxRequests, 1), ("request-timeout", requestTimeout, 1), ("idle-timeout", idleTimeout, 1),
            ("shutdown-timeout", shutdownTimeout, 1),
        ] where value < least { throw ValidationError("--\(name) \(value): expected a whole number from \(least)") }
        if let baseURL {
            let isAddress = baseURL.wholeMatch(of: /https?:\/\/[^\s\/?#"<>]+(\/[^\s?#"<>]*)?/) != nil
            guard isAddress else { throw ValidationError("--base-url \(baseURL): expected http:// or https://, a host, and perhaps a path") }
        }
        for address in trustedProxy where IPNetwork(address) == nil {
            throw ValidationError("--trusted-proxy \(address): expected \(IPNetwork.acceptedForms)")
        }
    }

    private var service: ServiceOptions {
        var service = ServiceOptions()
        (service.host, service.port) = (host, port)
        service.baseURL = baseURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        service.trustedProxies = trustedProxy.compactMap(IPNetwork.init)
        service.collections = collections
        (service.longestBody, service.longestHeaders, service.longestAddress) = (maxBody, maxHeader, maxURL)
        (service.mostConnections, service.mostRequests) = (maxConnections, maxRequests)
        (service.requestTimeout, service.idleTimeout, service.shutdownTimeout) = (requestTimeout, idleTimeout, shutdownTimeout)
        return service
    }

    func run() async throws {
        let (host, form, level) = (host, logFormat, logLevel)
        let logger = Logger(label: "maillage") { JSONLinesLog($0, form: form, level: level) }
        try await Service.run(options.open(), service, logger: logger) { port in
            Console.error("serving on http://\(host):\(port)")
        }
    }
}

extension JSONLinesLog.Form: ExpressibleByArgument {}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
