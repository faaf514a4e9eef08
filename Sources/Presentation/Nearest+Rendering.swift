internal import CiteNetwork
internal import GeoFormats
package import GeoModel
package import Planning

extension NearestPlatforms.Result {
    /// The feature that every part of the program shares.
    package var feature: Feature {
        Feature(
            id: .string(platform.id), geometry: platform.location.map(Geometry.point),
            properties: [
                "id": .string(platform.id), "name": .string(platform.name), "kind": .string(platform.kind.rawValue),
                "cite": .string(platform.cite), "distance": .number(distance), "roadDistance": PropertyValue(roadDistance?.rounded()),
                "duration": PropertyValue(duration?.rounded()), "estimate": .bool(estimate),
                "locationAccuracy": .string(platform.locationAccuracy.rawValue), "status": .string(status.rawValue),
                "town": PropertyValue(platform.contact.town), "country": .string(platform.country), "services": codes(platform.services),
                "verified": date(platform.provenance.verified),
            ])
    }
}

/// An answer with the place it was asked from.
package struct NearestReport: Sendable {
    package var place: Place
    package var answer: NearestPlatforms.Answer
    /// The alternatives as people know them: name and area.
    package var alternatives: [String]

    package init(place: Place, answer: NearestPlatforms.Answer, alternatives: [String]) {
        self.place = place
        self.answer = answer
        self.alternatives = alternatives
    }

    /// Foreign members of the collection: what was asked, how far was searched, what was left out.
    private var members: Properties {
        [
            "asOf": .string(answer.asOf.description),
            "query": .object([
                "name": .string(place.name), "lon": .number(place.location.x), "lat": .number(place.location.y),
                "locality": PropertyValue(place.locality.map { Int($0.id) }),
            ]),
            "corrected": .bool(place.isCorrected), "takenAs": PropertyValue(place.takenAs),
            "alternatives": .array(alternatives.map(PropertyValue.string)), "searched": .integer(Int64(answer.searched)),
            "leftOutAsUnknown": .integer(Int64(answer.leftOutAsUnknown)),
            "oldestVerification": answer.oldestVerification.map(date) ?? .null,
            "serviceNotKnown": brief(answer.serviceNotKnown), "stateNotKnown": brief(answer.stateNotKnown),
        ]
    }

    private func brief(_ results: [NearestPlatforms.Result]) -> PropertyValue {
        .array(results.map { .object(["id": .string($0.platform.id), "distance": .number($0.distance)]) })
    }

    package var geoJSON: [UInt8] { GeoJSONWriter.featureCollection(answer.results.map(\.feature), members: members) }

    package func rendered(_ format: OutputFormat) -> Rendering {
        switch format {
        case .json, .geojson: return Rendering(text: String(decoding: geoJSON, as: UTF8.self))
        case .csv:
            var csv = CSVWriter(columns: [
                "rank", "id", "name", "kind", "cite", "status", "distance", "roadDistance", "duration", "estimate", "locationAccuracy", "lon", "lat",
                "verified",
            ])
            for (i, r) in answer.results.enumerated() {
                csv.row([
                    "\(i + 1)", r.platform.id, r.platform.name, r.platform.kind.rawValue, r.platform.cite, r.status.rawValue,
                    decimal(r.distance, 4), r.roadDistance.map { decimal($0, 0) } ?? "", r.duration.map { decimal($0, 0) } ?? "", "\(r.estimate)",
                    r.platform.locationAccuracy.rawValue, r.platform.location.map { "\($0.x)" } ?? "",
                    r.platform.location.map { "\($0.y)" } ?? "", r.platform.provenance.verified.text,
                ])
            }
            return Rendering(text: csv.text)
        case .table: return table
        }
    }

    private var table: Rendering {
        var table = TextTable([
            .number("#"), .text("platform"), .text("kind"), .text("town"), .number("distance"), .number("road (est.)"), .number("time (est.)"),
            .text("status"), .text("verified"),
        ])
        func add(_ r: NearestPlatforms.Result, _ rank: String) {
            let mark = r.platform.locationAccuracy == .assumed ? " (assumed point)" : r.platform.locationAccuracy == .territory ? " (territory)" : ""
            let shown = ShownDistance(r.distance, accuracy: r.platform.locationAccuracy)
            table.rows.append([
                rank, r.platform.name, r.platform.kind.rawValue, (r.platform.contact.town ?? "") + mark, shown.text,
                shown.isKnown ? r.roadDistance.map(kilometres) ?? "-" : "-", shown.isKnown ? r.duration.map(time) ?? "-" : "-", r.status.rawValue,
                r.platform.provenance.verified.text,
            ])
        }
        for (i, r) in answer.results.enumerated() { add(r, "\(i + 1)") }
        for r in answer.serviceNotKnown { add(r, "?") }
        for r in answer.stateNotKnown { add(r, "??") }
        var notes: [String] = []
        if !alternatives.isEmpty { notes.append("\(place.name) could also be: \(alternatives.prefix(8).joined(separator: ", ")).") }
        if !answer.serviceNotKnown.isEmpty { notes.append("Lines marked ? are platforms of which no source says whether they offer this service.") }
        if !answer.stateNotKnown.isEmpty { notes.append("Lines marked ?? are near, but no source tells whether they are open on \(answer.asOf).") }
        if answer.results.contains(where: { !$0.platform.locationAccuracy.isTown }) {
            notes.append("No source tells where a platform at an assumed point or somewhere in a territory stands; its distance is a rough one.")
        }
        notes.append(
            "Distances are geodesic; road and time are estimates, and none is made beyond 300 km. \(answer.searched) platforms open on \(answer.asOf) were searched"
                + (answer.leftOutAsUnknown > 0 ? ", \(answer.leftOutAsUnknown) of unknown state left out (--include-unknown counts them)" : "")
                + (answer.oldestVerification.map { "; the oldest record was last verified in \($0)." } ?? "."))
        return Rendering(text: table.text, notes: notes)
    }
}
