internal import Foundation
internal import GRDB
package import GeoModel
internal import GeoFormats
package import GeoPackage

/// What a population layer says of itself.
package struct PopulationLayerInfo: Sendable, Equatable {
    /// The name by which it is asked for, and that of its file.
    package var id: String
    package var title: String
    package var year: String
    package var source: String
    package var licence: String
    /// True for a layer made by a recipe, false for official figures.
    package var isIndicative: Bool
    package var method: String
    /// The countries it covers, ISO 3166-1 alpha-2.
    package var countries: [String]
    /// Further facts by name, such as the file and its SHA-256; in order.
    package var facts: [Fact]

    package struct Fact: Sendable, Equatable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What stands where nobody has said.
    package static let notStated = "not stated"

    package init(
        id: String, title: String, year: String, source: String, licence: String, isIndicative: Bool, method: String, countries: [String],
        facts: [Fact] = []
    ) {
        self.id = id
        self.title = title
        self.year = year
        self.source = source
        self.licence = licence
        self.isIndicative = isIndicative
        self.method = method
        self.countries = countries
        self.facts = facts
    }

    /// The rows of the table `layer`.
    var rows: [Fact] {
        [
            Fact("id", id), Fact("title", title), Fact("year", year), Fact("source", source), Fact("licence", licence),
            Fact("indicative", isIndicative ? "true" : "false"), Fact("method", method), Fact("countries", countries.joined(separator: " ")),
        ] + facts
    }

    init(rows: [Fact]) {
        let values = Dictionary(rows.map { ($0.name, $0.value) }, uniquingKeysWith: { a, _ in a })
        func value(_ name: String) -> String { values[name] ?? "" }
        self.init(
            id: value("id"), title: value("title"), year: value("year"), source: value("source"), licence: value("licence"),
            isIndicative: value("indicative") == "true", method: value("method"), countries: value("countries").split(separator: " ").map(String.init))
        let own = Set(self.rows.map(\.name))
        facts = rows.filter { !own.contains($0.name) }
    }
}

