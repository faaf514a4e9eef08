package import CiteNetwork
internal import GeoPackage
internal import NetworkStore
#if canImport(Glibc)
internal import Glibc
#endif
internal import Synchronization

/// The snapshot that readers get, replaced by the next one after a write, whoever wrote.
package final class LiveAtlas: Sendable {
    private struct State {
        var atlas: Atlas
        var version: Int
        var fault: String?
        /// Ready answers for the atlas above, by the rule they follow.
        var nearest: [NearestKey: NearestPlatforms] = [:]
    }

    private struct NearestKey: Hashable {
        var asOf: CalendarDate
        var kinds: Set<PlatformKind>?
        var service: ServiceCode?
    }

    private let store: NetworkStore
    private let viewer: Viewer
    private let watch: ChangeWatch
    private let state: Mutex<State>

    package init(_ workspace: Workspace, for viewer: Viewer) throws {
        self.viewer = viewer
        store = try workspace.openStore()
        watch = try ChangeWatch(path: workspace.storePath)
        let version = try watch.version()
        state = Mutex(State(atlas: try Atlas(store: store, for: viewer), version: version))
    }

    /// The network as it stands now. Readers who hold an older snapshot keep it.
    ///
    /// Where an edit has made the records unreadable, the last readable snapshot stays, and `fault` says why until it is mended.
    package func current() throws -> Atlas {
        let version = try watch.version()
        if let atlas = state.withLock({ $0.version == version ? $0.atlas : nil }) { return atlas }
        do {
            let atlas = try Atlas(store: store, for: viewer)
            state.withLock { $0 = State(atlas: atlas, version: version) }
            return atlas
        } catch {
            return state.withLock { state in
                state.version = version
                state.fault = "\(error)"
                return state.atlas
            }
        }
    }

    /// Why the snapshot is older than the store; nil where it is not.
    package var fault: String? { state.withLock { $0.fault } }

    /// The eligible platforms by a rule, indexed once for each snapshot and rule.
    package func nearest(_ rule: Eligibility) throws -> NearestPlatforms {
        let atlas = try current()
        let key = NearestKey(asOf: rule.asOf, kinds: rule.kinds, service: rule.service)
        if let ready = state.withLock({ $0.nearest[key] }) { return ready }
        let made = NearestPlatforms(atlas.records, rule)
        state.withLock { state in
            // Anyone may ask for any day: the shelf stays small.
            if state.nearest.count >= 64 { state.nearest.removeAll() }
            state.nearest[key] = made
        }
        return made
    }
}
