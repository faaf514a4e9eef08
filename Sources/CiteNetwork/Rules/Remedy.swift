/// The commands that settle findings, in one place.
enum Remedy {
    static func set(_ id: String, _ field: String, _ example: String) -> String {
        "maillage network set \(id) " + (example.contains { !$0.isLetter && !$0.isNumber && $0 != "_" } ? "'\(field)=\(example)'" : "\(field)=\(example)")
    }

    static func place(_ platform: String) -> String { "maillage network set \(platform) lat=LAT lon=LON location_accuracy=venue" }

    static func seat(_ cite: String) -> String { "maillage network set \(cite) seat_lat=LAT seat_lon=LON" }

    static func territory(_ cite: String) -> String { "maillage network add territory cite=\(cite) definition=+CODE basis=stated source=ID" }

    static func decide(_ cite: String, _ decision: LabelDecisionKind) -> String {
        "maillage network decide \(cite) \(decision.rawValue) --date YYYY-MM-DD --source ID"
    }

    static func verify(_ id: String) -> String { "maillage network set \(id) source=ID verified=YYYY-MM-DD" }

    static func history(_ id: String) -> String { "maillage network history \(id)" }

    static func show(_ id: String) -> String { "maillage network show \(id)" }

    static let importAreas = "maillage areas import FILE"
}

extension RuleBook {
    /// The command that records the territory of a Cité.
    package static func territoryCommand(_ cite: String) -> String { Remedy.territory(cite) }
}
