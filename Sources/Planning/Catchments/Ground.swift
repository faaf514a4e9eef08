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
        guard let shape = try shape(of: choice) else { return Ground(places: demand.coordinates, people: demand.people, shape: nil) }
        let members = try people(of: choice, in: demand).members
        return Ground(
            places: members.map { demand.coordinates[$0] }, people: members.map { demand.people[$0] },
            shape: shape)
    }
}
