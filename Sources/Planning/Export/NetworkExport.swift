internal import Foundation
package import GeoPackage
internal import NetworkStore
internal import Population

extension Workspace {
    /// Copies the store to a new file with SQLite's online backup, while others read and write it. The file must not exist.
    package func backup(to destination: String, progress: @escaping (Int, Int) -> Void) throws {
        guard !FileManager.default.fileExists(atPath: destination) else {
            throw PlanningError.badArgument("\(destination) exists already; nothing is overwritten. Another name would be accepted.")
        }
        guard !destination.isEmpty else { throw PlanningError.badArgument("the name of the file is empty") }
        let folder = URL(fileURLWithPath: destination).deletingLastPathComponent().path
        guard FileManager.default.fileExists(atPath: folder) else {
            throw PlanningError.notFound("no folder \(folder); a backup goes into a folder that exists")
        }
        try openStore().file.backup(to: destination, progress: progress)
    }

    /// Writes a copy of the store that holds only what everyone may see: it can be handed around.
    package func exportPublicStore(to destination: String) throws {
        try backup(to: destination, progress: { _, _ in })
        do {
            let copy = try NetworkStore.open(at: destination)
            try copy.removeRestricted()
        } catch {
            try? FileManager.default.removeItem(atPath: destination)
            throw error
        }
    }

    /// Every finding of the store and of the population layers; none for a sound workspace.
    package func check() throws -> [Finding] {
        var findings = try openStore().check()
        for id in layerIDs() {
            let layer: PopulationLayer
            do {
                layer = try openLayer(id)
                _ = try layer.load()
            } catch {
                findings.append(Finding(place: "\(id).gpkg", problem: "\(error)"))
                continue
            }
            findings += try layer.file.check().map { Finding(place: "\(id).gpkg, \($0.place)", problem: $0.problem) }
            if layer.info.id != id { findings.append(Finding(place: "\(id).gpkg", problem: "calls itself '\(layer.info.id)'")) }
        }
        if layerIDs().isEmpty { findings.append(Finding(place: "population", problem: "there is no population layer")) }
        findings += InterruptedImport.abandoned(in: populationFolder).map {
            Finding(place: "population/\($0)", problem: "left by an import that did not come to its end; the next import removes it")
        }
        return findings
    }
}
