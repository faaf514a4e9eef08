/// Demand, facilities and what it costs to go from one to the other: all that siting knows. No geography, no units: a cost is a whole
/// number of whatever the caller measures in (metres, seconds), a weight a whole number of people.
package struct SitingProblem: Sendable {
    /// What may be done with a facility.
    package enum Role: Sendable, Equatable {
        /// It may be chosen.
        case candidate
        /// It is there, serves, and is not counted among the chosen.
        case existing
        /// It is chosen whatever it brings, and counted.
        case required
        /// It may not be chosen.
        case forbidden
    }

    package struct Facility: Sendable {
        /// Unique. Facilities are put in the order of their ids (by Unicode scalars), so that the order they come in never matters.
        package var id: String
        package var role: Role
        /// The people it can serve; nil where nothing limits them.
        package var capacity: Int64?

        package init(id: String, role: Role = .candidate, capacity: Int64? = nil) {
            self.id = id
            self.role = role
            self.capacity = capacity
        }
    }

    /// Two facilities too near each other to be chosen both.
    package struct Conflict: Sendable, Hashable {
        package var a: Int32
        package var b: Int32

        package init(_ a: Int32, _ b: Int32) {
            self.a = a
            self.b = b
        }
    }

    package var facilities: [Facility]
    /// The people at each demand point, 0 or more. A point without people asks for nothing: it is served, and decides nothing.
    package var weights: [Int64]
    /// The pairs of demand point i are at `firstPair[i]..<firstPair[i + 1]`. A pair that is not listed cannot be travelled.
    package var firstPair: [Int]
    package var pairFacility: [Int32]
    /// 0 or more.
    package var pairCost: [Int32]
    package var conflicts: [Conflict]

    package init(
        facilities: [Facility], weights: [Int64], firstPair: [Int], pairFacility: [Int32], pairCost: [Int32], conflicts: [Conflict] = []
    ) {
        self.facilities = facilities
        self.weights = weights
        self.firstPair = firstPair
        self.pairFacility = pairFacility
        self.pairCost = pairCost
        self.conflicts = conflicts
    }

    /// From one list of (facility, cost) for each demand point.
    package init(facilities: [Facility], weights: [Int64], pairs: [[(facility: Int32, cost: Int32)]], conflicts: [Conflict] = []) {
        var first = [0]
        first.reserveCapacity(pairs.count + 1)
        for row in pairs { first.append(first[first.count - 1] + row.count) }
        self.init(
            facilities: facilities, weights: weights, firstPair: first, pairFacility: pairs.flatMap { $0.map(\.facility) },
            pairCost: pairs.flatMap { $0.map(\.cost) }, conflicts: conflicts)
    }

    package var hasCapacities: Bool { facilities.contains { $0.capacity != nil && $0.role != .forbidden } }

    /// Throws what is wrong with the numbers themselves; O(pairs).
    package func check() throws(SitingError) {
        guard firstPair.count == weights.count + 1, firstPair.first == 0, firstPair.last == pairFacility.count, pairFacility.count == pairCost.count else {
            throw .malformed(
                "\(weights.count) demand points, \(firstPair.count) row starts, \(pairFacility.count) facilities and \(pairCost.count) costs of pairs")
        }
        var total: Int64 = 0
        for i in weights.indices {
            guard weights[i] >= 0 else { throw .malformed("demand point \(i) weighs \(weights[i]); 0 or more is accepted") }
            let (sum, over) = total.addingReportingOverflow(weights[i])
            guard !over else { throw .malformed("the weights add up to more than 64 bits hold") }
            total = sum
            guard firstPair[i] <= firstPair[i + 1] else { throw .malformed("the row starts of demand point \(i) go down") }
        }
        for p in pairFacility.indices {
            guard pairFacility[p] >= 0, pairFacility[p] < facilities.count else {
                throw .malformed("pair \(p) names facility \(pairFacility[p]); 0 to \(facilities.count - 1) are there")
            }
            guard pairCost[p] >= 0 else { throw .malformed("pair \(p) costs \(pairCost[p]); 0 or more is accepted") }
        }
        var lastRow = [Int](repeating: -1, count: facilities.count)
        for i in weights.indices {
            for p in firstPair[i]..<firstPair[i + 1] {
                let f = Int(pairFacility[p])
                guard lastRow[f] != i else { throw .malformed("demand point \(i) lists facility '\(facilities[f].id)' twice; once is accepted") }
                lastRow[f] = i
            }
        }
        for f in facilities where (f.capacity ?? 0) < 0 { throw .malformed("facility '\(f.id)' has capacity \(f.capacity!); 0 or more is accepted") }
        var seen = Set<String>()
        for f in facilities where !seen.insert(f.id).inserted { throw .malformed("two facilities have the id '\(f.id)'") }
        for c in conflicts where c.a < 0 || c.b < 0 || c.a >= facilities.count || c.b >= facilities.count || c.a == c.b {
            throw .malformed("a conflict names facilities \(c.a) and \(c.b); two different ones of 0 to \(facilities.count - 1) are accepted")
        }
    }
}
