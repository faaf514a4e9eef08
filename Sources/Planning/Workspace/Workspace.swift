package import Foundation
#if canImport(Glibc)
internal import Glibc
#endif
package import NetworkStore
package import Population

/// The folder that holds everything the program knows.
package struct Workspace: Sendable, Hashable {
    package let path: String

    package init(path: String) { self.path = path }

    package var storePath: String { path + "/network.gpkg" }
    package var populationFolder: String { path + "/population" }

    package var exists: Bool { FileManager.default.fileExists(atPath: storePath) }

    /// Makes a workspace from a folder laid out as `GeoData/` is. It is built beside its place and moved there when complete:
    /// a workspace that exists is whole, whatever happened while it was made.
    package func create(from geoData: URL, progress: (String) -> Void) throws {
        let manager = FileManager.default
        let taken = PlanningError.badArgument("\(path) exists already; nothing was changed. Another --workspace would be accepted.")
        // Only a place where nothing is, or an empty folder, is taken.
        if (try? manager.attributesOfItem(atPath: path)) != nil {
            guard let content = try? manager.contentsOfDirectory(atPath: path), content.isEmpty else { throw taken }
        }
        guard manager.fileExists(atPath: geoData.appendingPathComponent("network/cites.csv").path) else {
            throw PlanningError.notFound("no GeoData folder at \(geoData.path); it is the one named GeoData in the source tree")
        }
        let folder = URL(fileURLWithPath: path).standardizedFileURL
        let parent = folder.deletingLastPathComponent()
        do {
            try manager.createDirectory(at: parent, withIntermediateDirectories: true)
        } catch {
            throw PlanningError.unavailable("\(parent.path) cannot be made a folder, or may not be written to")
        }
        guard manager.isWritableFile(atPath: parent.path) else { throw PlanningError.unavailable("\(parent.path) may not be written to") }
        for needed in Self.needed where !manager.fileExists(atPath: geoData.appendingPathComponent(needed).path) {
            throw PlanningError.notFound("\(geoData.appendingPathComponent(needed).path): no such file or folder; a complete GeoData has it")
        }
        removeAbandonedParts(of: folder.lastPathComponent, in: parent)
        let part = parent.appendingPathComponent("\(folder.lastPathComponent).partial-\(getpid())")
        try? manager.removeItem(at: part)
        do {
            for sub in ["population", "roads", "tiles"] {
                try manager.createDirectory(at: part.appendingPathComponent(sub), withIntermediateDirectories: true)
            }
            let store = try NetworkStore.create(at: part.appendingPathComponent("network.gpkg").path)
            try store.importGeoData(from: geoData, progress: progress)
            try store.close()
            progress("population")
            let layer = try IndicativeLayer.read(folder: geoData.appendingPathComponent("population"))
            try PopulationLayer.create(
                at: part.appendingPathComponent("population/\(layer.info.id).gpkg").path, info: layer.info, points: layer.points)
            // Atomic, and refused by the system where another run has been faster: its workspace stays.
            guard rename(part.path, folder.path) == 0 else {
                throw errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR
                    ? taken : PlanningError.unavailable("\(path) cannot be made: \(String(cString: strerror(errno)))")
            }
        } catch {
            try? manager.removeItem(at: part)
            throw error
        }
    }

    private static let needed =
        ["countries", "admin1", "regions", "groups"].map { "areas/\($0).geojson" } + ["localities", "population/totals.csv", "population/indicative.json"]
        + ["sources", "cites", "platforms", "periods", "decisions", "territories", "poles"].map { "network/\($0).csv" }

    /// Removes what runs that were killed left behind, and leaves what a living one is making.
    private func removeAbandonedParts(of name: String, in parent: URL) {
        let prefix = "\(name).partial-"
        for entry in (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? [] where entry.hasPrefix(prefix) {
            guard let process = pid_t(entry.dropFirst(prefix.count)), kill(process, 0) != 0, errno == ESRCH else { continue }
            try? FileManager.default.removeItem(at: parent.appendingPathComponent(entry))
        }
    }

    /// The store. Throws for a workspace that does not exist, and for a damaged or foreign file.
    package func openStore() throws -> NetworkStore {
        guard exists else {
            throw PlanningError.notFound("no workspace at \(path): it has no network.gpkg. 'maillage init --workspace \(path)' makes one.")
        }
        return try NetworkStore.open(at: storePath)
    }

    /// The ids of the population layers, in order.
    package func layerIDs() -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: populationFolder)) ?? [])
            .filter { $0.hasSuffix(".gpkg") }.map { String($0.dropLast(5)) }.sorted()
    }

    /// A layer by its id; without one, the indicative layer, or the only one there is.
    package func openLayer(_ id: String?) throws -> PopulationLayer {
        let known = layerIDs()
        guard let chosen = id ?? (known.contains("indicative") ? "indicative" : known.first), known.contains(chosen) else {
            throw PopulationError.noLayer(id: id ?? "indicative", known: known)
        }
        return try PopulationLayer.open(at: "\(populationFolder)/\(chosen).gpkg")
    }
}
