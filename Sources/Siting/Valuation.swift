/// What serving one person at a cost is worth, in whole numbers: never more at a higher cost.
enum Valuation: Sendable {
    case coverage(within: Int32)
    case median(unserved: Int32)
    /// `prize` for being within reach, more than all costs together can weigh; then the cost saved, in whole `unit`s.
    case both(within: Int32, unserved: Int32, prize: Int64, unit: Int32)

    @inline(__always)
    func value(_ cost: Int32) -> Int64 {
        switch self {
        case .coverage(let within): cost <= within ? 1 : 0
        case .median(let unserved): cost < unserved ? Int64(unserved - cost) : 0
        case .both(let within, let unserved, let prize, let unit): (cost <= within ? prize : 0) + (cost < unserved ? Int64((unserved - cost) / unit) : 0)
        }
    }

    /// The largest cost at which someone is served at all.
    var limit: Int32 {
        switch self {
        case .coverage(let within): within
        case .median(let unserved): unserved
        case .both(let within, let unserved, _, _): max(within, unserved)
        }
    }

    init(_ objective: SitingObjective, _ problem: SitingProblem, most count: Int) throws(SitingError) {
        let people = problem.weights.reduce(0, +)
        let largest = problem.pairCost.max() ?? 0
        func unservedCost(_ given: Int32?) throws(SitingError) -> Int32 {
            let cost = given ?? (largest == .max ? .max : largest + 1)
            guard cost >= 1 else { throw .malformed("someone nobody serves costs \(cost); 1 or more is accepted") }
            return cost
        }
        // Bounds add up to count + 2 times the value of everyone; 2^60 leaves them room.
        let room = (Int64(1) << 60) / Int64(count + 2)
        switch objective {
        case .coverage(let within), .coverAll(let within), .fewest(_, let within):
            guard people <= room else { throw .malformed("\(people) people are more than siting can add up; \(room) are accepted") }
            self = .coverage(within: within)
        case .center:
            self = .coverage(within: largest)
        case .median(let given):
            let unserved = try unservedCost(given)
            guard people <= room / Int64(unserved) else {
                throw .malformed("\(people) people at a cost of up to \(unserved) are more than siting can add up; give costs in a larger unit")
            }
            self = .median(unserved: unserved)
        case .coverageThenMedian(let within, let given):
            let unserved = try unservedCost(given)
            var unit: Int32 = 1
            while true {
                let (savings, over) = people.multipliedReportingOverflow(by: Int64(unserved / unit))
                if !over, savings < room {
                    let (prizes, over) = people.multipliedReportingOverflow(by: savings + 1)
                    if !over, prizes < room - savings {
                        self = .both(within: within, unserved: unserved, prize: savings + 1, unit: unit)
                        return
                    }
                }
                guard unit <= unserved / 10 else { throw .malformed("\(people) people are more than siting can add up for coverage and costs together") }
                unit *= 10
            }
        }
    }
}
