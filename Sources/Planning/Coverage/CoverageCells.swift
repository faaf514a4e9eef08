internal import Coverage
package import GeoModel
package import Impedance
package import Population
internal import Geodesy

/// Each demand point of an area with its nearest platform.
package struct CellsAnswer: Sendable {
    package var layer: PopulationLayerInfo
    package var kind: ImpedanceKind
    package var areaName: String
    package var areaCode: String?
    /// In ascending order.
    package var reaches: [Reach]
    package var demand: DemandPoints
    /// Infinite where nothing reaches the point.
    package var impedance: [Double]
    /// The position of the nearest place in `facilities`; -1 where there is none.
    package var facility: [Int32]
    /// The position of the narrowest reach that holds the point; the number of reaches where none does.
    package var reachClass: [UInt8]
    /// The squares of the layer's grid; nil where the layer is no grid, and its points are points.
    package var squares: CellSquares?
    package var facilities: FacilitySet
    package var estimate: Bool
}

extension Atlas {
    /// Throws as `coverage` does, and `GeodesyError` for a grid whose reference system is not known.
    package func cells(_ query: CoverageQuery, layer: PopulationLayer) throws -> CellsAnswer {
        _ = try query.kind()
        let grid = try layer.grid
        return try cells(query, layer: layer.info, demand: layer.load(selection(for: query.area)), grid: grid)
    }

    package func cells(_ query: CoverageQuery, layer: PopulationLayerInfo, demand: DemandPoints, grid: CellGrid?) throws -> CellsAnswer {
        let measure = try CoverageMeasure(query, on: CoverageGround(query.area, layer: layer, demand: demand, in: self), in: self)
        let reaches = query.reaches.sorted { $0.value < $1.value }
        let classes = measure.impedance.map { cost in UInt8(min(reaches.firstIndex { cost <= $0.value } ?? reaches.count, 255)) }
        return CellsAnswer(
            layer: layer, kind: measure.kind, areaName: measure.ground.name, areaCode: measure.ground.code, reaches: reaches,
            demand: measure.ground.demand, impedance: measure.impedance, facility: measure.nearest.facility, reachClass: classes,
            squares: try grid.map(CellSquares.init), facilities: measure.facilities, estimate: measure.kind != .distance)
    }
}

/// The squares of a grid on the ground. PROJ's handle is made for each use: the value may be shared.
package struct CellSquares: Sendable {
    private let grid: CellGrid

    /// Throws `GeodesyError` for a reference system that PROJ does not know.
    init(_ grid: CellGrid) throws {
        _ = try CoordinateTransform(from: "OGC:CRS84", to: grid.crs)
        self.grid = grid
    }

    /// The cells around some centres, their corners carried over from the grid's own plane: counterclockwise, closed. About 2 µs each.
    package func polygons(around centres: [Coordinate]) throws -> [Geometry] {
        let toGrid = try CoordinateTransform(from: "OGC:CRS84", to: grid.crs)
        let half = grid.cellSize / 2
        return try centres.map { centre in
            let middle = try toGrid(centre)
            let corners = try [(-half, -half), (half, -half), (half, half), (-half, half)].map { dx, dy in
                try toGrid.inverse(Coordinate(x: middle.x + dx, y: middle.y + dy))
            }
            return .polygon(Polygon(exterior: corners + [corners[0]]))
        }
    }
}
