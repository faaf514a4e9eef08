/// How a service is run: where it listens, how it is reached, and how much it takes on at once.
package struct ServiceOptions: Sendable {
    package var host = "127.0.0.1"
    package var port = 8080
    /// Where it is reached from outside, such as `https://example.org/atlas`; nil takes it from each request.
    package var baseURL: String?
    /// Of whom `Forwarded` and `X-Forwarded-…` are believed.
    package var trustedProxies: [IPNetwork] = []
    /// Paths of GeoPackages of which the feature tables are published too.
    package var collections: [String] = []

    /// The longest path and query, in bytes; a longer one is 414.
    package var longestAddress = 8_192
    /// The longest list of headers, in bytes; a longer one is 400 and the end of the connection.
    package var longestHeaders = 32_768
    /// The longest body, in bytes; a longer one is 413.
    package var longestBody = 1 << 20
    /// Connections that are open at once; others wait to be accepted.
    package var mostConnections = 1_000
    /// Requests that are answered at once; another is 503.
    package var mostRequests = 250
    /// Seconds that a connection may be idle, a request may take to arrive, or an answer may stand unread.
    package var idleTimeout = 30
    /// Seconds that one question may be computed; then it is 503.
    package var requestTimeout = 30
    /// Seconds that requests have to finish once the service is told to stop.
    package var shutdownTimeout = 30

    package init() {}
}
