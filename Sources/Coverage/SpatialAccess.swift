#if canImport(Glibc)
internal import Glibc
#endif

/// The enhanced two-step floating catchment area: supply shared out among the people around it, the nearer the more.
///
/// First each facility divides its supply by the people within reach, each weighted by W of the impedance: Rⱼ = Sⱼ / Σₖ Pₖ W(dₖⱼ). Then a person
/// adds up what the facilities within reach offer, with the same weights: Aᵢ = Σⱼ Rⱼ W(dᵢⱼ). So Σ Pᵢ Aᵢ = Σ Sⱼ over the supply that anyone reaches.
///
/// W falls from 1 at the facility to 0 at the reach d₀ as a Gaussian that is shifted to end there:
/// W(d) = (exp(-½ (d/d₀)²) - exp(-½)) / (1 - exp(-½)).
///
/// References: W. Luo and Y. Qi, Health & Place 15 (2009), doi:10.1016/j.healthplace.2009.06.002 (the method, with weights in steps);
/// D. Dai, Health & Place 16 (2010), doi:10.1016/j.healthplace.2010.06.012 (this W).
package struct SpatialAccess: Sendable {
    /// For each facility, its supply for one person of the weighted people within reach; nil where its supply is not known or nobody is there.
    package private(set) var supplyPerPerson: [Double?]
    /// For each demand point, the supply for one person there; nan where some facility within its reach has a supply that is not known.
    package private(set) var access: [Double]

    /// - Parameters:
    ///   - reach: d₀, at most the widest impedance of the pairs.
    ///   - supply: of each facility; nil where it is not known.
    /// O(pairs).
    package init(_ pairs: ReachedPairs, people: [Double], supply: [Double?], reach: Double) {
        precondition(supply.count == pairs.facilities && people.count == pairs.starts.count - 1)
        var demand = [Double](repeating: 0, count: supply.count)
        for i in people.indices {
            for p in pairs.starts[i]..<pairs.starts[i + 1] {
                demand[Int(pairs.facility[p])] += people[i] * Self.weight(pairs.impedance[p], reach: reach)
            }
        }
        let shares = supply.indices.map { j in supply[j].flatMap { demand[j] > 0 ? $0 / demand[j] : nil } }
        // Not a number spreads to everyone whom an unknown supply would reach.
        let ratio = supply.indices.map { supply[$0] == nil ? Double.nan : shares[$0] ?? 0 }
        var access = [Double](repeating: 0, count: people.count)
        for i in people.indices {
            var sum = 0.0
            for p in pairs.starts[i]..<pairs.starts[i + 1] {
                let weight = Self.weight(pairs.impedance[p], reach: reach)
                if weight > 0 { sum += ratio[Int(pairs.facility[p])] * weight }
            }
            access[i] = sum
        }
        supplyPerPerson = shares
        self.access = access
    }

    /// W: 1 at nothing, 0 at the reach and beyond.
    package static func weight(_ impedance: Double, reach: Double) -> Double {
        guard impedance < reach else { return 0 }
        let (t, floor) = (impedance / reach, exp(-0.5))
        return max(0, (exp(-0.5 * t * t) - floor) / (1 - floor))
    }
}
