package import CiteNetwork
package import NetworkStore

/// A snapshot of the network and its areas, from which questions are answered. Immutable, so that tasks may share it;
/// after a write, the next one is made.
package struct Atlas: Sendable {
    package let store: NetworkStore
    package let records: NetworkRecords
    package let areas: AreaTree
    /// The scenario whose network this is; nil for the network as it is recorded.
    package private(set) var applied: Scenario?
    let shapes = AreaShapes()

    /// The id of that scenario.
    package var scenario: String? { applied?.id }

    package init(store: NetworkStore, for viewer: Viewer) throws {
        self.store = store
        try store.refreshSearch()
        records = try store.records(for: viewer)
        areas = try store.areaTree()
    }

    private init(store: NetworkStore, records: NetworkRecords, areas: AreaTree) {
        (self.store, self.records, self.areas) = (store, records, areas)
    }

    /// The same store and areas with other records: the network as a scenario would make it.
    package func with(_ records: NetworkRecords, scenario: Scenario? = nil) -> Atlas {
        var other = Atlas(store: store, records: records, areas: areas)
        other.applied = scenario
        return other
    }

    /// The network as the store knew it at a past instant: `YYYY-MM-DDThh:mm:ss.sssZ` in UTC, or a part of it from the left, which
    /// means its end (`2026-11-22` is the whole day). Rebuilt from the change log; areas are today's.
    package init(store: NetworkStore, for viewer: Viewer, recordedAt instant: String) throws {
        let text = instant.hasSuffix("Z") ? String(instant.dropLast()) : instant
        let isDate = PartialDate(String(text.prefix(10)))?.latest != nil && !text.prefix(10).contains("..")
        guard isDate, text.wholeMatch(of: /\d{4}(-\d{2}(-\d{2}(T([01]\d|2[0-3])(:[0-5]\d(:[0-5]\d(\.\d{1,3})?)?)?)?)?)?/) != nil else {
            throw PlanningError.badArgument("'\(instant)' is not an instant; expected YYYY-MM-DDThh:mm:ssZ in UTC, or a part of it such as 2026-11-22")
        }
        self.store = store
        records = try store.records(for: viewer, recordedAt: .instant(text))
        areas = try store.areaTree()
    }
}
