package import CiteNetwork
internal import GeoFormats
package import Foundation
internal import GeoModel
package import Planning

extension NetworkRecord {
    /// One Cité or platform in full, as of a day.
    ///
    /// - Parameter now: the instant of which is told whether a platform is open.
    package func rendered(_ format: OutputFormat, _ atlas: Atlas, asOf day: CalendarDate, now: Date? = nil) -> Rendering {
        switch format {
        case .geojson:
            let features = NetworkFeatures(atlas, asOf: day)
            let feature =
                switch self {
                case .cite(let cite): features.feature(cite)
                case .platform(let platform): features.feature(platform)
                }
            guard let feature else { return Rendering(text: "", notes: ["It did not exist yet on \(day)."]) }
            return Rendering(text: String(decoding: GeoJSONWriter.feature(feature), as: UTF8.self) + "\n")
        case .json: return Rendering(text: String(decoding: PropertyValue.object(facts(atlas, day, now)).json, as: UTF8.self) + "\n")
        case .csv:
            var csv = CSVWriter(columns: ["field", "value"])
            for (name, value) in flat(facts(atlas, day, now)) { csv.row([name, value]) }
            return Rendering(text: csv.text)
        case .table:
            let lines = flat(facts(atlas, day, now))
            let width = lines.map(\.0.count).max() ?? 0
            return Rendering(
                text: lines.map { $0.0 + String(repeating: " ", count: width - $0.0.count) + "  " + $0.1 }.joined(separator: "\n") + "\n")
        }
    }

    private func facts(_ atlas: Atlas, _ day: CalendarDate, _ now: Date?) -> Properties {
        switch self {
        case .cite(let cite): facts(cite, atlas.records, day)
        case .platform(let platform): facts(platform, atlas.records, day, now)
        }
    }

    private func facts(_ cite: Cite, _ records: NetworkRecords, _ day: CalendarDate) -> Properties {
        let label = records.label(of: cite.id, asOf: day)
        var facts: Properties = [
            "id": .string(cite.id), "name": .string(cite.name), "localName": PropertyValue(cite.localName), "country": .string(cite.country),
            "form": .string(cite.form.rawValue), "zone": PropertyValue(cite.zone), "asOf": .string(day.description),
            "status": PropertyValue(records.status(ofCite: cite.id, asOf: day)?.rawValue), "label": .string(label.level.rawValue),
            "confirmed": PropertyValue(label.confirmed), "bearer": PropertyValue(cite.bearer), "member": PropertyValue(cite.member),
        ]
        switch cite.seat {
        case .platform(let id, let note):
            facts.append("seat", .string(id))
            if let note { facts.append("seatNote", .string(note)) }
        case .point(let c, let note):
            facts.append("seat", .string("\(c.y),\(c.x)"))
            if let note { facts.append("seatNote", .string(note)) }
        case .unknown(let reason):
            facts.append("seat", .null)
            facts.append("seatNote", .string(reason))
        }
        facts.append(
            "platforms",
            .array(
                records.platforms(of: cite.id).map { platform in
                    .object([
                        "id": .string(platform.id), "name": .string(platform.name), "kind": .string(platform.kind.rawValue),
                        "status": PropertyValue(records.status(of: platform.id, asOf: day)?.rawValue),
                        "services": codes(platform.services), "locationAccuracy": .string(platform.locationAccuracy.rawValue),
                        "verified": date(platform.provenance.verified),
                    ])
                }))
        facts.append(
            "decisions",
            .array(
                records.decisions(of: cite.id).map { d in
                    .object([
                        "date": date(d.date), "decision": .string(d.decision.rawValue), "body": PropertyValue(d.body),
                        "source": .string(d.provenance.source), "note": PropertyValue(d.provenance.note),
                    ])
                }))
        facts.append(
            "territories",
            .array(
                records.territories(of: cite.id).map { t in
                    .object([
                        "start": date(t.start), "end": t.end.map(date) ?? .null, "definition": PropertyValue(t.definition),
                        "basis": .string(t.basis.rawValue), "source": .string(t.provenance.source), "note": PropertyValue(t.provenance.note),
                    ])
                }))
        facts.append(
            "poles",
            .array(
                records.poles(of: cite.id).map { p in
                    .object([
                        "name": .string(p.name), "language": .string(p.language), "service": PropertyValue(p.service?.rawValue),
                        "source": .string(p.provenance.source),
                    ])
                }))
        append(cite.provenance, records, to: &facts)
        return facts
    }

