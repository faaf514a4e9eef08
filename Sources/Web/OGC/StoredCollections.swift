import Features
import GeoModel
import NetworkStore
import Planning
#if canImport(Glibc)
import Glibc
#endif

/// Collections that stand in tables of a GeoPackage.
enum StoredCollections {
    /// Areas and localities of the store.
    static func gazetteer(_ atlas: LiveAtlas) throws -> [FeatureCollectionSource] {
        let reader = try FeatureReader(path: atlas.storePath)
        return NetworkStore.collections.map { table in
            source(table, reader) { try atlas.snapshot().taken }
        }
    }

    /// Every feature table of another GeoPackage. Throws `PlanningError.badContent` for a file without any, or with a name that is taken.
    package static func tables(of path: String, except taken: Set<String>) throws -> [FeatureCollectionSource] {
        let reader = try FeatureReader(path: path)
        let tables = try reader.tables()
        guard !tables.isEmpty else { throw PlanningError.badContent("\(path) holds no feature table; a GeoPackage with one would be accepted") }
        if let twice = tables.first(where: { taken.contains($0.id) }) {
            throw PlanningError.badContent("\(path): there is a collection '\(twice.id)' already; a table of another name would be accepted")
        }
        let opened = time(nil)
        return tables.map { source($0, reader) { opened } }
    }

    private static func source(_ table: FeatureTable, _ reader: FeatureReader, taken: @escaping @Sendable () throws -> Int) -> FeatureCollectionSource {
        FeatureCollectionSource(id: table.id, title: table.title, description: table.description, shape: table, isDated: false) { _, _ in
            let extent = table.storageCRS == .crs84 ? try reader.extent(of: table) : nil
            return FeatureCollectionSource.Reading(table: table, reader: reader, extent: extent, taken: try taken())
        }
    }
}
