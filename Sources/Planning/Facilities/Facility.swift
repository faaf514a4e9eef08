package import CiteNetwork
package import GeoModel

/// A place whose reach is measured: an eligible platform of the network, or a place of a file.
package struct Facility: Sendable, Equatable {
    package var id: String
    package var name: String
    package var location: Coordinate
    /// The id of its Cité; nil where a file does not say.
    package var cite: String?
    package var counsellors: Double?
    /// OpenStreetMap opening_hours syntax.
    package var hours: String?
    /// The record it stands for; nil for a place of a file.
    package var platform: Platform?

    package init(
        id: String, name: String, location: Coordinate, cite: String? = nil, counsellors: Double? = nil, hours: String? = nil, platform: Platform? = nil
    ) {
        self.id = id
        self.name = name
        self.location = location
        self.cite = cite
        self.counsellors = counsellors
        self.hours = hours
        self.platform = platform
    }

    init(_ member: EligiblePlatforms.Member) {
        let platform = member.platform
        self.init(
            // A planned platform may have none yet.
            id: platform.id, name: platform.name, location: member.location, cite: platform.cite.isEmpty ? nil : platform.cite,
            counsellors: platform.counsellors,
            hours: platform.hours, platform: platform)
    }
}

/// The places that count in a measure.
package enum FacilityChoice: Sendable {
    /// Platforms of the store's network.
    case network(Eligibility)
    /// Those, and places that were handed in beside them.
    case networkAnd(Eligibility, PlacesFile)
    /// Places that were handed in, whatever the network is; the day is that on which the territories are asked.
    case places(PlacesFile, asOf: CalendarDate)

    package var asOf: CalendarDate {
        switch self {
        case .network(let eligibility), .networkAnd(let eligibility, _): eligibility.asOf
        case .places(_, let day): day
        }
    }
}

/// The places that count, and what was left out for want of knowledge.
package struct FacilitySet: Sendable {
    package var asOf: CalendarDate
    package var members: [Facility]
    /// The file the places come from; nil for the network.
    package var file: String?
    /// The file whose places count beside the network's; nil for none.
    package var also: String?
    package var leftOutAsUnknown = 0
    /// Platforms of which it is not known whether they offer the service, or hold the label, that was asked for.
    package var leftOutForService = 0
    package var leftOutForLabel = 0
    /// The ids of places that were taken away.
    package var without: [String] = []
    package var oldestVerification: PartialDate?
    /// The id of the scenario whose network it is; nil for the network as it is recorded, and for a file.
    package var scenario: String?
}

extension Atlas {
    /// The places a choice means, without some of them. Throws `PlanningError.notFound` for an id to leave out that none has.
    package func facilities(_ choice: FacilityChoice, without removed: Set<String> = []) throws -> FacilitySet {
        var set: FacilitySet
        switch choice {
        case .network(let rule): set = platforms(rule)
        case .networkAnd(let rule, let file):
            set = platforms(rule)
            if let twice = file.places.first(where: { place in set.members.contains { $0.id == place.id } }) {
                throw PlanningError.badContent("\(file.name): '\(twice.id)' is the id of a platform of the network; another id would be accepted")
            }
            set.members += file.places
            set.also = file.name
        case .places(let file, let day):
            set = FacilitySet(asOf: day, members: file.places, file: file.name)
        }
        for id in removed.sorted() where !set.members.contains(where: { $0.id == id }) {
            if set.file == nil { _ = try platformNamed(id) }
            let known = set.members.map(\.id)
            let similar = known.filter { $0.contains(id) || $0.hasPrefix(id.prefix(3)) }
            throw PlanningError.notFound(
                "'\(id)' is not among the \(known.count) places that count; ids like it: \((similar.isEmpty ? known : similar).prefix(8).joined(separator: ", "))"
            )
        }
        set.without = removed.sorted()
        if set.file == nil { set.scenario = scenario }
        set.members.removeAll { removed.contains($0.id) }
        if set.file == nil { set.oldestVerification = records.oldestVerification(of: set.members.map(\.id)) }
        return set
    }

    private func platforms(_ rule: Eligibility) -> FacilitySet {
        let eligible = records.eligible(rule)
        var set = FacilitySet(asOf: rule.asOf, members: eligible.members.map(Facility.init))
        set.leftOutAsUnknown = eligible.leftOutAsUnknown
        set.leftOutForService = eligible.serviceNotKnown.count
        set.leftOutForLabel = eligible.labelNotKnown.count
        set.oldestVerification = records.oldestVerification(of: set.members.map(\.id))
        return set
    }

    private func platformNamed(_ id: String) throws -> Platform {
        switch try record(id) {
        case .platform(let platform): return platform
        case .cite(let cite):
            throw PlanningError.notFound(
                "'\(id)' is a Cité; its platforms: \(records.platforms(of: cite.id).map(\.id).joined(separator: ", "))")
        }
    }
}
