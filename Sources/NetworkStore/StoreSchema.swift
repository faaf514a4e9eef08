internal import GRDB
internal import GeoPackage

/// The tables of `network.gpkg`, made and brought up to date by migrations, each in one transaction.
enum StoreSchema {
    /// Migrations in order; the schema version is their count. One that has been published never changes.
    static let migrations: [(name: String, apply: @Sendable (Database) throws -> Void)] = [
        ("areas, localities and the network", createFirstTables),
        ("the change log", ChangeLog.create),
        ("search and postal codes", createSearchTables),
        ("a log that only grows, change by change, and that knows areas", ChangeLog.extend),
        ("scenarios", createScenarios),
    ]

    /// Tables whose records people keep, as opposed to those derived from them.
    static let networkTables = ["sources", "cites", "platforms", "platform_periods", "label_decisions", "territories", "poles"]
    /// Plans for the network, logged as it is.
    static let scenarioTables = ["scenarios", "scenario_changes"]
    /// Tables that the change log keeps row by row, and from which alone they are rebuilt.
    static let loggedTables = networkTables + scenarioTables
    static let gazetteerTables = ["areas", "area_keys", "localities", "locality_names", "postal_codes"]

    static func version(in db: Database) throws -> Int? {
        guard try db.tableExists("maillage_schema") else { return nil }
        return try Int.fetchOne(db, sql: "SELECT max(version) FROM maillage_schema")
    }

    static func migrate(_ file: GeoPackageFile) throws {
        for (i, migration) in migrations.enumerated() {
            try file.write { db in
                if try db.tableExists("maillage_schema") == false {
                    try CoreTables.createAttributesTable(
                        "maillage_schema", columns: "version INTEGER NOT NULL UNIQUE, name TEXT NOT NULL, applied DATETIME NOT NULL",
                        description: "Versions of the schema of this store", in: db)
                }
                guard try Bool.fetchOne(db, sql: "SELECT count(*) FROM maillage_schema WHERE version = ?", arguments: [i + 1]) == false else { return }
                try migration.apply(db)
                try db.execute(
                    sql: "INSERT INTO maillage_schema (version, name, applied) VALUES (?, ?, strftime('%Y-%m-%dT%H:%M:%fZ','now'))",
                    arguments: [i + 1, migration.name])
            }
        }
    }

    /// The schema that this program makes: a name for each trigger and its SQL, for each table its columns. To hold a store against.
    static func expected() throws -> (triggers: [String: String], tables: [String: [String]]) {
        let queue = try GeoPackageFile.inMemory()
        return try queue.write { db in
            for migration in migrations { try migration.apply(db) }
            var (triggers, tables): ([String: String], [String: [String]]) = ([:], [:])
            for row in try Row.fetchAll(db, sql: "SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'table') AND name NOT LIKE 'sqlite_%'") {
                let (type, name, sql): (String, String, String) = (row[0], row[1], row[2])
                if type == "trigger" { triggers[name] = sql } else { tables[name] = try db.columns(in: name).map(\.name) }
            }
            return (triggers, tables)
        }
    }

    private static func createFirstTables(_ db: Database) throws {
        try createNetworkTables(in: db)
        try createGazetteerTables(in: db)
    }

    /// The tables of the network alone; also in memory, where a past state is rebuilt.
    static func createNetworkTables(in db: Database) throws {
        let provenance = "note TEXT, source TEXT NOT NULL REFERENCES sources(id), verified TEXT"
        try CoreTables.createAttributesTable(
            "sources", columns: "id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, date TEXT, reference TEXT, note TEXT",
            description: "Where the records come from", in: db)
        try CoreTables.createAttributesTable(
            "cites",
            columns: """
                id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, local_name TEXT, country TEXT NOT NULL, form TEXT NOT NULL, zone TEXT,
                bearer TEXT, bearer_type TEXT, seat_platform TEXT REFERENCES platforms(id) DEFERRABLE INITIALLY DEFERRED,
                seat_lon DOUBLE, seat_lat DOUBLE, seat_note TEXT, member BOOLEAN, website TEXT,
                visibility TEXT NOT NULL DEFAULT 'public', \(provenance)
                """, description: "Cités des métiers: labelled entities and projects", in: db)
        try CoreTables.createFeatureTable(
            "platforms", .point,
            columns: """
                id TEXT NOT NULL UNIQUE, cite TEXT NOT NULL REFERENCES cites(id) DEFERRABLE INITIALLY DEFERRED, kind TEXT NOT NULL,
                name TEXT NOT NULL, local_name TEXT, town TEXT, locality INTEGER, address TEXT, postal_code TEXT, area TEXT,
                country TEXT NOT NULL, location_accuracy TEXT NOT NULL, timezone TEXT, host TEXT, host_type TEXT, floor_area_m2 DOUBLE,
                counsellors DOUBLE, hours TEXT, services TEXT, modalities TEXT, telephone TEXT, email TEXT, website TEXT,
                declared_distance_m DOUBLE, visibility TEXT NOT NULL DEFAULT 'public', \(provenance)
                """, description: "Platforms: the places people go to", in: db)
        try CoreTables.createAttributesTable(
            "platform_periods",
            columns: """
                platform TEXT NOT NULL REFERENCES platforms(id), status TEXT NOT NULL, start_date TEXT, end_date TEXT, \(provenance)
                """, description: "States of platforms over time", in: db)
        try CoreTables.createAttributesTable(
            "label_decisions",
            columns: """
                cite TEXT NOT NULL REFERENCES cites(id), date TEXT, decision TEXT NOT NULL, body TEXT, document TEXT, \(provenance)
                """, description: "Decisions of the labelling committee", in: db)
        try CoreTables.createFeatureTable(
            "territories", .multiPolygon,
            columns: """
                cite TEXT NOT NULL REFERENCES cites(id), start_date TEXT, end_date TEXT, definition TEXT, basis TEXT NOT NULL, \(provenance)
                """, description: "Territories of labels, version by version", in: db)
        try CoreTables.createAttributesTable(
            "poles",
            columns: """
                cite TEXT NOT NULL REFERENCES cites(id), position INTEGER NOT NULL, name TEXT NOT NULL, language TEXT NOT NULL,
                service TEXT, \(provenance)
                """, description: "Poles of Cités in their own words", in: db)
        try db.execute(
            sql: """
                CREATE INDEX platforms_by_cite ON platforms(cite);
                CREATE INDEX periods_by_platform ON platform_periods(platform);
                CREATE INDEX decisions_by_cite ON label_decisions(cite);
                CREATE INDEX territories_by_cite ON territories(cite);
                """)
    }

