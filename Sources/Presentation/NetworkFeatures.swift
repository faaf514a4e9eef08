package import CiteNetwork
package import GeoModel
package import Planning

/// The records of the network as features, as of a day: what the API serves and exports hold.
package struct NetworkFeatures: Sendable {
    private let atlas: Atlas
    private let day: CalendarDate

    package init(_ atlas: Atlas, asOf day: CalendarDate) {
        self.atlas = atlas
        self.day = day
    }

    private var records: NetworkRecords { atlas.records }

    /// Cités that exist on the day, with their territory in force, or none, as geometry.
    package var cites: [Feature] { records.cites.compactMap(feature) }

    /// Platforms that exist on the day, at their points.
    package var platforms: [Feature] { records.platforms.compactMap(feature) }

    /// The territories in force on the day that have a shape.
    package var territories: [Feature] {
        records.cites.compactMap { cite in
            guard let (version, holds) = records.territory(of: cite.id, asOf: day) else { return nil }
            return Feature(
                id: .string(cite.id), geometry: version.geometry,
                properties: [
                    "cite": .string(cite.id), "name": .string(cite.zone ?? cite.name), "definition": PropertyValue(version.definition),
                    "basis": .string(version.basis.rawValue), "inForce": .string(holds.rawValue), "start": date(version.start),
                    "end": version.end.map(date) ?? .null, "source": .string(version.provenance.source),
                    "verified": date(version.provenance.verified),
                ])
        }
    }

    /// Nil where the Cité does not exist on the day.
    package func feature(_ cite: Cite) -> Feature? {
        guard let status = records.status(ofCite: cite.id, asOf: day) else { return nil }
        let label = records.label(of: cite.id, asOf: day)
        let territory = records.territory(of: cite.id, asOf: day)?.version
        return Feature(
            id: .string(cite.id), geometry: territory?.geometry,
            properties: [
                "name": .string(cite.name), "localName": PropertyValue(cite.localName), "country": .string(cite.country),
                "form": .string(cite.form.rawValue), "zone": PropertyValue(cite.zone), "label": .string(label.level.rawValue),
                "confirmed": PropertyValue(label.confirmed), "status": .string(status.rawValue), "bearer": PropertyValue(cite.bearer),
                "territory": PropertyValue(territory?.definition), "territoryBasis": .string((territory?.basis ?? .none).rawValue),
                "website": PropertyValue(cite.website), "source": .string(cite.provenance.source), "verified": date(cite.provenance.verified),
            ])
    }

    /// Nil where the platform does not exist on the day.
    package func feature(_ platform: Platform) -> Feature? {
        guard let status = records.status(of: platform.id, asOf: day) else { return nil }
        return Feature(
            id: .string(platform.id), geometry: platform.location.map(Geometry.point),
            properties: [
                "name": .string(platform.name), "localName": PropertyValue(platform.localName), "kind": .string(platform.kind.rawValue),
                "cite": .string(platform.cite), "status": .string(status.rawValue),
                "locationAccuracy": .string(platform.locationAccuracy.rawValue), "town": PropertyValue(platform.contact.town),
                "address": PropertyValue(platform.contact.address), "postalCode": PropertyValue(platform.contact.postalCode),
                "area": PropertyValue(platform.area), "country": .string(platform.country), "timeZone": PropertyValue(platform.timeZone),
                "host": PropertyValue(platform.host), "floorArea": PropertyValue(platform.floorArea),
                "counsellors": PropertyValue(platform.counsellors), "hours": PropertyValue(platform.hours),
                "services": codes(platform.services), "modalities": codes(platform.modalities),
                "telephone": PropertyValue(platform.contact.telephone), "website": PropertyValue(platform.contact.website),
                "source": .string(platform.provenance.source), "verified": date(platform.provenance.verified),
            ])
    }
}

/// A partial date as it is written; null where nothing is known.
func date(_ date: PartialDate) -> PropertyValue { date.text.isEmpty ? .null : .string(date.text) }

func codes<T: RawRepresentable>(_ values: [T]?) -> PropertyValue where T.RawValue == String {
    values.map { .array($0.map { .string($0.rawValue) }) } ?? .null
}
