package import CiteNetwork
internal import GRDB
internal import GeoPackage

extension NetworkStore {
    /// The scenarios a viewer may see, in order of their ids: plans are nobody's business but the officers'.
    ///
    /// Throws `StoreError.badContent` for rows that cannot be read, naming them. It takes no lock.
    package func scenarios(for viewer: Viewer) throws -> [Scenario] {
        guard viewer == .officer else { return [] }
        let (scenarios, bad, _) = try file.read { db in try ScenarioRows.readable(db) }
        guard bad.isEmpty else { throw Self.unreadable(bad.map(\.problem)) }
        return scenarios
    }

    /// One of them, nil where there is none that the viewer may see, and the ids of those that can be read. What is wrong with another one
    /// is no reason to refuse this one.
    ///
    /// Throws `StoreError.badContent` where it is the rows of this scenario that cannot be read.
    package func scenario(_ id: String, for viewer: Viewer) throws -> (found: Scenario?, known: [Scenario]) {
        guard viewer == .officer else { return (nil, []) }
        let (scenarios, bad, owners) = try file.read { db in try ScenarioRows.readable(db) }
        let own = zip(bad, owners).filter { $0.1 == id }.map(\.0.problem)
        guard own.isEmpty else { throw Self.unreadable(own) }
        return (scenarios.first { $0.id == id }, scenarios)
    }

    private static func unreadable(_ problems: [String]) -> StoreError {
        StoreError.badContent(
            file: "network.gpkg",
            problems: problems.prefix(20) + [
                "another program wrote it: 'maillage network undo CHANGE' brings back what was, 'maillage network history' shows the changes"
            ])
    }
}