    private static func createGazetteerTables(in db: Database) throws {
        try CoreTables.createFeatureTable(
            "areas", .multiPolygon,
            columns: """
                code TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, parent TEXT REFERENCES areas(code) DEFERRABLE INITIALLY DEFERRED,
                country TEXT NOT NULL, name TEXT NOT NULL, local_name TEXT, names TEXT, aliases TEXT, valid_from TEXT, valid_to TEXT,
                members TEXT, basis TEXT, population DOUBLE, population_year TEXT, population_source TEXT
                """, description: "Administrative areas", in: db)
        try CoreTables.createAttributesTable(
            "area_keys", columns: "key TEXT NOT NULL, code TEXT NOT NULL REFERENCES areas(code)",
            description: "Folded codes, aliases and names by which areas are found", in: db)
        try CoreTables.createFeatureTable(
            "localities", .point,
            columns: """
                id INTEGER NOT NULL UNIQUE, name TEXT NOT NULL, country TEXT NOT NULL, area TEXT, population DOUBLE NOT NULL,
                timezone TEXT, section_of INTEGER
                """, description: "Localities of the gazetteer (GeoNames, CC BY 4.0)", in: db)
        try CoreTables.createAttributesTable(
            "locality_names", columns: "locality INTEGER NOT NULL REFERENCES localities(id), name TEXT NOT NULL, key TEXT NOT NULL",
            description: "Names of localities and the folded form by which they are found", in: db)
        try db.execute(
            sql: """
                CREATE INDEX areas_by_parent ON areas(parent);
                CREATE INDEX area_keys_by_key ON area_keys(key);
                CREATE INDEX locality_names_by_key ON locality_names(key);
                """)
    }

    private static func createScenarios(_ db: Database) throws {
        try createScenarioTables(in: db)
        try ChangeLog.log(scenarioTables, in: db)
    }

    /// The changes are features, so that QGIS shows where a scenario opens and moves to; what it closes or changes has its point in `platforms`.
    /// Their Cité and platform are no foreign keys: the network may change under a scenario, which is then told not to fit.
    static func createScenarioTables(in db: Database) throws {
        try CoreTables.createAttributesTable(
            "scenarios", columns: "id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, as_of TEXT NOT NULL, area TEXT, note TEXT",
            description: "Scenarios: named sets of changes to the network as of a day", in: db)
        try CoreTables.createFeatureTable(
            "scenario_changes", .point,
            columns: """
                scenario TEXT NOT NULL REFERENCES scenarios(id) DEFERRABLE INITIALLY DEFERRED, position INTEGER NOT NULL, action TEXT NOT NULL,
                platform TEXT NOT NULL, name TEXT, cite TEXT, kind TEXT, location_accuracy TEXT, locality INTEGER, area TEXT, country TEXT,
                services TEXT, counsellors DOUBLE, floor_area_m2 DOUBLE, hours TEXT, origin TEXT
                """, description: "Changes of scenarios, in their order: where platforms open and move to", in: db)
        try db.execute(sql: "CREATE INDEX changes_by_scenario ON scenario_changes(scenario)")
    }

    private static func createSearchTables(_ db: Database) throws {
        try SearchIndex.create(in: db)
        try CoreTables.createFeatureTable(
            "postal_codes", .point,
            columns: """
                code TEXT NOT NULL, key TEXT NOT NULL, country TEXT NOT NULL, place TEXT NOT NULL, area TEXT, locality INTEGER,
                is_chief BOOLEAN NOT NULL DEFAULT 0
                """, description: "Places of postal codes, as imported", in: db)
        try db.execute(sql: "CREATE INDEX postal_codes_by_key ON postal_codes(key)")
    }
}
