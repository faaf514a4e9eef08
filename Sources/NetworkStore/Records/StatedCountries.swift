internal import Foundation
internal import GRDB
internal import GeoModel
internal import GeoPackage
internal import GeometryEngine

/// Tells whether points lie in the country that is stated for them, by the areas of the store. The polygons of a country are prepared
/// when it is first asked for, once in an import; used by one task at a time.
final class StatedCountries {
    enum Verdict: Equatable {
        /// In the country or not far from it, or a country of which the store has no polygon.
        case plausible
        /// Outside, and inside with longitude and latitude exchanged.
        case swapped
        /// More than 500 km away.
        case far
    }

    private struct Ground {
        var polygons: PreparedGeometry
        var boxes: [Envelope]
    }

    /// Borders and coasts of the store are coarse; degrees, some 10 km.
    private static let tolerance = 0.1
    private static let farthestKilometres = 500.0

    private let shapes: (String) throws -> [Geometry]
    private var grounds: [String: Ground?] = [:]

    /// Of a store as it stands.
    init(_ file: GeoPackageFile) { shapes = { country in try file.read { db in try Self.shapes(of: country, db) } } }

    /// Of a store as a transaction sees it, while that lasts.
    init(_ db: Database) { shapes = { country in try Self.shapes(of: country, db) } }

    /// About 1 µs for a point inside.
    func verdict(_ point: Coordinate, in country: String) throws -> Verdict {
        let ground: Ground?
        if let known = grounds[country] {
            ground = known
        } else {
            ground = try read(country)
            grounds[country] = .some(ground)
        }
        guard let ground, !ground.polygons.covers(point) else { return .plausible }
        if ground.polygons.covers(Coordinate(x: point.y, y: point.x)) { return .swapped }
        return ground.boxes.contains { kilometres(from: point, to: $0) <= Self.farthestKilometres } ? .plausible : .far
    }

    /// The country with all its parts, those overseas included.
    private static func shapes(of country: String, _ db: Database) throws -> [Geometry] {
        try StoredGeometry.fetchAll(
            db, sql: "SELECT geom FROM areas WHERE country = ? AND kind NOT IN ('commune', 'epci') AND geom NOT NULL", arguments: [country]
        ).map(\.geometry).filter { !$0.polygons.isEmpty }
    }

    private func read(_ country: String) throws -> Ground? {
        let shapes = try shapes(country)
        guard !shapes.isEmpty else { return nil }
        let whole = try Geometry.union(of: shapes)
        return Ground(
            polygons: try PreparedGeometry(whole.buffered(by: Self.tolerance)),
            boxes: whole.polygons.map { Geometry.multiPolygon([$0]).envelope })
    }

    /// No more than the distance to what lies in a box, on a sphere.
    private func kilometres(from point: Coordinate, to box: Envelope) -> Double {
        var x = max(box.minX - point.x, point.x - box.maxX, 0)
        if x > 180 { x = max(360 - x, 0) }
        let y = max(box.minY - point.y, point.y - box.maxY, 0)
        let shrink = cos(min(89, max(abs(point.y), abs(box.minY), abs(box.maxY))) * .pi / 180)
        return 111.2 * (x * x * shrink * shrink + y * y).squareRoot()
    }
}
