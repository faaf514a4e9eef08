internal import CiteNetwork
internal import GeoFormats
package import GeoModel
package import Planning

extension NearestPlatforms.Result {
    /// The feature that every part of the program shares.
    ///
    /// With `opening` where a moment was asked for.
    package var feature: Feature {
        var feature = Feature(
            id: .string(platform.id), geometry: platform.location.map(Geometry.point),
            properties: [
                "id": .string(platform.id), "name": .string(platform.name), "kind": .string(platform.kind.rawValue),
                "cite": .string(platform.cite), "distance": .number(distance), "roadDistance": PropertyValue(roadDistance?.rounded()),
                "duration": PropertyValue(duration?.rounded()), "estimate": .bool(estimate),
                "locationAccuracy": .string(platform.locationAccuracy.rawValue), "status": .string(status.rawValue),
                "town": PropertyValue(platform.contact.town), "country": .string(platform.country), "services": codes(platform.services),
                "verified": date(platform.provenance.verified),
            ])
        if let opening { feature.properties.append("opening", .object(opening.json)) }
        return feature
    }
}

extension NearestPlatforms.Result {
    /// The bytes of `feature`, without a value for each of its parts. Distances to a tenth of a millimetre.
    func write(to writer: inout JSONWriter) {
        func text(_ name: StaticString, _ value: String?) {
            writer.raw(name)
            if let value { writer.string(value) } else { writer.raw("null") }
        }
        func whole(_ name: StaticString, _ value: Double?) {
            writer.raw(name)
            if let value { writer.fixed(value, digits: 0) } else { writer.raw("null") }
        }
        text("{\"type\":\"Feature\",\"id\":", found.platform.id)
        writer.raw(",\"geometry\":")
        if let location = found.platform.location {
            writer.raw("{\"type\":\"Point\",\"coordinates\":[")
            writer.fixed(location.x, digits: 7)
            writer.raw(",")
            writer.fixed(location.y, digits: 7)
            writer.raw("]}")
        } else {
            writer.raw("null")
        }
        text(",\"properties\":{\"id\":", found.platform.id)
        text(",\"name\":", found.platform.name)
        text(",\"kind\":", found.platform.kind.rawValue)
        text(",\"cite\":", found.platform.cite)
        writer.raw(",\"distance\":")
        writer.fixed(distance, digits: 4)
        whole(",\"roadDistance\":", roadDistance)
        whole(",\"duration\":", duration)
        writer.raw(",\"estimate\":")
        estimate ? writer.raw("true") : writer.raw("false")
        text(",\"locationAccuracy\":", found.platform.locationAccuracy.rawValue)
        text(",\"status\":", found.status.rawValue)
        text(",\"town\":", found.platform.contact.town)
        text(",\"country\":", found.platform.country)
        writer.raw(",\"services\":")
        if let services = found.platform.services {
            writer.raw("[")
            for (i, service) in services.enumerated() {
                if i > 0 { writer.raw(",") }
                writer.string(service.rawValue)
            }
            writer.raw("]")
        } else {
            writer.raw("null")
        }
        let verified = found.platform.provenance.verified.text
        text(",\"verified\":", verified.isEmpty ? nil : verified)
        if let opening {
            writer.raw(",\"opening\":")
            writer.object(opening.json)
        }
        writer.raw("}}")
    }
}

