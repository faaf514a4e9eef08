internal import CiteNetwork

extension RecordKind {
    /// A scenario without its changes.
    package static let scenario = RecordKind(
        name: "scenario", table: "scenarios", key: ["id"],
        columns: [field("id", required: true), field("name", required: true), field("as_of", .date, required: true), field("area"), field("note", .prose)])

    package static let scenarioChange = RecordKind(
        name: "scenario change", table: "scenario_changes", key: ["scenario", "position"],
        columns: [
            field("scenario", .reference(table: "scenarios"), required: true), field("position", .integer, required: true),
            field("action", .code(["open", "close", "move", "change"]), required: true), field("platform", required: true), field("name"),
            field("cite", .reference(table: "cites")), field("kind", .code(codeList(PlatformKind.self))),
            field("location_accuracy", .code(codeList(LocationAccuracy.self))), field("locality", .locality), field("area", .area(isCountry: false)),
            field("country", .area(isCountry: true)), field("services", .codes(codeList(ServiceCode.self))),
            field("counsellors", .number(in: 0...10_000, unit: "counsellors")), field("floor_area_m2", .number(in: 0...1_000_000, unit: "m²")),
            field("hours", .hours), field("origin", .prose),
        ], hasPoint: true)

    /// Every kind that the change log keeps row by row: files of the network hold `all`, and no scenario.
    package static let logged = all + [scenario, scenarioChange]

    /// The kind of a table of the log.
    static func logged(_ table: String) -> RecordKind? { logged.first { $0.table == table } }
}
