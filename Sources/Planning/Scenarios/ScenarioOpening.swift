package import CiteNetwork
internal import NetworkStore

/// Platforms to open, before they have ids.
package struct ScenarioOpening: Sendable {
    package var place: PlannedPlace
    /// Nil for one made from the name.
    package var id: String?
    package var name: String
    package var cite: String?
    /// Nil for the kind that suits its Cité.
    package var kind: PlatformKind?
    package var services: [ServiceCode]?
    package var counsellors: Double?
    package var hours: String?
    package var floorArea: Double?
    package var origin: String?

    package init(place: PlannedPlace, name: String) {
        self.place = place
        self.name = name
    }

    /// The kind of a platform of which none is said: an associated centre for a Cité des métiers, a rural platform for a réseau and for
    /// a project without a Cité. Whether it is a site is told by its services, which only people know.
    package static func usualKind(ofCite form: CiteForm?) -> PlatformKind { form == .citeDesMetiers ? .associatedCentre : .ruralPlatform }

    /// The changes that open platforms, each under an id of its own.
    package static func changes(_ openings: [ScenarioOpening], in records: NetworkRecords, _ scenario: Scenario) -> [ScenarioChange] {
        var taken = Set(records.platforms.map(\.id)).union(records.cites.map(\.id)).union(scenario.changes.map(\.platform)).union(openings.compactMap(\.id))
        return openings.map { opening in
            let id = opening.id ?? DerivedID.platform(opening.name, cite: opening.cite, scenario: scenario, taken: taken)
            taken.insert(id)
            let place = opening.place
            return ScenarioChange(
                .open(
                    PlannedPlatform(
                        id: id, name: opening.name, cite: opening.cite,
                        kind: opening.kind ?? usualKind(ofCite: opening.cite.flatMap(records.cite)?.form), location: place.location,
                        locationAccuracy: place.accuracy, locality: place.locality, area: place.area, country: place.country, services: opening.services,
                        counsellors: opening.counsellors, floorArea: opening.floorArea, hours: opening.hours)),
                origin: opening.origin)
        }
    }

    /// The places of a proposal: CSV or GeoJSON as `maillage site` prints it, or any file of places. What the file does not say is as in `usual`.
    ///
    /// Throws `PlanningError.badContent` for a place that can be no platform's, naming the place.
    package static func proposed(_ file: PlacesFile, in atlas: Atlas, _ adjust: (inout ScenarioOpening) -> Void) throws -> [ScenarioOpening] {
        try zip(file.places, file.details).enumerated().map { i, entry in
            let (place, details) = entry
            func bad(_ column: String, _ accepted: String) -> PlanningError {
                .badContent("\(file.name), place \(i + 1) (\(place.name)): \(column) is '\(details[column] ?? "")'; \(accepted) would be accepted")
            }
            // A proposal among towns has their GeoNames ids.
            let town = try Int64(place.id).flatMap { try atlas.store.locality(id: $0) }.flatMap { $0.location == place.location ? $0 : nil }
            var opening = ScenarioOpening(
                place: try town.map(atlas.plannedPlace) ?? atlas.plannedPlace(at: place.location, accuracy: .venue), name: place.name)
            if place.name == place.id, let town = opening.place.name { opening.name = town }
            (opening.cite, opening.counsellors, opening.hours) = (place.cite, place.counsellors, place.hours)
            if let text = details["kind"] {
                guard let kind = PlatformKind(rawValue: text) else { throw bad("kind", PlatformKind.allCases.map(\.rawValue).joined(separator: ", ")) }
                opening.kind = kind
            }
            if let text = details["services"] {
                let codes = text.split(separator: " ").map { ServiceCode(rawValue: String($0)) }
                guard codes.allSatisfy({ $0 != nil }) else { throw bad("services", ServiceCode.allCases.map(\.rawValue).joined(separator: ", ")) }
                opening.services = codes.compactMap { $0 }
            }
            if let text = details["floor_area_m2"] {
                guard let area = Double(text), area >= 0 else { throw bad("floor_area_m2", "a number of square metres") }
                opening.floorArea = area
            }
            let gain = details["adds"].flatMap(Double.init).flatMap { Int64(exactly: $0.rounded()) }.map { ", adds \($0) people" } ?? ""
            opening.origin = "\(file.name), place \(details["order"] ?? "\(i + 1)")\(town == nil ? "" : " (GeoNames \(place.id))")\(gain)"
            adjust(&opening)
            return opening
        }
    }
}
