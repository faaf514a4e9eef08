internal import Foundation
package import CiteNetwork
package import GeoModel
package import NetworkStore

/// Where a question is asked from.
package struct Place: Sendable, Equatable {
    package var name: String
    package var location: Coordinate
    /// Nil for a bare point, and for a village that the gazetteer does not list.
    package var locality: Locality?
    /// Other localities of the same name or postal code, the most populous first; of a mended name, those it could also be.
    package var alternatives: [Locality]
    /// The name of the place and its area, where that is not what was typed: `Marseille (Bouches-du-Rhône)` for a typing error
    /// or a postal code.
    package var takenAs: String?
    /// Whether a typing error was mended.
    package var isCorrected: Bool

    /// A bare point, named by its latitude and longitude.
    package init(at location: Coordinate) {
        self.init(name: "\(location.y),\(location.x)", location: location, locality: nil, alternatives: [])
    }

    package init(
        name: String, location: Coordinate, locality: Locality?, alternatives: [Locality], takenAs: String? = nil, isCorrected: Bool = false
    ) {
        self.name = name
        self.location = location
        self.locality = locality
        self.alternatives = alternatives
        self.takenAs = takenAs
        self.isCorrected = isCorrected
    }
}

extension Atlas {
    /// The place that a typed name means: the most populous of the localities that bear it; else the place of a postal code; else the
    /// likeliest of the localities whose names go on after it (`Aix`), or are one typing error away. A lone `s` may stand for `sur`.
    ///
    /// A name may be narrowed by an area after a comma: `Saint-Denis, La Réunion`. Throws `PlanningError.notFound` with the
    /// places whose names are like it.
    package func place(named text: String) throws -> Place {
        let parts = text.split(separator: ",", maxSplits: 1)
            .map { $0.trimmingPrefix(while: \.isWhitespace) }.filter { !$0.isEmpty }
        guard let name = parts.first.map(String.init), !name.isEmpty else { throw PlanningError.badArgument("the name of a place is empty") }
        let within = try parts.count == 2 ? areasNarrowing(String(parts[1])) : nil
        let found = try store.localities(named: name).filter { locality in
            within.map { $0.contains(locality.country) || locality.area.map($0.contains) ?? false } ?? true
        }
        if let best = found.first {
            return Place(name: best.name, location: best.location, locality: best, alternatives: Array(found.dropFirst()))
        }
        let hits = try search(SearchQuery(name, areas: within, limit: 20, includesPlatforms: false))
        if let place = place(ofPostalCode: hits) ?? place(beginning: name, hits) ?? place(corrected: hits) { return place }
        if let spelled = speltOut(name) { return try self.place(named: ([spelled] + parts.dropFirst().map(String.init)).joined(separator: ", ")) }
        throw PlanningError.notFound("no place named '\(text)' in the gazetteer" + (try likeness(name, hits, within)))
    }

    /// Places and platforms by name, as people type it.
    package func search(_ query: SearchQuery) throws -> [SearchHit] { try store.search(query, in: records) }

    /// Codes of areas and countries that the text after a comma means, with all that lie in them.
    private func areasNarrowing(_ text: String) throws -> Set<String> {
        let codes = try store.areaCodes(matching: text)
        guard !codes.isEmpty else { throw PlanningError.notFound(try unknownArea(text)) }
        return Set(codes).union(codes.flatMap { areas.leaves(of: $0) })
    }

    private func place(ofPostalCode hits: [SearchHit]) -> Place? {
        let places = hits.compactMap { hit -> PostalPlace? in
            guard case .postalPlace(let place) = hit.subject, hit.match == .whole else { return nil }
            return place
        }
        guard let best = places.first else { return nil }
        var seen = Set([best.locality?.id].compactMap { $0 })
        let others = places.dropFirst().compactMap(\.locality).filter { seen.insert($0.id).inserted }
        let area = best.area.flatMap { areas[$0] } ?? areas[best.country]
        let taken = best.locality.map(describe) ?? area.map { "\(best.name) (\($0.name))" } ?? best.name
        return Place(
            name: best.locality?.name ?? best.name, location: best.location, locality: best.locality, alternatives: others, takenAs: taken)
    }

    /// The likeliest of the places whose names have more words than the one typed.
    private func place(beginning name: String, _ hits: [SearchHit]) -> Place? {
        let key = foldedKey(name) + " "
        let localities = hits.filter { $0.match == .beginning && foldedKey($0.name).hasPrefix(key) }.compactMap(\.locality)
        guard let best = localities.first else { return nil }
        return Place(
            name: best.name, location: best.location, locality: best, alternatives: Array(localities.dropFirst().prefix(5)), takenAs: describe(best))
    }

    /// `Chalon s/ Saône` with its preposition; nil where there is none to spell out.
    private func speltOut(_ name: String) -> String? {
        let words = name.split { $0 == " " || $0 == "-" || $0 == "/" }
        guard let i = words.dropFirst().dropLast().firstIndex(where: { $0.lowercased() == "s" }) else { return nil }
        return (words[..<i] + ["sur"] + words[(i + 1)...]).joined(separator: " ")
    }

    private func place(corrected hits: [SearchHit]) -> Place? {
        let localities = hits.filter { $0.match == .wholeCorrected }.compactMap(\.locality)
        guard let best = localities.first else { return nil }
        return Place(
            name: best.name, location: best.location, locality: best, alternatives: Array(localities.dropFirst().prefix(5)),
            takenAs: describe(best), isCorrected: true)
    }

    /// What an error says would be accepted.
    private func likeness(_ name: String, _ hits: [SearchHit], _ within: Set<String>?) throws -> String {
        var similar = hits.compactMap(\.locality)
        if similar.isEmpty {
            similar = try store.localitySuggestions(for: name, limit: 50).filter { locality in
                within.map { $0.contains(locality.country) || locality.area.map($0.contains) ?? false } ?? true
            }
        }
        guard !similar.isEmpty else { return "; the name of a town or village would be accepted, or a point" }
        return "; places with names like it: \(similar.prefix(5).map(describe).joined(separator: ", "))"
    }

    /// A locality with the area it lies in: `Saint-Denis (La Réunion)`.
    package func describe(_ locality: Locality) -> String {
        let area = locality.area.flatMap { areas[$0] } ?? areas[locality.country]
        return area.map { "\(locality.name) (\($0.name))" } ?? locality.name
    }

    func unknownArea(_ text: String) throws -> String {
        let similar = try store.areaSuggestions(for: text)
        return "no area '\(text)'"
            + (similar.isEmpty
                ? "; a code such as FR-02, a name such as Aisne or a GeoJSON file would be accepted"
                : "; areas that begin alike: \(similar.joined(separator: ", "))")
    }
}
