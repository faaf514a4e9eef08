internal import CiteNetwork
internal import GeoFormats
internal import GeoModel
package import Planning

extension SearchAnswer {
    /// A feature collection by GeocodeJSON 0.1.0: each feature has a member `geocoding` with `type`, `label`, `name` and the areas above.
    package func geoJSON(_ atlas: Atlas) -> [UInt8] {
        var about: Properties = ["version": .string("0.1.0")]
        if !text.isEmpty { about.append("query", .string(text)) }
        about.append("licence", .string("CC BY 4.0"))
        about.append("attribution", .string("GeoNames"))
        return GeoJSONWriter.featureCollection(items.map { feature($0, atlas) }, members: ["geocoding": .object(about)])
    }

    private func feature(_ item: Item, _ atlas: Atlas) -> Feature {
        var geocoding: Properties = ["type": .string(type(of: item)), "label": .string(item.label), "name": .string(item.name)]
        if item.kind == .postalCode { geocoding.append("postcode", .string(item.id)) }
        let above = (item.area.map { atlas.areas.ancestors(of: $0.code) } ?? []).compactMap { atlas.areas[$0] }
        if item.kind != .area || item.area?.kind != "country" {
            for (level, member) in [("county", ["department", "province", "district", "canton"]), ("state", ["region", "state"])] {
                if let area = above.first(where: { member.contains($0.kind) }) { geocoding.append(level, .string(area.name)) }
            }
        }
        geocoding.append("country", .string(atlas.areas[item.country]?.name ?? item.country))
        geocoding.append("country_code", .string(item.country))
        if let distance = item.distance { geocoding.append("accuracy", .integer(Int64(distance.rounded()))) }
        var feature = Feature(
            id: .string("\(item.kind.rawValue):\(item.id)"), geometry: item.location.map(Geometry.point),
            properties: [
                "geocoding": .object(geocoding), "kind": .string(item.kind.rawValue), "id": .string(item.id), "match": .string(item.match.word),
                "corrected": .bool(item.isCorrected), "matchedName": PropertyValue(item.matchedName), "area": PropertyValue(item.area?.code),
                "population": PropertyValue(item.population), "locationAccuracy": PropertyValue(item.locationAccuracy?.rawValue),
            ])
        if let distance = item.distance {
            feature.properties["match"] = nil
            feature.properties["corrected"] = nil
            feature.properties.append("distance", .number((distance * 1e4).rounded() / 1e4))
        }
        return feature
    }

    private func type(of item: Item) -> String {
        switch item.kind {
        case .locality: return "city"
        case .postalCode: return "locality"
        case .platform: return "house"
        case .area:
            let kind = item.area?.kind
            return kind == "country" ? "country" : kind == "region" || kind == "state" ? "state" : "county"
        }
    }

    package func rendered(_ format: OutputFormat, _ atlas: Atlas) -> Rendering {
        switch format {
        case .json, .geojson: return Rendering(text: String(decoding: geoJSON(atlas), as: UTF8.self))
        case .csv:
            var csv = CSVWriter(columns: ["kind", "id", "name", "label", "country", "area", "lon", "lat", "population", "match", "matched_name"])
            for item in items {
                csv.row([
                    item.kind.rawValue, item.id, item.name, item.label, item.country, item.area?.code ?? "", item.location.map { "\($0.x)" } ?? "",
                    item.location.map { "\($0.y)" } ?? "", item.population.map { decimal($0, 0) } ?? "", item.match.word, item.matchedName ?? "",
                ])
            }
            return Rendering(text: csv.text)
        case .table:
            var table = TextTable([.text("name"), .text("kind"), .text("id"), .text("country"), .number("people"), .text("agrees by")])
            for item in items {
                table.rows.append([
                    item.label, item.kind.rawValue, item.id, item.country, item.population.map { decimal($0, 0) } ?? "-",
                    item.match.word + (item.matchedName.map { " (\($0))" } ?? ""),
                ])
            }
            guard !items.isEmpty else { return Rendering(text: "", notes: ["Nothing is named like '\(text)'."]) }
            return Rendering(text: table.text)
        }
    }
}
