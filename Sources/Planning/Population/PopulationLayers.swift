internal import CiteNetwork
internal import Foundation
#if canImport(Glibc)
internal import Glibc
#endif
internal import GeoPackage
package import Population

/// A layer of a workspace and what it holds.
package struct PopulationLayerDescription: Sendable {
    package var info: PopulationLayerInfo
    package var summary: PopulationLayer.Summary
    /// The size of its file in bytes.
    package var size: Int
}

extension Workspace {
    /// All layers in order of id. O(n) in their points.
    package func populationLayers() throws -> [PopulationLayerDescription] { try layerIDs().map(describeLayer) }

    /// Throws `PopulationError.noLayer` with the ids there are.
    package func describeLayer(_ id: String) throws -> PopulationLayerDescription {
        let layer = try openLayer(id)
        let size = (try? FileManager.default.attributesOfItem(atPath: layer.file.path)[.size] as? Int) ?? 0
        return PopulationLayerDescription(info: layer.info, summary: try layer.summary(), size: size)
    }

    /// Removes a layer and its file. Who has it open goes on reading it.
    package func removeLayer(_ id: String) throws {
        guard layerIDs().contains(id) else { throw PopulationError.noLayer(id: id, known: layerIDs()) }
        let path = "\(populationFolder)/\(id).gpkg"
        let doomed = PopulationLayerWriter.partialPath(of: path)
        guard rename(path, doomed) == 0 else {
            throw PlanningError.unavailable("\(path) cannot be removed: \(String(cString: strerror(errno)))")
        }
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        PopulationLayerWriter.removeDatabase(doomed)
    }
}
