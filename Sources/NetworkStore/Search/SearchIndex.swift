internal import GRDB
internal import GeoModel
internal import GeoPackage

/// The index by which names are found: folded names in `locality_names` and `platform_names`, their words in the full-text
/// table `search_words`.
///
/// Triggers of plain SQL keep the words true to the names, and note in `search_pending` each locality and platform that anyone
/// has written; what needs our folding is done by `refresh`, when a store is opened or a snapshot made.
///
/// A row of `search_words` has the number `rank << 32 | kind << 30 | fid`, so that FTS5, which finds rows in the order of their
/// numbers, finds towns before hamlets and can stop early.
enum SearchIndex {
    /// From 0 for the largest towns to 255.
    static func rank(population: Double, isSection: Bool) -> Int {
        var exponent = 0.0
        var rest = max(population, 0) + 1
        // An eighth of a doubling of the population makes one rank.
        while rest >= 2 { (rest, exponent) = (rest / 2, exponent + 8) }
        let whole = Int(exponent) + [1.0905, 1.1892, 1.2968, 1.4142, 1.5422, 1.6818, 1.8340].count { rest >= $0 }
        return min(255, max(0, 200 - whole) + (isSection ? 48 : 0))
    }

    /// Platforms are found between the towns of 200,000 people and those of 150,000.
    static let platformRank = 60

    static let tables = ["platform_names", "search_pending"]

    static func create(in db: Database) throws {
        try db.execute(sql: "ALTER TABLE locality_names ADD COLUMN rank INTEGER NOT NULL DEFAULT 255; DROP INDEX locality_names_by_key")
        try CoreTables.createAttributesTable(
            "platform_names", columns: "platform TEXT NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL, rank INTEGER NOT NULL DEFAULT 255",
            description: "Names of platforms and the folded form by which they are found; derived from platforms", in: db)
        try CoreTables.createAttributesTable(
            "search_pending", columns: "kind TEXT NOT NULL, ref TEXT NOT NULL",
            description: "Localities and platforms written since the search index was last refreshed", in: db)
        try db.execute(
            sql: """
                CREATE INDEX platform_names_by_platform ON platform_names(platform);
                CREATE INDEX locality_names_by_locality ON locality_names(locality);
                CREATE VIRTUAL TABLE search_words USING fts5(
                  key, content='', columnsize=0, detail=none, prefix='1 2 3 4 5', tokenize='unicode61 remove_diacritics 0');
                """)
        try createTriggers(in: db)
        try rebuild(in: db)
    }

    /// Makes the whole index anew, from the names as they stand. About 2 s for 200,000 names.
    static func rebuild(in db: Database) throws {
        try loading(in: db) {
            let update = try db.makeStatement(
                sql: "UPDATE locality_names SET key = ?, rank = ? WHERE fid = ? AND (key <> ?1 OR rank <> ?2)")
            let names = try Row.fetchCursor(
                db, sql: "SELECT n.fid, n.name, l.population, l.section_of NOT NULL FROM locality_names n JOIN localities l ON l.id = n.locality")
            while let row = try names.next() {
                // A name that a foreign hand made unreadable is found by nobody; 'doctor' tells of it.
                let fid: Int64 = row[0]
                let name = String.fromDatabaseValue(row[1]) ?? ""
                let people = Double.fromDatabaseValue(row[2]) ?? 0
                try update.execute(arguments: [foldedKey(name), rank(population: people, isSection: row[3]), fid])
            }
        }
        try db.execute(sql: "INSERT INTO search_pending (kind, ref) SELECT 'platform', id FROM platforms")
        try refresh(in: db)
    }

    /// Runs `load`, which fills `locality_names` (rank included) in bulk, without triggers and indexes, and makes them afterwards.
    static func loading(in db: Database, _ load: () throws -> Void) throws {
        for name in triggers.map(\.name) { try db.execute(sql: "DROP TRIGGER \(name)") }
        try db.execute(sql: "DROP INDEX IF EXISTS locality_names_by_key; DROP INDEX locality_names_by_locality")
        try load()
        try db.execute(
            sql: """
                CREATE INDEX locality_names_by_key ON locality_names(key, rank, locality);
                CREATE INDEX locality_names_by_locality ON locality_names(locality);
                INSERT INTO search_words(search_words) VALUES('delete-all');
                INSERT INTO search_words(rowid, key) SELECT \(number("n", kind: 0)), n.key FROM locality_names n ORDER BY 1;
                INSERT INTO search_words(rowid, key) SELECT \(number("n", kind: 1)), n.key FROM platform_names n ORDER BY 1;
                """)
        try createTriggers(in: db)
    }

    /// Whether something was written that the index does not know of yet. About 5 µs.
    static func isStale(_ db: Database) throws -> Bool {
        try Bool.fetchOne(db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM search_pending)")) ?? false
    }

    /// The names of localities that the index does not know of yet, main and others; at most a thousand.
    static func pendingLocalities(in db: Database) throws -> [(locality: Int64, name: String)] {
        try Row.fetchAll(
            db,
            sql: """
                WITH p AS (SELECT DISTINCT CAST(ref AS INTEGER) AS id FROM search_pending WHERE kind = 'locality' LIMIT 1000)
                SELECT id, name FROM localities WHERE id IN (SELECT id FROM p)
                UNION SELECT locality, name FROM locality_names WHERE locality IN (SELECT id FROM p)
                """
        ).compactMap { row in String.fromDatabaseValue(row[1]).map { (row[0], $0) } }
    }

