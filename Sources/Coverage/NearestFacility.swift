package import GeoModel
package import Population
internal import SpatialIndex

/// For each demand point, the nearest of some facilities and the geodesic to it.
package struct NearestFacility: Sendable {
    /// Metres; infinite where there is no facility.
    package var distance: [Double]
    /// The position of the facility, the first of equals; -1 where there is none.
    package var facility: [Int32]

    /// Exact on the ellipsoid. O(n log m).
    package init(of demand: DemandPoints, among facilities: [Coordinate]) {
        let index = GeodesicIndex(facilities)
        distance = []
        facility = []
        distance.reserveCapacity(demand.count)
        facility.reserveCapacity(demand.count)
        for c in demand.coordinates {
            let found = index.nearest(to: c)
            distance.append(found?.distance ?? .infinity)
            facility.append(Int32(found?.index ?? -1))
        }
    }
}

/// The people within some distances of each facility, whichever facility is nearer to them.
package enum PeopleWithin {
    /// One row for each facility, one column for each radius in metres; the border counts. O(m log n + found).
    package static func count(_ demand: DemandPoints, around facilities: [Coordinate], radii: [Double]) -> [[Double]] {
        let index = GeodesicIndex(demand.coordinates)
        let widest = radii.max() ?? 0
        return facilities.map { c in
            var sums = [Double](repeating: 0, count: radii.count)
            for found in index.within(widest, of: c) {
                for (k, radius) in radii.enumerated() where found.distance <= radius { sums[k] += demand.people[found.index] }
            }
            return sums
        }
    }
}
