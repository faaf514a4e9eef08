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
            try ChangeLog.leaveOutAreas(in: db)
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
                    let sound = try geometry.sound()
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
                try writeKeys(ofArea: code, db)
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
        _ = try ChangeLog.begin(who: "GeoData", why: "the network as the program ships it", in: db)
        let files = ["sources", "cites", "platforms", "periods", "decisions", "territories", "poles"]
        for (kind, file) in zip(RecordKind.all, files) {
            let name = "\(file).csv"
            let bytes = Array(try Data(contentsOf: folder.appendingPathComponent(name)))
            let records = try RecordFile.csv(bytes, name: name, kind: kind)
            _ = try NetworkEditor(db: db).upsertAll(records, file: name)
        }
        try checkReferences(db)
        try checkSeats(db)
        try ChangeLog.end(in: db)
    }
}
