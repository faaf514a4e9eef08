internal import Foundation
internal import GeoFormats
internal import GeoModel
internal import Geodesy

/// Reads people from a GeoTIFF: counts, or densities by the true area of each cell. People stand at the centre of their cell.
package final class RasterReader {
    private let raster: GeoTIFFFile
    private let transform: CoordinateTransform?
    private let band: Int
    private let isDensity: Bool
    private let gridSize: Double?
    private let epsg: Int32
    package private(set) var source: DemandSource

    /// - Parameters:
    ///   - path: the file as libtiff reads it, without gzip.
    ///   - name: what errors call it.
    ///   - limit: the most pixels that are read.
    /// Throws `PopulationError.badFile` for a file that is no GeoTIFF, is cut or not placed on the ground, `badOption` for a band that is
    /// not there, `GeodesyError` for an unknown system.
    package init(path: String, name: String, options: ImportOptions, limit: Int = 1 << 40) throws {
        let given = [
            ("--x and --y", options.x ?? options.y), ("--cell-id", options.cellID), ("--people", options.people), ("--area", options.area),
            ("--attribute", options.attributes.first?.column), ("--density-class", options.densityClass), ("--layer", options.layer),
        ].first { $0.1 != nil }
        if let given { throw PopulationError.badOption("\(given.0) does not go with a raster") }
        guard options.spread == nil, options.cell == nil, !options.isCorner else {
            throw PopulationError.badOption("--spread, --cell and --corner do not go with a raster")
        }
        let raster = try GeoTIFFFile(path: path, name: name, limit: limit)
        self.raster = raster
        band = (options.band ?? 1) - 1
        guard (0..<raster.bands).contains(band) else {
            throw PopulationError.badOption("--band \(band + 1): \(name) has \(raster.bands == 1 ? "one band" : "the bands 1 to \(raster.bands)")")
        }
        isDensity = options.isDensity
        guard let crs = options.crs ?? raster.epsg.map({ "EPSG:\($0)" }) else {
            throw PopulationError.badFile(
                file: name, place: "", problem: "it does not name its reference system by an EPSG code; name it with --crs, such as --crs EPSG:3035")
        }
        let isPlain = crs.uppercased() == "EPSG:4326" || crs.uppercased() == "OGC:CRS84"
        transform = isPlain ? nil : try CoordinateTransform(from: crs)
        epsg = crs.uppercased().wholeMatch(of: /EPSG:(\d{4,5})/).flatMap { Int32($0.1) } ?? 0

        let type = raster.isFloat ? "floating point numbers" : raster.isSigned ? "signed whole numbers" : "whole numbers"
        var source = DemandSource(
            format: "GeoTIFF, \(raster.width) × \(raster.height) pixels, \(type) of \(raster.bits) bits, \(raster.isTiled ? "tiles" : "strips"), "
                + (raster.compression == "none" ? "not compressed" : raster.compression))
        source.isWhole = !raster.isFloat && !isDensity
        let p = raster.placement
        let what = isDensity ? "people per km², times the true area of each cell" : "people in each cell"
        source.taken.append("people: band \(band + 1), \(what)" + (raster.noData.map { "; \($0) means that nothing is known" } ?? ""))
        source.taken.append(
            "position: the centre of each pixel in \(crs)\(options.crs == nil ? "" : " (--crs)"), pixel is \(raster.isPixelPoint ? "point" : "area")")
        if let given = options.crs, let stated = raster.epsg, let note = ImportOptions.note(given: given, instead: stated) { source.notes.append(note) }
        if raster.bands > 1, options.band == nil {
            source.notes.append("The raster has \(raster.bands) bands; the first was taken. --band takes another.")
        }
        let isUpright = p.b == 0 && p.d == 0
        let isGeographic = isPlain || (!raster.isProjected && options.crs == nil)
        var size: Double?
        if isUpright, isGeographic {
            source.cell = .degrees(abs(p.a), abs(p.e))
        } else if isUpright, !isGeographic, abs(abs(p.a) - abs(p.e)) < 1e-6 * abs(p.a) {
            source.cell = .metres(abs(p.a))
            size = abs(p.a)
        }
        if isUpright, abs(abs(p.a) - abs(p.e)) < 1e-6 * abs(p.a) { source.grid = CellGrid(cellSize: abs(p.a), crs: crs) }
        if let side = size, let transform {
            let corner = p(0, 0)
            // A grid has its lines at whole kilometres; the first pixel tells for all.
            let (column, row) = (corner.x / side - 0.5, corner.y / side - 0.5)
            let isAligned = abs(column - column.rounded()) < 1e-6 && abs(row - row.rounded()) < 1e-6
            let middle = p((Double(raster.width) / 2).rounded(), (Double(raster.height) / 2).rounded())
            let lowerLeft = Coordinate(x: middle.x - side / 2, y: middle.y - side / 2)
            source.isKilometreGrid = isAligned && KilometreGrid.holds(size: side, corner: lowerLeft, transform: transform)
            if !isAligned { size = nil }
        }
        gridSize = source.isKilometreGrid ? size : nil
        self.source = source
    }

    /// Hands every cell where people live to `sink`.
    ///
    /// Throws `PopulationError.badFile` naming the strip or tile where the file is cut or damaged, and what the sink throws.
    package func read(into sink: some DemandSink) throws {
        let (p, noData) = (raster.placement, raster.noData)
        let isUpright = p.b == 0 && p.d == 0
        var areaOfRow: (row: Int, squareKilometres: Double)?
        try raster.forEachRun(band: band, progress: sink.progress) { firstColumn, row, values in
            for i in values.indices {
                var value = values[i]
                if value == 0 || value == noData || value.isNaN { continue }
                let column = firstColumn + i
                let place = RecordPlace.pixel(column: column, row: row)
                guard value > 0, value <= DemandRecord.mostPeople else {
                    try sink.refuse(place, "the value \(value); expected a number of people\(isDensity ? " per km²" : ""), 0 to 10,000,000,000")
                    continue
                }
                let at = p(Double(column), Double(row))
                var location = at
                do {
                    if let transform { location = try transform(at) }
                } catch let error as GeodesyError {
                    try sink.refuse(place, error.description)
                    continue
                }
                // Longitudes of a raster may run past 180 degrees.
                if location.x > 180, location.x <= 540 { location.x -= 360 } else if location.x < -180, location.x >= -540 { location.x += 360 }
                guard location.isGeographic else {
                    try sink.refuse(place, "\(at.x), \(at.y) is no position on the ground; --crs names another system")
                    continue
                }
                if isDensity {
                    if let known = areaOfRow, known.row == row, isUpright, transform == nil {
                        value *= known.squareKilometres
                    } else {
                        let area: Double
                        do { area = try squareMetres(column, row) } catch let error as GeodesyError {
                            try sink.refuse(place, error.description)
                            continue
                        }
                        areaOfRow = (row, area / 1e6)
                        value *= area / 1e6
                    }
                }
                guard value > 0 else {
                    try sink.refuse(place, "the cell has no area that people could live on")
                    continue
                }
                guard value <= DemandRecord.mostPeople else {
                    try sink.refuse(place, "the value \(values[i]) makes \(value) people of its cell; expected at most 10,000,000,000 people")
                    continue
                }
                var record = DemandRecord(location: location, people: value)
                if let gridSize, abs(at.x) < gridSize * 1e9, abs(at.y) < gridSize * 1e9 {
                    record.cell = GridCell(
                        epsg: epsg, size: gridSize, column: Int32((at.x / gridSize).rounded(.down)), row: Int32((at.y / gridSize).rounded(.down)))
                }
                try sink.take(record, at: place)
            }
        }
        if raster.missingBlocks > 0 {
            source.notes.append("The raster leaves out \(raster.missingBlocks) of its blocks, where nothing is known.")
        }
    }

    /// The true area of a pixel.
    package func squareMetres(_ column: Int, _ row: Int) throws -> Double {
        let (x, y) = (Double(column), Double(row))
        let p = raster.placement
        guard let transform else {
            guard p.b == 0, p.d == 0 else {
                // A turned image in degrees: its sides taken as geodesics.
                let ring = [p(x - 0.5, y - 0.5), p(x + 0.5, y - 0.5), p(x + 0.5, y + 0.5), p(x - 0.5, y + 0.5), p(x - 0.5, y - 0.5)]
                return abs(Geodesic.signedArea(ofRing: ring))
            }
            return CellArea.betweenParallels(
                max(-90, min(90, p(x, y - 0.5).y)), max(-90, min(90, p(x, y + 0.5).y)), width: abs(p.a))
        }
        return try CellArea.ofPixel((p(x - 0.5, y - 0.5), p(x + 0.5, y - 0.5), p(x + 0.5, y + 0.5), p(x - 0.5, y + 0.5)), transform)
    }
}
