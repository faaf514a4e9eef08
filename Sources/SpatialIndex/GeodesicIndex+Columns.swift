package import GeoModel
internal import Geodesy

// Queries for whole columns of points, without an allocation for each: what a measure over a country needs.
extension GeodesicIndex {
    /// For each point the nearest of the index, the one of smallest index among equals, and the distance to it in metres.
    ///
    /// The nearest is that of `geod_inverse`; the distance is within `ShortGeodesic.tolerance` of it, and the same where it could lie on
    /// either side of one of the `cutoffs`. Infinite and -1 for an empty index and for a point that is not finite.
    /// O(log n) for each point on average, less where points that follow one another are neighbours.
    package func nearest(
        of points: UnsafeBufferPointer<Coordinate>, cutoffs: [Double] = [], distance: UnsafeMutablePointer<Double>, index: UnsafeMutablePointer<Int32>
    ) {
        let rangeSquared = ShortGeodesic.range * ShortGeodesic.range
        tree.read { view in
            var previous = -1
            for i in points.indices {
                let here = EarthCentredPosition(points[i])
                // The answer for the point before is a first bound for this one.
                var best = previous
                var bestSquare = best < 0 ? .infinity : here.squaredChord(to: view.position(best))
                var limit = Self.limit(ofSquaredChord: bestSquare)
                var rival = Double.infinity
                view.descend(here, limit: &limit) { at, square, limit in
                    if square < bestSquare {
                        rival = min(rival, bestSquare)
                        (best, bestSquare) = (at, square)
                        limit = Self.limit(ofSquaredChord: square)
                    } else if at != best {
                        rival = min(rival, square)
                    }
                }
                guard bestSquare < .infinity else {
                    (distance[i], index[i]) = (.infinity, -1)
                    continue
                }
                previous = best
                guard rival > limit else {
                    // Two chords too close to tell: the geodesics decide.
                    let found = exactNearest(to: points[i], here, limit, view)
                    (distance[i], index[i]) = (found.distance, Int32(found.index))
                    continue
                }
                let target = tree.original[best]
                var metres = Double.infinity
                if bestSquare <= rangeSquared {
                    metres = ShortGeodesic.distance(here, view.position(best), squaredChord: bestSquare)
                    for cutoff in cutoffs where abs(metres - cutoff) <= ShortGeodesic.tolerance { metres = .infinity }
                }
                if metres == .infinity { metres = Geodesic.distance(points[i], coordinates[Int(target)]) }
                (distance[i], index[i]) = (metres, target)
            }
        }
    }

    /// For each point of the index, and for each radius, adds the weights of those of `points` that lie within the radius, the border
    /// included. Row i of `sums` holds the radii of point i side by side. Exact by `geod_inverse`, which is asked at borders only.
    ///
    /// O(log n + found) for each point.
    package func addWeights(
        _ weights: UnsafeBufferPointer<Double>, of points: UnsafeBufferPointer<Coordinate>, within radii: [Double], to sums: UnsafeMutablePointer<Double>
    ) {
        guard let widest = radii.max() else { return }
        let rows = radii.count
        let inner = radii.map(EarthCentredPosition.squaredChord(surelyWithin:))
        let outer = radii.map(EarthCentredPosition.squaredChord(surelyBeyond:))
        let farthest = EarthCentredPosition.squaredChord(surelyBeyond: widest)
        tree.read { view in
            for i in points.indices {
                let here = EarthCentredPosition(points[i])
                var limit = farthest
                view.descend(here, limit: &limit) { at, square, _ in
                    let target = Int(tree.original[at])
                    for k in 0..<rows where square <= outer[k] {
                        if square <= inner[k] || Geodesic.distance(coordinates[target], points[i]) <= radii[k] { sums[target * rows + k] += weights[i] }
                    }
                }
            }
        }
    }

    /// Calls `body` with each pair of a position in `points` and one in the index whose points lie within `radius` metres of one another, the
    /// border included, by `geod_inverse`. In order of `points`. O(log n + found) for each point.
    package func forEachPair(of points: UnsafeBufferPointer<Coordinate>, within radius: Double, _ body: (_ point: Int, _ index: Int) -> Void) {
        let inner = EarthCentredPosition.squaredChord(surelyWithin: radius)
        let outer = EarthCentredPosition.squaredChord(surelyBeyond: radius)
        tree.read { view in
            for i in points.indices {
                var limit = outer
                view.descend(EarthCentredPosition(points[i]), limit: &limit) { at, square, _ in
                    let target = Int(tree.original[at])
                    if square <= inner || Geodesic.distance(coordinates[target], points[i]) <= radius { body(i, target) }
                }
            }
        }
    }

    /// The same with the metres between the two: within `ShortGeodesic.tolerance` of `geod_inverse`, and the same where they could lie on
    /// either side of the radius or of one of the `cutoffs`. Not in order of distance.
    package func forEachNeighbour(
        of points: UnsafeBufferPointer<Coordinate>, within radius: Double, cutoffs: [Double] = [],
        _ body: (_ point: Int, _ index: Int, _ distance: Double) -> Void
    ) {
        let outer = EarthCentredPosition.squaredChord(surelyBeyond: radius)
        let rangeSquared = ShortGeodesic.range * ShortGeodesic.range
        let borders = cutoffs + [radius]
        tree.read { view in
            for i in points.indices {
                let here = EarthCentredPosition(points[i])
                var limit = outer
                view.descend(here, limit: &limit) { at, square, _ in
                    let target = Int(tree.original[at])
                    var metres = Double.infinity
                    if square <= rangeSquared {
                        metres = ShortGeodesic.distance(here, view.position(at), squaredChord: square)
                        for border in borders where abs(metres - border) <= ShortGeodesic.tolerance { metres = .infinity }
                    }
                    if metres == .infinity { metres = Geodesic.distance(points[i], coordinates[target]) }
                    if metres <= radius { body(i, target, metres) }
                }
            }
        }
    }

    /// The squared chord beyond which no point can be as near as one at the squared chord `q`, with a margin for rounding and ties.
    @inline(__always)
    private static func limit(ofSquaredChord q: Double) -> Double {
        // Up to the range of the series: asin²(x) = x² + x⁴/3 + … with x = half the chord over the smallest radius.
        guard q > ShortGeodesic.range * ShortGeodesic.range else { return q * (1 + q * seriesFactor + 1.01e-6) + 1.01e-6 }
        let longest = EarthCentredPosition.longestGeodesic(ofSquaredChord: q) + 1e-6
        return longest * longest
    }

    private static let seriesFactor = 1.01 / (12 * EarthCentredPosition.minimumRadius * EarthCentredPosition.minimumRadius)

    private func exactNearest(to c: Coordinate, _ here: EarthCentredPosition, _ limit: Double, _ view: ChordTree.View) -> Neighbour {
        var limit = limit
        var answer = Neighbour(index: .max, distance: .infinity)
        view.descend(here, limit: &limit) { at, _, _ in
            let index = Int(tree.original[at])
            let metres = Geodesic.distance(c, coordinates[index])
            if (metres, index) < (answer.distance, answer.index) { answer = Neighbour(index: index, distance: metres) }
        }
        return answer
    }
}