extension Opening {
    /// `state`, the words of its `reason` where it is unknown, the `localTime`, and when and to what it changes.
    package var json: Properties {
        [
            "state": .string(state.rawValue), "reason": PropertyValue(reason.map(EnglishHours().reason)), "comment": PropertyValue(comment),
            "localTime": PropertyValue(local?.description),
            "nextChange": nextChange.map { change in
                .object([
                    "state": .string(change.state.rawValue), "localTime": .string(change.local.description),
                    "instant": PropertyValue(change.instant.map { OpeningMoment.instant($0).description }),
                ])
            } ?? .null,
        ]
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
        var members: Properties = [
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
        if let opening = answer.opening {
            members.append("openAt", .string(opening.moment.description))
            members.append("openByAppointment", brief(opening.byAppointment))
            members.append("hoursNotKnown", brief(opening.notKnown))
            members.append("hoursNotKnownCount", .integer(Int64(opening.notKnownCount)))
            members.append("closedCount", .integer(Int64(opening.closedCount)))
        }
        return members
    }

    private func brief(_ results: [NearestPlatforms.Result]) -> PropertyValue {
        .array(
            results.map { result in
                var members: Properties = ["id": .string(result.platform.id), "distance": .number(result.distance)]
                if let opening = result.opening { members.append("opening", .object(opening.json)) }
                return .object(members)
            })
    }

    /// Those apart from the results, by the sign that marks their lines.
    private var apart: [(mark: String, results: [NearestPlatforms.Result])] {
        [
            ("A", answer.opening?.byAppointment ?? []), ("H", answer.opening?.notKnown ?? []), ("?", answer.serviceNotKnown),
            ("??", answer.stateNotKnown),
        ]
    }

    /// Written byte by byte: it is asked for at every keystroke.
    package var geoJSON: [UInt8] {
        var writer = JSONWriter(reserving: 1_024 + 512 * answer.results.count)
        writer.raw("{\"type\":\"FeatureCollection\"")
        for member in members.members {
            writer.raw(",")
            writer.string(member.name)
            writer.raw(":")
            writer.value(member.value)
        }
        writer.raw(",\"features\":[")
        for (i, result) in answer.results.enumerated() {
            i == 0 ? writer.raw("\n") : writer.raw(",\n")
            result.write(to: &writer)
        }
        writer.raw("\n]}\n")
        return writer.bytes
    }

    package func rendered(_ format: OutputFormat) -> Rendering {
        switch format {
        case .json, .geojson: return Rendering(text: String(decoding: geoJSON, as: UTF8.self))
        case .csv: return csv
        case .table: return table
        }
    }

    /// With a moment, those by appointment and those whose hours are not known follow without a rank, and a column tells which they are.
    private var csv: Rendering {
        let isTimed = answer.opening != nil
        var columns = [
            "rank", "id", "name", "kind", "cite", "status", "distance", "roadDistance", "duration", "estimate", "locationAccuracy", "lon", "lat", "verified",
        ]
        if isTimed { columns += ["opening", "reason", "nextChange"] }
        var csv = CSVWriter(columns: columns)
        func add(_ r: NearestPlatforms.Result, _ rank: String) {
            var cells: [String] = [
                rank, r.platform.id, r.platform.name, r.platform.kind.rawValue, r.platform.cite, r.status.rawValue, decimal(r.distance, 4),
                r.roadDistance.map { decimal($0, 0) } ?? "", r.duration.map { decimal($0, 0) } ?? "", "\(r.estimate)",
                r.platform.locationAccuracy.rawValue, r.platform.location.map { "\($0.x)" } ?? "", r.platform.location.map { "\($0.y)" } ?? "",
                r.platform.provenance.verified.text,
            ]
            if isTimed {
                cells.append(r.opening?.state.rawValue ?? "")
                cells.append(r.opening?.reason.map(EnglishHours().reason) ?? "")
                cells.append(r.opening?.nextChange?.local.description ?? "")
            }
            csv.row(cells)
        }
        for (i, r) in answer.results.enumerated() { add(r, "\(i + 1)") }
        for r in (answer.opening?.byAppointment ?? []) + (answer.opening?.notKnown ?? []) { add(r, "") }
        return Rendering(text: csv.text)
    }

    private var table: Rendering {
        let isTimed = answer.opening != nil
        var columns: [TextTable.Column] = [
            .number("#"), .text("platform"), .text("kind"), .text("town"), .number("distance"), .number("road (est.)"), .number("time (est.)"),
            .text("status"), .text("verified"),
        ]
        if isTimed { columns.append(.text("opening")) }
        var table = TextTable(columns)
        func add(_ r: NearestPlatforms.Result, _ rank: String) {
            let mark = r.platform.locationAccuracy == .assumed ? " (assumed point)" : r.platform.locationAccuracy == .territory ? " (territory)" : ""
            let shown = ShownDistance(r.distance, accuracy: r.platform.locationAccuracy)
            var cells: [String] = [
                rank, r.platform.name, r.platform.kind.rawValue, (r.platform.contact.town ?? "") + mark, shown.text,
                shown.isKnown ? r.roadDistance.map(kilometres) ?? "-" : "-", shown.isKnown ? r.duration.map(time) ?? "-" : "-", r.status.rawValue,
                r.platform.provenance.verified.text,
            ]
            if isTimed { cells.append(r.opening?.words(in: .english) ?? "") }
            table.rows.append(cells)
        }
        for (i, r) in answer.results.enumerated() { add(r, "\(i + 1)") }
        for (mark, results) in apart { results.forEach { add($0, mark) } }
        var notes: [String] = []
        if !alternatives.isEmpty { notes.append("\(place.name) could also be: \(alternatives.prefix(8).joined(separator: ", ")).") }
        if let opening = answer.opening { notes += self.notes(opening) }
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

    private func notes(_ opening: NearestPlatforms.OpeningAnswer) -> [String] {
        let when = opening.moment.description
        var notes: [String] = []
        if answer.results.isEmpty { notes.append("No platform is known to be open at \(when).") }
        if opening.byAppointmentCount > 0 {
            notes.append("Lines marked A are open by appointment at \(when)" + more(opening.byAppointmentCount, than: opening.byAppointment) + ".")
        }
        if opening.notKnownCount > 0 {
            notes.append(
                "Lines marked H are platforms of which it is not known whether they are open at \(when)"
                    + more(opening.notKnownCount, than: opening.notKnown) + ".")
        }
        if opening.closedCount > 0 { notes.append("\(opening.closedCount) that are no farther are closed at \(when).") }
        return notes
    }

    private func more(_ count: Int, than shown: [NearestPlatforms.Result]) -> String {
        count > shown.count ? "; \(count - shown.count) more are not shown" : ""
    }
}
