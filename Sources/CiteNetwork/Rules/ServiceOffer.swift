/// What is known of the services of a Cité or a platform: those it surely offers, and whether that is all of them.
struct ServiceOffer: Hashable, Sendable {
    var offered: Set<ServiceCode>
    var isComplete: Bool

    func offers(_ service: ServiceCode) -> Truth { offered.contains(service) ? .yes : isComplete ? .no : .unknown }

    /// Whether some service is offered here and not there.
    func hasMore(than other: ServiceOffer) -> Truth {
        ServiceCode.allCases.reduce(.no) { $0 || (offers($1) && !other.offers($1)) }
    }

    /// Whether this is some service, and all of the other's.
    func covers(_ other: ServiceOffer) -> Truth {
        let isAny = ServiceCode.allCases.reduce(Truth.no) { $0 || other.offers($1) }
        return isAny && !other.hasMore(than: self)
    }

    /// In the order of the common codes.
    var text: String {
        let known = ServiceCode.allCases.filter(offered.contains).map(\.rawValue).joined(separator: ", ")
        return known.isEmpty ? (isComplete ? "none" : "not known") : known + (isComplete ? "" : " at least")
    }

    func missing(_ other: ServiceOffer) -> String {
        ServiceCode.allCases.filter { other.offered.contains($0) && offers($0) == .no }.map(\.rawValue).joined(separator: ", ")
    }
}

extension Platform {
    var offer: ServiceOffer { ServiceOffer(offered: Set(services ?? []), isComplete: services != nil) }
}
