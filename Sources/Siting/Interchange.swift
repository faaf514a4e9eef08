/// Swaps a chosen column for another while that gains something (Teitz and Bart's interchange), in the decomposition of Whitaker and of
/// Resende and Werneck (2007, doi:10.1016/j.ejor.2005.10.020): what a column adds, what each chosen one would lose, and what the two
/// together get back, all from the best and second best value of each row. Looking at one column costs its pairs and k; only columns
/// that share a row with the last swap are looked at again. `kick` then leaves local optima.
struct Interchange {
    private let instance: GainInstance
    let limit: Int
    /// The column in each place, -1 where it is free.
    private var column: [Int32]
    private var free: [Int32]
    /// The place of each column, -1 where it is not chosen.
    private var place: [Int32]
    /// Places with the largest and second largest value of each row (-1 for none), and those values.
    private var first: [Int32]
    private var second: [Int32]
    private var firstValue: [Int64]
    private var secondValue: [Int64]
    /// What taking a place away would lose.
    private var loss: [Int64]
    private var back: [Int64]
    private var isBack: [Int32] = []
    private var conflictsWithChosen: [Int32]
    private var isDirty: [Bool]
    private var dirty = 0
    /// What was done since the last kick, to be undone: j + 1 for an addition, -(j + 1) for a removal.
    private var log: [Int32] = []
    private(set) var value: Int64
    private(set) var swaps = 0
    private var generator: SplitMix64

    init(_ instance: GainInstance, limit: Int, chosen: [Int32], seed: UInt64) {
        self.instance = instance
        self.limit = limit
        column = [Int32](repeating: -1, count: limit)
        free = (0..<Int32(limit)).reversed()
        place = [Int32](repeating: -1, count: instance.columns)
        first = [Int32](repeating: -1, count: instance.rows)
        second = first
        firstValue = [Int64](repeating: 0, count: instance.rows)
        secondValue = firstValue
        loss = [Int64](repeating: 0, count: limit)
        back = loss
        conflictsWithChosen = [Int32](repeating: 0, count: instance.columns)
        isDirty = [Bool](repeating: true, count: instance.columns)
        dirty = instance.columns
        value = instance.constant
        generator = SplitMix64(seed: seed)
        for j in chosen.prefix(limit) { add(Int(j)) }
        log.removeAll()
    }

    /// The chosen columns, ascending.
    var chosen: [Int32] { column.filter { $0 >= 0 }.sorted() }

    private mutating func touch(_ i: Int) {
        for p in instance.rowStart[i]..<instance.rowStart[i + 1] {
            let j = Int(instance.rowColumn[p])
            if !isDirty[j] {
                isDirty[j] = true
                dirty += 1
            }
        }
    }

    private mutating func add(_ j: Int) {
        let s = free.removeLast()
        column[Int(s)] = Int32(j)
        place[j] = s
        log.append(Int32(j) + 1)
        var own: Int64 = 0
        for p in instance.columnStart[j]..<instance.columnStart[j + 1] {
            let (i, v) = (Int(instance.columnRow[p]), instance.columnValue[p])
            if v > firstValue[i] {
                let f = first[i]
                if f >= 0 { loss[Int(f)] -= firstValue[i] - secondValue[i] }
                value += v - firstValue[i]
                own += v - firstValue[i]
                second[i] = f
                secondValue[i] = firstValue[i]
                first[i] = s
                firstValue[i] = v
                touch(i)
            } else if v > secondValue[i] {
                loss[Int(first[i])] -= v - secondValue[i]
                second[i] = s
                secondValue[i] = v
                touch(i)
            }
        }
        loss[Int(s)] = own
        for other in instance.conflicts[j] { conflictsWithChosen[Int(other)] += 1 }
    }

    private mutating func remove(_ s: Int) {
        let j = Int(column[s])
        column[s] = -1
        place[j] = -1
        free.append(Int32(s))
        log.append(-Int32(j) - 1)
        for p in instance.columnStart[j]..<instance.columnStart[j + 1] {
            let i = Int(instance.columnRow[p])
            if first[i] == s {
                value -= firstValue[i] - secondValue[i]
                first[i] = second[i]
                firstValue[i] = secondValue[i]
            } else if second[i] == s {
                loss[Int(first[i])] -= firstValue[i] - secondValue[i]
            } else {
                continue
            }
            touch(i)
            second[i] = -1
            secondValue[i] = 0
            let f = first[i]
            if f < 0 { continue }
            for q in instance.rowStart[i]..<instance.rowStart[i + 1] {
                let t = place[Int(instance.rowColumn[q])]
                if t >= 0, t != f {
                    second[i] = t
                    secondValue[i] = instance.rowValue[q]
                    break
                }
            }
            loss[Int(f)] += firstValue[i] - secondValue[i]
        }
        loss[s] = 0
        for other in instance.conflicts[j] { conflictsWithChosen[Int(other)] -= 1 }
    }

