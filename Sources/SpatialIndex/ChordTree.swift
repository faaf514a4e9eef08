internal import Geodesy

/// A k-d tree over positions in three dimensions, flat: the positions of a leaf stand side by side, an inner node is one plane.
///
/// Building is O(n log n). The value is immutable and may be shared between tasks.
struct ChordTree: Sendable {
    static let leafSize = 8

    /// In tree order.
    private let x: [Double]
    private let y: [Double]
    private let z: [Double]
    /// The position, in the array the tree was made of, of each element in tree order.
    let original: [Int32]
    /// Inner nodes in heap order from 1: what lies before the plane is in child 2i, what lies behind it in 2i + 1.
    private let planes: [Double]
    private let axes: [UInt8]
    /// Where each leaf begins, and the end.
    private let starts: [Int32]

    init(_ points: [EarthCentredPosition]) {
        precondition(points.count < Int32.max)
        var depth = 0
        while points.count >> depth > Self.leafSize { depth += 1 }
        let leaves = 1 << depth
        var order = points.indices.map(Int32.init)
        var (planes, axes) = ([Double](repeating: 0, count: leaves), [UInt8](repeating: 0, count: leaves))
        var starts = [Int32](repeating: Int32(points.count), count: leaves + 1)
        var keys = [Double](repeating: 0, count: points.count)
        func arrange(_ node: Int, _ low: Int, _ high: Int) {
            guard node < leaves else {
                starts[node - leaves] = Int32(low)
                return
            }
            let axis = Self.widestAxis(points, order[low..<high])
            for i in order[low..<high] { keys[Int(i)] = Self.component(points[Int(i)], axis) }
            let middle = (low + high) / 2
            order.withUnsafeMutableBufferPointer { order in
                keys.withUnsafeBufferPointer { Self.select(middle, of: order, from: low, to: high, by: $0) }
            }
            (planes[node], axes[node]) = (middle < high ? keys[Int(order[middle])] : 0, axis)
            arrange(2 * node, low, middle)
            arrange(2 * node + 1, middle, high)
        }
        arrange(1, 0, points.count)
        original = order
        (self.planes, self.axes, self.starts) = (planes, axes, starts)
        x = order.map { points[Int($0)].x }
        y = order.map { points[Int($0)].y }
        z = order.map { points[Int($0)].z }
    }

    var count: Int { x.count }

    /// The axis (0 x, 1 y, 2 z) along which some points spread most.
    private static func widestAxis(_ points: [EarthCentredPosition], _ members: ArraySlice<Int32>) -> UInt8 {
        var (low, high) = (SIMD3<Double>(repeating: .infinity), SIMD3<Double>(repeating: -.infinity))
        for i in members {
            let p = SIMD3(points[Int(i)].x, points[Int(i)].y, points[Int(i)].z)
            low = pointwiseMin(low, p)
            high = pointwiseMax(high, p)
        }
        let spread = high - low
        return spread.x >= spread.y && spread.x >= spread.z ? 0 : spread.y >= spread.z ? 1 : 2
    }

    private static func component(_ p: EarthCentredPosition, _ axis: UInt8) -> Double { axis == 0 ? p.x : axis == 1 ? p.y : p.z }

    /// Puts the element of rank `k` in its place, none larger before it and none smaller behind it (Hoare's selection).
    private static func select(
        _ k: Int, of order: UnsafeMutableBufferPointer<Int32>, from first: Int, to end: Int, by keys: UnsafeBufferPointer<Double>
    ) {
        var (low, high) = (first, end - 1)
        while low < high {
            let pivot = keys[Int(order[(low + high) / 2])]
            var (i, j) = (low, high)
            while i <= j {
                while keys[Int(order[i])] < pivot { i += 1 }
                while keys[Int(order[j])] > pivot { j -= 1 }
                if i <= j {
                    order.swapAt(i, j)
                    i += 1
                    j -= 1
                }
            }
            if k <= j { high = j } else if k >= i { low = i } else { return }
        }
    }

    /// Lends the tree for a run of queries, with the stack they walk on.
    func read<R>(_ body: (View) -> R) -> R {
        withUnsafeTemporaryAllocation(of: Pending.self, capacity: 64) { stack in
            x.withUnsafeBufferPointer { x in
                y.withUnsafeBufferPointer { y in
                    z.withUnsafeBufferPointer { z in
                        planes.withUnsafeBufferPointer { planes in
                            axes.withUnsafeBufferPointer { axes in
                                starts.withUnsafeBufferPointer { starts in
                                    body(View(x: x, y: y, z: z, planes: planes, axes: axes, starts: starts, stack: stack.baseAddress!))
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// A node still to be visited, and the square of its distance from the query.
    struct Pending {
        var node: Int
        var square: Double
    }

    struct View {
        let x: UnsafeBufferPointer<Double>
        let y: UnsafeBufferPointer<Double>
        let z: UnsafeBufferPointer<Double>
        let planes: UnsafeBufferPointer<Double>
        let axes: UnsafeBufferPointer<UInt8>
        let starts: UnsafeBufferPointer<Int32>
        let stack: UnsafeMutablePointer<Pending>

        func position(_ at: Int) -> EarthCentredPosition { EarthCentredPosition(x: x[at], y: y[at], z: z[at]) }

        /// Visits every element whose squared chord is at most `limit`, nearer halves first; `visit` may make the limit smaller.
        @inline(__always)
        func descend(_ query: EarthCentredPosition, limit: inout Double, _ visit: (_ at: Int, _ squaredChord: Double, _ limit: inout Double) -> Void) {
            let leaves = planes.count
            var waiting = 0
            var node = 1
            while true {
                while node < leaves {
                    let axis = axes[node]
                    let gap = (axis == 0 ? query.x : axis == 1 ? query.y : query.z) - planes[node]
                    let far = gap < 0 ? 2 * node + 1 : 2 * node
                    let square = gap * gap
                    if square <= limit {
                        stack[waiting] = Pending(node: far, square: square)
                        waiting += 1
                    }
                    node = far ^ 1
                }
                for at in Int(starts[node - leaves])..<Int(starts[node - leaves + 1]) {
                    let (dx, dy, dz) = (x[at] - query.x, y[at] - query.y, z[at] - query.z)
                    let chord = dx * dx + dy * dy + dz * dz
                    if chord <= limit { visit(at, chord, &limit) }
                }
                repeat {
                    if waiting == 0 { return }
                    waiting -= 1
                } while stack[waiting].square > limit
                node = stack[waiting].node
            }
        }
    }
}
