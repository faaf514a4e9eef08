/// Takes again and again the column that adds most, keeping stale sums as upper bounds in a heap (Minoux 1978, doi:10.1007/BFb0006528):
/// a sum only ever falls, so that one that is still largest once brought up to date is the best. Of equal ones the first by id.
struct LazyGreedy {
    /// The columns in the order taken, and what each added. At most `count`; columns that add nothing are not taken, nor those in conflict.
    static func run(_ instance: GainInstance, count: Int, from start: [Int32] = []) -> (chosen: [Int32], gains: [Int64]) {
        var best = [Int64](repeating: 0, count: instance.rows)
        var blocked = [Bool](repeating: false, count: instance.columns)
        var (chosen, gains): ([Int32], [Int64]) = ([], [])
        func gain(_ j: Int) -> Int64 {
            var sum: Int64 = 0
            for p in instance.columnStart[j]..<instance.columnStart[j + 1] {
                let d = instance.columnValue[p] - best[Int(instance.columnRow[p])]
                if d > 0 { sum += d }
            }
            return sum
        }
        func take(_ j: Int, _ g: Int64) {
            chosen.append(Int32(j))
            gains.append(g)
            blocked[j] = true
            for other in instance.conflicts[j] { blocked[Int(other)] = true }
            for p in instance.columnStart[j]..<instance.columnStart[j + 1] {
                let i = Int(instance.columnRow[p])
                if instance.columnValue[p] > best[i] { best[i] = instance.columnValue[p] }
            }
        }
        for j in start { take(Int(j), gain(Int(j))) }
        guard chosen.count < count else { return (chosen, gains) }
        var heap = MaxHeap(capacity: instance.columns)
        for j in 0..<instance.columns where !blocked[j] { heap.push(gain(j), Int32(j)) }
        while chosen.count < count, let top = heap.first {
            let j = Int(top.item)
            if blocked[j] {
                heap.removeFirst()
                continue
            }
            let g = gain(j)
            if g < top.key {
                heap.replaceFirst(g, top.item)
                continue
            }
            if g == 0 { break }
            heap.removeFirst()
            take(j, g)
        }
        return (chosen, gains)
    }
}

/// A binary heap, largest key first, smaller items first among equal keys.
struct MaxHeap {
    private var keys: [Int64] = []
    private var items: [Int32] = []

    init(capacity: Int) {
        keys.reserveCapacity(capacity)
        items.reserveCapacity(capacity)
    }

    var first: (key: Int64, item: Int32)? { keys.isEmpty ? nil : (keys[0], items[0]) }

    private func before(_ a: Int, _ b: Int) -> Bool { keys[a] != keys[b] ? keys[a] > keys[b] : items[a] < items[b] }

    mutating func push(_ key: Int64, _ item: Int32) {
        keys.append(key)
        items.append(item)
        var i = keys.count - 1
        while i > 0, before(i, (i - 1) / 2) {
            keys.swapAt(i, (i - 1) / 2)
            items.swapAt(i, (i - 1) / 2)
            i = (i - 1) / 2
        }
    }

    mutating func replaceFirst(_ key: Int64, _ item: Int32) {
        keys[0] = key
        items[0] = item
        sink()
    }

    mutating func removeFirst() {
        keys.swapAt(0, keys.count - 1)
        items.swapAt(0, items.count - 1)
        keys.removeLast()
        items.removeLast()
        if !keys.isEmpty { sink() }
    }

    private mutating func sink() {
        var i = 0
        while true {
            var top = i
            let child = 2 * i + 1
            if child < keys.count, before(child, top) { top = child }
            if child + 1 < keys.count, before(child + 1, top) { top = child + 1 }
            if top == i { return }
            keys.swapAt(i, top)
            items.swapAt(i, top)
            i = top
        }
    }
}