    private func facts(_ platform: Platform, _ records: NetworkRecords, _ day: CalendarDate, _ now: Date?) -> Properties {
        let contact = platform.contact
        let hours = PlatformOpening(platform)
        var facts: Properties = [
            "id": .string(platform.id), "name": .string(platform.name), "localName": PropertyValue(platform.localName),
            "cite": .string(platform.cite), "kind": .string(platform.kind.rawValue), "asOf": .string(day.description),
            "status": PropertyValue(records.status(of: platform.id, asOf: day)?.rawValue),
            "lat": PropertyValue(platform.location?.y), "lon": PropertyValue(platform.location?.x),
            "locationAccuracy": .string(platform.locationAccuracy.rawValue), "town": PropertyValue(contact.town),
            "address": PropertyValue(contact.address), "postalCode": PropertyValue(contact.postalCode), "area": PropertyValue(platform.area),
            "country": .string(platform.country), "timeZone": PropertyValue(platform.timeZone), "host": PropertyValue(platform.host),
            "hostType": PropertyValue(platform.hostType), "floorArea": PropertyValue(platform.floorArea),
            "counsellors": PropertyValue(platform.counsellors), "hours": PropertyValue(platform.hours),
            "hoursInWords": PropertyValue(hours.hours?.words(in: .english)),
            "openNow": PropertyValue(platform.hours == nil ? nil : now.map { hours.opening(at: .instant($0)).words(in: .english) }),
            "services": codes(platform.services),
            "modalities": codes(platform.modalities), "telephone": PropertyValue(contact.telephone), "email": PropertyValue(contact.email),
            "website": PropertyValue(contact.website), "declaredDistance": PropertyValue(platform.declaredDistance),
        ]
        facts.append(
            "periods",
            .array(
                records.periods(of: platform.id).map { p in
                    .object([
                        "status": .string(p.status.rawValue), "start": date(p.start), "end": p.end.map(date) ?? .null,
                        "source": .string(p.provenance.source), "verified": date(p.provenance.verified), "note": PropertyValue(p.provenance.note),
                    ])
                }))
        append(platform.provenance, records, to: &facts)
        return facts
    }

    private func append(_ provenance: Provenance, _ records: NetworkRecords, to facts: inout Properties) {
        facts.append("source", .string(provenance.source))
        facts.append("sourceTitle", PropertyValue(records.sources[provenance.source]?.title))
        facts.append("verified", date(provenance.verified))
        facts.append("note", PropertyValue(provenance.note))
    }

    /// Facts as lines `name value`; what is not known says so, and lists are numbered.
    private func flat(_ facts: Properties) -> [(String, String)] {
        facts.members.flatMap { member -> [(String, String)] in
            switch member.value {
            case .null: return [(member.name, "not known")]
            case .string(let s): return [(member.name, s)]
            case .array(let elements) where elements.isEmpty: return [(member.name, "none recorded")]
            case .array(let elements) where elements.allSatisfy({ $0.string != nil }):
                return [(member.name, elements.compactMap(\.string).joined(separator: ", "))]
            case .array(let elements):
                return elements.enumerated().map { i, element in
                    let cells = element.object?.members.filter { $0.value != .null }.map { m -> String in
                        let value =
                            m.value.string ?? m.value.array?.compactMap(\.string).joined(separator: ", ") ?? String(decoding: m.value.json, as: UTF8.self)
                        return m.name == "note" ? "(\(value))" : "\(m.name) \(value)"
                    }
                    return ("\(member.name) \(i + 1)", cells?.joined(separator: ", ") ?? "")
                }
            default: return [(member.name, String(decoding: member.value.json, as: UTF8.self))]
            }
        }
    }
}
