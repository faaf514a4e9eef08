internal import CiteNetwork
internal import Geodesy
internal import GeoModel
internal import GeometryEngine

/// Two Cités whose territories share ground.
struct TerritoryPair {
    var first: String
    var second: String
    /// A multipolygon.
    var shared: Geometry
    /// Square metres.
    var area: Double
    /// Unknown where coarse borders alone could make it.
    var isReal: Truth
}

extension Atlas {
    /// Pairs of Cités whose territories on a day share more than a hectare. O(n²) envelopes, the rest for those that meet.
    func territoryPairs(of records: NetworkRecords, asOf day: CalendarDate) throws -> [TerritoryPair] {
        let held = try records.cites.compactMap { cite -> (id: String, shape: Geometry, box: Envelope)? in
            guard let shape = records.territory(of: cite.id, asOf: day)?.version.geometry else { return nil }
            let sound = try shape.invalidity() == nil ? shape : shape.madeValid()
            return (cite.id, sound, sound.envelope)
        }
        var pairs: [TerritoryPair] = []
        for i in held.indices {
            for j in held.indices where j > i && held[i].box.intersects(held[j].box) {
                guard let common = try commonGround(held[i].shape, held[j].shape) else { continue }
                pairs.append(TerritoryPair(first: held[i].id, second: held[j].id, shared: common.shared, area: common.area, isReal: common.isReal))
            }
        }
        return pairs
    }

    /// What two valid shapes share, its square metres, and whether it is more than coarse borders alone could make; nil below a hectare.
    func commonGround(_ a: Geometry, _ b: Geometry) throws -> (shared: Geometry, area: Double, isReal: Truth)? {
        let shared = try a.intersection(b).asMultiPolygon
        let area = Geodesic.area(shared)
        guard area >= 10_000 else { return nil }
        let smaller = min(Geodesic.area(a), Geodesic.area(b))
        let isReal = try area >= smaller / 2 || isWider(shared, than: Self.borderTolerance)
        return (shared, area, isReal ? .yes : .unknown)
    }

    /// Whether something is left of a shape when half of `width` metres is taken off all around; in a plane of its own middle latitude.
    private func isWider(_ shape: Geometry, than width: Double) throws -> Bool {
        let box = shape.envelope
        let metresPerDegree = Geodesic.distance(Coordinate(x: box.minX, y: box.minY), Coordinate(x: box.minX, y: box.maxY)) / (box.maxY - box.minY)
        let middle = (box.minY + box.maxY) / 2
        let scale = Geodesic.distance(Coordinate(x: box.minX, y: middle), Coordinate(x: box.minX + 0.01, y: middle)) / (0.01 * metresPerDegree)
        let plane = shape.mapCoordinates { (c: Coordinate) throws(Never) in Coordinate(x: c.x * scale, y: c.y) }
        return try !plane.buffered(by: -width / 2 / metresPerDegree).polygons.isEmpty
    }
}
