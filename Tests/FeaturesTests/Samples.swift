import GRDB
import GeoFormats
import GeoModel
import GeoPackage
import TestSupport

import Features

/// Features made at random, with their table in a GeoPackage and in memory.
struct Sample {
    var features: [Feature]

    static let properties = [
        FeatureProperty("name", .string), FeatureProperty("people", .integer), FeatureProperty("share", .number), FeatureProperty("open", .boolean),
        FeatureProperty("since", .date), FeatureProperty("until", .date), FeatureProperty("changed", .instant), FeatureProperty("tags", .array),
        FeatureProperty("notes", .json),
    ]

    /// A fifth of every column is missing, and many values are equal, so that orders have ties.
    init(_ count: Int, seed: UInt64, geometry: (inout SeededGenerator) -> Geometry? = Sample.anywhere) {
        var g = SeededGenerator(seed: seed)
        let names = ["Élan", "elan", "ELAN", "Straße", "strasse", "100%", "a_b", "aXb", "Ωmega", "", "O'Hara \"x\"\n", "ab"]
        let tags: [PropertyValue] = [.string("a"), .string("b"), .integer(1), .bool(true)]
        let moments = ["T00:00:00Z", "T23:59:59.999Z", "T12:00:00.250Z", "T12:00:00"]
        var features: [Feature] = []
        for i in 0..<count {
            var properties: Properties = [:]
            func put(_ name: String, _ value: PropertyValue) { properties[name] = Int.random(in: 0..<5, using: &g) > 0 ? value : .null }
            put("name", .string(names.randomElement(using: &g)!))
            put("people", .integer(Int64.random(in: -3...10, using: &g)))
            put("share", .number(Double(Int.random(in: -4...8, using: &g)) / 4 + 0.125))
            put("open", .bool(Bool.random(using: &g)))
            put("since", .string("2020-01-0\(Int.random(in: 1...5, using: &g))"))
            put("until", .string("2020-01-0\(Int.random(in: 3...7, using: &g))"))
            put("changed", .string("2020-01-0\(Int.random(in: 1...5, using: &g))" + moments.randomElement(using: &g)!))
            put("tags", .array((0..<Int.random(in: 0...3, using: &g)).map { _ in tags.randomElement(using: &g)! }))
            put("notes", .object(["n": .integer(Int64(i)), "t": .string("x\"y")]))
            features.append(Feature(id: .string("f\(UInt32.random(in: 0..<1_000_000, using: &g))-\(i)"), geometry: geometry(&g), properties: properties))
        }
        self.features = features
    }

    /// Points, lines and polygons all over the world, at the antimeridian and the poles too; a sixth has no geometry.
    static func anywhere(_ g: inout SeededGenerator) -> Geometry? {
        if Int.random(in: 0..<6, using: &g) == 0 { return nil }
        func x() -> Double { Double.random(in: -180...180, using: &g) }
        func y() -> Double { Double.random(in: -90...90, using: &g) }
        switch Int.random(in: 0..<6, using: &g) {
        case 0: return .point(Coordinate(x: Bool.random(using: &g) ? 180 : -180, y: y()))
        case 1: return .point(Coordinate(x: x(), y: Bool.random(using: &g) ? 90 : -90))
        case 2:
            let (a, b) = (x(), y())
            return .lineString((0..<4).map { _ in
                Coordinate(x: max(-180, min(180, a + Double.random(in: -9...9, using: &g))), y: max(-90, min(90, b + Double.random(in: -9...9, using: &g))))
            })
        case 3, 4:
            let (w, s) = (Double.random(in: -180...160, using: &g), Double.random(in: -90...70, using: &g))
            let (e, n) = (w + Double.random(in: 1...20, using: &g), s + Double.random(in: 1...20, using: &g))
            // A triangle, which leaves a corner of its box empty, with a hole, drawn in either direction.
            var ring = [Coordinate(x: w, y: s), Coordinate(x: e, y: s), Coordinate(x: w, y: n), Coordinate(x: w, y: s)]
            let hole = [(0.1, 0.1), (0.3, 0.1), (0.1, 0.3), (0.1, 0.1)].map { Coordinate(x: w + (e - w) * $0.0, y: s + (n - s) * $0.1) }
            if Bool.random(using: &g) { ring.reverse() }
            let polygon = Polygon(exterior: ring, holes: Bool.random(using: &g) ? [hole] : [])
            return Bool.random(using: &g) ? .polygon(polygon) : .multiPolygon([polygon])
        default: return .point(Coordinate(x: x(), y: y()))
        }
    }

    func materialised(indexed: [String] = ["name", "people"], timeLimit: Double = 30) throws -> MaterialisedTable {
        try MaterialisedTable(
            MaterialisedTable.Definition(id: "sample", title: "Sample", geometryType: "GEOMETRY", properties: Self.properties, indexed: indexed),
            features: features, timeLimit: timeLimit)
    }

    /// The same as a table of a GeoPackage, made by hand.
    func file(_ folder: TemporaryFolder) throws -> (reader: FeatureReader, table: FeatureTable) {
        let path = folder.path("sample.gpkg")
        let file = try GeoPackageFile.create(at: path)
        try file.write { db in
            try CoreTables.createFeatureTable(
                "sample", .geometry,
                columns: """
                    code TEXT NOT NULL UNIQUE, name TEXT, people INTEGER, share DOUBLE, open BOOLEAN, since DATE, until DATE, changed DATETIME, tags TEXT,
                    notes TEXT
                    """, description: "Features made at random", in: db)
            for f in features {
                let p = f.properties
                let isOpen: Bool? = if case .bool(let b)? = p["open"] { b } else { nil }
                let people = p["people"]?.number.map { Int64($0) }
                let tags = p["tags"]?.array.map { String(decoding: PropertyValue.array($0).json, as: UTF8.self) }
                let notes = p["notes"]?.object.map { String(decoding: PropertyValue.object($0).json, as: UTF8.self) }
                try db.execute(
                    sql: "INSERT INTO sample (geom, code, name, people, share, open, since, until, changed, tags, notes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    arguments: [
                        f.geometry.map(StoredGeometry.init), f.id?.string, p["name"]?.string, people, p["share"]?.number, isOpen, p["since"]?.string,
                        p["until"]?.string, p["changed"]?.string, tags, notes,
                    ])
            }
            try db.execute(sql: "CREATE INDEX sample_by_people ON sample(people)")
        }
        try file.close()
        let table = FeatureTable(
            id: "sample", title: "Sample", idColumn: "code", idType: .text, geometry: .init(type: "GEOMETRY", index: "rtree_sample_geom"),
            properties: Self.properties)
        return (try FeatureReader(path: path, timeLimit: 30), table)
    }
}

/// The features of a page, read back.
func features(_ page: FeaturePage) throws -> [Feature] {
    try GeoJSONReader.features(Array("{\"type\":\"FeatureCollection\",\"features\":[".utf8) + page.features + Array("]}".utf8))
}

func ids(_ page: FeaturePage) throws -> [String] { try features(page).map { $0.id?.string ?? "\($0.id?.number.map { Int64($0) } ?? -1)" } }
