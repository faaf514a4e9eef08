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
    var value: RuleValue { .services(ServiceCode.allCases.filter(offered.contains), isComplete: isComplete) }

    /// What the other surely offers and this one surely does not, in the order of the common codes.
    func missing(_ other: ServiceOffer) -> [ServiceCode] {
        ServiceCode.allCases.filter { other.offered.contains($0) && offers($0) == .no }
    }
}

extension Platform {
    var offer: ServiceOffer { ServiceOffer(offered: Set(services ?? []), isComplete: services != nil) }
}
