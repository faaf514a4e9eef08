package import Siting

extension SitingProblem {
    /// The same problem with other ids, its facilities, demand points and pairs in another order: what should have the same answer.
    package func shuffled(seed: UInt64) -> SitingProblem {
        var generator = SplitMix64(seed: seed)
        let facilityOrder = facilities.indices.shuffled(using: &generator)
        var place = [Int32](repeating: 0, count: facilities.count)
        for (n, f) in facilityOrder.enumerated() { place[f] = Int32(n) }
        let names = facilities.indices.shuffled(using: &generator)
        let rows = weights.indices.shuffled(using: &generator)
        return SitingProblem(
            facilities: facilityOrder.enumerated().map { n, f in
                Facility(id: InstanceFiles.padded(names[n]), role: facilities[f].role, capacity: facilities[f].capacity)
            },
            weights: rows.map { weights[$0] },
            pairs: rows.map { i in
                (firstPair[i]..<firstPair[i + 1]).map { (facility: place[Int(pairFacility[$0])], cost: pairCost[$0]) }.shuffled(using: &generator)
            },
            conflicts: conflicts.map { Conflict(place[Int($0.a)], place[Int($0.b)]) })
    }
}
