package import CiteNetwork

/// The network as it stood on a day, Cité by Cité.
package struct NetworkListing: Sendable {
    package struct CiteEntry: Sendable {
        package var cite: Cite
        package var label: LabelLevel
        package var confirmed: Bool?
        package var status: PlatformStatus
        package var platforms: [PlatformEntry]
    }

    package struct PlatformEntry: Sendable {
        package var platform: Platform
        package var status: PlatformStatus
    }

    package var asOf: CalendarDate
    package var cites: [CiteEntry]
    /// Cités that surely did not exist yet on that day.
    package var notYet: [Cite]

    /// How many Cités have each status, the most open first.
    package var counts: [(status: PlatformStatus, cites: Int)] {
        Dictionary(grouping: cites, by: \.status).map { ($0.key, $0.value.count) }.sorted { $0.status < $1.status }
    }
}

extension Atlas {
    package func network(asOf day: CalendarDate, country: String? = nil) -> NetworkListing {
        var listing = NetworkListing(asOf: day, cites: [], notYet: [])
        for cite in records.cites where country == nil || cite.country == country {
            guard let status = records.status(ofCite: cite.id, asOf: day) else {
                listing.notYet.append(cite)
                continue
            }
            let platforms = records.platforms(of: cite.id).compactMap { platform in
                records.status(of: platform.id, asOf: day).map { NetworkListing.PlatformEntry(platform: platform, status: $0) }
            }
            let label = records.label(of: cite.id, asOf: day)
            listing.cites.append(
                NetworkListing.CiteEntry(cite: cite, label: label.level, confirmed: label.confirmed, status: status, platforms: platforms))
        }
        return listing
    }

    /// Everything recorded of one Cité or platform. Throws `PlanningError.notFound` with the ids that begin alike.
    package func record(_ id: String) throws -> NetworkRecord {
        if let cite = records.cite(id) { return .cite(cite) }
        if let platform = records.platform(id) { return .platform(platform) }
        let all = records.cites.map(\.id) + records.platforms.map(\.id)
        let similar = all.filter { $0.contains(id) || $0.hasPrefix(id.prefix(3)) }.prefix(8)
        throw PlanningError.notFound(
            "no Cité or platform '\(id)'"
                + (similar.isEmpty ? "; 'maillage network list' shows the ids" : "; ids like it: \(similar.joined(separator: ", "))"))
    }
}

package enum NetworkRecord: Sendable {
    case cite(Cite)
    case platform(Platform)
}
