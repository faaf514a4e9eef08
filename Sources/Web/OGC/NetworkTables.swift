import CiteNetwork
import Features
import GeoModel
import Planning
import Presentation
import Synchronization

/// The network as tables: Cités, platforms and territories in their state as of a day, made from the snapshot of the viewer, which holds
/// only what that viewer may see. The tables of some days are kept ready.
final class NetworkTables: Sendable {
    enum Kind: String, Sendable, CaseIterable { case cites, platforms, territories }

    private struct Key: Hashable {
        var kind: Kind
        var day: CalendarDate
        var version: Int
    }

    private let atlas: LiveAtlas
    private let shelf = Mutex<[(key: Key, table: MaterialisedTable)]>([])
    private let making = Mutex(())

    init(_ atlas: LiveAtlas) { self.atlas = atlas }

    func reading(_ kind: Kind, asOf day: CalendarDate?, for viewer: Viewer) throws -> FeatureCollectionSource.Reading {
        let snapshot = try atlas.snapshot()
        let made = try table(Key(kind: kind, day: day ?? .today, version: snapshot.version), snapshot)
        return FeatureCollectionSource.Reading(table: made.table, reader: made.reader, extent: made.extent, taken: snapshot.taken)
    }

    private func table(_ key: Key, _ snapshot: AtlasSnapshot) throws -> MaterialisedTable {
        func ready() -> MaterialisedTable? { shelf.withLock { shelf in shelf.first { $0.key == key }?.table } }
        if let ready = ready() { return ready }
        // One is made, and not one for each who asks.
        return try making.withLock { _ in
            if let ready = ready() { return ready }
            let network = NetworkFeatures(snapshot.atlas, asOf: key.day)
            let features =
                switch key.kind {
                case .cites: network.cites
                case .platforms: network.platforms
                case .territories: network.territories
                }
            let made = try MaterialisedTable(Self.definition(key.kind), features: features)
            shelf.withLock { shelf in
                shelf.removeAll { $0.key.version < key.version }
                // Anyone may ask for any day: the shelf stays small.
                if shelf.count >= 24 { shelf.removeFirst() }
                shelf.append((key, made))
            }
            return made
        }
    }

    static func definition(_ kind: Kind) -> MaterialisedTable.Definition {
        switch kind {
        case .cites:
            MaterialisedTable.Definition(
                id: "cites", title: "Cités", description: "Cités and réseaux des métiers, with their territory or no geometry", geometryType: "GEOMETRY",
                properties: [
                    FeatureProperty("name", .string), FeatureProperty("localName", .string, description: "Name in the language of the place"),
                    FeatureProperty("country", .string, description: "ISO 3166-1 code of two letters"),
                    FeatureProperty("form", .string, description: "citeDesMetiers or reseauDesMetiers"), FeatureProperty("zone", .string),
                    FeatureProperty("label", .string, description: "none, projet, fonctionnement, withdrawn or unknown"),
                    FeatureProperty("confirmed", .boolean, description: "Whether the label is confirmed; null where that is not known"),
                    FeatureProperty("status", .string, description: "planned, prefiguration, open, asleep, closed or unknown"),
                    FeatureProperty("bearer", .string), FeatureProperty("territory", .string, description: "The areas that it is made of"),
                    FeatureProperty("territoryBasis", .string, description: "stated, inferred or none"), FeatureProperty("website", .string),
                    FeatureProperty("source", .string),
                    FeatureProperty("verified", .string, description: "When the record was last verified: YYYY, YYYY-MM or a day"),
                ], indexed: ["country", "status"])
        case .platforms:
            MaterialisedTable.Definition(
                id: "platforms", title: "Platforms", description: "Places that people go to", geometryType: "POINT",
                properties: [
                    FeatureProperty("name", .string), FeatureProperty("localName", .string, description: "Name in the language of the place"),
                    FeatureProperty("kind", .string, description: "main, site, associatedCentre or ruralPlatform"),
                    FeatureProperty("cite", .string, description: "Id of its Cité"),
                    FeatureProperty("status", .string, description: "planned, prefiguration, open, asleep, closed or unknown"),
                    FeatureProperty("locationAccuracy", .string, description: "venue, town, territory or assumed"), FeatureProperty("town", .string),
                    FeatureProperty("address", .string), FeatureProperty("postalCode", .string),
                    FeatureProperty("area", .string, description: "Code of the area it lies in"),
                    FeatureProperty("country", .string, description: "ISO 3166-1 code of two letters"),
                    FeatureProperty("timeZone", .string, description: "IANA name"), FeatureProperty("host", .string, description: "The structure it lies in"),
                    FeatureProperty("floorArea", .number, description: "Square metres"), FeatureProperty("counsellors", .number),
                    FeatureProperty("hours", .string, description: "OSM opening_hours"),
                    FeatureProperty("services", .array, description: "employment, professions, training, change, creation; null where not known"),
                    FeatureProperty("modalities", .array, description: "interview, documentation, workshop; null where not known"),
                    FeatureProperty("telephone", .string), FeatureProperty("website", .string), FeatureProperty("source", .string),
                    FeatureProperty("verified", .string, description: "When the record was last verified: YYYY, YYYY-MM or a day"),
                ], indexed: ["cite", "kind", "status", "country"])
        case .territories:
            MaterialisedTable.Definition(
                id: "territories", title: "Territories", description: "The zones that labels cover", geometryType: "GEOMETRY",
                properties: [
                    FeatureProperty("cite", .string, description: "Id of the Cité"), FeatureProperty("name", .string),
                    FeatureProperty("definition", .string, description: "The areas that it is made of"),
                    FeatureProperty("basis", .string, description: "stated, inferred or none"),
                    FeatureProperty("inForce", .string, description: "yes or unknown"),
                    FeatureProperty("start", .string, description: "A day, a part of one, or ..DAY"),
                    FeatureProperty("end", .string, description: "A day, a part of one, or ..DAY"), FeatureProperty("source", .string),
                    FeatureProperty("verified", .string, description: "When the record was last verified: YYYY, YYYY-MM or a day"),
                ])
        }
    }

    /// The three collections.
    var sources: [FeatureCollectionSource] {
        Kind.allCases.map { kind in
            let definition = Self.definition(kind)
            let shape = FeatureTable(
                id: definition.id, title: definition.title, description: definition.description, idColumn: "id", idType: .text,
                geometry: definition.geometryType.map { FeatureTable.GeometryColumn(type: $0) }, properties: definition.properties)
            return FeatureCollectionSource(
                id: definition.id, title: definition.title, description: definition.description, shape: shape, isDated: true
            ) { [self] day, viewer in try reading(kind, asOf: day, for: viewer) }
        }
    }
}
