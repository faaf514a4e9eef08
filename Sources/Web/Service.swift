import CiteNetwork
package import Hummingbird
import Logging
package import Planning

/// The HTTP service of a workspace.
package enum Service {
    /// All routes. What is restricted is not in the atlas that they read.
    package static func router(_ atlas: LiveAtlas) -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: ProblemMiddleware())
        router.get("healthz") { _, _ in Response(bytes: Array("ok\n".utf8), type: "text/plain; charset=utf-8") }
        router.get("readyz") { _, _ in
            _ = try atlas.current()
            if let fault = atlas.fault {
                return Response(
                    bytes: Array("the store cannot be read since its last edit: \(fault)\n".utf8), type: "text/plain; charset=utf-8",
                    status: .serviceUnavailable)
            }
            return Response(bytes: Array("ready\n".utf8), type: "text/plain; charset=utf-8")
        }
        let api = router.group("api")
        NearestController(atlas: atlas).addRoutes(to: api)
        NetworkController(atlas: atlas).addRoutes(to: api)
        return router
    }

    static func application(_ atlas: LiveAtlas, host: String, port: Int, onServerRunning: @escaping @Sendable (Int) -> Void) -> some ApplicationProtocol {
        var logger = Logger(label: "maillage")
        logger.logLevel = .notice
        return Application(
            router: router(atlas), configuration: .init(address: .hostname(host, port: port), serverName: "maillage"),
            onServerRunning: { channel in onServerRunning(channel.localAddress?.port ?? port) }, logger: logger)
    }

    /// Serves until the process is told to stop. Throws `PlanningError.unavailable` where the address cannot be had.
    ///
    /// - Parameter onServerRunning: called with the port once connections are accepted.
    package static func run(_ workspace: Workspace, host: String, port: Int, onServerRunning: @escaping @Sendable (Int) -> Void) async throws {
        let atlas = try LiveAtlas(workspace, for: .everyone)
        do {
            try await application(atlas, host: host, port: port, onServerRunning: onServerRunning).runService()
        } catch {
            throw PlanningError.unavailable("http://\(host):\(port) cannot be served: \(error)")
        }
    }
}
