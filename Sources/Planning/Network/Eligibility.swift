package import CiteNetwork
package import GeoModel

/// Which platforms count in a measure.
package struct Eligibility: Sendable, Equatable {
    package var asOf: CalendarDate
    /// Nil for every kind.
    package var kinds: Set<PlatformKind>?
    /// A platform counts where it is known to offer this.
    package var service: ServiceCode?
    /// A platform counts where its Cité is known to hold one of these on the day. Nil for every one.
    package var labels: Set<LabelLevel>?
    /// Only platforms of these Cités. Nil for all.
    package var cites: Set<String>?
    package var includesPrefiguration = false
    /// Whether platforms whose state is not known count as if they were open.
    package var includesUnknown = false

    package init(
        asOf: CalendarDate, kinds: Set<PlatformKind>? = nil, service: ServiceCode? = nil, labels: Set<LabelLevel>? = nil, cites: Set<String>? = nil,
        includesPrefiguration: Bool = false, includesUnknown: Bool = false
    ) {
        self.asOf = asOf
        self.kinds = kinds
        self.service = service
        self.labels = labels
        self.cites = cites
        self.includesPrefiguration = includesPrefiguration
        self.includesUnknown = includesUnknown
    }
}

/// The platforms that count, and what was left out for want of knowledge.
package struct EligiblePlatforms: Sendable {
    package struct Member: Sendable, Equatable {
        package var platform: Platform
        package var status: PlatformStatus
        package var location: Coordinate
    }

    package var members: [Member] = []
    /// Platforms of which it is not known whether they offer the service asked for.
    package var serviceNotKnown: [Member] = []
    /// Platforms of Cités of which it is not known whether they hold one of the labels asked for.
    package var labelNotKnown: [Member] = []
    /// Platforms with a point that were left out because their state on the day is not known.
    package var stateNotKnown: [Member] = []
    /// How many were left out because their state on the day is not known.
    package var leftOutAsUnknown = 0
    /// How many have no point.
    package var leftOutWithoutLocation = 0
    /// The oldest day on which the records of the members were last verified.
    package var oldestVerification: PartialDate?
}

extension NetworkRecords {
    package func eligible(_ rule: Eligibility) -> EligiblePlatforms {
        var answer = EligiblePlatforms()
        for platform in platforms {
            guard rule.kinds?.contains(platform.kind) ?? true, rule.cites?.contains(platform.cite) ?? true,
                let status = status(of: platform.id, asOf: rule.asOf)
            else { continue }
            switch status {
            case .open: break
            case .prefiguration where rule.includesPrefiguration: break
            case .unknown where rule.includesUnknown: break
            case .unknown:
                answer.leftOutAsUnknown += 1
                if let location = platform.location {
                    answer.stateNotKnown.append(EligiblePlatforms.Member(platform: platform, status: status, location: location))
                }
                continue
            default: continue
            }
            guard let location = platform.location else {
                answer.leftOutWithoutLocation += 1
                continue
            }
            let member = EligiblePlatforms.Member(platform: platform, status: status, location: location)
            if let service = rule.service {
                guard let offered = platform.services else {
                    answer.serviceNotKnown.append(member)
                    continue
                }
                guard offered.contains(service) else { continue }
            }
            if let wanted = rule.labels {
                let level = label(of: platform.cite, asOf: rule.asOf).level
                guard wanted.contains(level) else {
                    if level == .unknown { answer.labelNotKnown.append(member) }
                    continue
                }
            }
            answer.members.append(member)
        }
        answer.oldestVerification = oldestVerification(of: answer.members.map(\.platform.id))
        return answer
    }
}
