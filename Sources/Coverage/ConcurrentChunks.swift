internal import Dispatch

/// Runs a body over 0..<count, chunk by chunk, on every core; returns when all are done.
///
/// What a chunk is does not depend on the number of cores, so that results which are put together chunk by chunk are the same bytes on
/// any machine. The caller's thread works too and blocks until the end: call it off the cooperative pool where that matters.
package enum ConcurrentChunks {
    /// Whether chunks run side by side or one after the other on the caller's thread.
    package enum Cores: Sendable { case one, all }

    package static func forEach(of count: Int, chunk: Int, on cores: Cores = .all, _ body: @Sendable (_ chunk: Int, _ range: Range<Int>) -> Void) {
        precondition(chunk > 0)
        let chunks = (count + chunk - 1) / chunk
        @Sendable func run(_ i: Int) { body(i, i * chunk..<min(count, (i + 1) * chunk)) }
        if chunks < 2 || cores == .one {
            for i in 0..<chunks { run(i) }
        } else {
            DispatchQueue.concurrentPerform(iterations: chunks, execute: run)
        }
    }
}
