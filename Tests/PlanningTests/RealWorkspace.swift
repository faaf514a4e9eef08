import CiteNetwork
import Foundation
import Planning
import Population
import TestSupport

/// A workspace made once from the project's own GeoData, for every test of this process.
enum RealWorkspace {
    private static let folder = try! TemporaryFolder()

    static let workspace: Workspace = {
        let workspace = Workspace(path: folder.path("workspace"))
        try! workspace.create(from: ProjectFolder.geoData) { _ in }
        return workspace
    }()

    static let atlas: Atlas = try! Atlas(store: workspace.openStore(), for: .officer)

    static let layer: (info: PopulationLayerInfo, demand: DemandPoints) = {
        let layer = try! workspace.openLayer(nil)
        return (layer.info, try! layer.load())
    }()
}

extension CalendarDate: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) { self = CalendarDate(text)! }
}
