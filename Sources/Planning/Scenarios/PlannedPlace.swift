package import CiteNetwork
internal import Coverage
package import GeoModel
internal import Geodesy
internal import NetworkStore

/// Where a planned platform stands, as far as the atlas tells.
package struct PlannedPlace: Sendable, Equatable {
    package var location: Coordinate
    package var accuracy: LocationAccuracy
    /// What it may be called: the town.
    package var name: String?
    /// The GeoNames id of its town.
    package var locality: String?
    /// The code of the finest area it lies in.
    package var area: String?
    /// ISO 3166-1 alpha-2.
    package var country: String
}

extension Atlas {
    /// Farther than this from a town, a point does not take its name: 10 km.
    private static let townTolerance = 10_000.0

    /// A place by its name, which stands for its town; by a point, for the venue itself.
    ///
    /// Throws `PlanningError.badArgument` for a point that no area is near.
    package func plannedPlace(_ place: Place) throws -> PlannedPlace {
        if let town = place.locality { return plannedPlace(town) }
        return try plannedPlace(at: place.location, accuracy: place.takenAs == nil ? .venue : .assumed)
    }

    /// A town as the place of a platform.
    package func plannedPlace(_ town: Locality) -> PlannedPlace {
        PlannedPlace(
            location: town.location, accuracy: .town, name: town.name, locality: "\(town.id)", area: town.area.flatMap { areas[$0]?.code },
            country: town.country)
    }

    func plannedPlace(at point: Coordinate, accuracy: LocationAccuracy) throws -> PlannedPlace {
        guard let area = try finestArea(at: point) else {
            throw PlanningError.badArgument(
                "\(point.y),\(point.x) lies in no area of the store, nor within 5 km of one; latitude first, a point on land would be accepted")
        }
        let box = Envelope(minX: point.x, minY: point.y, maxX: point.x, maxY: point.y).insetBy(dx: -0.3, dy: -0.1)
        let nearest = try store.localities(in: box).map { (town: $0, distance: Geodesic.distance($0.location, point)) }
            .filter { $0.distance <= Self.townTolerance }.min { ($0.distance, $0.town.id) < ($1.distance, $1.town.id) }
        return PlannedPlace(
            location: point, accuracy: accuracy, name: nearest?.town.name, locality: nearest.map { "\($0.town.id)" }, area: area.code, country: area.country)
    }

    /// The finest area that covers a point, else the nearest within `borderTolerance`.
    private func finestArea(at point: Coordinate) throws -> Area? {
        let finest = Set(areas.areas.filter { $0.kind == "country" }.flatMap { areas.leaves(of: $0.code) })
        let margin = Self.borderTolerance / 100_000
        let wide = abs(point.y) > 80 ? 360 : margin * 6
        let box = Envelope(minX: point.x, minY: point.y, maxX: point.x, maxY: point.y).insetBy(dx: -wide, dy: -margin)
        let codes = try store.areaCodes(meeting: box).filter(finest.contains)
        let shapes = try store.geometries(ofAreas: codes)
        let present = codes.indices.filter { shapes[$0] != nil }
        let found = try AreaLocator(present.map { shapes[$0]! }, tolerance: Self.borderTolerance).locate(point)
        return found.flatMap { areas[codes[present[$0]]] }
    }
}
