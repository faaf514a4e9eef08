internal import CiteNetwork

/// A kind of network record as files give it: its columns, what each may hold, and what makes two records the same.
///
/// The one description that GeoData, imports, exports and the editing commands share.
package struct RecordKind: Sendable {
    package enum Content: Sendable {
        /// One line.
        case text
        /// Lines of text.
        case prose
        /// A number in a range; `unit` as an error names it.
        case number(in: ClosedRange<Double>, unit: String)
        case integer
        case boolean
        case date
        case code([String])
        /// Codes separated by spaces.
        case codes([String])
        /// Opening hours in the subset of the OpenStreetMap syntax that is read.
        case hours
        /// A list of areas such as `+FR-30 -epci:243000643`.
        case territory
        /// The id of a record of another table.
        case reference(table: String)
        /// The code of an area; of a country alone, where that is asked for.
        case area(isCountry: Bool)
        /// The GeoNames id of a locality of the gazetteer.
        case locality
        /// The IANA name of a time zone.
        case timeZone
        /// An address of http or https.
        case website
    }

    package struct Column: Sendable {
        /// The name in files and on the command line.
        package var name: String
        /// The name in the store.
        package var stored: String
        package var content: Content
        package var isRequired: Bool
    }

    /// The name in files and commands: `platform`.
    package var name: String
    package var table: String
    /// The columns, by stored name, that tell one record from another.
    package var key: [String]
    package var columns: [Column]
    /// Whether `lon` and `lat` make a point.
    package var hasPoint = false

    package func column(named name: String) -> Column? { columns.first { $0.name == name } }

    /// Every name a file may use, the point's included.
    package var fieldNames: [String] { columns.map(\.name) + (hasPoint ? ["lon", "lat"] : []) }
}

func field(_ name: String, _ content: RecordKind.Content = .text, required: Bool = false, stored: String? = nil) -> RecordKind.Column {
    RecordKind.Column(name: name, stored: stored ?? name, content: content, isRequired: required)
}

func codeList<T: RawRepresentable & CaseIterable>(_ type: T.Type) -> [String] where T.RawValue == String { T.allCases.map(\.rawValue) }

private let provenance = [
    field("note", .prose), field("source", .reference(table: "sources"), required: true), field("verified", .date),
]

extension RecordKind {
    package static let source = RecordKind(
        name: "source", table: "sources", key: ["id"],
        columns: [field("id", required: true), field("title", required: true), field("date", .date), field("reference"), field("note", .prose)])

    package static let cite = RecordKind(
        name: "cite", table: "cites", key: ["id"],
        columns: [
            field("id", required: true), field("name", required: true), field("local_name"), field("country", .area(isCountry: true), required: true),
            field("form", .code(codeList(CiteForm.self)), required: true), field("zone"), field("bearer"), field("bearer_type"),
            field("seat_platform", .reference(table: "platforms")), field("seat_lon", .number(in: -180...180, unit: "degrees of longitude")),
            field("seat_lat", .number(in: -90...90, unit: "degrees of latitude")),
            field("seat_note", .prose), field("member", .boolean), field("website", .website), field("visibility", .code(codeList(Visibility.self))),
        ] + provenance)

    package static let platform = RecordKind(
        name: "platform", table: "platforms", key: ["id"],
        columns: [
            field("id", required: true), field("cite", .reference(table: "cites"), required: true),
            field("kind", .code(codeList(PlatformKind.self)), required: true), field("name", required: true), field("local_name"), field("town"),
            field("locality", .locality), field("address", .prose), field("postal_code"), field("area", .area(isCountry: false)),
            field("country", .area(isCountry: true), required: true),
            field("location_accuracy", .code(codeList(LocationAccuracy.self)), required: true), field("timezone", .timeZone), field("host"),
            field("host_type"), field("floor_area_m2", .number(in: 0...1_000_000, unit: "m²")),
            field("counsellors", .number(in: 0...10_000, unit: "counsellors")), field("hours", .hours),
            field("services", .codes(codeList(ServiceCode.self))), field("modalities", .codes(codeList(Modality.self))), field("telephone"),
            field("email"), field("website", .website), field("declared_distance_m", .number(in: 0...20_037_508, unit: "metres")),
            field("visibility", .code(codeList(Visibility.self))),
        ] + provenance, hasPoint: true)

    package static let period = RecordKind(
        name: "period", table: "platform_periods", key: ["platform", "status", "start_date"],
        columns: [
            field("platform", .reference(table: "platforms"), required: true), field("status", .code(codeList(PlatformStatus.self)), required: true),
            field("start", .date, stored: "start_date"), field("end", .date, stored: "end_date"),
        ] + provenance)

    package static let decision = RecordKind(
        name: "decision", table: "label_decisions", key: ["cite", "decision", "date"],
        columns: [
            field("cite", .reference(table: "cites"), required: true), field("date", .date),
            field("decision", .code(codeList(LabelDecisionKind.self)), required: true), field("body"), field("document"),
        ] + provenance)

    package static let territory = RecordKind(
        name: "territory", table: "territories", key: ["cite", "start_date", "definition"],
        columns: [
            field("cite", .reference(table: "cites"), required: true), field("start", .date, stored: "start_date"),
            field("end", .date, stored: "end_date"), field("definition", .territory), field("basis", .code(codeList(TerritoryBasis.self)), required: true),
        ] + provenance)

    package static let pole = RecordKind(
        name: "pole", table: "poles", key: ["cite", "position"],
        columns: [
            field("cite", .reference(table: "cites"), required: true), field("position", .integer, required: true), field("name", required: true),
            field("language", required: true), field("service", .code(codeList(ServiceCode.self))),
        ] + provenance)

    /// Every kind of the network, referred-to before referring.
    package static let all = [source, cite, platform, period, decision, territory, pole]

    package static func named(_ name: String) -> RecordKind? { all.first { $0.name == name || $0.table == name } }
}
