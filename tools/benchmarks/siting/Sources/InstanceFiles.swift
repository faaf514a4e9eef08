import Foundation
package import Siting

/// Instance files in their published formats.
package enum InstanceFiles {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    private static func numbers(_ path: String) throws -> [Int] {
        guard let data = FileManager.default.contents(atPath: path) else { throw Failure(description: "no file '\(path)'") }
        var out: [Int] = []
        for (n, word) in String(decoding: data, as: UTF8.self).split(whereSeparator: \.isWhitespace).enumerated() {
            guard let value = Int(word) else { throw Failure(description: "\(path): word \(n + 1) is '\(word)'; a whole number is accepted") }
            out.append(value)
        }
        return out
    }

    /// OR-Library p-median (Beasley): `n m p`, then `i j cost` for each of m edges of an undirected graph, nodes from 1; the last cost of
    /// a repeated edge holds. Every node is a demand point of weight 1 and a candidate; costs are shortest paths.
    package static func orLibrary(_ path: String) throws -> (problem: SitingProblem, count: Int) {
        let words = try numbers(path)
        guard words.count >= 3, words[0] > 0, words[1] >= 0, words.count == 3 + 3 * words[1] else {
            throw Failure(description: "\(path): \(words.count) numbers; 'n m p' and three for each of m edges are accepted")
        }
        let (n, edges) = (words[0], words[1])
        let far = Int32.max / 2
        var d = [Int32](repeating: far, count: n * n)
        for i in 0..<n { d[i * n + i] = 0 }
        for e in 0..<edges {
            let (a, b, cost) = (words[3 + 3 * e], words[4 + 3 * e], words[5 + 3 * e])
            guard (1...n).contains(a), (1...n).contains(b), cost >= 0, cost < far else {
                throw Failure(description: "\(path): edge \(e + 1) is '\(a) \(b) \(cost)'; nodes 1 to \(n) and a cost from 0 are accepted")
            }
            d[(a - 1) * n + b - 1] = Int32(cost)
            d[(b - 1) * n + a - 1] = Int32(cost)
        }
        for k in 0..<n {
            for i in 0..<n where d[i * n + k] < far {
                let ik = d[i * n + k]
                for j in 0..<n where ik + d[k * n + j] < d[i * n + j] { d[i * n + j] = ik + d[k * n + j] }
            }
        }
        let pairs = (0..<n).map { i in (0..<n).compactMap { j in d[i * n + j] < far ? (facility: Int32(j), cost: d[i * n + j]) : nil } }
        let problem = SitingProblem(
            facilities: (0..<n).map { SitingProblem.Facility(id: padded($0 + 1)) }, weights: [Int64](repeating: 1, count: n), pairs: pairs)
        return (problem, words[2])
    }

    /// Lorena's coverage instances: a header whose first number is n, then n pairs of plane metres; and n demands. Every node is a
    /// candidate; one covers another at a distance of at most `radius`. Costs are 0 where covered, and other pairs are left out.
    package static func lorena(coordinates: String, demand: String, radius: Double) throws -> SitingProblem {
        guard let data = FileManager.default.contents(atPath: coordinates) else { throw Failure(description: "no file '\(coordinates)'") }
        let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).map {
            $0.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
        }
        .filter { !$0.isEmpty }
        guard let n = lines.first.map({ Int($0[0]) }), n > 0, lines.count == n + 1, lines.dropFirst().allSatisfy({ $0.count == 2 }) else {
            throw Failure(description: "\(coordinates): \(lines.count) lines; a header with n and n lines 'x y' are accepted")
        }
        let weights = try numbers(demand)
        guard weights.count == n, weights.allSatisfy({ $0 >= 0 }) else {
            throw Failure(description: "\(demand): \(weights.count) demands; \(n) whole numbers from 0 are accepted")
        }
        let points = lines.dropFirst().map { (x: $0[0], y: $0[1]) }
        let pairs = points.map { p in
            points.indices.compactMap { j -> (facility: Int32, cost: Int32)? in
                let (dx, dy) = (points[j].x - p.x, points[j].y - p.y)
                return dx * dx + dy * dy <= radius * radius ? (Int32(j), 0) : nil
            }
        }
        return SitingProblem(facilities: (0..<n).map { SitingProblem.Facility(id: padded($0 + 1)) }, weights: weights.map(Int64.init), pairs: pairs)
    }

    /// Ids whose order is that of the numbers.
    static func padded(_ n: Int) -> String { String(String(n + 1_000_000).dropFirst()) }
}
