/// Road distance and duration where no road network is loaded: always an estimate, always shown as one.
///
/// Each further kilometre in a straight line is charged with the detour and the speed of the band it lies in, so that both
/// grow with distance without a step. Short trips wind more and go slower than long ones.
///
/// The detour of the first bands starts from the mean ratio of road to straight-line distance of 1.417 that
/// Boscoe, Henry and Zdeb found for 66,000 trips (The Professional Geographer 64, 2012, doi:10.1080/00330124.2011.583586);
/// its decrease with distance and the speeds are round conventions, not measured on the network's territories.
///
/// Beyond `range` there is no estimate: such a straight line crosses seas and mountain chains as often as not.
package enum TravelEstimate {
    /// Metres.
    package static let range = 300_000.0

    package struct Band: Sendable {
        /// Straight-line metres up to which the band reaches.
        package var upTo: Double
        /// Road metres for each straight-line metre.
        package var detourFactor: Double
        package var speedKilometresPerHour: Double
    }

    package static let bands: [Band] = [
        Band(upTo: 2_000, detourFactor: 1.45, speedKilometresPerHour: 25),
        Band(upTo: 10_000, detourFactor: 1.42, speedKilometresPerHour: 45),
        Band(upTo: 40_000, detourFactor: 1.35, speedKilometresPerHour: 65),
        Band(upTo: 100_000, detourFactor: 1.25, speedKilometresPerHour: 80),
        Band(upTo: .infinity, detourFactor: 1.2, speedKilometresPerHour: 95),
    ]

    /// Metres along roads for a geodesic distance in metres; nil beyond `range`.
    package static func roadDistance(geodesic: Double) -> Double? {
        sum(geodesic) { length, band in length * band.detourFactor }
    }

    /// Seconds by car for a geodesic distance in metres; nil beyond `range`.
    package static func duration(geodesic: Double) -> Double? {
        sum(geodesic) { length, band in length * band.detourFactor / (band.speedKilometresPerHour / 3.6) }
    }

    private static func sum(_ distance: Double, _ cost: (Double, Band) -> Double) -> Double? {
        guard distance <= range else { return nil }
        var done = 0.0
        var total = 0.0
        for band in bands where distance > done {
            let end = min(distance, band.upTo)
            total += cost(end - done, band)
            done = end
        }
        return total
    }

    /// The straight-line distance in metres at which an estimate reaches `value`: its inverse, by bisection to a millimetre;
    /// `range` where no estimate does.
    package static func geodesic(reaching value: Double, of kind: ImpedanceKind) -> Double {
        let estimate: (Double) -> Double?
        switch kind {
        case .distance: return value
        case .roadDistance: estimate = roadDistance(geodesic:)
        case .duration: estimate = duration(geodesic:)
        }
        var (low, high) = (0.0, range)
        while high - low > 0.001 {
            let middle = (low + high) / 2
            if let reached = estimate(middle), reached < value { low = middle } else { high = middle }
        }
        return high
    }
}
