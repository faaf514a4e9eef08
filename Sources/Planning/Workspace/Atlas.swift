package import CiteNetwork
package import NetworkStore

/// A snapshot of the network and its areas, from which questions are answered. Immutable, so that tasks may share it;
/// after a write, the next one is made.
package struct Atlas: Sendable {
    package let store: NetworkStore
    package let records: NetworkRecords
    package let areas: AreaTree

    package init(store: NetworkStore, for viewer: Viewer) throws {
        self.store = store
        try store.refreshSearch()
        records = try store.records(for: viewer)
        areas = try store.areaTree()
    }
}
