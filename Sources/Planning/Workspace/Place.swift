package import CiteNetwork
package import GeoModel
internal import NetworkStore

/// Where a question is asked from.
package struct Place: Sendable, Equatable {
    package var name: String
    package var location: Coordinate
    /// Nil for a bare point.
    package var locality: Locality?
    /// Other localities of the same name, the most populous first.
    package var alternatives: [Locality]

    /// A bare point, named by its latitude and longitude.
    package init(at location: Coordinate) {
        self.init(name: "\(location.y),\(location.x)", location: location, locality: nil, alternatives: [])
    }

    package init(name: String, location: Coordinate, locality: Locality?, alternatives: [Locality]) {
        self.name = name
        self.location = location
        self.locality = locality
        self.alternatives = alternatives
    }
}

extension Atlas {
    /// The place that a typed name means: the most populous of the localities that bear it.
    ///
    /// A name may be narrowed by an area after a comma: `Saint-Denis, La Réunion`. Throws `PlanningError.notFound` with the
    /// places whose names begin alike.
    package func place(named text: String) throws -> Place {
        let parts = text.split(separator: ",", maxSplits: 1).map { $0.trimmingPrefix(while: \.isWhitespace) }
        guard let name = parts.first, !name.isEmpty else { throw PlanningError.badArgument("the name of a place is empty") }
        var found = try store.localities(named: String(name))
        if parts.count == 2 {
            let codes = try store.areaCodes(matching: String(parts[1]))
            guard !codes.isEmpty else { throw PlanningError.notFound(try unknownArea(String(parts[1]))) }
            let leaves = Set(codes.flatMap { areas.leaves(of: $0) })
            found = found.filter { locality in
                codes.contains(locality.country) || locality.area.map { leaves.contains($0) } ?? false
            }
        }
        guard let best = found.first else {
            let similar = try store.localitySuggestions(for: String(name))
            throw PlanningError.notFound(
                "no place named '\(text)' in the gazetteer"
                    + (similar.isEmpty
                        ? "; the name of a town or village would be accepted, or --at LAT,LON"
                        : "; places that begin alike: \(similar.map(describe).joined(separator: ", "))"))
        }
        return Place(name: best.name, location: best.location, locality: best, alternatives: Array(found.dropFirst()))
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
