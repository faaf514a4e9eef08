package import GeoModel
internal import GeometryEngine
#if canImport(Glibc)
internal import Glibc
#endif

/// Where the people of a polygon are put, who may live anywhere in it.
package enum PolygonPlacement {
    /// A named place as far as it matters here.
    package struct Settlement: Sendable, Equatable {
        package var id: Int64
        package var location: Coordinate
        package var people: Double

        package init(id: Int64, location: Coordinate, people: Double) {
            self.id = id
            self.location = location
            self.people = people
        }
    }

    package struct Share: Sendable, Equatable {
        package var location: Coordinate
        /// Of the people of the polygon; all shares add up to 1.
        package var share: Double
        /// 0 where the point is no locality.
        package var locality: Int64
    }

    /// The most points of one polygon.
    static let mostPoints = 1_000_000

    /// By the settlements inside, in proportion to their people (evenly where none of them has any); else at one interior point;
    /// nowhere where the polygon encloses nothing.
    package static func bySettlements(_ polygon: Geometry, _ settlements: [Settlement]) throws -> [Share] {
        let prepared = try PreparedGeometry(polygon)
        let inside = settlements.filter { prepared.covers($0.location) }
        let people = inside.reduce(0) { $0 + $1.people }
        guard !inside.isEmpty else { return try interior(polygon) }
        guard people > 0 else { return inside.map { Share(location: $0.location, share: 1 / Double(inside.count), locality: $0.id) } }
        return inside.filter { $0.people > 0 }.map { Share(location: $0.location, share: $0.people / people, locality: $0.id) }
    }

    /// Evenly over the points of a grid inside, `spacing` metres apart along meridians and parallels; else at one interior point.
    ///
    /// Throws `PopulationError.badOption` where that would be more than a million points.
    package static func byGrid(_ polygon: Geometry, spacing: Double) throws -> [Share] {
        let prepared = try PreparedGeometry(polygon)
        let box = prepared.envelope
        let latitudeStep = spacing / 111_132.0
        let rows = ((box.maxY - box.minY) / latitudeStep).rounded(.up)
        let widest = cos(min(abs(box.minY), abs(box.maxY)) * .pi / 180)
        guard rows * max(1, (box.maxX - box.minX) / latitudeStep * widest) <= Double(mostPoints) else {
            throw PopulationError.badOption("--spread \(spacing / 1000): a polygon would get more than \(mostPoints) points; a wider spacing would be accepted")
        }
        var points: [Coordinate] = []
        var y = (box.minY / latitudeStep).rounded(.down) * latitudeStep + latitudeStep / 2
        while y <= box.maxY {
            let step = latitudeStep / max(0.001, cos(y * .pi / 180))
            var x = (box.minX / step).rounded(.down) * step + step / 2
            while x <= box.maxX {
                let c = Coordinate(x: x, y: y)
                if prepared.covers(c) { points.append(c) }
                x += step
            }
            y += latitudeStep
        }
        guard !points.isEmpty else { return try interior(polygon) }
        return points.map { Share(location: $0, share: 1 / Double(points.count), locality: 0) }
    }

    /// Nothing for a polygon that encloses nothing.
    private static func interior(_ polygon: Geometry) throws -> [Share] {
        let sound = try polygon.sound()
        return try sound.interiorPoint().map { [Share(location: $0, share: 1, locality: 0)] } ?? []
    }
}
