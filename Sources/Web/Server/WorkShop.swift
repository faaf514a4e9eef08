import NIOCore
import NIOPosix
import Synchronization

/// Where work that takes longer than a blink is done: on threads of its own, so that requests that take none are not held up; with a queue
/// of limited length, a time limit, and an end when the client's task is cancelled.
final class WorkShop: Sendable {
    private let pool: NIOThreadPool
    private let timer: any EventLoopGroup
    private let waiting = Atomic(0)
    private let mostWaiting: Int
    private let limit: TimeAmount

    /// - Parameters:
    ///   - threads: how many jobs are done at once.
    ///   - mostWaiting: how many may wait beside those; another is refused.
    ///   - limit: after so many seconds a job is given up.
    init(threads: Int, mostWaiting: Int, limit: Int) {
        pool = NIOThreadPool(numberOfThreads: threads)
        pool.start()
        timer = MultiThreadedEventLoopGroup.singleton
        self.mostWaiting = mostWaiting + threads
        self.limit = .seconds(Int64(limit))
    }

    deinit { pool.shutdownGracefully { _ in } }

    /// Whether a job is still wanted: asked by long jobs between their steps.
    final class Permit: Sendable {
        private let isWithdrawn = Atomic(false)

        func withdraw() { isWithdrawn.store(true, ordering: .relaxed) }

        /// Throws where the client has gone or the time is over.
        func check() throws {
            if isWithdrawn.load(ordering: .relaxed) { throw CancellationError() }
        }
    }

    /// Throws what the job throws, `Problem.busy` where too many wait, and a problem where it takes too long (the job is then told by its
    /// permit).
    func run<Value: Sendable>(_ job: @escaping @Sendable (Permit) throws -> Value) async throws -> Value {
        guard waiting.add(1, ordering: .relaxed).newValue <= mostWaiting else {
            waiting.subtract(1, ordering: .relaxed)
            throw Problem.busy("Too many requests wait for work to be done; ask again in a moment.")
        }
        let permit = Permit()
        let promise = timer.next().makePromise(of: Value.self)
        let isDone = Atomic01()
        pool.submit { state in
            defer { self.waiting.subtract(1, ordering: .relaxed) }
            let result = Result {
                guard case .active = state else { throw Problem.busy("The service is being stopped.") }
                try permit.check()
                return try job(permit)
            }
            if isDone.take() { promise.completeWith(result) }
        }
        let alarm = promise.futureResult.eventLoop.scheduleTask(in: limit) {
            guard isDone.take() else { return }
            permit.withdraw()
            promise.fail(
                Problem.busy("This takes longer than \(self.limit.nanoseconds / 1_000_000_000) s, which is the limit; a smaller question would be answered."))
        }
        defer { alarm.cancel() }
        return try await withTaskCancellationHandler {
            try await promise.futureResult.get()
        } onCancel: {
            permit.withdraw()
        }
    }
}

/// Taken once, by the first who asks.
private final class Atomic01: Sendable {
    private let isTaken = Atomic(false)
    func take() -> Bool { !isTaken.exchange(true, ordering: .relaxed) }
}
