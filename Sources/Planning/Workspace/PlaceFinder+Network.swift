internal import CiteNetwork
internal import GeoModel
internal import GeometryEngine
internal import NetworkStore

// Areas, Cités and platforms as places to start from.
extension PlaceFinder {
    // MARK: Areas

    /// The area whose name or code was typed. Of two characters, only a number or the code of a country is one.
    func areaOfName() throws -> Area? {
        let codes = try atlas.store.areaCodes(matching: name)
        let isNumber = key.count == 2 && key.allSatisfy(\.isNumber)
        return bestArea(isShort && !isNumber ? codes.filter { foldedKey($0) == key && key.count == 2 } : codes)
    }

    /// Of several areas the one that exists still, of a country of the network, with most people.
    func bestArea(_ codes: [String]) -> Area? {
        let countries = atlas.networkCountries
        func order(_ area: Area) -> (Int, Int, Double, String) {
            (area.validTo == nil ? 0 : 1, countries.contains(area.country) ? 0 : 1, -atlas.people(of: area), area.code)
        }
        return codes.compactMap { atlas.areas[$0] }
            .filter { area in within.map { $0.contains(area.code) || $0.contains(area.country) } ?? true }
            .min { order($0) < order($1) }
    }

    /// The most populous town of an area; else, of one without any, its middle. Nil where it has no shape either.
    func place(of area: Area, alternatives: [Locality]) throws -> Place? {
        guard let start = try atlas.startingPoint(of: area) else { return nil }
        let taken = start.town.map { "\(atlas.describe($0)), the most populous town of \(area.name)" } ?? "\(area.name), from a point in its middle"
        return Place(
            name: start.town?.name ?? area.name, location: start.location, locality: start.town,
            alternatives: alternatives.filter { $0.id != start.town?.id }, takenAs: taken)
    }

    // MARK: Cités and platforms

    /// A Cité or platform of the very name, or of the zone that its logo names.
    func ofNetwork() -> Place? {
        let records = atlas.records
        func bears(_ names: String?...) -> Bool { names.contains { $0.map(foldedKey) == key } }
        func isWithin(_ country: String, _ area: String?) -> Bool { within.map { $0.contains(country) || area.map($0.contains) ?? false } ?? true }
        if let cite = records.cites.first(where: { bears($0.name, $0.localName, $0.zone, $0.id) && isWithin($0.country, nil) }) {
            if let place = place(of: cite) { return place }
        }
        let found = records.platforms.filter { bears($0.name, $0.localName, $0.id) && isWithin($0.country, $0.area) && $0.location != nil }
        return found.first.map { place(of: $0) }
    }

    /// A Cité is its seat, or its main place, or its only one; one of several places is its territory.
    private func place(of cite: Cite) -> Place? {
        if case .at(let location, let platform) = atlas.records.seatLocation(of: cite) {
            let where_ = platform.map { "its seat\(standing($0))" } ?? "its seat"
            return Place(name: cite.name, location: location, locality: nil, alternatives: [], takenAs: "\(cite.name), \(where_)")
        }
        let platforms = atlas.records.platforms(of: cite.id).filter { $0.location != nil }
        let towns = platforms.map { $0.contact.town ?? $0.name }.joined(separator: ", ")
        if let main = platforms.first(where: { $0.kind == .main }) ?? (platforms.count == 1 ? platforms[0] : nil) {
            return Place(
                name: cite.name, location: main.location!, locality: nil, alternatives: [], takenAs: "\(cite.name), its main place\(standing(main))")
        }
        let shape = atlas.records.territories(of: cite.id).last { $0.geometry?.isEmpty == false }?.geometry
        guard let middle = (try? shape?.interiorPoint()) ?? platforms.first?.location else { return nil }
        let places = platforms.isEmpty ? "no known place" : "\(platforms.count) places (\(towns))"
        return Place(
            name: cite.name, location: middle, locality: nil, alternatives: [],
            takenAs: "\(cite.name), a territory with \(places); distances are from a point in its middle")
    }

    private func place(of platform: Platform, isCorrected: Bool = false) -> Place {
        Place(
            name: platform.name, location: platform.location!, locality: nil, alternatives: [], takenAs: "the platform \(platform.name)\(standing(platform))",
            isCorrected: isCorrected)
    }

    /// The likeliest platform of hits.
    func platform(among hits: [SearchHit], isCorrected: Bool = false) -> Place? {
        for hit in hits {
            if case .platform(let platform) = hit.subject, platform.location != nil { return place(of: platform, isCorrected: isCorrected) }
        }
        return nil
    }

    /// Where a platform stands, as far as its point can be trusted.
    private func standing(_ platform: Platform) -> String {
        switch platform.locationAccuracy {
        case .venue, .town: platform.contact.town.map { " in \($0)" } ?? ""
        case .territory: " (somewhere in its territory)"
        case .assumed: platform.contact.town.map { " in \($0) (assumed point)" } ?? " (assumed point)"
        }
    }
}

extension Atlas {
    /// Where a question about a whole area starts from: its most populous town, else a point inside; nil where it has neither.
    func startingPoint(of area: Area) throws -> (town: Locality?, location: Coordinate)? {
        let parts = Set(areas.leaves(of: area.code)).union([area.code])
        if let town = try store.largestTown(ofAreas: parts, orCountry: area.kind == "country" ? area.code : nil) { return (town, town.location) }
        guard let shape = try store.geometries(ofAreas: [area.code])[0], !shape.isEmpty else { return nil }
        let prepared = try PreparedGeometry(shape)
        if let town = try store.towns(in: shape.envelope).first(where: { prepared.covers($0.location) }) { return (town, town.location) }
        return try shape.interiorPoint().map { (nil, $0) }
    }
}
