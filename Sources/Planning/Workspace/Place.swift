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
    /// The place that a typed name means. In this order: a locality of the very name; a postal code; an area, which means its most populous
    /// town; a Cité or platform of the very name; a locality whose name has an article more (`vigan`, Le Vigan), goes on after the text
    /// (`Aix`, `bohai`), or has its words; an area whose name goes on; and only then a name one typing error away. Places of the network's
    /// countries come first at each step, then those near a platform. Fewer than three letters are a whole name or nothing.
    ///
    /// Where the text names an area of the network, and only obscurely a locality elsewhere, the area is meant (`La Réunion`).
    /// A name may be narrowed by an area after a comma: `Saint-Denis, La Réunion`. Throws `PlanningError.notFound` with the
    /// places whose names are like it. About 5 ms.
    package func place(named text: String) throws -> Place {
        let parts = text.split(separator: ",", maxSplits: 1)
            .map { $0.trimmingPrefix(while: \.isWhitespace) }.filter { !$0.isEmpty }
        guard let name = parts.first.map(String.init), !name.isEmpty else { throw PlanningError.badArgument("the name of a place is empty") }
        let within = try parts.count == 2 ? codes(narrowing: String(parts[1])) : nil
        return try PlaceFinder(self, text: text, name: name, within: within).place()
    }

    /// Places and platforms by name, as people type it.
    package func search(_ query: SearchQuery) throws -> [SearchHit] { try store.search(query, in: records) }

    /// Codes of the areas and countries that a name or code means, with all that lie in them. Throws `PlanningError.notFound`.
    package func codes(narrowing text: String) throws -> Set<String> {
        let codes = try store.areaCodes(matching: text)
        guard !codes.isEmpty else { throw PlanningError.notFound(try unknownArea(text)) }
        return Set(codes).union(codes.flatMap { areas.leaves(of: $0) })
    }

    /// A locality with the area it lies in: `Saint-Denis (La Réunion)`.
    package func describe(_ locality: Locality) -> String {
        let area = locality.area.flatMap { areas[$0] } ?? areas[locality.country]
        return area.map { "\(locality.name) (\($0.name))" } ?? locality.name
    }

    func unknownArea(_ text: String) throws -> String {
        // Communes are no areas of a new workspace.
        if text.wholeMatch(of: /\d[0-9AB]\d{3}/) != nil {
            return "no area '\(text)'; communes are areas once 'maillage areas import' has read their outlines, and their names are accepted as they are"
        }
        if let elsewhere = try store.localities(named: text).first {
            return "no area '\(text)'; the locality \(describe(elsewhere)), outside the network's countries, is locality:\(elsewhere.id)"
        }
        let similar = try store.areaSuggestions(for: text)
        return "no area '\(text)'"
            + (similar.isEmpty
                ? "; \(AreaResolver.acceptedForms) would be accepted" : "; areas that begin alike: \(similar.joined(separator: ", "))")
    }
}