/// A population layer: a GeoPackage of its own with one feature table `population` and a table `layer` of facts about it.
package final class PopulationLayer: Sendable {
    package let info: PopulationLayerInfo
    package let file: GeoPackageFile

    private init(info: PopulationLayerInfo, file: GeoPackageFile) {
        self.info = info
        self.file = file
    }

    /// Opens a layer. Throws `GeoPackageError` or `PopulationError.notALayer`.
    package static func open(at path: String) throws -> PopulationLayer {
        let file = try GeoPackageFile.open(at: path)
        let rows: [PopulationLayerInfo.Fact] = try file.read { db in
            guard try db.tableExists("layer"), try db.tableExists("population") else {
                throw PopulationError.notALayer(path: path, reason: "it has no tables 'population' and 'layer'")
            }
            return try Row.fetchAll(db, sql: "SELECT name, value FROM layer ORDER BY fid").map { row in
                PopulationLayerInfo.Fact(String.fromDatabaseValue(row[0]) ?? "", String.fromDatabaseValue(row[1]) ?? "")
            }
        }
        let info = PopulationLayerInfo(rows: rows)
        return PopulationLayer(info: info, file: file)
    }

    /// Writes a layer to a new file, complete or not at all: it is built beside its place and moved there when done.
    package static func create(at path: String, info: PopulationLayerInfo, points: DemandPoints) throws {
        try PopulationLayerWriter.write(to: path, title: info.title) { writer in
            for i in 0..<points.count {
                try writer.append(
                    points.coordinates[i], people: points.people[i], area: points.area[i] < 0 ? nil : points.areaCodes[Int(points.area[i])],
                    locality: points.locality[i], density: points.density[i])
            }
            return info
        }
    }

    /// The points that are read from a layer.
    package enum Selection: Sendable {
        case all
        /// Those that state one of these areas, and those that state none or one of which `isKnown` is false.
        case areas(Set<String>, isKnown: @Sendable (String) -> Bool)
        case box(Envelope)
        /// Those of one of them at least, each once.
        case any([Selection])
    }

    /// The points of the layer. O(points read): about 0.06 s for 100,000 points.
    package func load(_ selection: Selection = .all) throws -> DemandPoints { try load(selection, attributes: []).points }

    /// The names of the columns of counts besides those that every layer has.
    package func attributeNames() throws -> [String] { try file.read(Self.attributeNames) }

    private static func attributeNames(_ db: Database) throws -> [String] {
        try db.columns(in: "population").map(\.name).filter { !["fid", "geom", "people", "area", "locality", "density"].contains($0) }
    }

    /// The points of the layer, and further columns of theirs by name: not a number where a point has none.
    package func load(_ selection: Selection, attributes: [String]) throws -> (points: DemandPoints, attributes: [[Double]]) {
        try file.read { db in
            var points = DemandPoints()
            var columns = attributes.map { _ in [Double]() }
            let others = attributes.map { ", \($0.quotedDatabaseIdentifier)" }.joined()
            let condition = try Self.condition(selection, db)
            if case .all = selection { points.reserveCapacity(try Int.fetchOne(db, sql: "SELECT count(*) FROM population") ?? 0) }
            var codes: [String: Int32] = [:]
            // Layers written before there were density classes have no such column.
            let column = try db.columns(in: "population").contains { $0.name == "density" } ? "density" : "NULL"
            let rows = try Row.fetchCursor(
                db, sql: "SELECT geom, people, area, locality, \(column)\(others) FROM population WHERE \(condition.sql)", arguments: condition.arguments)
            var line: Int64 = 0
            while let row = try rows.next() {
                line += 1
                guard let c = try row.withUnsafeData(atIndex: 0, { $0.flatMap(Self.point) }), c.isGeographic else {
                    throw PopulationError.notALayer(path: file.path, reason: "row \(line) of 'population' has no point in degrees")
                }
                var code: Int32 = -1
                if let text = String.fromDatabaseValue(row[2]) {
                    if let known = codes[text] {
                        code = known
                    } else {
                        code = Int32(points.areaCodes.count)
                        codes[text] = code
                        points.areaCodes.append(text)
                    }
                }
                guard let people = Double.fromDatabaseValue(row[1]), people >= 0, people <= DemandRecord.mostPeople else {
                    throw PopulationError.notALayer(path: file.path, reason: "row \(line) of 'population' has no number of people")
                }
                var density = DensityClass.unknown
                if let text = String.fromDatabaseValue(row[4]) {
                    guard let known = DensityClass(key: text) else {
                        throw PopulationError.notALayer(
                            path: file.path,
                            reason:
                                "row \(line) of 'population' has the density '\(text)'; expected \(DensityClass.allCases.map(\.key).joined(separator: ", "))")
                    }
                    density = known
                }
                points.append(c, people: people, area: code, locality: Int64.fromDatabaseValue(row[3]) ?? 0, density: density)
                for k in columns.indices { columns[k].append(Double.fromDatabaseValue(row[5 + k]) ?? .nan) }
            }
            return (points, columns)
        }
    }

    private static func condition(_ selection: Selection, _ db: Database) throws -> (sql: String, arguments: StatementArguments) {
        switch selection {
        case .all: return ("1", [])
        case .box(let box):
            return (
                "fid IN (SELECT id FROM rtree_population_geom WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?)",
                [box.minX, box.maxX, box.minY, box.maxY]
            )
        case .areas(let wanted, let isKnown):
            // Along the index in one step from each code to the next; a layer without it is gone through once.
            let isIndexed = try db.indexes(on: "population").contains { $0.columns.first == "area" }
            let present = try String.fetchAll(
                db,
                sql: isIndexed
                    ? """
                    WITH RECURSIVE code(a) AS (SELECT min(area) FROM population UNION ALL
                      SELECT (SELECT min(area) FROM population WHERE area > code.a) FROM code WHERE code.a IS NOT NULL)
                    SELECT a FROM code WHERE a IS NOT NULL
                    """ : "SELECT DISTINCT area FROM population WHERE area IS NOT NULL")
            let chosen = present.filter { wanted.contains($0) || !isKnown($0) }
            let marks = Array(repeating: "?", count: chosen.count).joined(separator: ",")
            return ("(area IN (\(marks)) OR area IS NULL)", StatementArguments(chosen))
        case .any(let parts):
            let conditions = try parts.map { try condition($0, db) }
            guard !conditions.isEmpty else { return ("0", []) }
            return (
                "(\(conditions.map(\.sql).joined(separator: " OR ")))", conditions.reduce(into: StatementArguments()) { $0 += $1.arguments }
            )
        }
    }

    /// What a layer holds, counted.
    package struct Summary: Sendable, Equatable {
        package var points: Int
        package var people: Double
        package var byDensity: [(density: DensityClass, points: Int, people: Double)]
        /// The columns besides those that every layer has.
        package var attributes: [String]

        package static func == (a: Summary, b: Summary) -> Bool {
            a.points == b.points && a.people == b.people && a.attributes == b.attributes
                && a.byDensity.elementsEqual(b.byDensity) { $0.density == $1.density && $0.points == $1.points && $0.people == $1.people }
        }
    }

    /// Counts the layer. O(n).
    package func summary() throws -> Summary {
        try file.read { db in
            let columns = try db.columns(in: "population").map(\.name)
            let density = columns.contains("density") ? "density" : "NULL"
            var summary = Summary(
                points: 0, people: 0, byDensity: [],
                attributes: try Self.attributeNames(db))
            for row in try Row.fetchAll(db, sql: "SELECT \(density), count(*), total(people) FROM population GROUP BY 1") {
                let (points, people): (Int, Double) = (row[1], row[2])
                let known = String.fromDatabaseValue(row[0]).flatMap { DensityClass(key: $0) } ?? .unknown
                summary.points += points
                summary.people += people
                summary.byDensity.append((known, points, people))
            }
            summary.byDensity.sort { $0.density.rawValue > $1.density.rawValue }
            return summary
        }
    }

    /// The position in a GeoPackage blob of a point, read in place: the usual little-endian form at its fixed offset, any other by the reader.
    private static func point(_ data: Data) -> Coordinate? {
        data.withUnsafeBytes { raw -> Coordinate? in
            if raw.count == 29, raw[3] & 0b1_1110 == 0, raw[8] == 1 {
                let x = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 13, as: UInt64.self))
                let y = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 21, as: UInt64.self))
                return Coordinate(x: Double(bitPattern: x), y: Double(bitPattern: y))
            }
            guard case .point(let c) = try? GeoPackageBlob.decode(Array(raw)), !c.isEmpty else { return nil }
            return c
        }
    }
}
