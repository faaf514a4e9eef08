package import GeoModel
package import Impedance
package import Population
internal import SpatialIndex

/// Every facility within reach of each demand point, as flat columns: the pairs of point i are those from `starts[i]` to `starts[i + 1]`,
/// the nearest facility first. 12 bytes a pair.
package struct ReachedPairs: Sendable {
    package private(set) var starts: [Int]
    package private(set) var facility: [Int32]
    package private(set) var impedance: [Double]
    package let facilities: Int

    /// - Parameter reaches: of one kind; pairs are kept up to the widest, border included. Distances are within a millimetre of
    ///   `geod_inverse`, and on the side of each reach that it says. A duration is the estimate for the geodesic.
    ///
    /// O(n log m + pairs), on every core.
    package init(_ demand: DemandPoints, _ facilities: [Coordinate], reaches: [Reach]) {
        let widest = reaches.max { $0.value < $1.value }!
        let cutoffs = reaches.map(\.metres)
        let index = GeodesicIndex(facilities)
        // What this lets through too much is left out below.
        let radius = widest.metres + (widest.kind == .distance ? 0 : 0.01)
        let chunk = 8192
        var parts = [(counts: [Int32], facility: [Int32], impedance: [Double])](
            repeating: ([], [], []), count: (demand.count + chunk - 1) / chunk)
        demand.coordinates.withUnsafeBufferPointer { points in
            parts.withUnsafeMutableBufferPointer { parts in
                // Each chunk writes its own part.
                nonisolated(unsafe) let (points, parts) = (points, parts)
                ConcurrentChunks.forEach(of: points.count, chunk: chunk) { part, range in
                    var counts = [Int32](repeating: 0, count: range.count)
                    var found: [(facility: Int32, cost: Double)] = []
                    index.forEachNeighbour(of: UnsafeBufferPointer(rebasing: points[range]), within: radius, cutoffs: cutoffs) { i, facility, distance in
                        let cost = distance.impedance(widest.kind)
                        guard cost <= widest.value else { return }
                        found.append((Int32(facility), cost))
                        counts[i] += 1
                    }
                    var low = 0
                    for count in counts where count > 0 {
                        let high = low + Int(count)
                        if count > 1 { found[low..<high].sort { ($0.cost, $0.facility) < ($1.cost, $1.facility) } }
                        low = high
                    }
                    parts[part] = (counts, found.map(\.facility), found.map(\.cost))
                }
            }
        }
        self.facilities = facilities.count
        var (starts, found, costs) = ([0], [Int32](), [Double]())
        starts.reserveCapacity(demand.count + 1)
        found.reserveCapacity(parts.reduce(0) { $0 + $1.facility.count })
        costs.reserveCapacity(found.capacity)
        for part in parts {
            for count in part.counts { starts.append(starts[starts.count - 1] + Int(count)) }
            found += part.facility
            costs += part.impedance
        }
        self.starts = starts
        facility = found
        impedance = costs
    }

    /// For each facility the people within each cutoff, whichever is nearer to them, and those of them within reach of no other.
    /// A row a facility, a column a cutoff. O(pairs × cutoffs).
    package func catchments(_ people: [Double], within cutoffs: [Double]) -> (people: [[Double]], exclusive: [[Double]]) {
        let width = cutoffs.count
        var sums = [Double](repeating: 0, count: facilities * width)
        var alone = sums
        for i in 0..<starts.count - 1 where starts[i] < starts[i + 1] {
            let (first, end) = (starts[i], starts[i + 1])
            for k in 0..<width {
                var p = first
                while p < end, impedance[p] <= cutoffs[k] {
                    sums[Int(facility[p]) * width + k] += people[i]
                    p += 1
                }
                if p == first + 1 { alone[Int(facility[first]) * width + k] += people[i] }
            }
        }
        func rows(_ flat: [Double]) -> [[Double]] { (0..<facilities).map { Array(flat[$0 * width..<($0 + 1) * width]) } }
        return (rows(sums), rows(alone))
    }
}

extension Double {
    /// A geodesic distance in metres as an impedance; infinite where there is no estimate of it.
    package func impedance(_ kind: ImpedanceKind) -> Double {
        switch kind {
        case .distance: self
        case .roadDistance: TravelEstimate.roadDistance(geodesic: self) ?? .infinity
        case .duration: TravelEstimate.duration(geodesic: self) ?? .infinity
        }
    }
}

extension Reach {
    /// The geodesic in metres at which it ends; of an estimate the inverse, good to a millimetre.
    package var metres: Double { TravelEstimate.geodesic(reaching: value, of: kind) }
}

extension NearestFacility {
    /// The people whose nearest facility each is, within each cutoff and, as the last column, at whatever impedance.
    package func assigned(_ people: [Double], impedance: [Double], within cutoffs: [Double], facilities: Int) -> [[Double]] {
        let width = cutoffs.count + 1
        var sums = [Double](repeating: 0, count: facilities * width)
        for i in people.indices where facility[i] >= 0 {
            let row = Int(facility[i]) * width
            for (k, cutoff) in cutoffs.enumerated() where impedance[i] <= cutoff { sums[row + k] += people[i] }
            sums[row + cutoffs.count] += people[i]
        }
        return (0..<facilities).map { Array(sums[$0 * width..<($0 + 1) * width]) }
    }
}
