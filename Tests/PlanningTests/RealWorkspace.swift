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

    /// Every ninth point of the layer: enough for brute force to disagree with, and few enough to be quick.
    static let thinnedDemand: DemandPoints = {
        let all = layer.demand
        var some = DemandPoints()
        some.areaCodes = all.areaCodes
        for i in stride(from: 0, to: all.count, by: 9) {
            some.append(all.coordinates[i], people: all.people[i], area: all.area[i], locality: all.locality[i], density: all.density[i])
        }
        return some
    }()
}

extension CalendarDate: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) { self = CalendarDate(text)! }
}
