#if canImport(Glibc)
internal import Glibc
#endif
internal import Synchronization

/// How long a connection waits for the lock that another program holds: 30 seconds, or a twentieth of one for what need not be done now.
final class Patience: Sendable {
    private let hurries = Atomic<Int>(0)

    /// Whether to try again, having slept, after so many tries.
    func waits(after tries: Int) -> Bool {
        let isHurried = hurries.load(ordering: .relaxed) > 0
        // 1 ms ten times, then 20 ms.
        guard tries < (isHurried ? 12 : 1_510) else { return false }
        usleep(tries < 10 ? 1_000 : 20_000)
        return true
    }

    /// Runs `body` without waiting long. Another task that waits at the same time waits less as well.
    func hurried<T>(_ body: () throws -> T) rethrows -> T {
        hurries.add(1, ordering: .relaxed)
        defer { hurries.subtract(1, ordering: .relaxed) }
        return try body()
    }
}
