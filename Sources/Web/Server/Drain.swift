import ServiceLifecycle
import Synchronization

/// What happens before the server stops listening: from then on each answer says that its connection ends with it, so that no client asks again on
/// a connection that is closed a moment later.
final class Drain: ServiceLifecycle.Service {
    private let isOn = Atomic(false)

    var isDraining: Bool { isOn.load(ordering: .relaxed) }

    func run() async throws {
        try? await gracefulShutdown()
        isOn.store(true, ordering: .relaxed)
    }
}
