internal import CiteNetwork

extension NetworkRecords {
    /// The records with a Cité that stands for a scenario's own platforms, so that they can meet the labels of others.
    func withStandIn(for scenario: Scenario) -> NetworkRecords {
        guard let first = platforms.first(where: \.cite.isEmpty) else { return self }
        let standIn = Cite(
            id: scenario.sourceID, name: scenario.name, localName: nil, country: first.country, form: .citeDesMetiers, zone: nil, bearer: nil, bearerType: nil,
            seat: .unknown(reason: "it is a plan"), member: nil, website: nil, visibility: .restricted, provenance: first.provenance)
        return adding(standIn, on: nil) { $0.cite.isEmpty }
    }

    /// The records with a Cité more, the territory that it has where one is known, and the platforms that belong to it. O(records).
    func adding(_ cite: Cite, on territory: TerritoryVersion?, of belongs: (Platform) -> Bool) -> NetworkRecords {
        let own = platforms.map { platform in
            var platform = platform
            if belongs(platform) { platform.cite = cite.id }
            return platform
        }
        return NetworkRecords(
            cites: cites + [cite], platforms: own, periods: platforms.flatMap { periods(of: $0.id) }, decisions: cites.flatMap { decisions(of: $0.id) },
            territories: cites.flatMap { territories(of: $0.id) } + (territory.map { [$0] } ?? []), poles: cites.flatMap { poles(of: $0.id) },
            sources: Array(sources.values))
    }
}
