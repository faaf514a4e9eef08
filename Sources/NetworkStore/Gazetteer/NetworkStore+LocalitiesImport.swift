internal import GRDB
internal import CiteNetwork
internal import GeoFormats
internal import GeoModel
internal import GeoPackage

extension NetworkStore {
    /// The columns of a gazetteer file, as those of `GeoData/localities`.
    package static let localityFileColumns = ["id", "name", "country", "area", "lat", "lon", "population", "timezone", "section_of", "alternates"]

    /// Adds localities from a gazetteer file laid out as those of `GeoData/localities`, and changes those whose ids are there. All or
    /// nothing; the same file twice leaves the same. Alternate names that the store has and the file has not stay.
    ///
    /// Throws `StoreError.badContent` with every bad row up to fifty.
    package func importLocalities(
        _ bytes: [UInt8], file name: String, isDryRun: Bool = false, progress: (Int, Int) -> Void = { _, _ in }
    ) throws -> LocalitiesImport {
        let table: CSVReader
        do { table = try CSVReader(bytes, delimiter: ",") } catch {
            throw StoreError.badContent(file: name, problems: ["\(error.place): \(error.problem)"])
        }
        let areas = try file.read { db in try String.fetchSet(db, sql: "SELECT code FROM areas") }
        let countries = StatedCountries(file)
        var far = 0
        var ids: Set<Int64> = []
        let rows = try RecordTable(table, file: name).map(columns: Self.localityFileColumns) { row -> (locality: LocalityRow, line: Int) in
            let locality = try LocalityRow(row)
            guard ids.insert(locality.id).inserted else { throw row.problem("id", "an id that no other row has") }
            if let area = locality.area { guard areas.contains(area) else { throw row.problem("area", "the code of an area, or nothing") } }
            far += try isFar(row, locality.location, in: locality.country, countries) ? 1 : 0
            return (locality, row.line)
        }
        var outcome = try write(isDryRun: isDryRun) { db in
            var outcome = LocalitiesImport(
                kind: .localities, rows: rows.count, added: 0, changed: 0, removed: 0, unchanged: 0, withoutLocality: 0,
                countries: Set(rows.map(\.locality.country)).sorted())
            outcome.farFromCountry = far
            for (i, row) in rows.enumerated() {
                if i % 1000 == 0 { progress(i, rows.count) }
                switch try Self.upsert(row.locality, db) {
                case .added: outcome.added += 1
                case .changed: outcome.changed += 1
                case .unchanged: outcome.unchanged += 1
                }
            }
            for (row, line) in rows {
                guard let town = row.section else { continue }
                let isThere = try Bool.fetchOne(db, sql: "SELECT count(*) FROM localities WHERE id = ?", arguments: [town]) ?? false
                guard isThere else {
                    throw StoreError.badContent(file: name, problems: ["line \(line): section_of is '\(town)'; expected the id of a locality, or nothing"])
                }
            }
            try SearchIndex.refresh(in: db)
            if outcome.added + outcome.changed > 0 { try CoreTables.touch(["localities", "locality_names"], in: db) }
            progress(rows.count, rows.count)
            return outcome
        }
        if let note = Self.encodingNote(table.encoding, file: name) { outcome.notes.append(note) }
        return outcome
    }

    /// Whether a row lies far from the country it states. Throws where its coordinates are swapped.
    func isFar(_ row: RecordCells, _ location: Coordinate, in country: String, _ countries: StatedCountries) throws -> Bool {
        switch try countries.verdict(location, in: country) {
        case .plausible: return false
        case .far: return true
        case .swapped: throw row.problem("lat", "a point in \(country), where it lies once latitude and longitude are exchanged")
        }
    }

    private enum Change { case added, changed, unchanged }

    private static func upsert(_ row: LocalityRow, _ db: Database) throws -> Change {
        let geometry = StoredGeometry(.point(row.location))
        let old = try locality(id: row.id, db)
        var change = Change.unchanged
        let values: StatementArguments = [geometry, row.name, row.country, row.area, row.population, row.timeZone, row.section, row.id]
        if let old {
            let isSame =
                old.name == row.name && old.country == row.country && old.area == row.area && old.location == row.location
                && old.population == row.population && old.timeZone == row.timeZone && old.sectionOf == row.section
            if !isSame {
                try db.cachedStatement(
                    sql: """
                        UPDATE localities SET geom = ?, name = ?, country = ?, area = ?, population = ?, timezone = ?, section_of = ? WHERE id = ?
                        """
                ).execute(arguments: values)
                change = .changed
            }
        } else {
            try db.cachedStatement(
                sql: "INSERT INTO localities (geom, name, country, area, population, timezone, section_of, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            ).execute(arguments: values)
            change = .added
        }
        var known = Set(
            try String.fetchAll(db.cachedStatement(sql: "SELECT key FROM locality_names WHERE locality = ?"), arguments: [row.id]))
        for (name, key) in row.names where known.insert(key).inserted {
            try db.cachedStatement(sql: "INSERT INTO locality_names (locality, name, key, rank) VALUES (?, ?, ?, ?)")
                .execute(arguments: [row.id, name, key, row.rank])
            if change == .unchanged { change = .changed }
        }
        return change
    }
}

/// A row of a gazetteer file.
struct LocalityRow {
    var id: Int64
    var name: String
    var country: String
    var area: String?
    var location: Coordinate
    var population: Double
    var timeZone: String?
    var section: Int64?
    /// Main and alternate, each with its folded key, no key twice.
    var names: [(name: String, key: String)]

    var rank: Int { SearchIndex.rank(population: population, isSection: section != nil) }

    init(_ row: RecordCells) throws {
        guard let id = try row.integer("id") else { throw row.problem("id", "a GeoNames id") }
        guard let at = try row.position("lon", "lat") else { throw row.problem("lon", "a longitude") }
        self.id = id
        name = try row.text("name")
        country = try row.text("country")
        area = row["area"]
        location = Coordinate(x: at.lon, y: at.lat)
        population = try row.number("population") ?? 0
        guard population >= 0 else { throw row.problem("population", "a number of people from 0, or nothing") }
        timeZone = row["timezone"]
        if let timeZone, !RecordKind.Column.isTimeZone(timeZone) { throw row.problem("timezone", "an IANA time zone such as Europe/Paris, or nothing") }
        section = try row.integer("section_of")
        var seen: Set<String> = []
        names = ([name] + (row["alternates"] ?? "").split(separator: "|").map(String.init)).compactMap { name in
            let key = foldedKey(name)
            return !key.isEmpty && seen.insert(key).inserted ? (name, key) : nil
        }
    }
}
