internal import GRDB
internal import CiteNetwork
internal import GeoModel
internal import GeoPackage

/// The rows of the network tables as records. A row that a foreign hand made unreadable (an unknown code, a malformed date) is an
/// error that names it, not a record left out.
struct RecordRows {
    var cites: [Cite] = []
    var platforms: [Platform] = []
    var periods: [PlatformPeriod] = []
    var decisions: [LabelDecision] = []
    var territories: [TerritoryVersion] = []
    var poles: [Pole] = []
    var sources: [Source] = []

    func records(cite isSeen: (String) -> Bool, platform isSeenPlatform: (Platform) -> Bool) -> NetworkRecords {
        let seen = platforms.filter(isSeenPlatform)
        let ids = Set(seen.map(\.id))
        return NetworkRecords(
            cites: cites.filter { isSeen($0.id) }, platforms: seen, periods: periods.filter { ids.contains($0.platform) },
            decisions: decisions.filter { isSeen($0.cite) }, territories: territories.filter { isSeen($0.cite) },
            poles: poles.filter { isSeen($0.cite) }, sources: sources)
    }

    static func fetch(_ db: Database) throws -> RecordRows {
        var rows = RecordRows()
        rows.sources = try all("sources", db) { r in
            Source(id: r.row["id"], title: r.row["title"], date: try r.date("date"), reference: r.row["reference"], note: r.row["note"])
        }
        rows.cites = try all("cites", db) { r in
            Cite(
                id: r.row["id"], name: r.row["name"], localName: r.row["local_name"], country: r.row["country"], form: try r.code("form"),
                zone: r.row["zone"], bearer: r.row["bearer"], bearerType: r.row["bearer_type"], seat: r.seat, member: r.row["member"],
                website: r.row["website"], visibility: try r.code("visibility"), provenance: try r.provenance())
        }
        rows.platforms = try all("platforms", db) { r in
            Platform(
                id: r.row["id"], cite: r.row["cite"], kind: try r.code("kind"), name: r.row["name"], localName: r.row["local_name"],
                location: try r.point(), locationAccuracy: try r.code("location_accuracy"),
                locality: (r.row["locality"] as Int64?).map(String.init), area: r.row["area"], country: r.row["country"],
                timeZone: r.row["timezone"],
                contact: Contact(
                    address: r.row["address"], postalCode: r.row["postal_code"], town: r.row["town"], telephone: r.row["telephone"],
                    email: r.row["email"], website: r.row["website"]),
                host: r.row["host"], hostType: r.row["host_type"], floorArea: r.row["floor_area_m2"], counsellors: r.row["counsellors"],
                hours: r.row["hours"], services: try r.codes("services"), modalities: try r.codes("modalities"),
                declaredDistance: r.row["declared_distance_m"], visibility: try r.code("visibility"), provenance: try r.provenance())
        }
        rows.periods = try all("platform_periods", db) { r in
            PlatformPeriod(
                platform: r.row["platform"], status: try r.code("status"), start: try r.date("start_date"), end: try r.optionalDate("end_date"),
                provenance: try r.provenance())
        }
        rows.decisions = try all("label_decisions", db) { r in
            LabelDecision(
                cite: r.row["cite"], date: try r.date("date"), decision: try r.code("decision"), body: r.row["body"],
                document: r.row["document"], provenance: try r.provenance())
        }
        rows.territories = try all("territories", db) { r in
            TerritoryVersion(
                cite: r.row["cite"], start: try r.date("start_date"), end: try r.optionalDate("end_date"), definition: r.row["definition"],
                basis: try r.code("basis"), geometry: (r.row["geom"] as StoredGeometry?)?.geometry, provenance: try r.provenance())
        }
        rows.poles = try all("poles", db) { r in
            Pole(
                cite: r.row["cite"], position: r.row["position"], name: r.row["name"], language: r.row["language"],
                service: try r.optionalCode("service"), provenance: try r.provenance())
        }
        return rows
    }

    private static func all<T>(_ table: String, _ db: Database, _ make: (RecordRow) throws -> T) throws -> [T] {
        var out: [T] = []
        let cursor = try Row.fetchCursor(db, sql: "SELECT * FROM \(table) ORDER BY fid")
        while let row = try cursor.next() { out.append(try make(RecordRow(table: table, row: row))) }
        return out
    }
}

/// One row, and how its columns become values.
private struct RecordRow {
    let table: String
    let row: Row

    private func bad(_ column: String, _ accepted: String) -> StoreError {
        let value = (row[column] as String?) ?? "nothing"
        return .badContent(
            file: "network.gpkg", problems: ["table \(table) fid \(row["fid"] as Int64): \(column) is '\(value)'; expected \(accepted)"])
    }

    func code<T: RawRepresentable & CaseIterable>(_ column: String) throws -> T where T.RawValue == String {
        guard let text = row[column] as String?, let value = T(rawValue: text) else { throw bad(column, list(T.self)) }
        return value
    }

    func optionalCode<T: RawRepresentable & CaseIterable>(_ column: String) throws -> T? where T.RawValue == String {
        row[column] as String? == nil ? nil : try code(column) as T
    }

    /// Codes separated by spaces; nil where the column is null.
    func codes<T: RawRepresentable & CaseIterable>(_ column: String) throws -> [T]? where T.RawValue == String {
        guard let text = row[column] as String? else { return nil }
        return try text.split(separator: " ").map { word in
            guard let value = T(rawValue: String(word)) else { throw bad(column, "codes among \(list(T.self))") }
            return value
        }
    }

    private func list<T: RawRepresentable & CaseIterable>(_ type: T.Type) -> String where T.RawValue == String {
        T.allCases.map(\.rawValue).joined(separator: ", ")
    }

    func date(_ column: String) throws -> PartialDate {
        guard let date = PartialDate((row[column] as String?) ?? "") else { throw bad(column, PartialDate.acceptedForms) }
        return date
    }

    func optionalDate(_ column: String) throws -> PartialDate? {
        (row[column] as String?) == nil ? nil : try date(column)
    }

    func provenance() throws -> Provenance {
        Provenance(source: row["source"], verified: try date("verified"), note: row["note"])
    }

    func point() throws -> Coordinate? {
        guard let stored = row["geom"] as StoredGeometry? else { return nil }
        guard case .point(let c) = stored.geometry else { throw bad("geom", "a point") }
        return c.isEmpty ? nil : c
    }

    var seat: Seat {
        let note = row["seat_note"] as String?
        if let id = row["seat_platform"] as String? { return .platform(id: id, note: note) }
        if let lon = row["seat_lon"] as Double?, let lat = row["seat_lat"] as Double? { return .point(Coordinate(x: lon, y: lat), note: note) }
        return .unknown(reason: note ?? "no source gives it")
    }
}