    /// What choosing column j gains at best, and the place to give up for it (-1 for none).
    private mutating func look(_ j: Int) -> (profit: Int64, place: Int) {
        var only = -1
        if conflictsWithChosen[j] > 0 {
            if conflictsWithChosen[j] > 1 { return (0, -1) }
            only = Int(place[Int(instance.conflicts[j].first { place[Int($0)] >= 0 }!)])
        }
        var gain: Int64 = 0
        for p in instance.columnStart[j]..<instance.columnStart[j + 1] {
            let (i, v) = (Int(instance.columnRow[p]), instance.columnValue[p])
            if v > secondValue[i] {
                let f = Int(first[i])
                if v > firstValue[i] {
                    gain += v - firstValue[i]
                    if f >= 0 { back[f] += firstValue[i] - secondValue[i] }
                } else {
                    back[f] += v - secondValue[i]
                }
            }
        }
        var (best, at) = (Int64.min, -1)
        for s in 0..<limit {
            if column[s] >= 0, only < 0 || only == s, back[s] - loss[s] > best { (best, at) = (back[s] - loss[s], s) }
            back[s] = 0
        }
        if only < 0, !free.isEmpty { return (gain, -1) }
        return at < 0 ? (0, -1) : (gain + best, at)
    }

    /// Swaps until no column that was touched gains anything; with `everywhere`, until none at all does.
    mutating func improve(everywhere: Bool, until deadline: Deadline? = nil) {
        let columns = instance.columns
        if everywhere {
            for j in 0..<columns { isDirty[j] = true }
            dirty = columns
        }
        var changed = false
        while dirty > 0 {
            for j in 0..<columns where isDirty[j] {
                isDirty[j] = false
                dirty -= 1
                if place[j] >= 0 { continue }
                let (profit, s) = look(j)
                guard profit > 0 else { continue }
                if s >= 0 { remove(s) }
                add(j)
                swaps += 1
                changed = true
            }
            if let deadline, deadline.isOver { return }
            if everywhere, dirty == 0, changed {
                for j in 0..<columns { isDirty[j] = true }
                dirty = columns
                changed = false
            }
        }
    }

    /// Takes one to three neighbouring columns out, puts others of the same rows in, improves, and keeps the outcome unless it is worse.
    mutating func kick(until deadline: Deadline? = nil) {
        let count = limit - free.count
        guard count > 0, instance.columns > count else { return }
        log.removeAll(keepingCapacity: true)
        let before = value
        var s = nthChosen(Int(generator.below(UInt64(count))))
        let strength = 1 + Int(generator.below(3))
        for _ in 0..<min(strength, count) {
            let j = Int(column[s])
            let range = instance.columnStart[j]..<instance.columnStart[j + 1]
            let row = Int(instance.columnRow[range.lowerBound + Int(generator.below(UInt64(range.count)))])
            remove(s)
            let list = instance.rowStart[row]..<instance.rowStart[row + 1]
            let other = Int(instance.rowColumn[list.lowerBound + Int(generator.below(UInt64(list.count)))])
            if place[other] < 0, other != j, conflictsWithChosen[other] == 0 { add(other) }
            // On to a neighbour: whoever serves the row now, else anyone.
            if first[row] >= 0, first[row] != place[other] {
                s = Int(first[row])
            } else if limit - free.count > 0 {
                s = nthChosen(Int(generator.below(UInt64(limit - free.count))))
            } else {
                break
            }
        }
        improve(everywhere: false, until: deadline)
        if value < before {
            let steps = log
            for step in steps.reversed() {
                if step > 0 { remove(Int(place[Int(step) - 1])) } else { add(Int(-step) - 1) }
            }
            for j in 0..<instance.columns { isDirty[j] = false }
            dirty = 0
        }
    }

    private func nthChosen(_ n: Int) -> Int {
        var left = n
        for s in 0..<limit where column[s] >= 0 {
            if left == 0 { return s }
            left -= 1
        }
        preconditionFailure("fewer columns are chosen than were counted")
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195): the same numbers for the same seed, on every machine.
package struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// 0..<bound; the bias is below 2^-32 for the bounds used here.
    mutating func below(_ bound: UInt64) -> UInt64 { next().multipliedFullWidth(by: bound).high }
}
