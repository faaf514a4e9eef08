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

    /// All of them, for an officer.
    var everything: NetworkRecords {
        records { _ in
            true
        } platform: { _ in
            true
        }
    }

    /// A row that cannot be read.
    struct Unreadable: Hashable {
        var table: String
        var fid: DatabaseValue
    }

    /// Throws `StoreError.badContent` for rows that cannot be read, naming them and what mends them.
    static func fetch(_ db: Database) throws -> RecordRows {
        let (rows, bad) = try readable(db)
        guard bad.isEmpty else {
            throw StoreError.badContent(
                file: "network.gpkg",
                problems: bad.prefix(20).map(\.problem) + [
                    "what cannot be read was written by another program: 'maillage doctor' lists it all, 'maillage network set ID FIELD=VALUE' mends a Cité or "
                        + "platform, 'maillage network undo CHANGE' brings back any record, 'maillage network history' shows the changes"
                ])
        }
        return rows
    }

    /// The rows that can be read, and what is wrong with the others.
    static func readable(_ db: Database) throws -> (rows: RecordRows, bad: [(row: Unreadable, problem: String)]) {
        var rows = RecordRows()
        var bad: [(row: Unreadable, problem: String)] = []
        func all<T>(_ table: String, _ db: Database, id: (T) -> String? = { _ in nil }, _ make: (RecordRow) throws -> T) throws -> [T] {
            var out: [T] = []
            var ids: Set<String> = []
            let cursor = try Row.fetchCursor(db, sql: "SELECT * FROM \(table) ORDER BY fid")
            while let row = try cursor.next() {
                do {
                    let record = try make(RecordRow(table: table, row: row))
                    // Two texts that SQLite tells apart can be one: up to a NUL, or an accent composed or not.
                    if let id = id(record), !ids.insert(id).inserted {
                        throw StoreError.badContent(file: "", problems: ["table \(table) fid \(row["fid"] as DatabaseValue): the id '\(id)' stands twice"])
                    }
                    out.append(record)
                } catch let StoreError.badContent(_, problems) {
                    bad.append((Unreadable(table: table, fid: row["fid"]), problems[0]))
                }
            }
            return out
        }
        rows.sources = try all("sources", db, id: \Source.id) { r in
            Source(id: try r.need("id"), title: try r.need("title"), date: try r.date("date"), reference: try r.maybe("reference"), note: try r.maybe("note"))
        }
        rows.cites = try all("cites", db, id: \Cite.id) { r in
            Cite(
                id: try r.need("id"), name: try r.need("name"), localName: try r.maybe("local_name"), country: try r.need("country"), form: try r.code("form"),
                zone: try r.maybe("zone"), bearer: try r.maybe("bearer"), bearerType: try r.maybe("bearer_type"), seat: try r.seat(),
                member: try r.maybe("member"),
                website: try r.maybe("website"), visibility: try r.code("visibility"), provenance: try r.provenance())
        }
        rows.platforms = try all("platforms", db, id: \Platform.id) { r in
            Platform(
                id: try r.need("id"), cite: try r.need("cite"), kind: try r.code("kind"), name: try r.need("name"), localName: try r.maybe("local_name"),
                location: try r.point(), locationAccuracy: try r.code("location_accuracy"),
                locality: (try r.maybe("locality") as Int64?).map(String.init), area: try r.maybe("area"), country: try r.need("country"),
                timeZone: try r.maybe("timezone"),
                contact: Contact(
                    address: try r.maybe("address"), postalCode: try r.maybe("postal_code"), town: try r.maybe("town"), telephone: try r.maybe("telephone"),
                    email: try r.maybe("email"), website: try r.maybe("website")),
                host: try r.maybe("host"), hostType: try r.maybe("host_type"), floorArea: try r.maybe("floor_area_m2"), counsellors: try r.maybe("counsellors"),
                hours: try r.maybe("hours"), services: try r.codes("services"), modalities: try r.codes("modalities"),
                declaredDistance: try r.maybe("declared_distance_m"), visibility: try r.code("visibility"), provenance: try r.provenance())
        }
        rows.periods = try all("platform_periods", db) { r in
            PlatformPeriod(
                platform: try r.need("platform"), status: try r.code("status"), start: try r.date("start_date"), end: try r.optionalDate("end_date"),
                provenance: try r.provenance())
        }
        rows.decisions = try all("label_decisions", db) { r in
            LabelDecision(
                cite: try r.need("cite"), date: try r.date("date"), decision: try r.code("decision"), body: try r.maybe("body"),
                document: try r.maybe("document"), provenance: try r.provenance())
        }
        rows.territories = try all("territories", db) { r in
            TerritoryVersion(
                cite: try r.need("cite"), start: try r.date("start_date"), end: try r.optionalDate("end_date"), definition: try r.maybe("definition"),
                basis: try r.code("basis"), geometry: (try r.maybe("geom") as StoredGeometry?)?.geometry, provenance: try r.provenance())
        }
        rows.poles = try all("poles", db) { r in
            Pole(
                cite: try r.need("cite"), position: try r.need("position"), name: try r.need("name"), language: try r.need("language"),
                service: try r.optionalCode("service"), provenance: try r.provenance())
        }
        return (rows, bad)
    }
}