    /// The ids of platforms that the index does not know of yet; at most a thousand.
    static func pendingPlatforms(in db: Database) throws -> [String] {
        try String.fetchAll(db, sql: "SELECT DISTINCT ref FROM search_pending WHERE kind = 'platform' LIMIT 1000")
    }

    /// Brings the names of what was written up to date. O(localities and platforms written).
    static func refresh(in db: Database) throws {
        guard try isStale(db) else { return }
        let localities = try Int64.fetchAll(db, sql: "SELECT DISTINCT CAST(ref AS INTEGER) FROM search_pending WHERE kind = 'locality'")
        let platforms = try String.fetchAll(db, sql: "SELECT DISTINCT ref FROM search_pending WHERE kind = 'platform'")
        for id in localities { try refreshLocality(id, in: db) }
        for id in platforms { try refreshPlatform(id, in: db) }
        try db.execute(sql: "DELETE FROM search_pending")
    }

    private static func refreshLocality(_ id: Int64, in db: Database) throws {
        guard
            let row = try Row.fetchOne(
                db.cachedStatement(sql: "SELECT name, population, section_of NOT NULL FROM localities WHERE id = ?"), arguments: [id])
        else {
            try db.execute(sql: "DELETE FROM locality_names WHERE locality = ?", arguments: [id])
            return
        }
        let name = String.fromDatabaseValue(row[0]) ?? ""
        let population = Double.fromDatabaseValue(row[1]) ?? 0
        let isSection: Bool = row[2]
        let rank = rank(population: population, isSection: isSection)
        let key = foldedKey(name)
        var hasName = false
        for other in try Row.fetchAll(
            db.cachedStatement(sql: "SELECT fid, name, key, rank FROM locality_names WHERE locality = ?"), arguments: [id])
        {
            let fid: Int64 = other[0]
            let otherName = String.fromDatabaseValue(other[1]) ?? ""
            let oldKey = String.fromDatabaseValue(other[2]) ?? ""
            let oldRank = Int.fromDatabaseValue(other[3]) ?? -1
            let otherKey = foldedKey(otherName)
            hasName = hasName || otherKey == key
            if otherKey != oldKey || rank != oldRank {
                try db.execute(sql: "UPDATE locality_names SET key = ?, rank = ? WHERE fid = ?", arguments: [otherKey, rank, fid])
            }
        }
        if !hasName, !key.isEmpty {
            try db.execute(sql: "INSERT INTO locality_names (locality, name, key, rank) VALUES (?, ?, ?, ?)", arguments: [id, name, key, rank])
        }
    }

    private static func refreshPlatform(_ id: String, in db: Database) throws {
        try db.execute(sql: "DELETE FROM platform_names WHERE platform = ?", arguments: [id])
        guard let row = try Row.fetchOne(db, sql: "SELECT name, local_name, town FROM platforms WHERE id = ?", arguments: [id]) else { return }
        var seen: Set<String> = []
        let names = (0..<3).map { String.fromDatabaseValue(row[$0]) }
        for name in names.compactMap({ $0 }) {
            let key = foldedKey(name)
            guard !key.isEmpty, seen.insert(key).inserted else { continue }
            try db.execute(
                sql: "INSERT INTO platform_names (platform, name, key, rank) VALUES (?, ?, ?, ?)", arguments: [id, name, key, platformRank])
        }
    }

    /// Writes the words without what was deleted, so that no trace of it stays in the index.
    static func purge(in db: Database) throws {
        try db.execute(sql: "INSERT INTO search_words(search_words) VALUES('optimize')")
    }

    private static func number(_ row: String, kind: Int) -> String { "(\(row).rank << 32 | \(kind << 30) | \(row).fid)" }

    /// The kind and fid of a row of `search_words`.
    static func parts(ofNumber number: Int64) -> (isPlatform: Bool, fid: Int64) { (number >> 30 & 3 == 1, number & 0x3FFF_FFFF) }

    private static let triggers: [(name: String, body: String)] = {
        var out: [(String, String)] = []
        for (kind, table) in ["locality_names", "platform_names"].enumerated() {
            let remove = "INSERT INTO search_words(search_words, rowid, key) VALUES('delete', \(number("OLD", kind: kind)), OLD.key);"
            let add = "INSERT INTO search_words(rowid, key) VALUES (\(number("NEW", kind: kind)), NEW.key);"
            out += [
                ("search_\(table)_insert", "AFTER INSERT ON \(table) BEGIN \(add) END"),
                ("search_\(table)_delete", "AFTER DELETE ON \(table) BEGIN \(remove) END"),
                ("search_\(table)_update", "AFTER UPDATE OF fid, key, rank ON \(table) BEGIN \(remove) \(add) END"),
            ]
        }
        for (kind, table, key, columns) in [
            ("locality", "localities", "id", "id, name, population, section_of"), ("platform", "platforms", "id", "id, name, local_name, town"),
            ("locality", "locality_names", "locality", "locality, name"),
        ] {
            let note = { (row: String) in "INSERT INTO search_pending (kind, ref) VALUES ('\(kind)', \(row).\(key));" }
            out += [
                ("search_\(table)_written", "AFTER UPDATE OF \(columns) ON \(table) BEGIN \(note("OLD")) \(note("NEW")) END"),
                ("search_\(table)_added", "AFTER INSERT ON \(table) BEGIN \(note("NEW")) END"),
            ]
            if table != "locality_names" { out.append(("search_\(table)_removed", "AFTER DELETE ON \(table) BEGIN \(note("OLD")) END")) }
        }
        return out
    }()

    private static func createTriggers(in db: Database) throws {
        for trigger in triggers { try db.execute(sql: "CREATE TRIGGER \(trigger.name) \(trigger.body)") }
    }
}
