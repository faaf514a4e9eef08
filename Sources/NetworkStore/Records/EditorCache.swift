internal import GRDB

/// What the checks of one transaction need again and again, made once: it lives no longer than its editor.
final class EditorCache {
    private let db: Database
    /// Whether a point lies in the country stated for it.
    private(set) lazy var countries = StatedCountries(db)
    private var oddIDs: [String: Set<String>]?
    private var latestDay: String?

    init(_ db: Database) { self.db = db }

    /// The ids of a table that another program wrote with capitals, by their form without.
    func oddIDs(of table: String) throws -> Set<String> {
        if let oddIDs { return oddIDs[table] ?? [] }
        var found: [String: Set<String>] = [:]
        for table in ["sources", "cites", "platforms"] {
            found[table] = try String.fetchSet(db, sql: "SELECT lower(id) FROM \(table) WHERE id <> lower(id)")
        }
        oddIDs = found
        return found[table] ?? []
    }

    /// The day it is where it is latest (UTC+14): what is verified after it is verified in the future.
    func latestDayAnywhere() throws -> String {
        if let latestDay { return latestDay }
        let day = try String.fetchOne(db, sql: "SELECT date('now', '+14 hours')") ?? "9999-12-31"
        latestDay = day
        return day
    }
}
