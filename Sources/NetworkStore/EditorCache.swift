internal import GRDB
internal import GeoModel
internal import GeoPackage
internal import GeometryEngine

/// What the checks of one transaction need again and again, made once: it lives no longer than its editor.
final class EditorCache {
    struct Country {
        /// The box of its polygon, give or take half a degree.
        var box: Envelope
        var shape: PreparedGeometry
    }

    private var countries: [String: Country?] = [:]
    private var oddIDs: [String: Set<String>]?
    private var latestDay: String?

    /// The polygon of a country, ready for many points; nil for one without.
    func country(_ code: String, _ db: Database) throws -> Country? {
        if let known = countries[code] { return known }
        let stored = try StoredGeometry.fetchOne(db, sql: "SELECT geom FROM areas WHERE code = ? AND geom NOT NULL", arguments: [code])
        let country = try stored.map { Country(box: $0.geometry.envelope.insetBy(dx: -0.5, dy: -0.5), shape: try PreparedGeometry($0.geometry)) }
        countries[code] = .some(country)
        return country
    }

    /// The ids of a table that another program wrote with capitals, by their form without.
    func oddIDs(of table: String, _ db: Database) throws -> Set<String> {
        if let oddIDs { return oddIDs[table] ?? [] }
        var found: [String: Set<String>] = [:]
        for table in ["sources", "cites", "platforms"] {
            found[table] = try String.fetchSet(db, sql: "SELECT lower(id) FROM \(table) WHERE id <> lower(id)")
        }
        oddIDs = found
        return found[table] ?? []
    }

    /// The day it is where it is latest (UTC+14): what is verified after it is verified in the future.
    func latestDay(_ db: Database) throws -> String {
        if let latestDay { return latestDay }
        let day = try String.fetchOne(db, sql: "SELECT date('now', '+14 hours')") ?? "9999-12-31"
        latestDay = day
        return day
    }
}