/// One row, and how its columns become values.
struct RecordRow {
    let table: String
    let row: Row

    func bad(_ column: String, _ accepted: String) -> StoreError {
        let value = row[column] as DatabaseValue
        let shown = value.isNull ? "nothing" : String.fromDatabaseValue(value) ?? value.description
        let id = row.hasColumn("id") ? String.fromDatabaseValue(row["id"]).map { " (\(plainLine(String($0.prefix(80)))))" } ?? "" : ""
        return .badContent(
            file: "network.gpkg",
            problems: ["table \(table) fid \(row["fid"] as DatabaseValue)\(id): \(column) is '\(plainLine(String(shown.prefix(80))))'; expected \(accepted)"])
    }

    /// A value of the type asked for, or nil where the column is null.
    func maybe<T: DatabaseValueConvertible>(_ column: String) throws -> T? {
        let value = row[column] as DatabaseValue
        guard !value.isNull else { return nil }
        guard let converted = T.fromDatabaseValue(value) else { throw bad(column, "a value of type \(T.self)") }
        return converted
    }

    func need<T: DatabaseValueConvertible>(_ column: String) throws -> T {
        guard let value = try maybe(column) as T? else { throw bad(column, "a value of type \(T.self)") }
        return value
    }

    func code<T: RawRepresentable & CaseIterable>(_ column: String) throws -> T where T.RawValue == String {
        guard let text = try maybe(column) as String?, let value = T(rawValue: text) else { throw bad(column, list(T.self)) }
        return value
    }

    func optionalCode<T: RawRepresentable & CaseIterable>(_ column: String) throws -> T? where T.RawValue == String {
        try maybe(column) as String? == nil ? nil : try code(column) as T
    }

    /// Codes separated by spaces; nil where the column is null.
    func codes<T: RawRepresentable & CaseIterable>(_ column: String) throws -> [T]? where T.RawValue == String {
        guard let text = try maybe(column) as String? else { return nil }
        return try text.split(separator: " ").map { word in
            guard let value = T(rawValue: String(word)) else { throw bad(column, "codes among \(list(T.self))") }
            return value
        }
    }

    private func list<T: RawRepresentable & CaseIterable>(_ type: T.Type) -> String where T.RawValue == String {
        T.allCases.map(\.rawValue).joined(separator: ", ")
    }

    func date(_ column: String) throws -> PartialDate {
        guard let date = PartialDate(try maybe(column) ?? "") else { throw bad(column, PartialDate.acceptedForms) }
        return date
    }

    func optionalDate(_ column: String) throws -> PartialDate? {
        try maybe(column) as String? == nil ? nil : try date(column)
    }

    func provenance() throws -> Provenance {
        Provenance(source: try need("source"), verified: try date("verified"), note: try maybe("note"))
    }

    func point() throws -> Coordinate? {
        guard let stored = try maybe("geom") as StoredGeometry? else { return nil }
        guard case .point(let c) = stored.geometry else { throw bad("geom", "a point") }
        return c.isEmpty ? nil : c
    }

    func seat() throws -> Seat {
        let note = try maybe("seat_note") as String?
        if let id = try maybe("seat_platform") as String? { return .platform(id: id, note: note) }
        if let lon = try maybe("seat_lon") as Double?, let lat = try maybe("seat_lat") as Double? {
            return .point(Coordinate(x: lon, y: lat), note: note)
        }
        return .unknown(reason: note ?? "no source gives it")
    }
}
