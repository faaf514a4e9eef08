package import GeoModel
internal import Geodesy

/// The nearest of many points on the ellipsoid, exact to the geodesic.
///
/// A k-d tree on the unit normals of the points finds candidates by their angle; the bounds of `NVector` make the geodesic
/// needed only for those within one percent of the answer. No seam at the antimeridian, no special case at the poles.
/// Building is O(n log² n), a query O(log n) on average. The value is immutable and may be shared between tasks.
package struct GeodesicIndex: Sendable {
    package struct Neighbour: Equatable, Sendable {
        /// The position of the point in the array the index was made of.
        package var index: Int
        /// The geodesic distance in metres.
        package var distance: Double

        package init(index: Int, distance: Double) {
            self.index = index
            self.distance = distance
        }
    }

    private static let leafSize = 8

    private let coordinates: [Coordinate]
    /// In tree order: the points of a node are a contiguous range whose middle element splits it.
    private let vectors: [NVector]
    private let original: [Int32]
    /// The axis along which the node with this middle is split.
    private let axes: [UInt8]

    /// Longitude and latitude in degrees; every coordinate must be finite.
    package init(_ points: [Coordinate]) {
        precondition(points.count < Int32.max && points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
        let all = points.map(NVector.init)
        var order = points.indices.map(Int32.init)
        var splits = [UInt8](repeating: 0, count: points.count)
        Self.arrange(&order, &splits, 0, order.count, all)
        coordinates = points
        original = order
        axes = splits
        vectors = order.map { all[Int($0)] }
    }

    package var count: Int { coordinates.count }

    /// The axis (0 x, 1 y, 2 z) along which the points of a range spread most.
    private static func widestAxis(_ points: some Sequence<NVector>) -> UInt8 {
        var (low, high) = ((Double.infinity, Double.infinity, Double.infinity), (-Double.infinity, -Double.infinity, -Double.infinity))
        for p in points {
            low = (min(low.0, p.x), min(low.1, p.y), min(low.2, p.z))
            high = (max(high.0, p.x), max(high.1, p.y), max(high.2, p.z))
        }
        let (dx, dy, dz) = (high.0 - low.0, high.1 - low.1, high.2 - low.2)
        return dx >= dy && dx >= dz ? 0 : dy >= dz ? 1 : 2
    }

    private static func arrange(_ order: inout [Int32], _ axes: inout [UInt8], _ low: Int, _ high: Int, _ v: [NVector]) {
        guard high - low > leafSize else { return }
        let axis = widestAxis(order[low..<high].lazy.map { v[Int($0)] })
        order[low..<high].sort { (component(v[Int($0)], axis), $0) < (component(v[Int($1)], axis), $1) }
        let middle = (low + high) / 2
        axes[middle] = axis
        arrange(&order, &axes, low, middle, v)
        arrange(&order, &axes, middle + 1, high, v)
    }

    private static func component(_ v: NVector, _ axis: UInt8) -> Double { axis == 0 ? v.x : axis == 1 ? v.y : v.z }

    /// The `k` nearest points in order of distance, equal distances in order of index; fewer where there are fewer points.
    package func nearest(_ k: Int, to c: Coordinate) -> [Neighbour] {
        guard k > 0, count > 0 else { return [] }
        let query = NVector(c)
        let candidates = closestByChord(min(k, count), to: query)
        let farthest = candidates.reduce(0) { max($0, Geodesic.distance(c, coordinates[Int($1)])) }
        return Array(within(farthest, of: c).prefix(k))
    }

    /// The nearest point, the one of smallest index among equals; nil for an empty index.
    package func nearest(to c: Coordinate) -> Neighbour? {
        guard count > 0 else { return nil }
        let query = NVector(c)
        var best = (chord: Double.infinity, at: 0)
        descend(query, limit: { best.chord }) { at, chord in
            if chord < best.chord { best = (chord, at) }
        }
        var answer = Neighbour(index: Int(original[best.at]), distance: 0)
        answer.distance = Geodesic.distance(c, coordinates[answer.index])
        let limit = Self.chordBound(answer.distance)
        descend(query, limit: { limit }) { at, _ in
            guard at != best.at else { return }
            let index = Int(original[at])
            let distance = Geodesic.distance(c, coordinates[index])
            if (distance, index) < (answer.distance, answer.index) { answer = Neighbour(index: index, distance: distance) }
        }
        return answer
    }

    /// All points within `radius` metres, the border included, in order of distance, equal distances in order of index.
    package func within(_ radius: Double, of c: Coordinate) -> [Neighbour] {
        var found: [Neighbour] = []
        let limit = Self.chordBound(radius)
        descend(NVector(c), limit: { limit }) { at, _ in
            let index = Int(original[at])
            let distance = Geodesic.distance(c, coordinates[index])
            if distance <= radius { found.append(Neighbour(index: index, distance: distance)) }
        }
        found.sort { ($0.distance, $0.index) < ($1.distance, $1.index) }
        return found
    }

    /// No point within `distance` metres has a larger squared chord. The margin covers the rounding of unit vectors.
    private static func chordBound(_ distance: Double) -> Double {
        NVector.squaredChord(ofAngle: distance / NVector.minimumRadius) * (1 + 1e-12) + 1e-15
    }

    private func closestByChord(_ k: Int, to query: NVector) -> [Int32] {
        // Kept in ascending order of chord; k is small.
        var kept: [(chord: Double, index: Int32)] = []
        kept.reserveCapacity(k + 1)
        descend(query, limit: { kept.count < k ? .infinity : kept[k - 1].chord }) { at, chord in
            if kept.count == k, chord >= kept[k - 1].chord { return }
            let place = kept.firstIndex { $0.chord > chord } ?? kept.count
            kept.insert((chord, original[at]), at: place)
            if kept.count > k { kept.removeLast() }
        }
        return kept.map(\.index)
    }

    /// Visits every point whose squared chord is at most `limit()`, which may shrink while it runs; nearer halves first.
    private func descend(_ query: NVector, limit: () -> Double, _ visit: (_ at: Int, _ squaredChord: Double) -> Void) {
        vectors.withUnsafeBufferPointer { v in
            func visitNode(_ low: Int, _ high: Int) {
                if high - low <= Self.leafSize {
                    for at in low..<high {
                        let chord = v[at].squaredChord(to: query)
                        if chord <= limit() { visit(at, chord) }
                    }
                    return
                }
                let middle = (low + high) / 2
                let chord = v[middle].squaredChord(to: query)
                if chord <= limit() { visit(middle, chord) }
                let gap = Self.component(query, axes[middle]) - Self.component(v[middle], axes[middle])
                let near = gap < 0 ? (low, middle) : (middle + 1, high)
                let far = gap < 0 ? (middle + 1, high) : (low, middle)
                visitNode(near.0, near.1)
                if gap * gap <= limit() { visitNode(far.0, far.1) }
            }
            visitNode(0, v.count)
        }
    }
}
