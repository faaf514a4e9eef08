package import GeoModel
package import Population
internal import SpatialIndex

/// For each demand point, the nearest of some facilities and the geodesic to it.
package struct NearestFacility: Sendable {
    /// Metres, within a millimetre of `geod_inverse`; infinite where there is no facility.
    package var distance: [Double]
    /// The position of the facility, the first of equals; -1 where there is none.
    package var facility: [Int32]

    /// O(n log m), on every core; the result is the same on one.
    ///
    /// - Parameter cutoffs: distances, in metres, on whose right side every result is to be: who lives within a reach is then exactly whom
    ///   `geod_inverse` finds within it.
    package init(
        of demand: DemandPoints, among facilities: [Coordinate], cutoffs: [Double] = [], on cores: ConcurrentChunks.Cores = .all
    ) {
        self.init(of: demand.coordinates, among: facilities, cutoffs: cutoffs, on: cores)
    }

    package init(of points: [Coordinate], among facilities: [Coordinate], cutoffs: [Double] = [], on cores: ConcurrentChunks.Cores = .all) {
        let index = GeodesicIndex(facilities)
        distance = [Double](repeating: .infinity, count: points.count)
        facility = [Int32](repeating: -1, count: points.count)
        points.withUnsafeBufferPointer { points in
            distance.withUnsafeMutableBufferPointer { distance in
                facility.withUnsafeMutableBufferPointer { facility in
                    // Each chunk reads and writes its own range only.
                    nonisolated(unsafe) let (points, distance, facility) = (points, distance, facility)
                    ConcurrentChunks.forEach(of: points.count, chunk: 8192, on: cores) { _, range in
                        index.nearest(
                            of: UnsafeBufferPointer(rebasing: points[range]), cutoffs: cutoffs, distance: distance.baseAddress! + range.lowerBound,
                            index: facility.baseAddress! + range.lowerBound)
                    }
                }
            }
        }
    }
}
