internal import CiteNetwork
internal import GeoModel
internal import GeometryEngine
internal import NetworkStore
internal import Population

/// The people and the shape that a question about places is narrowed to; everybody and everywhere where no area is named.
struct Ground {
    var places: [Coordinate]
    var people: [Double]
    /// Valid. Nil for everywhere.
    var shape: Geometry?

    /// What of a geometry lies on the ground, as a multipolygon.
    func clip(_ geometry: Geometry) throws -> Geometry {
        guard let shape, !geometry.isEmpty else { return geometry.asMultiPolygon }
        return try geometry.intersection(shape).asMultiPolygon
    }
}

extension Atlas {
    /// Throws `PlanningError.notFound` for an area without a polygon.
    func ground(of choice: AreaChoice?, in demand: DemandPoints) throws -> Ground {
        guard let choice else { return Ground(places: demand.coordinates, people: demand.people, shape: nil) }
        let shape: Geometry
        switch choice {
        case .everywhere: return Ground(places: demand.coordinates, people: demand.people, shape: nil)
        case .shape(_, let geometry): shape = geometry
        case .coded(let area, _):
            let parts = try store.geometries(ofAreas: [area.code])[0].map { [$0] } ?? store.geometries(ofAreas: areas.leaves(of: area.code)).compactMap { $0 }
            guard !parts.isEmpty else { throw PlanningError.notFound("\(area.name) (\(area.code)) has no polygon to clip to") }
            shape = parts.count == 1 ? parts[0] : try Geometry.union(of: parts)
        }
        let members = try people(of: choice, in: demand).members
        return Ground(
            places: members.map { demand.coordinates[$0] }, people: members.map { demand.people[$0] },
            shape: try shape.sound().asMultiPolygon)
    }
}
