internal import CQL2
internal import Foundation
internal import GRDB
internal import GRDBSQLite
internal import GeoFormats
package import GeoModel
internal import GeoPackage

/// Features that stand in no table (states as of a day, answers of a computation) as a table in memory, with the same indexes and the same
/// questions as any other, and their GeoJSON ready to be sent.
///
/// Immutable; it may be shared between tasks. Making one costs some 10 µs a feature and twice the memory of the GeoJSON.
package struct MaterialisedTable: Sendable {
    package let table: FeatureTable
    package let reader: FeatureReader
    /// The box of all geometries; nil where there is none.
    package let extent: Envelope?
    package let count: Int

    /// What a table in memory is like, before it has features.
    package struct Definition: Sendable, Hashable {
        package var id: String
        package var title: String
        package var description: String
        package var idType: FeatureTable.IDType
        /// `POINT`, `MULTIPOLYGON`, `GEOMETRY`; nil where no feature has a geometry.
        package var geometryType: String?
        /// Columns are made for them by their place: what `column` and `sql` say means nothing here.
        package var properties: [FeatureProperty]
        /// Names of properties that are often asked for or sorted by.
        package var indexed: [String]

        package init(
            id: String, title: String, description: String = "", idType: FeatureTable.IDType = .text, geometryType: String?, properties: [FeatureProperty],
            indexed: [String] = []
        ) {
            self.id = id
            self.title = title
            self.description = description
            self.idType = idType
            self.geometryType = geometryType
            self.properties = properties
            self.indexed = indexed
        }
    }

    /// Makes the table. Features are written as they come; each has an id of its own. A property that the definition does not name is left out,
    /// one that a feature lacks is null. Geometries are longitude and latitude on WGS 84.
    ///
    /// Throws `FeaturesError.table` for an id that is missing, stands twice or is of the other type, and for an index on what is no property.
    package init(_ definition: Definition, features: some Sequence<Feature>, timeLimit: Double = 10, connections: Int = 8) throws {
        func refused(_ problem: String) -> FeaturesError { .table(definition.id, problem: problem) }
        let columns = definition.properties.indices.map { "p\($0)" }
        let properties = zip(definition.properties, columns).map { p, column in
            FeatureProperty(p.name, p.type, column: column, title: p.title, description: p.description, isQueryable: p.isQueryable)
        }
        let queue = try DatabaseQueue()
        var (extent, count, hasAll) = (Envelope.empty, 0, true)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE")
            try db.inTransaction {
                let list = zip(definition.properties, columns).map { ", \($1) \($0.type.affinity)" }.joined()
                try db.execute(
                    sql: """
                        CREATE TABLE features (fid INTEGER PRIMARY KEY, id \(definition.idType == .text ? "TEXT" : "INTEGER") NOT NULL\(list), geom BLOB, ready BLOB);
                        CREATE VIRTUAL TABLE rtree_features_geom USING rtree(id, minx, maxx, miny, maxy);
                        """)
                let insert = try Insert(db, "INSERT INTO features VALUES (\(Array(repeating: "?", count: columns.count + 4).joined(separator: ", ")))")
                let insertBox = try Insert(db, "INSERT INTO rtree_features_geom VALUES (?, ?, ?, ?, ?)")
                for feature in features {
                    count += 1
                    switch (feature.id, definition.idType) {
                    case (.string, .text), (.integer, .integer): break
                    default: throw refused("feature \(count) has no id that is \(definition.idType == .text ? "a text" : "a whole number")")
                    }
                    let box = feature.geometry?.envelope
                    if let box, !box.isEmpty {
                        extent.expand(toInclude: box)
                        insertBox.bind(1, .integer(Int64(count)))
                        for (i, v) in [box.minX, box.maxX, box.minY, box.maxY].enumerated() { insertBox.bind(Int32(i + 2), .real(v)) }
                        try insertBox.step()
                    } else {
                        hasAll = hasAll && box != nil
                    }
                    try insert.row(count, feature, properties)
                }
                do {
                    try db.execute(sql: "CREATE UNIQUE INDEX features_by_id ON features(id)")
                } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                    let twice = try String.fetchOne(db, sql: "SELECT id FROM features GROUP BY id HAVING count(*) > 1")
                    throw refused("the id '\(twice ?? "")' stands twice")
                }
                for name in definition.indexed {
                    guard let i = definition.properties.firstIndex(where: { $0.name == name }) else { throw refused("no property '\(name)' to index") }
                    try db.execute(sql: "CREATE INDEX features_by_p\(i) ON features(p\(i), id)")
                }
                if !hasAll { try db.execute(sql: "CREATE INDEX features_without_geometry ON features(geom) WHERE geom IS NULL") }
                return .commit
            }
        }
        table = FeatureTable(
            id: definition.id, title: definition.title, description: definition.description, table: "features", idColumn: "id", idType: definition.idType,
            geometry: definition.geometryType.map { .init(type: $0, index: "rtree_features_geom", isAlwaysThere: hasAll) }, properties: properties,
            readyColumn: "ready")
        reader = FeatureReader(image: try DatabaseImage(of: queue), timeLimit: timeLimit, connections: connections)
        self.extent = extent.isEmpty ? nil : extent
        self.count = count
    }

    /// A statement that inserts row after row.
    private final class Insert {
        private let statement: OpaquePointer
        private let connection: OpaquePointer?
        /// Kept alive for its handle.
        private let owner: Statement

        init(_ db: Database, _ sql: String) throws {
            owner = try db.makeStatement(sql: sql)
            statement = owner.sqliteStatement
            connection = db.sqliteConnection
        }

        func bind(_ i: Int32, _ value: SQLValue) {
            switch value {
            case .null: sqlite3_bind_null(statement, i)
            case .integer(let n): sqlite3_bind_int64(statement, i, n)
            case .real(let d): sqlite3_bind_double(statement, i, d)
            case .text(let s): sqlite3_bind_text(statement, i, s, Int32(s.utf8.count), transient)
            case .blob(let bytes): sqlite3_bind_blob(statement, i, bytes, Int32(bytes.count), transient)
            }
        }

        func step() throws {
            let code = sqlite3_step(statement)
            sqlite3_reset(statement)
            guard code == SQLITE_DONE else {
                throw DatabaseError(resultCode: ResultCode(rawValue: code), message: sqlite3_errmsg(connection).map { String(cString: $0) })
            }
        }

        func row(_ fid: Int, _ feature: Feature, _ properties: [FeatureProperty]) throws {
            var writer = JSONWriter(reserving: 512)
            writer.raw("{\"type\":\"Feature\",\"id\":")
            writer.value(feature.id ?? .null)
            writer.raw(",\"geometry\":")
            if let geometry = feature.geometry { GeoJSONWriter.write(geometry, to: &writer) } else { writer.raw("null") }
            writer.raw(",\"properties\":{")
            bind(1, .integer(Int64(fid)))
            bind(2, SQLValue(feature.id ?? .null))
            for (i, p) in properties.enumerated() {
                // Features mostly have their properties in the order of the definition.
                let members = feature.properties.members
                let value = i < members.count && members[i].name == p.name ? members[i].value : feature.properties[p.name] ?? .null
                if i > 0 { writer.raw(",") }
                writer.string(p.name)
                writer.raw(":")
                writer.value(value)
                bind(Int32(i + 3), SQLValue(value))
            }
            writer.raw("}}")
            let end = Int32(properties.count + 3)
            bind(end, feature.geometry.map { .blob(GeoPackageBlob.encode($0, srsID: 4326)) } ?? .null)
            bind(end + 1, .blob(writer.bytes))
            try step()
        }
    }
}

extension SQLValue {
    /// As a column holds it: arrays and objects as JSON.
    fileprivate init(_ value: PropertyValue) {
        self =
            switch value {
            case .null: .null
            case .bool(let b): .integer(b ? 1 : 0)
            case .integer(let n): .integer(n)
            case .number(let d): .real(d)
            case .string(let s): .text(s)
            case .array, .object: .text(String(decoding: value.json, as: UTF8.self))
            }
    }
}

extension PropertyType {
    fileprivate var affinity: String {
        switch self {
        case .string, .date, .instant, .array, .json: "TEXT"
        case .integer, .boolean: "INTEGER"
        case .number: "REAL"
        }
    }
}
