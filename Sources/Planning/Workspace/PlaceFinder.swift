internal import CiteNetwork
internal import Foundation
internal import GeoModel
internal import Geodesy
internal import NetworkStore

/// Finds the place that a typed name means; `Atlas.place(named:)` says in which order.
struct PlaceFinder {
    let atlas: Atlas
    /// As it was typed, and the part before the comma.
    let text: String
    let name: String
    /// The codes of the areas named after the comma.
    let within: Set<String>?
    let key: String
    /// Whether it is too short to be anything but a whole name or a code. An abbreviation is as short as it was typed.
    let isShort: Bool
    private let countries: Set<String>
    private let platforms: [Coordinate]

    init(_ atlas: Atlas, text: String, name: String, within: Set<String>?) {
        self.atlas = atlas
        self.text = text
        self.name = name
        self.within = within
        key = foldedKey(name)
        isShort = name.count { $0.isLetter || $0.isNumber } <= 2
        countries = atlas.networkCountries
        platforms = atlas.records.platforms.compactMap(\.location)
    }

    func place() throws -> Place {
        let area = try areaOfName()
        if let place = try wholeName(unless: area) { return place }
        // A code stands for its chief town; names are looked for as they are before any error is mended.
        let hits = try atlas.search(SearchQuery(name, areas: within, limit: 60, mendsErrors: false))
        if let place = ofPostalCode(hits) { return place }
        if let area, let place = try place(of: area, alternatives: []) { return place }
        if let place = ofNetwork() { return place }
        guard !isShort else {
            throw PlanningError.notFound(
                "no place is named '\(text)', and it is too short to tell other names by; the whole name would be accepted, or three letters of it")
        }
        if let place = try withArticle() ?? speltOut() ?? beginning(hits) { return place }
        if let area = try bestArea(atlas.store.areaCodes(beginning: name)), let place = try place(of: area, alternatives: []) { return place }
        if let place = words(hits) { return place }
        let mended = try atlas.search(SearchQuery(name, areas: within, limit: 20))
        if let place = corrected(mended) { return place }
        throw PlanningError.notFound("no place named '\(text)' in the gazetteer" + (try likeness(hits + mended)))
    }

    // MARK: Order

    /// 0 in a country of the network, 1 within 300 km of a platform, 2 elsewhere.
    private func remoteness(_ locality: Locality) -> Int {
        if countries.contains(locality.country) { return 0 }
        return platforms.contains { Geodesic.distance($0, locality.location) <= 300_000 } ? 1 : 2
    }

    private func isWithin(_ locality: Locality) -> Bool {
        within.map { $0.contains(locality.country) || locality.area.map($0.contains) ?? false } ?? true
    }

    private func isMainName(_ locality: Locality, _ key: String) -> Bool { foldedKey(locality.name) == key }

    /// The localities of a whole name: the near before the remote, the main name before another one, the town before its section, then
    /// the most populous first.
    private func localities(named name: String) throws -> [Locality] {
        let key = foldedKey(name)
        // The store gives them by their people, which a stable order keeps.
        return try atlas.store.localities(named: name).filter(isWithin).enumerated()
            .map { (rank: remoteness($1) + (isMainName($1, key) ? 0 : 1) + ($1.sectionOf == nil ? 0 : 1), order: $0, locality: $1) }
            .sorted { ($0.rank, $0.order) < ($1.rank, $1.order) }.map(\.locality)
    }

    /// The localities among hits, the near before the remote, then by their score, in which a second name that nobody finished typing
    /// counts for less than in a list to choose from, and a town with a platform for more.
    private func ordered(_ hits: [SearchHit]) -> [Locality] {
        var seen: Set<Int64> = []
        return hits.compactMap { hit in
            hit.locality.map { (remoteness($0), (isMainName($0, foldedKey(hit.name)) ? 0 : 1) - (isHost($0) ? 0.5 : 0) - hit.score, $0) }
        }
        .sorted { ($0.0, $0.1, $0.2.id) < ($1.0, $1.1, $1.2.id) }.map(\.2).filter { seen.insert($0.id).inserted }
    }

    // MARK: Steps

    private func wholeName(unless area: Area?) throws -> Place? {
        let found = try localities(named: name)
        guard let best = found.first else { return nil }
        if let area, isMeant(area, rather: best) { return try place(of: area, alternatives: Array(found.prefix(5))) }
        // A remote hamlet is not meant where a town of the network differs by an article only (`Rochelle`).
        if remoteness(best) == 2, var near = try withArticle(), let town = near.locality, remoteness(town) == 0, weight(town) > 10 * best.population {
            near.alternatives += found.prefix(5)
            return near
        }
        return Place(name: best.name, location: best.location, locality: best, alternatives: Array(found.dropFirst()))
    }

    /// Whether an area of the network is meant rather than a locality outside it, ten times smaller, that bears the name as a second one
    /// or in a country without a Cité.
    private func isMeant(_ area: Area, rather locality: Locality) -> Bool {
        let isObscure = !isMainName(locality, key) || !countries.contains(locality.country)
        let inside = Set(atlas.areas.leaves(of: area.code)).union([area.code])
        let isInside = locality.country == area.code || locality.area.map(inside.contains) ?? false
        return isObscure && !isInside && countries.contains(area.country) && atlas.people(of: area) > 10 * locality.population
    }

