internal import CiteNetwork
internal import GeoFormats
package import GeoModel
package import Planning

extension NetworkListing {
    /// The listing as the object that every part of the program shares.
    package var json: PropertyValue {
        .object([
            "asOf": .string(asOf.description),
            "cites": .array(
                cites.map { entry in
                    .object([
                        "id": .string(entry.cite.id), "name": .string(entry.cite.name), "localName": PropertyValue(entry.cite.localName),
                        "country": .string(entry.cite.country), "form": .string(entry.cite.form.rawValue),
                        "label": .string(entry.label.rawValue), "confirmed": PropertyValue(entry.confirmed),
                        "status": .string(entry.status.rawValue), "platforms": .array(entry.platforms.map(\.json)),
                    ])
                }),
        ])
    }

    package func rendered(_ format: OutputFormat, _ atlas: Atlas) -> Rendering {
        switch format {
        case .json: return Rendering(text: String(decoding: json.json, as: UTF8.self) + "\n")
        case .geojson:
            let shown = Set(cites.map(\.cite.id))
            let features = NetworkFeatures(atlas, asOf: asOf).platforms.filter { $0.properties["cite"]?.string.map(shown.contains) ?? false }
            return Rendering(
                text: String(
                    decoding: GeoJSONWriter.featureCollection(features, members: ["asOf": .string(asOf.description)]), as: UTF8.self))
        case .csv:
            var csv = CSVWriter(columns: [
                "cite", "name", "country", "form", "label", "status", "platform", "kind", "platform_name", "platform_status", "lon", "lat",
                "location_accuracy", "services", "verified",
            ])
            for entry in cites {
                for p in entry.platforms {
                    csv.row([
                        entry.cite.id, entry.cite.name, entry.cite.country, entry.cite.form.rawValue, entry.label.rawValue,
                        entry.status.rawValue, p.platform.id, p.platform.kind.rawValue, p.platform.name, p.status.rawValue,
                        p.platform.location.map { "\($0.x)" } ?? "", p.platform.location.map { "\($0.y)" } ?? "",
                        p.platform.locationAccuracy.rawValue, p.platform.services?.map(\.rawValue).joined(separator: " ") ?? "",
                        p.platform.provenance.verified.text,
                    ])
                }
            }
            return Rendering(text: csv.text)
        case .table: return table
        }
    }

    private var table: Rendering {
        var table = TextTable([.text("id"), .text("name"), .text("country"), .text("status"), .text("label"), .text("platforms"), .text("verified")])
        for entry in cites {
            let places = entry.platforms.map { p -> String in
                let mark = p.platform.locationAccuracy == .assumed ? " (assumed point)" : ""
                return "\(p.platform.contact.town ?? p.platform.id) [\(p.platform.kind.rawValue), \(p.status.rawValue)]\(mark)"
            }
            table.rows.append([
                entry.cite.id, entry.cite.name, entry.cite.country, entry.status.rawValue, entry.label.rawValue, places.first ?? "none",
                entry.cite.provenance.verified.text,
            ])
            for place in places.dropFirst() { table.rows.append(["", "", "", "", "", place, ""]) }
        }
        let open = cites.filter { $0.status == .open }
        let tally = counts.map { "\($0.cites) \($0.status.rawValue)" }.joined(separator: ", ")
        let countries = Set(open.map(\.cite.country)).count
        var notes = [
            cites.isEmpty
                ? "As of \(asOf) no Cité is recorded."
                : "As of \(asOf): \(tally); the open ones stand in \(countries) \(countries == 1 ? "country" : "countries")."
        ]
        let undated = open.filter { $0.cite.provenance.verified.latest == nil }.count
        if let oldest = open.compactMap(\.cite.provenance.verified.latest).min() {
            notes.append(
                "Open as far as the sources tell: the oldest was last verified by \(oldest)\(undated > 0 ? ", \(undated) on an undated page" : ""). 'unknown' is not 'closed'."
            )
        }
        if !notYet.isEmpty { notes.append("Not yet on that day: \(notYet.map(\.id).joined(separator: ", ")).") }
        return Rendering(text: table.text, notes: notes)
    }
}

extension NetworkListing.PlatformEntry {
    var json: PropertyValue {
        .object([
            "id": .string(platform.id), "name": .string(platform.name), "kind": .string(platform.kind.rawValue),
            "status": .string(status.rawValue), "services": codes(platform.services),
            "locationAccuracy": .string(platform.locationAccuracy.rawValue), "verified": date(platform.provenance.verified),
        ])
    }
}
