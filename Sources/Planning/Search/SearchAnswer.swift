package import CiteNetwork
package import GeoModel
package import NetworkStore

/// What is shown while a name is typed: places, postal codes, platforms and areas, the likeliest first.
package struct SearchAnswer: Sendable {
    package enum Kind: String, Sendable, CaseIterable { case locality, postalCode, platform, area }

    package struct Item: Sendable {
        package var kind: Kind
        /// The GeoNames id, the postal code, the id of the platform or the code of the area.
        package var id: String
        package var name: String
        /// The name and the area it lies in.
        package var label: String
        /// The name that agrees with the text, where it is another one.
        package var matchedName: String?
        /// ISO 3166-1 alpha-2.
        package var country: String
        /// The finest area it lies in; the area itself for one.
        package var area: Area?
        /// Nil for a platform of which no place is known.
        package var location: Coordinate?
        /// How far the point of a platform can be trusted.
        package var locationAccuracy: LocationAccuracy?
        /// Nil where it is not known, and for platforms and postal codes.
        package var population: Double?
        package var match: SearchHit.Match
        /// The geodesic in metres from the point that was asked for; nil where a text was.
        package var distance: Double?

        package var isCorrected: Bool { match >= .wholeCorrected }
    }

    package var text: String
    package var items: [Item]
}

extension Atlas {
    /// What a text may mean as it is typed. Areas that bear the very name follow what else does; those that only begin so come last.
    ///
    /// 1 to 3 ms.
    package func suggestions(_ query: SearchQuery) throws -> SearchAnswer {
        var items = try search(query).map(item)
        let key = foldedKey(query.text)
        let exact = try areaItems(store.areaCodes(matching: query.text), .whole, query)
        let begun =
            key.count < 3 ? [] : try areaItems(store.areaCodes(beginning: query.text), .beginning, query).filter { b in !exact.contains { $0.id == b.id } }
        items.insert(contentsOf: exact.prefix(2), at: items.firstIndex { $0.match != .whole } ?? items.count)
        if let at = items.firstIndex(where: \.isCorrected), !begun.isEmpty { items.insert(begun[0], at: at) } else { items += begun.prefix(2) }
        return SearchAnswer(text: query.text, items: Array(items.prefix(query.limit)))
    }

    private func areaItems(_ codes: [String], _ match: SearchHit.Match, _ query: SearchQuery) throws -> [SearchAnswer.Item] {
        let countries = networkCountries
        func order(_ area: Area) -> (Int, Int, Double, String) {
            (countries.contains(area.country) ? 0 : 1, area.kind == "country" ? 0 : 1, -people(of: area), area.code)
        }
        let found = codes.compactMap { areas[$0] }.filter { area in
            area.validTo == nil && (query.areas.map { $0.contains(area.code) || $0.contains(area.country) } ?? true)
        }
        return try found.sorted { order($0) < order($1) }.prefix(2).map { area in
            let parent = area.parent.flatMap { areas[$0] }
            return SearchAnswer.Item(
                kind: .area, id: area.code, name: area.name, label: parent.map { "\(area.name) (\($0.name))" } ?? area.name, matchedName: nil,
                country: area.country, area: area, location: try startingPoint(of: area)?.location, locationAccuracy: nil, population: area.population,
                match: match)
        }
    }

    private func item(_ hit: SearchHit) -> SearchAnswer.Item {
        func area(_ code: String?, _ country: String) -> Area? { code.flatMap { areas[$0] } ?? areas[country] }
        switch hit.subject {
        case .locality(let locality):
            return SearchAnswer.Item(
                kind: .locality, id: "\(locality.id)", name: locality.name, label: describe(locality),
                matchedName: foldedKey(hit.name) == foldedKey(locality.name) ? nil : hit.name, country: locality.country,
                area: area(locality.area, locality.country), location: locality.location, locationAccuracy: nil,
                population: locality.population > 0 ? locality.population : nil, match: hit.match)
        case .postalPlace(let place):
            let inside = area(place.area, place.country)
            return SearchAnswer.Item(
                kind: .postalCode, id: place.code, name: place.name, label: "\(place.code) \(place.name)" + (inside.map { " (\($0.name))" } ?? ""),
                matchedName: nil, country: place.country, area: inside, location: place.location, locationAccuracy: nil, population: nil, match: hit.match)
        case .platform(let platform):
            return SearchAnswer.Item(
                kind: .platform, id: platform.id, name: platform.name,
                label: platform.contact.town.map { platform.name.contains($0) ? platform.name : "\(platform.name), \($0)" } ?? platform.name,
                matchedName: [platform.name, platform.contact.town].contains(hit.name) ? nil : hit.name, country: platform.country,
                area: area(platform.area, platform.country), location: platform.location, locationAccuracy: platform.locationAccuracy, population: nil,
                match: hit.match)
        }
    }
}
