package import CiteNetwork
internal import GeoPackage
internal import NetworkStore
#if canImport(Glibc)
internal import Glibc
#endif
internal import Synchronization

/// The network at one moment, with the answers that were made ready from it. Readers who hold one keep it.
package final class AtlasSnapshot: Sendable {
    package let atlas: Atlas
    /// When it was taken, in seconds since 1970.
    package let taken: Int
    /// Differs from one snapshot of a service to the next.
    package let version: Int
    private let shelf = Mutex<[NearestKey: NearestPlatforms]>([:])

    private struct NearestKey: Hashable {
        var asOf: CalendarDate
        var kinds: Set<PlatformKind>?
        var service: ServiceCode?
    }

    init(_ atlas: Atlas, version: Int) {
        self.atlas = atlas
        self.version = version
        taken = time(nil)
    }

    /// What `nearest` has made already.
    package func ready(_ rule: Eligibility) -> NearestPlatforms? {
        let key = NearestKey(asOf: rule.asOf, kinds: rule.kinds, service: rule.service)
        return shelf.withLock { $0[key] }
    }

    /// The eligible platforms by a rule, indexed once for each snapshot and rule.
    package func nearest(_ rule: Eligibility) -> NearestPlatforms {
        if let ready = ready(rule) { return ready }
        let key = NearestKey(asOf: rule.asOf, kinds: rule.kinds, service: rule.service)
        let made = NearestPlatforms(atlas.records, rule)
        shelf.withLock { shelf in
            // Anyone may ask for any day: the shelf stays small.
            if shelf.count >= 64 { shelf.removeAll() }
            shelf[key] = made
        }
        return made
    }
}

/// The snapshot that readers get, replaced by the next one after a write, whoever wrote.
package final class LiveAtlas: Sendable {
    private struct State {
        var snapshot: AtlasSnapshot
        /// Of the store, as the watch tells it.
        var version: Int
        var fault: String?
    }

    /// The GeoPackage of the store.
    package let storePath: String
    private let store: NetworkStore
    private let viewer: Viewer
    private let watch: ChangeWatch
    private let state: Mutex<State>
    /// Held while the next snapshot is made, so that one is made and not one for each who asks.
    private let making = Mutex(())
    /// When the store was last asked for its version, in nanoseconds of a clock that never goes back.
    private let lastLook = Atomic<UInt64>(0)

    /// The store is asked for its version at most once in so many nanoseconds: a question takes 10 µs, more than many answers.
    private static let interval: UInt64 = 1_000_000

    package init(_ workspace: Workspace, for viewer: Viewer) throws {
        self.viewer = viewer
        storePath = workspace.storePath
        store = try workspace.openStore()
        watch = try ChangeWatch(path: workspace.storePath)
        let version = try watch.version()
        state = Mutex(State(snapshot: AtlasSnapshot(try Atlas(store: store, for: viewer), version: 1), version: version))
    }

    /// The network as it stands now: any commit, of another process too, that came more than a millisecond ago is in it.
    ///
    /// Where an edit has made the records unreadable, the last readable snapshot stays, and `fault` says why until it is mended.
    package func snapshot() throws -> AtlasSnapshot {
        isTimeToLook() ? try look() : state.withLock { $0.snapshot }
    }

    /// Whether `snapshot` would make the next one now; asks no more often than that does. After a true answer `freshSnapshot` makes it.
    package var isBehind: Bool {
        guard isTimeToLook(), let version = try? watch.version() else { return false }
        return state.withLock { $0.version != version }
    }

    /// True for one caller in each interval: the one who looks says so first, and others who come meanwhile take what is there.
    private func isTimeToLook() -> Bool {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        let instant = UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
        let last = lastLook.load(ordering: .relaxed)
        return instant &- last >= Self.interval && lastLook.compareExchange(expected: last, desired: instant, ordering: .relaxed).exchanged
    }

    /// The network with every commit that came before this call in it: for who has just written.
    package func freshSnapshot() throws -> AtlasSnapshot { try look() }

    private func look() throws -> AtlasSnapshot {
        let version = try watch.version()
        if let snapshot = state.withLock({ $0.version == version ? $0.snapshot : nil }) { return snapshot }
        return making.withLock { _ in
            // Another may have made it while this one waited.
            let (current, known) = state.withLock { ($0.snapshot, $0.version) }
            if known == version { return current }
            do {
                let next = AtlasSnapshot(try Atlas(store: store, for: viewer), version: current.version + 1)
                state.withLock { $0 = State(snapshot: next, version: version) }
                return next
            } catch {
                state.withLock { state in
                    state.version = version
                    state.fault = "\(error)"
                }
                return current
            }
        }
    }

    package func current() throws -> Atlas { try snapshot().atlas }

    /// Why the snapshot is older than the store; nil where it is not.
    package var fault: String? { state.withLock { $0.fault } }

    /// The eligible platforms by a rule, indexed once for each snapshot and rule.
    package func nearest(_ rule: Eligibility) throws -> NearestPlatforms { try snapshot().nearest(rule) }
}
