internal import GRDB
internal import GeoModel
internal import GeoPackage

extension NetworkStore {
    /// Takes the places of postal codes from a table: for each code in it, its places replace those the store had. All or nothing;
    /// the same table twice leaves the same.
    ///
    /// - Parameters:
    ///   - file: how the table is named in errors.
    ///   - isDryRun: whether only to say what would be done.
    ///   - progress: rows done and rows in all.
    /// Throws `StoreError.badContent` with every bad row up to fifty. O(rows + places of their countries).
    package func importPostalCodes(
        _ bytes: [UInt8], file name: String, columns: PostalColumns = PostalColumns(), isDryRun: Bool = false,
        progress: (Int, Int) -> Void = { _, _ in }
    ) throws -> LocalitiesImport {
        let table = try PostalTable(bytes, file: name, columns: columns)
        let countries = StatedCountries(file)
        var far = 0
        let rows = try table.records.map(positions: table.positions) { row -> PostalRow in
            guard let at = try row.position("lon", "lat") else { throw row.problem("lat", "a latitude, and a longitude beside it") }
            let country = try table.country ?? row.text("country").uppercased()
            guard country.utf8.count == 2, country.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
                throw row.problem("country", "a code of two letters, such as FR")
            }
            let code = try row.text("code")
            guard !postalKey(code).isEmpty else { throw row.problem("code", "letters or digits") }
            far += try isFar(row, Coordinate(x: at.lon, y: at.lat), in: country, countries) ? 1 : 0
            return PostalRow(
                code: code, country: country, place: try row.text("place"), location: Coordinate(x: at.lon, y: at.lat),
                divisions: [row["province"], row["state"]].compactMap { $0 },
                isChief: isChief(try row.text("place"), of: row["division"] ?? ""))
        }
        var outcome = try write(isDryRun: isDryRun) { db in
            var outcome = try PostalImport(rows, db).run(progress)
            outcome.farFromCountry = far
            return outcome
        }
        if let note = table.records.encodingNote { outcome.notes.append(note) }
        return outcome
    }

    /// Runs a writing body, and takes back what it wrote in a dry run.
    func write(isDryRun: Bool, _ body: (Database) throws -> LocalitiesImport) throws -> LocalitiesImport {
        struct DryRun: Error { var outcome: LocalitiesImport }
        do {
            return try file.write { db in
                let outcome = try body(db)
                if isDryRun { throw DryRun(outcome: outcome) }
                return outcome
            }
        } catch let dry as DryRun {
            return dry.outcome
        }
    }
}

struct PostalRow {
    var code: String
    var country: String
    var place: String
    var location: Coordinate
    /// Codes of the divisions it lies in, the finest first, without the country.
    var divisions: [String]
    /// Whether it is the place that its division is named after.
    var isChief: Bool
}

/// Whether a place gives its name to a division, article or not: Le Vigan to the arrondissement of Vigan.
private func isChief(_ place: String, of division: String) -> Bool {
    let (place, division) = (withoutDistrict(foldedKey(place)), foldedKey(division))
    return !division.isEmpty && (place == division || place.hasSuffix(" " + division))
}

private struct PostalImport {
    /// What makes two rows the same.
    struct Identity: Hashable {
        var country: String
        var code: String
        var place: String
        var location: Coordinate
    }

    let rows: [PostalRow]
    let db: Database
    let areas: Set<String>
    let matcher: LocalityMatcher

    init(_ rows: [PostalRow], _ db: Database) throws {
        self.rows = rows
        self.db = db
        areas = try String.fetchSet(db, sql: "SELECT code FROM areas")
        matcher = try LocalityMatcher(countries: Set(rows.map(\.country)), db)
    }

    func run(_ progress: (Int, Int) -> Void) throws -> LocalitiesImport {
        let countries = Set(rows.map(\.country)).sorted()
        var outcome = LocalitiesImport(
            kind: .postalCodes, rows: rows.count, added: 0, changed: 0, removed: 0, unchanged: 0, withoutLocality: 0, countries: countries)
        let codes = Set(rows.map { [$0.country, $0.code] })
        var stored: [Identity: (fid: Int64, area: String?, locality: Int64?, isChief: Bool)] = [:]
        for country in countries {
            let cursor = try Row.fetchCursor(
                db, sql: "SELECT fid, code, place, geom, area, locality, is_chief FROM postal_codes WHERE country = ?", arguments: [country])
            while let row = try cursor.next() {
                guard let code = String.fromDatabaseValue(row[1]), codes.contains([country, code]), let place = String.fromDatabaseValue(row[2]),
                    case .point(let location)? = StoredGeometry.fromDatabaseValue(row[3])?.geometry
                else { continue }
                let area = String.fromDatabaseValue(row[4])
                let locality = Int64.fromDatabaseValue(row[5])
                let isChief = Bool.fromDatabaseValue(row[6]) ?? false
                let fid: Int64 = row[0]
                stored[Identity(country: country, code: code, place: place, location: location)] = (fid, area, locality, isChief)
            }
        }
        let insert = try db.makeStatement(
            sql: "INSERT INTO postal_codes (geom, code, key, country, place, area, locality, is_chief) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        let update = try db.makeStatement(sql: "UPDATE postal_codes SET area = ?, locality = ?, is_chief = ? WHERE fid = ?")
        var done: Set<Identity> = []
        for (i, row) in rows.enumerated() {
            if i % 1000 == 0 { progress(i, rows.count) }
            let identity = Identity(country: row.country, code: row.code, place: row.place, location: row.location)
            guard done.insert(identity).inserted else { continue }
            let locality = matcher.locality(of: row)
            let area = row.divisions.map { "\(row.country)-\($0)" }.first { areas.contains($0) } ?? locality?.area
            if locality == nil { outcome.withoutLocality += 1 }
            if let old = stored.removeValue(forKey: identity) {
                if old.area == area, old.locality == locality?.id, old.isChief == row.isChief {
                    outcome.unchanged += 1
                } else {
                    try update.execute(arguments: [area, locality?.id, row.isChief, old.fid])
                    outcome.changed += 1
                }
            } else {
                try insert.execute(arguments: [
                    StoredGeometry(.point(row.location)), row.code, postalKey(row.code), row.country, row.place, area, locality?.id, row.isChief,
                ])
                outcome.added += 1
            }
        }
        for old in stored.values { try db.execute(sql: "DELETE FROM postal_codes WHERE fid = ?", arguments: [old.fid]) }
        outcome.removed = stored.count
        if outcome.added + outcome.changed + outcome.removed > 0 { try CoreTables.touch(["postal_codes"], in: db) }
        progress(rows.count, rows.count)
        return outcome
    }
}