    private func ofPostalCode(_ hits: [SearchHit]) -> Place? {
        let places = hits.compactMap { hit -> PostalPlace? in
            guard case .postalPlace(let place) = hit.subject, hit.match == .whole else { return nil }
            return place
        }
        guard let best = places.first else { return nil }
        var seen = Set([best.locality?.id].compactMap { $0 })
        let others = places.dropFirst().compactMap(\.locality).filter { seen.insert($0.id).inserted }
        let area = best.area.flatMap { atlas.areas[$0] } ?? atlas.areas[best.country]
        let taken = best.locality.map(atlas.describe) ?? area.map { "\(best.name) (\($0.name))" } ?? best.name
        return Place(
            name: best.locality?.name ?? best.name, location: best.location, locality: best.locality, alternatives: others, takenAs: taken)
    }

    private func taken(_ localities: [Locality], isCorrected: Bool = false) -> Place? {
        guard let best = localities.first else { return nil }
        return Place(
            name: best.name, location: best.location, locality: best, alternatives: Array(localities.dropFirst().prefix(5)),
            takenAs: atlas.describe(best), isCorrected: isCorrected)
    }

    /// `vigan` is Le Vigan, `rochelle` La Rochelle.
    private func withArticle() throws -> Place? {
        let articles = ["le", "la", "les", "l", "el", "los", "las", "il", "lo", "gli", "o", "os", "as", "the"]
        let found = try articles.flatMap { try localities(named: "\($0) \(key)") }.filter { foldedKey($0.name).hasSuffix(" \(key)") }
        return taken(found.enumerated().sorted { (remoteness($0.1), -weight($0.1), $0.0) < (remoteness($1.1), -weight($1.1), $1.0) }.map(\.element))
    }

    /// People, of whom the gazetteer may know none; a town with a platform counts as three.
    private func weight(_ locality: Locality) -> Double {
        (locality.population == 0 ? 2_000 : locality.population) * (isHost(locality) ? 3 : 1)
    }

    private func isHost(_ locality: Locality) -> Bool { atlas.records.platforms.contains { $0.locality == "\(locality.id)" } }

    /// `Chalon s/ Saône` with its preposition, `S. Quentin` with its saint.
    private func speltOut() throws -> Place? {
        let words = name.split { $0 == " " || $0 == "-" || $0 == "/" }
        var spelled: [String] = []
        if let i = words.dropFirst().dropLast().firstIndex(where: { $0.lowercased() == "s" }) {
            spelled.append((words[..<i] + ["sur"] + words[(i + 1)...]).joined(separator: " "))
        }
        let letters = key.split(separator: " ")
        if letters.count > 1, letters[0] == "s" {
            spelled += ["saint", "sainte", "san", "santa", "sankt", "sant", "sao"].map { ([$0[...]] + letters.dropFirst()).joined(separator: " ") }
        }
        let found = try spelled.flatMap { try localities(named: $0) }
        return taken(found.sorted { (remoteness($0), -weight($0), $0.id) < (remoteness($1), -weight($1), $1.id) })
    }

    /// Names that go on after the text: at the end of a word, else within one.
    private func beginning(_ hits: [SearchHit]) -> Place? {
        let begun = hits.filter { $0.match == .beginning }
        let atWordsEnd = begun.filter { foldedKey($0.name).hasPrefix(key + " ") }
        // Of names that begin with three letters there are many more than the likeliest sixty, which the towns lead.
        return choice(atWordsEnd) ?? choice(begun)
    }

    private func words(_ hits: [SearchHit]) -> Place? { choice(hits.filter { $0.match == .words }) }

    /// The likeliest locality of the hits, else the likeliest platform.
    private func choice(_ hits: [SearchHit]) -> Place? {
        if let place = taken(ordered(hits.filter { $0.locality != nil && !$0.isPostal })) { return place }
        return platform(among: hits)
    }

    private func corrected(_ hits: [SearchHit]) -> Place? {
        let whole = hits.filter { $0.match == .wholeCorrected }
        let localities = whole.compactMap { hit in hit.locality.map { (hit.score - 0.7 * Double(remoteness($0)), $0) } }.sorted { $0.0 > $1.0 }
        return taken(localities.map(\.1), isCorrected: true) ?? platform(among: whole, isCorrected: true)
    }

    /// What an error says would be accepted.
    private func likeness(_ hits: [SearchHit]) throws -> String {
        var similar = ordered(hits)
        if similar.isEmpty { similar = try atlas.store.localitySuggestions(for: name, limit: 50).filter(isWithin) }
        guard !similar.isEmpty else {
            return ", and none with a name like it; a town or village, a postal code, an area, a Cité or platform, or a point would be accepted"
        }
        return "; places with names like it: \(similar.prefix(5).map(atlas.describe).joined(separator: ", "))"
    }
}

extension SearchHit {
    fileprivate var isPostal: Bool { if case .postalPlace = subject { true } else { false } }
}

extension Atlas {
    /// Codes of the countries that have a Cité.
    var networkCountries: Set<String> { Set(records.cites.map(\.country)) }
}
