import Foundation
import Siting

/// A made-up country on a plane of 1,000 × 1,000 km: demand points with heavy-tailed populations, clustered around towns; the candidates
/// are the most populous of them, and some of those have a platform already. The same for the same seed, on every machine.
struct GeneratedTowns {
    var x: [Double] = []
    var y: [Double] = []
    var people: [Int64] = []
    /// Demand points that are candidates, and whether each exists already.
    var candidates: [Int] = []
    var exists: [Bool] = []

    init(demand: Int, candidates count: Int, existing: Int, tail: Double = 1.1, seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        func unit() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
        let side = 1_000_000.0
        let towns = max(10, demand / 50)
        // Zipf: the n-th town draws n^-0.8 of what the first draws.
        var (tx, ty, draw): ([Double], [Double], [Double]) = ([], [], [])
        var total = 0.0
        for n in 0..<towns {
            tx.append(unit() * side)
            ty.append(unit() * side)
            total += 1 / pow(Double(n + 1), 0.8)
            draw.append(total)
        }
        while x.count < demand {
            var (px, py) = (unit() * side, unit() * side)
            var near = 0.0
            if unit() < 0.5 {
                let r = unit() * total
                var (low, high) = (0, towns - 1)
                while low < high {
                    let middle = (low + high) / 2
                    if draw[middle] < r { low = middle + 1 } else { high = middle }
                }
                let distance = -log(1 - unit()) * 40_000 / pow(Double(low + 1), 0.2)
                let angle = unit() * 2 * Double.pi
                px = tx[low] + distance * cos(angle)
                py = ty[low] + distance * sin(angle)
                near = exp(-distance / 15_000) * 8 / Double(low + 1).squareRoot()
                if px < 0 || py < 0 || px >= side || py >= side { continue }
            }
            // Pareto with exponent `tail` from 80 people, larger near large towns.
            let size = 80 * pow(1 - unit(), -1 / tail) * (1 + near)
            x.append(px.rounded())
            y.append(py.rounded())
            people.append(Int64(min(size, 1_000_000)))
        }
        let order = people.indices.sorted { people[$0] != people[$1] ? people[$0] > people[$1] : $0 < $1 }
        candidates = Array(order.prefix(count))
        exists = [Bool](repeating: false, count: candidates.count)
        var left = existing
        while left > 0 {
            // Half of them in the largest fifth.
            let n = Int(unit() * Double(unit() < 0.5 ? candidates.count / 5 : candidates.count))
            if !exists[n] {
                exists[n] = true
                left -= 1
            }
        }
    }

    /// Pairs no farther apart than `reach` metres, distances rounded to whole metres.
    func problem(reach: Double, capacity: Int64? = nil) -> SitingProblem {
        // Candidates in cells of `reach`.
        let cells = Int(1_000_000 / reach) + 1
        var cell = [[Int32]](repeating: [], count: cells * cells)
        for (n, i) in candidates.enumerated() { cell[Int(y[i] / reach) * cells + Int(x[i] / reach)].append(Int32(n)) }
        var first = [0]
        var (facility, cost): ([Int32], [Int32]) = ([], [])
        for i in x.indices {
            let (cx, cy) = (Int(x[i] / reach), Int(y[i] / reach))
            for ny in max(0, cy - 1)...min(cells - 1, cy + 1) {
                for nx in max(0, cx - 1)...min(cells - 1, cx + 1) {
                    for n in cell[ny * cells + nx] {
                        let (dx, dy) = (x[candidates[Int(n)]] - x[i], y[candidates[Int(n)]] - y[i])
                        let d = (dx * dx + dy * dy).squareRoot().rounded()
                        if d <= reach {
                            facility.append(n)
                            cost.append(Int32(d))
                        }
                    }
                }
            }
            first.append(facility.count)
        }
        let facilities = candidates.indices.map { n in
            SitingProblem.Facility(id: String(1_000_000 + candidates[n]), role: exists[n] ? .existing : .candidate, capacity: capacity)
        }
        return SitingProblem(facilities: facilities, weights: people, firstPair: first, pairFacility: facility, pairCost: cost)
    }

    /// For other programs: a line `demand candidates`, a line of 0 and 1 (which candidates exist), then for each demand point its people
    /// and its distance to every candidate in whole metres.
    func write(to path: String) throws {
        var text = "\(x.count) \(candidates.count)\n" + exists.map { $0 ? "1" : "0" }.joined(separator: " ") + "\n"
        for i in x.indices {
            text += String(people[i])
            for j in candidates {
                let (dx, dy) = (x[j] - x[i], y[j] - y[i])
                text += " " + String(Int((dx * dx + dy * dy).squareRoot().rounded()))
            }
            text += "\n"
        }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
}
