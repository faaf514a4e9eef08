internal import GRDB
internal import GeoPackage

/// The regular grid whose cells a layer counts.
package struct CellGrid: Sendable, Equatable {
    /// The side of a cell in the units of the grid's reference system.
    package var cellSize: Double
    /// As PROJ names it: `EPSG:3035`.
    package var crs: String

    package init(cellSize: Double, crs: String) {
        self.cellSize = cellSize
        self.crs = crs
    }

    /// The facts by which a layer says of what grid its points are the centres.
    package var facts: [PopulationLayerInfo.Fact] {
        let side = cellSize == cellSize.rounded() && cellSize < 1e9 ? "\(Int(cellSize))" : "\(cellSize)"
        return [.init("cellSize", side), .init("cellCRS", crs)]
    }
}

extension PopulationLayer {
    /// The grid that the facts `cellSize` and `cellCRS` of the layer tell; nil where they are not there, or no size.
    package var grid: CellGrid? {
        get throws {
            try file.read { db in
                func fact(_ name: String) throws -> String? {
                    try String.fetchOne(db, sql: "SELECT value FROM layer WHERE name = ?", arguments: [name])
                }
                guard let size = try fact("cellSize").flatMap(Double.init), size > 0, size.isFinite, let crs = try fact("cellCRS") else { return nil }
                return CellGrid(cellSize: size, crs: crs)
            }
        }
    }
}
