internal import GeoFormats
internal import GeoModel

/// Records in files: CSV with a row for each, or GeoJSON with a feature for each.
package enum RecordFile {
    /// The largest file that is read, in bytes: a network of a million records fits, and memory stays bounded.
    package static let largestSize = 64 << 20

    package struct Entry: Sendable {
        package var kind: RecordKind
        package var values: RecordValues
    }

    /// Reads a table. Without a kind, it is told from the columns.
    ///
    /// - Parameter mapping: column of the file to name of the field; others are recognised by their usual names in French and English.
    /// Throws `StoreError.badContent` for a column that is neither, naming those there are.
    ///
    /// - Parameter note: what the reader had to assume.
    package static func csv(
        _ bytes: [UInt8], name: String, kind given: RecordKind? = nil, mapping: [String: String] = [:], note: (String) -> Void = { _ in }
    ) throws -> [Entry] {
        let table: CSVTable
        do { table = try CSVTable(bytes) } catch { throw StoreError.badContent(file: name, problems: ["\(error.place): \(error.problem)"]) }
        NetworkStore.encodingNote(table.encoding, file: name).map(note)
        let guess = table.columns.map { mapping[$0] ?? usualName($0) }
        guard let kind = given ?? detect(guess) else {
            throw StoreError.badContent(
                file: name,
                problems: ["line 1: the columns tell no kind of record; name it with --table (\(RecordKind.all.map(\.name).joined(separator: ", ")))"])
        }
        let known = Set(kind.fieldNames)
        let fields = table.columns.map { column in mapping[column] ?? (known.contains(column) ? column : usualName(column)) }
        if let unknown = zip(table.columns, fields).first(where: { !known.contains($0.1) }) {
            throw StoreError.badContent(
                file: name,
                problems: [
                    "line 1: column '\(unknown.0.prefix(60))' is no field of a \(kind.name); map it with --map '\(unknown.0.prefix(60))=FIELD', "
                        + "or leave it out; fields: \(kind.fieldNames.joined(separator: ", "))"
                ])
        }
        if let twice = Dictionary(grouping: fields, by: { $0 }).first(where: { $0.value.count > 1 }) {
            throw StoreError.badContent(file: name, problems: ["line 1: two columns mean '\(twice.key)'"])
        }
        if let missing = mapping.keys.sorted().first(where: { !table.columns.contains($0) }) {
            throw StoreError.badContent(
                file: name, problems: ["line 1: no column '\(missing)' to map; columns: \(table.columns.prefix(30).joined(separator: ", "))"])
        }
        if let id = fields.firstIndex(of: "id") {
            var lines: [String: Int] = [:]
            for row in table.rows {
                if let first = lines.updateValue(row.line, forKey: row.fields[id]) {
                    throw StoreError.badContent(file: name, problems: ["line \(row.line): the id '\(row.fields[id].prefix(60))' stands on line \(first) too"])
                }
            }
        }
        return table.rows.map { row in
            Entry(kind: kind, values: RecordValues(cells: Dictionary(uniqueKeysWithValues: zip(fields, row.fields)), place: "line \(row.line)"))
        }
    }

    /// Reads a feature collection. The kind of each feature is its property `record`, else the one given, else told from its properties.
    package static func geoJSON(_ bytes: [UInt8], name: String, kind given: RecordKind? = nil, mapping: [String: String] = [:]) throws -> [Entry] {
        let features: [Feature]
        do { features = try GeoJSONReader.features(bytes) } catch {
            throw StoreError.badContent(file: name, problems: [error.place.isEmpty ? error.problem : "\(error.place): \(error.problem)"])
        }
        return try features.enumerated().map { i, feature in
            let place = "features[\(i)]"
            let fields = feature.properties.members.map { (mapping[$0.name] ?? usualName($0.name), $0.value) }.filter { $0.0 != "record" }
            let names = fields.map(\.0)
            if let twice = Dictionary(grouping: names, by: { $0 }).first(where: { $0.value.count > 1 }) {
                throw StoreError.badContent(file: name, problems: ["\(place): two properties mean '\(twice.key.prefix(60))'"])
            }
            let stated = feature.properties["record"]?.string
            guard let kind = stated.flatMap(RecordKind.named) ?? given ?? detect(fields.map(\.0)) else {
                throw StoreError.badContent(
                    file: name, problems: ["\(place): expected a property 'record' among \(RecordKind.all.map(\.name).joined(separator: ", "))"])
            }
            var cells: [String: String] = [:]
            for (field, value) in fields { cells[field] = text(value) }
            if let id = feature.id.map(text), kind.column(named: "id") != nil {
                guard cells["id"].map({ $0 == id }) ?? true else {
                    throw StoreError.badContent(
                        file: name, problems: ["\(place): its id is '\(id.prefix(80))', its property id is '\(cells["id"]!.prefix(80))'"])
                }
                cells["id"] = id
            }
            return Entry(kind: kind, values: RecordValues(cells: cells, geometry: feature.geometry, place: place, isFeature: true))
        }
    }

    private static func text(_ value: PropertyValue) -> String {
        switch value {
        case .null: ""
        case .string(let s): s
        case .array(let elements): elements.map(text).joined(separator: " ")
        default: String(decoding: value.json, as: UTF8.self)
        }
    }

    /// All records of a store as one feature collection from which they come back.
    package static func geoJSON(_ entries: [Entry]) -> [UInt8] {
        let features = entries.map { entry in
            var properties: Properties = ["record": .string(entry.kind.name)]
            for column in entry.kind.columns {
                properties.append(column.name, PropertyValue(entry.values.cells[column.name].flatMap { $0.isEmpty ? nil : $0 }))
            }
            // The geometry has seven decimals: these have all of them. A platform without a point says so.
            for name in entry.kind.hasPoint ? ["lon", "lat"] : [] { properties.append(name, PropertyValue(entry.values.cells[name])) }
            return Feature(geometry: entry.values.geometry, properties: properties)
        }
        return GeoJSONWriter.featureCollection(features)
    }

    package static func csv(_ records: [RecordValues], kind: RecordKind) -> [UInt8] {
        var csv = CSVWriter(columns: kind.fieldNames)
        for record in records { csv.row(kind.fieldNames.map { record.cells[$0] ?? "" }) }
        return Array(csv.text.utf8)
    }

    private static func detect(_ fields: [String]) -> RecordKind? {
        let fields = Set(fields)
        if fields.isSuperset(of: ["platform", "status"]) { return .period }
        if fields.contains("decision") { return .decision }
        if fields.contains("definition") || fields.contains("basis") { return .territory }
        if fields.isSuperset(of: ["cite", "position"]) { return .pole }
        if fields.isSuperset(of: ["cite", "kind"]) || fields.contains("location_accuracy") { return .platform }
        if fields.contains("form") || fields.contains("seat_platform") { return .cite }
        if fields.contains("title") { return .source }
        return nil
    }

    /// The field that a usual column name means; the name itself where it is none.
    private static func usualName(_ column: String) -> String {
        usualNames[foldedKey(column)] ?? column
    }

    private static let usualNames: [String: String] = [
        "longitude": "lon", "long": "lon", "lng": "lon", "x": "lon", "latitude": "lat", "y": "lat", "identifiant": "id", "nom": "name", "ville": "town",
        "commune": "town", "adresse": "address", "code postal": "postal_code", "postcode": "postal_code", "zip": "postal_code", "pays": "country",
        "telephone": "telephone", "tel": "telephone", "phone": "telephone", "courriel": "email", "mail": "email", "site web": "website", "url": "website",
        "horaires": "hours", "opening hours": "hours", "services": "services", "date debut": "start", "date fin": "end", "statut": "status",
        "cite des metiers": "cite", "type": "kind", "precision": "location_accuracy",
    ]
}
