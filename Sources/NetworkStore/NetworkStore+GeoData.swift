package import Foundation
internal import GRDB
internal import CiteNetwork
internal import GeoFormats
internal import GeoModel
internal import GeometryEngine
internal import GeoPackage

extension NetworkStore {
    /// Fills an empty store from a folder laid out as `GeoData/` is: areas, localities and the network, in one transaction.
    ///
    /// - Parameter progress: what is being read.
    /// Throws `StoreError.badContent` with every problem of the first file that has any; the store then stays empty.
    package func importGeoData(from folder: URL, progress: (String) -> Void = { _ in }) throws {
        try file.write { db in
            progress("areas")
            try importAreas(from: folder, db)
            progress("localities")
            try SearchIndex.loading(in: db) { try importLocalities(from: folder.appendingPathComponent("localities"), db) }
            progress("network")
            try importNetwork(from: folder.appendingPathComponent("network"), db)
            try SearchIndex.refresh(in: db)
            try CoreTables.touch(StoreSchema.networkTables + StoreSchema.gazetteerTables, in: db)
        }
    }

    private func importAreas(from folder: URL, _ db: Database) throws {
        struct Total { var population: Double, year: String?, source: String? }
        let totals = try RecordTable(folder.appendingPathComponent("population/totals.csv"))
            .map(columns: ["area", "population", "year", "source"]) { row in
                (try row.text("area"), Total(population: try row.number("population") ?? 0, year: row["year"], source: row["source"]))
            }
        let totalByArea = Dictionary(totals, uniquingKeysWith: { _, last in last })
        var geometries: [String: Geometry] = [:]
        var pending: [(code: String, members: [String])] = []
        for name in ["countries", "admin1", "regions", "groups"] {
            let url = folder.appendingPathComponent("areas/\(name).geojson")
            let features: [Feature]
            do {
                features = try GeoJSONReader.features(Array(Data(contentsOf: url)))
            } catch let error as FormatError {
                throw StoreError.badContent(file: url.lastPathComponent, problems: ["\(error.place): \(error.problem)"])
            }
            for (i, feature) in features.enumerated() {
                let p = feature.properties
                guard let code = p["code"]?.string, let kind = p["kind"]?.string, let country = p["country"]?.string, let title = p["name"]?.string
                else {
                    throw StoreError.badContent(
                        file: url.lastPathComponent, problems: ["features[\(i)]: expected the properties code, kind, country and name"])
                }
                let members = p["members"]?.array?.compactMap(\.string)
                if let geometry = feature.geometry {
                    let sound = try geometry.invalidity() == nil ? geometry : geometry.madeValid()
                    geometries[code] = sound.asMultiPolygon
                } else if let members {
                    pending.append((code, members))
                }
                let total = totalByArea[code]
                try db.execute(
                    sql: """
                        INSERT INTO areas (geom, code, kind, parent, country, name, local_name, names, aliases, valid_from, valid_to, members,
                        basis, population, population_year, population_source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        geometries[code].map(StoredGeometry.init), code, kind, p["parent"]?.string, country, title, p["localName"]?.string,
                        p["names"].map { String(decoding: $0.json, as: UTF8.self) },
                        p["aliases"]?.array.map { $0.compactMap(\.string).joined(separator: " ") }, p["validFrom"]?.string,
                        p["validTo"]?.string, members.map { $0.joined(separator: " ") }, p["basis"]?.string, total?.population, total?.year,
                        total?.source,
                    ])
                var keys = [code, title] + [p["localName"]?.string].compactMap { $0 }
                keys += p["aliases"]?.array?.compactMap(\.string) ?? []
                keys += p["names"]?.object?.members.compactMap(\.value.string) ?? []
                for key in Set(keys.map(foldedKey)) {
                    try db.execute(sql: "INSERT INTO area_keys (key, code) VALUES (?, ?)", arguments: [key, code])
                }
            }
        }
        for (code, members) in pending {
            let shape = try Geometry.union(of: members.compactMap { geometries[$0] }).asMultiPolygon
            geometries[code] = shape
            try db.execute(sql: "UPDATE areas SET geom = ? WHERE code = ?", arguments: [StoredGeometry(shape), code])
        }
    }

    private func importLocalities(from folder: URL, _ db: Database) throws {
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "csv" }.sorted { $0.lastPathComponent < $1.lastPathComponent }
        let insert = try db.makeStatement(
            sql: "INSERT INTO localities (geom, id, name, country, area, population, timezone, section_of) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        let insertName = try db.makeStatement(sql: "INSERT INTO locality_names (locality, name, key, rank) VALUES (?, ?, ?, ?)")
        for url in files {
            _ = try RecordTable(url).map(columns: Self.localityFileColumns) { cells in
                let row = try LocalityRow(cells)
                try insert.execute(arguments: [
                    StoredGeometry(.point(row.location)), row.id, row.name, row.country, row.area, row.population, row.timeZone, row.section,
                ])
                for (name, key) in row.names { try insertName.execute(arguments: [row.id, name, key, row.rank]) }
            }
        }
    }

    private func importNetwork(from folder: URL, _ db: Database) throws {
        let provenance = ["note", "source", "verified"]
        func insert(_ table: String, file: String, _ values: (RecordCells) throws -> [(String, (any DatabaseValueConvertible)?)]) throws {
            let reader = try RecordTable(folder.appendingPathComponent(file))
            let hasProvenance = table != "sources"
            let rows = try reader.map(columns: hasProvenance ? provenance.filter { $0 != "note" || table != "poles" } : ["id"]) { row in
                var cells = try values(row)
                if hasProvenance {
                    cells += [("note", row["note"]), ("source", try row.text("source")), ("verified", try row.date("verified"))]
                }
                return (row.line, cells)
            }
            for (line, cells) in rows {
                let names = cells.map(\.0).joined(separator: ", ")
                let marks = cells.map { _ in "?" }.joined(separator: ", ")
                do {
                    try db.execute(
                        sql: "INSERT INTO \(table) (\(names)) VALUES (\(marks))", arguments: StatementArguments(cells.map { $0.1 }))
                } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                    throw StoreError.badContent(
                        file: file,
                        problems: ["line \(line): an id that is not unique, or a reference to a record that does not exist (\(error.message ?? ""))"])
                }
            }
        }
        try insert("sources", file: "sources.csv") { r in
            [("id", try r.text("id")), ("title", try r.text("title")), ("date", try r.date("date")), ("reference", r["reference"]), ("note", r["note"])]
        }
        try insert("cites", file: "cites.csv") { r in
            let seat = try r.position("seat_lon", "seat_lat")
            return [
                ("id", try r.text("id")), ("name", try r.text("name")), ("local_name", r["local_name"]), ("country", try r.text("country")),
                ("form", try r.code("form", CiteForm.self)), ("zone", r["zone"]), ("bearer", r["bearer"]), ("bearer_type", r["bearer_type"]),
                ("seat_platform", r["seat_platform"]), ("seat_lon", seat?.lon), ("seat_lat", seat?.lat), ("seat_note", r["seat_note"]),
                ("member", try r.boolean("member")), ("website", r["website"]), ("visibility", "public"),
            ]
        }
        try insert("platforms", file: "platforms.csv") { r in
            let at = try r.position("lon", "lat")
            return [
                ("geom", at.map { StoredGeometry(.point(Coordinate(x: $0.lon, y: $0.lat))) }), ("id", try r.text("id")),
                ("cite", try r.text("cite")), ("kind", try r.code("kind", PlatformKind.self)), ("name", try r.text("name")),
                ("local_name", r["local_name"]), ("town", r["town"]), ("locality", try r.integer("locality")), ("address", r["address"]),
                ("postal_code", r["postal_code"]), ("area", r["area"]), ("country", try r.text("country")),
                ("location_accuracy", try r.code("location_accuracy", LocationAccuracy.self)), ("timezone", r["timezone"]),
                ("host", r["host"]), ("host_type", r["host_type"]), ("floor_area_m2", try r.number("floor_area_m2")),
                ("counsellors", try r.number("counsellors")), ("hours", r["hours"]), ("services", try r.codes("services", ServiceCode.self)),
                ("modalities", try r.codes("modalities", Modality.self)), ("telephone", r["telephone"]), ("email", r["email"]),
                ("website", r["website"]), ("declared_distance_m", try r.number("declared_distance_m")),
                ("visibility", try r.code("visibility", Visibility.self)),
            ]
        }
        try insert("platform_periods", file: "periods.csv") { r in
            [
                ("platform", try r.text("platform")), ("status", try r.code("status", PlatformStatus.self)), ("start_date", try r.date("start")),
                ("end_date", try r.date("end")),
            ]
        }
        try insert("label_decisions", file: "decisions.csv") { r in
            [
                ("cite", try r.text("cite")), ("date", try r.date("date")), ("decision", try r.code("decision", LabelDecisionKind.self)),
                ("body", r["body"]), ("document", r["document"]),
            ]
        }
        try insert("territories", file: "territories.csv") { r in
            var shape: Geometry?
            if let text = r["definition"] {
                guard let definition = TerritoryDefinition(text) else {
                    throw r.problem("definition", "areas to include and exclude, such as '+FR-30 -epci:243000643'")
                }
                shape = try Self.shape(of: definition, db) { code in throw r.problem("definition", "codes of areas; there is no area '\(code)'") }
            }
            return [
                ("geom", shape.map(StoredGeometry.init)), ("cite", try r.text("cite")), ("start_date", try r.date("start")),
                ("end_date", try r.date("end")), ("definition", r["definition"]), ("basis", try r.code("basis", TerritoryBasis.self)),
            ]
        }
        try insert("poles", file: "poles.csv") { r in
            [
                ("cite", try r.text("cite")), ("position", try r.integer("position")), ("name", try r.text("name")),
                ("language", try r.text("language")), ("service", r["service"]),
            ]
        }
        let broken = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check")
        guard broken.isEmpty else {
            throw StoreError.badContent(
                file: "GeoData",
                problems: broken.map { "table \($0[0] as String): row \($0[1] as Int64) refers to a record of \($0[2] as String) that does not exist" })
        }
    }

    /// The polygon of a territory: its areas joined and taken away in order. Nil where an area of it has no polygon.
    private static func shape(of definition: TerritoryDefinition, _ db: Database, missing: (String) throws -> Void) throws -> Geometry? {
        var shape = Geometry.multiPolygon([])
        for term in definition.terms {
            guard try Bool.fetchOne(db, sql: "SELECT count(*) FROM areas WHERE code = ?", arguments: [term.area]) == true else {
                try missing(term.area)
                return nil
            }
            guard let area = try StoredGeometry.fetchOne(db, sql: "SELECT geom FROM areas WHERE code = ? AND geom NOT NULL", arguments: [term.area])
            else { return nil }
            shape = try term.isIncluded ? shape.union(area.geometry) : shape.difference(area.geometry)
        }
        return shape.asMultiPolygon
    }
}
