package import GeoModel
internal import Geodesy

/// The nearest of many points on the ellipsoid, exact to the geodesic.
///
/// A k-d tree on the positions in space finds candidates by their chord; the bounds of `EarthCentredPosition` make the geodesic
/// needed only for those that could be the answer: within a millimetre of it at 10 km, within 2.6 percent at 5,000 km. No seam at
/// the antimeridian, no special case at the poles.
/// Building is O(n log n), a query O(log n) on average. The value is immutable and may be shared between tasks.
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

    let coordinates: [Coordinate]
    let tree: ChordTree

    /// Longitude and latitude in degrees; every coordinate must be finite.
    package init(_ points: [Coordinate]) {
        precondition(points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
        coordinates = points
        tree = ChordTree(points.map(EarthCentredPosition.init))
    }

    package var count: Int { coordinates.count }

    /// The `k` nearest points in order of distance, equal distances in order of index; fewer where there are fewer points.
    package func nearest(_ k: Int, to c: Coordinate) -> [Neighbour] {
        guard k > 0, count > 0 else { return [] }
        let candidates = closestByChord(min(k, count), to: c).map { Neighbour(index: Int($0), distance: Geodesic.distance(c, coordinates[Int($0)])) }
        let farthest = candidates.reduce(0) { max($0, $1.distance) }
        return Array(within(farthest, of: c, known: candidates).prefix(k))
    }

    /// The nearest point, the one of smallest index among equals; nil for an empty index.
    package func nearest(to c: Coordinate) -> Neighbour? { nearest(1, to: c).first }

    /// All points within `radius` metres, the border included, in order of distance, equal distances in order of index.
    package func within(_ radius: Double, of c: Coordinate) -> [Neighbour] { within(radius, of: c, known: []) }

    /// - Parameter known: points, few of them, of which the distance is known already; all within the radius.
    private func within(_ radius: Double, of c: Coordinate, known: [Neighbour]) -> [Neighbour] {
        var found: [Neighbour] = []
        var limit = EarthCentredPosition.squaredChord(surelyBeyond: radius)
        tree.read { view in
            view.descend(EarthCentredPosition(c), limit: &limit) { at, _, _ in
                let index = Int(tree.original[at])
                let distance = known.first { $0.index == index }?.distance ?? Geodesic.distance(c, coordinates[index])
                if distance <= radius { found.append(Neighbour(index: index, distance: distance)) }
            }
        }
        found.sort { ($0.distance, $0.index) < ($1.distance, $1.index) }
        return found
    }

    private func closestByChord(_ k: Int, to c: Coordinate) -> [Int32] {
        // Kept in ascending order of chord; k is small.
        var kept: [(chord: Double, index: Int32)] = []
        kept.reserveCapacity(k + 1)
        var limit = Double.infinity
        tree.read { view in
            view.descend(EarthCentredPosition(c), limit: &limit) { at, chord, limit in
                if kept.count == k, chord >= kept[k - 1].chord { return }
                let place = kept.firstIndex { $0.chord > chord } ?? kept.count
                kept.insert((chord, tree.original[at]), at: place)
                if kept.count > k { kept.removeLast() }
                if kept.count == k { limit = kept[k - 1].chord }
            }
        }
        return kept.map(\.index)
    }
}
