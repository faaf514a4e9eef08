package import GeoModel
internal import SpatialIndex

/// Which groups of facilities (the platforms of a Cité, say) have one within a distance of each of many points.
package struct GroupsWithin: Sendable {
    /// A point and a group that reaches it, side by side; each pair once, in order of the points.
    package private(set) var points: [Int32] = []
    package private(set) var groups: [Int32] = []

    /// - Parameters:
    ///   - group: for each facility the group it belongs to, 0 and up.
    ///   - radius: metres; the border counts, by `geod_inverse`.
    ///
    /// O(n log m + found), on every core.
    package init(reaching places: [Coordinate], from facilities: [Coordinate], group: [Int], within radius: Double) {
        precondition(facilities.count == group.count)
        let index = GeodesicIndex(facilities)
        let groupCount = (group.max() ?? -1) + 1
        let chunk = 8192
        var parts = [(points: [Int32], groups: [Int32])](repeating: ([], []), count: (places.count + chunk - 1) / chunk)
        places.withUnsafeBufferPointer { places in
            parts.withUnsafeMutableBufferPointer { parts in
                // Each chunk writes its own part.
                nonisolated(unsafe) let (places, parts) = (places, parts)
                ConcurrentChunks.forEach(of: places.count, chunk: chunk) { k, range in
                    var (points, groups): ([Int32], [Int32]) = ([], [])
                    // The last point that each group was found to reach.
                    var last = [Int](repeating: -1, count: groupCount)
                    index.forEachPair(of: UnsafeBufferPointer(rebasing: places[range]), within: radius) { i, facility in
                        guard last[group[facility]] != i else { return }
                        last[group[facility]] = i
                        points.append(Int32(range.lowerBound + i))
                        groups.append(Int32(group[facility]))
                    }
                    parts[k] = (points, groups)
                }
            }
        }
        for part in parts {
            points += part.points
            groups += part.groups
        }
    }

    /// The people whom each group reaches.
    package func people(_ people: [Double], groupCount: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: groupCount)
        for (point, group) in zip(points, groups) { sums[Int(group)] += people[Int(point)] }
        return sums
    }

    /// Two groups, the smaller first.
    package struct Pair: Hashable, Sendable {
        package var first: Int
        package var second: Int

        package init(first: Int, second: Int) { (self.first, self.second) = (first, second) }
    }

    /// The people whom both groups of a pair reach; pairs that reach no point in common are absent.
    package func sharedPeople(_ people: [Double]) -> [Pair: Double] {
        var sums: [Pair: Double] = [:]
        var low = 0
        while low < points.count {
            var high = low + 1
            while high < points.count, points[high] == points[low] { high += 1 }
            for i in low..<high {
                for j in low..<high where groups[i] < groups[j] {
                    sums[Pair(first: Int(groups[i]), second: Int(groups[j])), default: 0] += people[Int(points[low])]
                }
            }
            low = high
        }
        return sums
    }
}
