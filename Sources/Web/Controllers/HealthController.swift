import HTTPTypes
import Planning
#if canImport(Glibc)
import Glibc
#endif

/// Whether the service lives, whether it can answer, and how it fares: `/healthz`, `/readyz`, `/metrics`.
struct HealthController: Sendable {
    let atlas: LiveAtlas
    let metrics: @Sendable () -> ServiceMetrics
    let drain: Drain?
    private let started = HealthController.now

    init(atlas: LiveAtlas, drain: Drain?, metrics: @escaping @Sendable () -> ServiceMetrics) {
        self.atlas = atlas
        self.drain = drain
        self.metrics = metrics
    }

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    var routes: [Route] {
        [
            Route("/healthz", id: nil, summary: "Alive", representations: [.text]) { _ in Answer(text: "ok\n") },
            Route("/readyz", id: nil, summary: "Ready", representations: [.text]) { _ in
                _ = try atlas.current()
                if let fault = atlas.fault { return unready("the store cannot be read since its last edit: \(fault)\n") }
                if drain?.isDraining ?? false { return unready("the service is being stopped\n") }
                return Answer(text: "ready\n")
            },
            Route("/metrics", id: nil, summary: "Figures for Prometheus", representations: [Representation(word: "text", type: "text/plain; version=0.0.4")]) {
                _ in
                let snapshot = try atlas.snapshot()
                return Answer(
                    Array(
                        metrics().text([
                            ("maillage_snapshot_age_seconds", "Time since the snapshot that is served was taken.", Self.now - Double(snapshot.taken)),
                            ("maillage_store_fault", "1 where the store cannot be read since its last edit.", atlas.fault == nil ? 0 : 1),
                            ("maillage_start_time_seconds", "When the service was started, in seconds since 1970.", started),
                        ]).utf8), type: "text/plain; version=0.0.4", caching: .never)
            },
        ]
    }

    private func unready(_ text: String) -> Answer {
        var answer = Answer(text: text)
        answer.status = .serviceUnavailable
        return answer
    }
}
