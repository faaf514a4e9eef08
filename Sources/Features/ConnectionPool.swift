internal import Dispatch
internal import Synchronization

/// Connections to one database, each lent to one task at a time. Who comes when all are lent waits: ask from threads that may.
final class ConnectionPool: Sendable {
    /// Sendable because a connection is in `idle` or with the one task that took it out, never both.
    private struct Idle: @unchecked Sendable {
        var connections: [Connection] = []
    }

    private let idle = Mutex(Idle())
    private let places: DispatchSemaphore
    private let make: @Sendable () throws -> Connection

    init(maximum: Int, _ make: @escaping @Sendable () throws -> Connection) {
        places = DispatchSemaphore(value: maximum)
        self.make = make
    }

    func with<T>(_ body: (Connection) throws -> T) throws -> T {
        places.wait()
        defer { places.signal() }
        let connection = try take()?.connection ?? make()
        defer { giveBack(Handle(connection: connection)) }
        return try body(connection)
    }

    /// Sendable for the same reason as `Idle`.
    private struct Handle: @unchecked Sendable {
        let connection: Connection
    }

    private func take() -> Handle? { idle.withLock { $0.connections.popLast().map { Handle(connection: $0) } } }
    private func giveBack(_ handle: Handle) { idle.withLock { $0.connections.append(handle.connection) } }
}
