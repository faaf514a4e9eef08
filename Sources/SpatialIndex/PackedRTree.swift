package import GeoModel

/// Which of many boxes meet a box: a static R-tree, packed by sorting tiles of centres (Leutenegger, Lopez and Edgington 1997,
/// doi:10.1109/ICDE.1997.582015). Building is O(n log n), a query O(log n + found). The value may be shared between tasks.
package struct PackedRTree: Sendable {
    private static let nodeSize = 16

    /// Boxes level by level, leaves first; `starts[l]` is where level l begins.
    private var boxes: [Envelope]
    private var starts: [Int]
    private let original: [Int32]

    /// Empty envelopes are never found.
    package init(_ envelopes: [Envelope]) {
        let present = envelopes.indices.filter { !envelopes[$0].isEmpty }
        var order = present.sorted { envelopes[$0].minX + envelopes[$0].maxX < envelopes[$1].minX + envelopes[$1].maxX }
        let leaves = (order.count + Self.nodeSize - 1) / Self.nodeSize
        let slice = max(1, Int(Double(leaves).squareRoot().rounded(.up))) * Self.nodeSize
        for low in stride(from: 0, to: order.count, by: slice) {
            let high = min(low + slice, order.count)
            order[low..<high].sort { envelopes[$0].minY + envelopes[$0].maxY < envelopes[$1].minY + envelopes[$1].maxY }
        }
        original = order.map(Int32.init)
        boxes = order.map { envelopes[$0] }
        starts = [0]
        var low = 0
        while boxes.count - low > 1 {
            let high = boxes.count
            starts.append(high)
            for first in stride(from: low, to: high, by: Self.nodeSize) {
                var box = Envelope.empty
                for i in first..<min(first + Self.nodeSize, high) { box.expand(toInclude: boxes[i]) }
                boxes.append(box)
            }
            low = high
        }
    }

    /// The positions, in the array the tree was made of, of the boxes that meet `query`, borders included; ascending.
    package func search(_ query: Envelope) -> [Int] {
        var found: [Int] = []
        guard let root = boxes.indices.last else { return found }
        func visit(_ level: Int, _ i: Int) {
            guard boxes[i].intersects(query) else { return }
            if level == 0 {
                found.append(Int(original[i]))
                return
            }
            let first = starts[level - 1] + (i - starts[level]) * Self.nodeSize
            for child in first..<min(first + Self.nodeSize, starts[level]) { visit(level - 1, child) }
        }
        visit(starts.count - 1, root)
        return found.sorted()
    }
}
