import Foundation
import GeoModel
import Geodesy
import TestSupport

/// A grid of cells of 1 km in the LAEA projection of Europe's statistics, about as many as France has, with people, areas and places.
/// The same on every machine.
struct GeneratedPoints {
    static let cellCount = 376_608
    static let placeCount = 3_000
    /// Areas are squares of this many metres.
    static let areaSide = 60_000.0
    private static let centre = (east: 3_780_000.0, north: 2_580_000.0)

    var cells: [Coordinate]
    var people: [Double]
    var area: [Int32]
    var places: [Coordinate]

    /// The polygons of the areas in order of their numbers, from corners and 15 positions between on each side: as fine as those of a world atlas.
    static func polygons(of numbers: [(north: Int, east: Int)]) throws -> [Geometry] {
        let toDegrees = try CoordinateTransform(from: "EPSG:3035")
        return try numbers.map { square in
            let corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)].map { (Double(square.east + $0.0) * areaSide, Double(square.north + $0.1) * areaSide) }
            var ring: [Coordinate] = []
            for (a, b) in zip(corners, corners.dropFirst()) {
                for step in 0..<16 {
                    let t = Double(step) / 16
                    ring.append(try toDegrees(Coordinate(x: a.0 + t * (b.0 - a.0), y: a.1 + t * (b.1 - a.1))))
                }
            }
            return .polygon(Polygon(exterior: ring + [ring[0]]))
        }
    }

    /// The squares of a projection in which cells lie, in order of their first cell.
    func squares() throws -> [(north: Int, east: Int)] {
        let toMetres = try CoordinateTransform(from: "OGC:CRS84", to: "EPSG:3035")
        var found: [(north: Int, east: Int)] = []
        for (i, c) in cells.enumerated() where Int(area[i]) == found.count {
            let p = try toMetres(c)
            found.append((Int(p.y / Self.areaSide), Int(p.x / Self.areaSide)))
        }
        return found
    }

    /// Writes `cells.csv` (lon, lat, people, area) and `places.csv` (lon, lat).
    static func make(in folder: URL) throws {
        let toDegrees = try CoordinateTransform(from: "EPSG:3035")
        var random = SeededGenerator(seed: 2026)
        // The cells nearest to the centre, then in the order of a raster.
        var offsets: [(east: Int, north: Int)] = []
        for north in -360..<360 { for east in -360..<360 { offsets.append((east, north)) } }
        func square(_ o: (east: Int, north: Int)) -> Int { (2 * o.east + 1) * (2 * o.east + 1) + (2 * o.north + 1) * (2 * o.north + 1) }
        offsets.sort { (square($0), $0.north, $0.east) < (square($1), $1.north, $1.east) }
        offsets = Array(offsets.prefix(cellCount)).sorted { ($1.north, $0.east) < ($0.north, $1.east) }
        var text = "lon,lat,people,area\n"
        var areas: [Int: Int] = [:]
        for o in offsets {
            let (east, north) = (centre.east + Double(o.east) * 1000 + 500, centre.north + Double(o.north) * 1000 + 500)
            let c = try toDegrees(Coordinate(x: east, y: north))
            let key = Int(north / areaSide) * 1000 + Int(east / areaSide)
            let area = areas[key] ?? areas.count
            areas[key] = area
            // Few cells hold many people: the product of three uniform numbers has a long tail.
            let people = Int(2000 * random.unit() * random.unit() * random.unit())
            text += "\(c.x),\(c.y),\(people),\(area)\n"
        }
        try Data(text.utf8).write(to: folder.appendingPathComponent("cells.csv"))
        text = "lon,lat\n"
        var made = 0
        while made < placeCount {
            let (x, y) = (2 * random.unit() - 1, 2 * random.unit() - 1)
            guard x * x + y * y < 1 else { continue }
            let c = try toDegrees(Coordinate(x: centre.east + x * 346_000, y: centre.north + y * 346_000))
            text += "\(c.x),\(c.y)\n"
            made += 1
        }
        try Data(text.utf8).write(to: folder.appendingPathComponent("places.csv"))
    }

    init(in folder: URL) throws {
        (cells, people, area, places) = ([], [], [], [])
        func rows(_ name: String, _ row: ([Double]) -> Void) throws {
            let bytes = try Data(contentsOf: folder.appendingPathComponent(name))
            for line in bytes.split(separator: UInt8(ascii: "\n")).dropFirst() {
                row(line.split(separator: UInt8(ascii: ",")).map { Double(String(decoding: $0, as: UTF8.self))! })
            }
        }
        cells.reserveCapacity(Self.cellCount)
        people.reserveCapacity(Self.cellCount)
        area.reserveCapacity(Self.cellCount)
        try rows("cells.csv") { v in
            cells.append(Coordinate(x: v[0], y: v[1]))
            people.append(v[2])
            area.append(Int32(v[3]))
        }
        try rows("places.csv") { places.append(Coordinate(x: $0[0], y: $0[1])) }
    }
}

extension SeededGenerator {
    /// 0 to 1.
    mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
}
