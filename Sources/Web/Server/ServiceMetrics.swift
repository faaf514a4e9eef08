import Synchronization

/// Counts what is asked and how long it takes, and writes it in the text format of Prometheus (version 0.0.4).
final class ServiceMetrics: Sendable {
    /// Upper bounds of the classes of duration, in seconds.
    static let bounds: [(seconds: Double, text: String)] = [
        (0.0005, "0.0005"), (0.001, "0.001"), (0.0025, "0.0025"), (0.005, "0.005"), (0.01, "0.01"), (0.025, "0.025"), (0.05, "0.05"), (0.1, "0.1"),
        (0.25, "0.25"), (0.5, "0.5"), (1, "1"), (2.5, "2.5"), (10, "10"),
    ]

    /// The figures of one path. Its lock is held for some nanoseconds.
    private final class Meter: Sendable {
        struct Key: Hashable { var method: String, status: Int }
        struct State {
            var requests: [(key: Key, count: Int)] = []
            var classes = [Int](repeating: 0, count: ServiceMetrics.bounds.count + 1)
            var seconds = 0.0
            var bytes = 0
        }

        let template: String
        let state = Mutex(State())

        init(_ template: String) { self.template = template }
    }

    private let meters: [Meter]
    private let inFlight = Atomic(0)

    /// - Parameter templates: the paths, with parameters in braces. What is asked at none of them is counted together.
    init(_ templates: [String]) { meters = (templates + ["none"]).map(Meter.init) }

    /// How many requests are being answered, this one included.
    func begin() -> Int { inFlight.add(1, ordering: .relaxed).newValue }

    /// - Parameter place: the index of the path; nil for none.
    func end(place: Int?, method: String, status: Int, seconds: Double, bytes: Int) {
        inFlight.subtract(1, ordering: .relaxed)
        meters[place ?? meters.count - 1].state.withLock { state in
            if let i = state.requests.firstIndex(where: { $0.key.status == status && $0.key.method == method }) {
                state.requests[i].count += 1
            } else {
                state.requests.append((Meter.Key(method: method, status: status), 1))
            }
            let at = Self.bounds.firstIndex { seconds <= $0.seconds } ?? Self.bounds.count
            state.classes[at] += 1
            state.seconds += seconds
            state.bytes += bytes
        }
    }

    /// - Parameter gauges: further figures: name, words and value.
    func text(_ gauges: [(name: String, help: String, value: Double)]) -> String {
        var requests = "# HELP maillage_http_requests_total Requests answered.\n# TYPE maillage_http_requests_total counter\n"
        var durations =
            "# HELP maillage_http_request_duration_seconds Time from the head of a request to its answer.\n"
            + "# TYPE maillage_http_request_duration_seconds histogram\n"
        var bytes = "# HELP maillage_http_response_bytes_total Bytes of the bodies of answers.\n# TYPE maillage_http_response_bytes_total counter\n"
        for meter in meters {
            let state = meter.state.withLock { $0 }
            guard !state.requests.isEmpty else { continue }
            let route = "route=\"\(meter.template)\""
            for (key, count) in state.requests.sorted(by: { ($0.key.method, $0.key.status) < ($1.key.method, $1.key.status) }) {
                requests += "maillage_http_requests_total{\(route),method=\"\(key.method)\",status=\"\(key.status)\"} \(count)\n"
            }
            var sum = 0
            for (i, bound) in Self.bounds.enumerated() {
                sum += state.classes[i]
                durations += "maillage_http_request_duration_seconds_bucket{\(route),le=\"\(bound.text)\"} \(sum)\n"
            }
            sum += state.classes[Self.bounds.count]
            durations += "maillage_http_request_duration_seconds_bucket{\(route),le=\"+Inf\"} \(sum)\n"
            durations += "maillage_http_request_duration_seconds_sum{\(route)} \(state.seconds)\n"
            durations += "maillage_http_request_duration_seconds_count{\(route)} \(sum)\n"
            bytes += "maillage_http_response_bytes_total{\(route)} \(state.bytes)\n"
        }
        var out = requests + durations + bytes
        for gauge in [("maillage_http_requests_in_flight", "Requests being answered.", Double(inFlight.load(ordering: .relaxed)))] + gauges {
            out += "# HELP \(gauge.0) \(gauge.1)\n# TYPE \(gauge.0) gauge\n\(gauge.0) \(gauge.2 == gauge.2.rounded() ? "\(Int(gauge.2))" : "\(gauge.2)")\n"
        }
        return out
    }
}
