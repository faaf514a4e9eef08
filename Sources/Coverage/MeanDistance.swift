#if canImport(Glibc)
internal import Glibc
#endif
package import GeoModel
internal import Geodesy

/// How far apart people live: the people-weighted mean distance of two people drawn at random, one after the other and both from all.
///
/// d̄ = Σᵢ Σⱼ Pᵢ Pⱼ d(i, j) / (Σ P)², people at one point being at no distance. Pairs of up to 400 km are within a millimetre of the geodesic,
/// others within two thousandths.
package struct MeanDistance: Sendable, Equatable {
    /// More points than this are gathered in cells first.
    package static let exactLimit = 4_096

    /// In metres; 0 without people.
    package var metres: Double
    /// What gathering can have changed at most, in metres; 0 where every pair was computed.
    ///
    /// By the triangle inequality the distance of two cells differs from that of two of their people by no more than both are away from the
    /// middles of their cells: twice the people-weighted mean of that bounds the error.
    package var error: Double

    /// O(n²) up to `limit` points, on every core, the result being the same on one: 10 ms for 2,000. More points are first gathered into cells
    /// of a grid in space, as fine as leaves at most `limit` of them.
    package init(_ points: [Coordinate], people: [Double], exactUpTo limit: Int = exactLimit) {
        precondition(points.count == people.count && limit > 0)
        let all = points.indices.filter { people[$0] > 0 }
        let positions = all.map { EarthCentredPosition(points[$0]) }
        let weights = all.map { people[$0] }
        let total = weights.reduce(0, +)
        guard total > 0 else {
            (metres, error) = (0, 0)
            return
        }
        let cells = positions.count > limit ? Cells(positions, weights, atMost: limit) : Cells(positions, weights)
        metres = 2 * Self.sum(cells) / (total * total)
        error = 2 * cells.offset / total
    }

    private struct Cells {
        var positions: [EarthCentredPosition]
        var weights: [Double]
        /// Σ of the people and their distance to the middle of their cell.
        var offset = 0.0

        init(_ positions: [EarthCentredPosition], _ weights: [Double]) { (self.positions, self.weights) = (positions, weights) }

        /// The middles of cells, in the order in which their first points come.
        init(_ points: [EarthCentredPosition], _ people: [Double], atMost limit: Int) {
            struct Key: Hashable { var x, y, z: Int32 }
            var size = 1_000.0
            var cellOf: [Int] = []
            var count = Int.max
            while count > limit {
                var known: [Key: Int] = [:]
                cellOf.removeAll(keepingCapacity: true)
                for p in points {
                    let key = Key(x: Int32((p.x / size).rounded(.down)), y: Int32((p.y / size).rounded(.down)), z: Int32((p.z / size).rounded(.down)))
                    if let cell = known[key] {
                        cellOf.append(cell)
                    } else {
                        cellOf.append(known.count)
                        known[key] = known.count
                    }
                }
                count = known.count
                size *= 1.5
            }
            var sums = [EarthCentredPosition](repeating: EarthCentredPosition(x: 0, y: 0, z: 0), count: count)
            weights = [Double](repeating: 0, count: count)
            for (i, p) in points.enumerated() {
                let cell = cellOf[i]
                weights[cell] += people[i]
                sums[cell] = EarthCentredPosition(x: sums[cell].x + people[i] * p.x, y: sums[cell].y + people[i] * p.y, z: sums[cell].z + people[i] * p.z)
            }
            for cell in sums.indices {
                let w = weights[cell]
                sums[cell] = EarthCentredPosition(x: sums[cell].x / w, y: sums[cell].y / w, z: sums[cell].z / w)
            }
            positions = sums
            for (i, p) in points.enumerated() { offset += people[i] * p.squaredChord(to: sums[cellOf[i]]).squareRoot() }
        }
    }

    /// Σ over the pairs i < j, chunk by chunk in a fixed order.
    private static func sum(_ cells: Cells) -> Double {
        let n = cells.positions.count
        let chunk = 32
        var sums = [Double](repeating: 0, count: (n + chunk - 1) / chunk)
        cells.positions.withUnsafeBufferPointer { positions in
            cells.weights.withUnsafeBufferPointer { weights in
                sums.withUnsafeMutableBufferPointer { sums in
                    // Each chunk writes its own sum.
                    nonisolated(unsafe) let (positions, weights, sums) = (positions, weights, sums)
                    ConcurrentChunks.forEach(of: n, chunk: chunk) { part, range in
                        var whole = 0.0
                        for i in range {
                            var row = 0.0
                            for j in i + 1..<max(n, i + 1) { row += weights[j] * distance(positions[i], positions[j]) }
                            whole += weights[i] * row
                        }
                        sums[part] = whole
                    }
                }
            }
        }
        return sums.reduce(0, +)
    }

    @inline(__always)
    private static func distance(_ a: EarthCentredPosition, _ b: EarthCentredPosition) -> Double {
        let q = a.squaredChord(to: b)
        guard q > ShortGeodesic.range * ShortGeodesic.range else { return ShortGeodesic.distance(a, b, squaredChord: q) }
        let diameter = 2 * 6_371_008.8
        return diameter * asin(min(1, q.squareRoot() / diameter))
    }
}
