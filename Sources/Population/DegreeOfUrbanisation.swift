/// Eurostat's degree of urbanisation of the cells of a grid of 1 km.
///
/// An urban centre is a cluster of cells that touch by their sides and have at least 1,500 people each; its gaps are filled, and it has at
/// least 50,000 people then. Gaps are the holes of less than 15 cells, and then each cell of which at least five of the eight neighbours
/// are in the cluster, over and over until there are no more. An urban cluster is a cluster of cells that touch by sides or corners, have at
/// least 300 people each, and at least 5,000 together. All other cells are rural.
///
/// References: Eurostat, Methodological manual on territorial typologies (2018), chapter 1, and the glossary entries "Urban centre" and
/// "Urban cluster" of Statistics Explained; L. Dijkstra and H. Poelman, A harmonised definition of cities and rural areas (European
/// Commission, WP 01/2014), for the rule of five of eight; the holes of less than 15 km² are those of the GHSL data package.
package enum DegreeOfUrbanisation {
    package static let centreDensity = 1_500.0
    package static let centrePeople = 50_000.0
    package static let clusterDensity = 300.0
    package static let clusterPeople = 5_000.0
    package static let largestHole = 14

    /// The class of each cell, in the order given; people of cells that stand twice add up. O(n) but for the gaps, whose work is that
    /// of the box around each dense cluster.
    package static func classify(columns: [Int32], rows: [Int32], people: [Double]) -> [DensityClass] {
        precondition(columns.count == rows.count && columns.count == people.count)
        var total: [Int64: Double] = [:]
        for i in columns.indices { total[key(columns[i], rows[i]), default: 0] += people[i] }

        var classes: [Int64: DensityClass] = [:]
        for cluster in clusters(of: total, atLeast: clusterDensity, withCorners: true)
        where cluster.reduce(0, { $0 + total[$1]! }) >= clusterPeople {
            for cell in cluster { classes[cell] = .urbanCluster }
        }
        for cluster in clusters(of: total, atLeast: centreDensity, withCorners: false) {
            let filled = withoutGaps(cluster)
            guard filled.reduce(0, { $0 + (total[$1] ?? 0) }) >= centrePeople else { continue }
            for cell in filled { classes[cell] = .urbanCentre }
        }
        return columns.indices.map { classes[key(columns[$0], rows[$0])] ?? .rural }
    }

    private static func key(_ column: Int32, _ row: Int32) -> Int64 { Int64(row) << 32 | Int64(UInt32(bitPattern: column)) }
    private static func column(_ key: Int64) -> Int { Int(Int32(truncatingIfNeeded: key)) }
    private static func row(_ key: Int64) -> Int { Int(key >> 32) }

    private static let sides = [(1, 0), (-1, 0), (0, 1), (0, -1)]
    private static let all = sides + [(1, 1), (1, -1), (-1, 1), (-1, -1)]

    /// The cells that are dense enough, in clusters.
    private static func clusters(of total: [Int64: Double], atLeast density: Double, withCorners: Bool) -> [[Int64]] {
        var waiting = Set<Int64>()
        for (cell, people) in total where people >= density { waiting.insert(cell) }
        var clusters: [[Int64]] = []
        while let first = waiting.first {
            waiting.remove(first)
            var cluster = [first]
            var i = 0
            while i < cluster.count {
                let (x, y) = (column(cluster[i]), row(cluster[i]))
                for (dx, dy) in withCorners ? all : sides {
                    let next = key(Int32(truncatingIfNeeded: x + dx), Int32(truncatingIfNeeded: y + dy))
                    if waiting.remove(next) != nil { cluster.append(next) }
                }
                i += 1
            }
            clusters.append(cluster)
        }
        return clusters
    }

    /// A cluster with its gaps filled, cells without people among them.
    private static func withoutGaps(_ cluster: [Int64]) -> [Int64] {
        // Five neighbours in the cluster: a cell or two have none to give.
        guard cluster.count >= 5 else { return cluster }
        let xs = cluster.map(column)
        let ys = cluster.map(row)
        // A border of two cells: the rule adds no cell beyond the box of the cluster, and looks one further.
        let (minX, minY) = (xs.min()! - 2, ys.min()! - 2)
        let (width, height) = (xs.max()! - minX + 3, ys.max()! - minY + 3)
        // A chain of cells around half a continent is no town: what cannot be drawn has no gaps worth filling.
        guard width.multipliedReportingOverflow(by: height).partialValue < 1 << 26 else { return cluster }
        var inside = [Bool](repeating: false, count: width * height)
        for i in cluster.indices { inside[(ys[i] - minY) * width + xs[i] - minX] = true }

        fillHoles(&inside, width, height)
        let around = all.map { $0.1 * width + $0.0 }
        var candidates = inside.indices.filter { inside[$0] }.flatMap { at in around.map { at + $0 } }
        while !candidates.isEmpty {
            // One round looks at the state before it, so that its order means nothing.
            let added = Set(candidates).filter { at in !inside[at] && around.reduce(0) { $0 + (inside[at + $1] ? 1 : 0) } >= 5 }
            for at in added { inside[at] = true }
            candidates = added.flatMap { at in around.map { at + $0 } }
        }
        return inside.indices.filter { inside[$0] }.map { at in
            key(Int32(truncatingIfNeeded: at % width + minX), Int32(truncatingIfNeeded: at / width + minY))
        }
    }

    /// Fills what lies within the cluster and is cut off from the outside along sides, where it is small enough.
    private static func fillHoles(_ inside: inout [Bool], _ width: Int, _ height: Int) {
        var seen = inside
        for start in inside.indices where !seen[start] {
            seen[start] = true
            var hole = [start]
            var isOutside = false
            var i = 0
            while i < hole.count {
                let (x, y) = (hole[i] % width, hole[i] / width)
                for (dx, dy) in sides {
                    guard (0..<width).contains(x + dx), (0..<height).contains(y + dy) else {
                        isOutside = true
                        continue
                    }
                    let next = (y + dy) * width + x + dx
                    if !seen[next] {
                        seen[next] = true
                        hole.append(next)
                    }
                }
                i += 1
            }
            if !isOutside, hole.count <= largestHole { for at in hole { inside[at] = true } }
        }
    }
}
