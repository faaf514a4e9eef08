package import CiteNetwork
internal import GRDB
internal import GeoPackage

extension NetworkStore {
    /// The scenarios a viewer may see, in order of their ids: plans are nobody's business but the officers'.
    ///
    /// Throws `StoreError.badContent` for rows that cannot be read, naming them. It takes no lock.
    package func scenarios(for viewer: Viewer) throws -> [Scenario] {
        guard viewer == .officer else { return [] }
        let (scenarios, bad) = try file.read { db in try ScenarioRows.readable(db) }
        guard bad.isEmpty else {
            throw StoreError.badContent(
                file: "network.gpkg",
                problems: bad.prefix(20).map(\.problem) + [
                    "another program wrote it: 'maillage network undo CHANGE' brings back what was, 'maillage network history' shows the changes"
                ])
        }
        return scenarios
    }
}
