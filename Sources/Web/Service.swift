import CiteNetwork
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
package import Planning
import ServiceLifecycle
import Synchronization
import UnixSignals

/// The HTTP service of a workspace.
package enum Service {
    /// All routes. What is restricted is not in the atlas that they read.
    package static func responder(_ atlas: LiveAtlas, _ options: ServiceOptions = ServiceOptions()) throws -> ServiceResponder {
        try responder(atlas, options, drain: nil)
    }

    static func responder(_ atlas: LiveAtlas, _ options: ServiceOptions, drain: Drain?) throws -> ServiceResponder {
        let late = Late()
        var sources = try NetworkTables(atlas).sources + StoredCollections.gazetteer(atlas)
        for path in options.collections { sources += try StoredCollections.tables(of: path, except: Set(sources.map(\.id))) }
        let collections = CollectionsController(sources: sources)
        let routes =
            HealthController(atlas: atlas, drain: drain) { late.metrics }.routes
            + LandingController(document: { late.document }, conformance: FeatureConformance.classes).routes + NearestController(atlas: atlas).routes
            + SearchController(atlas: atlas).routes + collections.routes + ItemsController(sources: sources).routes + collections.unknown
        let tree = RouteTree(routes)
        let metrics = ServiceMetrics(tree.places.map(\.template))
        late.set(OpenAPIDocument(routes), metrics)
        let shown = options.host.contains(":") ? "[\(options.host)]" : options.host
        return ServiceResponder(
            tree: tree, options: options,
            address: BaseAddress(
                configured: options.baseURL, trustedProxies: options.trustedProxies, fallback: "http://\(shown):\(options.port)"),
            metrics: metrics, drain: drain, atlas: atlas, work: WorkShop(threads: 4, mostWaiting: options.mostRequests, limit: options.requestTimeout))
    }

    /// What the routes tell about themselves once all are known.
    private final class Late: Sendable {
        private let made = Mutex<(OpenAPIDocument, ServiceMetrics)?>(nil)
        func set(_ document: OpenAPIDocument, _ metrics: ServiceMetrics) { made.withLock { $0 = (document, metrics) } }
        var document: OpenAPIDocument { made.withLock { $0!.0 } }
        var metrics: ServiceMetrics { made.withLock { $0!.1 } }
    }

    /// Serves until the process is told to stop by TERM or INT; then requests that were begun are finished.
    /// Throws `PlanningError.unavailable` where the address cannot be had.
    ///
    /// - Parameter onServerRunning: called with the port once connections are accepted.
    package static func run(_ workspace: Workspace, _ options: ServiceOptions, logger: Logger, onServerRunning: @escaping @Sendable (Int) -> Void) async throws
    {
        let atlas = try LiveAtlas(workspace, for: .everyone)
        let drain = Drain()
        let (idle, longest) = (TimeAmount.seconds(Int64(options.idleTimeout)), options.longestHeaders)
        let application = Application(
            responder: try responder(atlas, options, drain: drain),
            server: HTTPServerBuilder { responder in
                SameThreadChannel(
                    base: HTTP1Channel(
                        responder: responder,
                        configuration: HTTP1Channel.Configuration(
                            additionalChannelHandlers: [StalledWriteHandler(limit: idle), LateQuiesceHandler(pause: .milliseconds(500))], idleTimeout: idle,
                            httpDecoderConfiguration: .init(maxHeaderFieldSize: longest, maxHeaderListSize: longest, maxHeaderFieldCount: 100))))
            },
            configuration: .init(
                address: .hostname(options.host, port: options.port), serverName: "maillage",
                availableConnectionsDelegate: .maximum(options.mostConnections, logger: logger)),
            onServerRunning: { channel in onServerRunning(channel.localAddress?.port ?? options.port) }, logger: logger)
        // Services are stopped in the order opposite to this: first the answers say that they are the last, then the server closes.
        var configuration = ServiceGroupConfiguration(
            services: [.init(service: application), .init(service: drain, successTerminationBehavior: .ignore)],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(options.shutdownTimeout)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch {
            throw PlanningError.unavailable("http://\(options.host):\(options.port) cannot be served: \(error)")
        }
    }
}
