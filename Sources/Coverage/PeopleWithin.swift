package import GeoModel
package import Population
internal import SpatialIndex

/// The people within some distances of each facility, whichever facility is nearer to them.
package enum PeopleWithin {
    /// One row for each facility, one column for each radius in metres; the border counts, by `geod_inverse`.
    ///
    /// O(n log m + found), on every core; the result is the same on one. People are added chunk by chunk: where they are not whole
    /// numbers, the last digits may differ from a sum in another order.
    package static func count(
        _ demand: DemandPoints, around facilities: [Coordinate], radii: [Double], on cores: ConcurrentChunks.Cores = .all
    ) -> [[Double]] {
        let index = GeodesicIndex(facilities)
        let cells = facilities.count * radii.count
        guard cells > 0 else { return facilities.map { _ in [] } }
        let chunk = max(8192, (demand.count + 15) / 16)
        let chunks = (demand.count + chunk - 1) / chunk
        var sums = [Double](repeating: 0, count: cells * chunks)
        demand.coordinates.withUnsafeBufferPointer { points in
            demand.people.withUnsafeBufferPointer { people in
                sums.withUnsafeMutableBufferPointer { sums in
                    // Each chunk writes to its own part of the sums.
                    nonisolated(unsafe) let (points, people, sums) = (points, people, sums)
                    ConcurrentChunks.forEach(of: points.count, chunk: chunk, on: cores) { i, range in
                        index.addWeights(
                            UnsafeBufferPointer(rebasing: people[range]), of: UnsafeBufferPointer(rebasing: points[range]), within: radii,
                            to: sums.baseAddress! + i * cells)
                    }
                }
            }
        }
        return facilities.indices.map { facility in
            radii.indices.map { k in
                (0..<chunks).reduce(0) { $0 + sums[$1 * cells + facility * radii.count + k] }
            }
        }
    }
}
