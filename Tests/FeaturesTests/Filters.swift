import CQL2
import GeoModel
import TestSupport
import Testing

import Features

@Suite("Filters and conditions")
struct Filters {
    private static let conditions = [
        "people > 3", "people <= share", "name = 'elan'", "name >= 'a'", "CASEI(name) = CASEI('ELAN')", "ACCENTI(CASEI(name)) LIKE 'el%'", "name LIKE '%a%'",
        "name IN ('a_b', '100%', '')", "open = TRUE", "open <> FALSE", "since = DATE('2020-01-03')", "since < until", "changed > TIMESTAMP('2020-01-03T12:00:00Z')",
        "T_DURING(changed, INTERVAL('2020-01-02', '2020-01-04'))", "T_INTERSECTS(INTERVAL(since, until), INTERVAL('..', '2020-01-04'))", "people IS NULL",
        "share BETWEEN -0.5 AND 1.5", "people * 2 - 1 = 5", "share / 2 > people % 3", "A_CONTAINS(tags, ('a'))", "A_OVERLAPS(tags, ('b', 1))", "geometry IS NULL",
        "S_INTERSECTS(geometry, BBOX(-60, -30, 90, 60))", "S_INTERSECTS(geometry, BBOX(150, -90, -150, 90))", "S_DISJOINT(geometry, BBOX(-100, -80, 100, 80))",
        "S_WITHIN(geometry, POLYGON((-120 -60, 120 -60, 0 85, -120 -60)))", "S_INTERSECTS(POINT(0 0), geometry)", "S_CROSSES(geometry, LINESTRING(-180 0, 180 20))",
        "id > 'f5'", "id LIKE 'f1%'",
    ]

    private static func condition(_ depth: Int, _ g: inout SeededGenerator) -> String {
        if depth == 0 { return conditions.randomElement(using: &g)! }
        switch Int.random(in: 0..<4, using: &g) {
        case 0: return "NOT (\(condition(depth - 1, &g)))"
        case 1: return conditions.randomElement(using: &g)!
        default: return "(\(condition(depth - 1, &g)) \(Bool.random(using: &g) ? "AND" : "OR") \(condition(depth - 1, &g)))"
        }
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `select what they mean, page after page, with a box or without`(seed: UInt64) throws {
        var g = SeededGenerator(seed: seed)
        let sample = Sample(150, seed: seed + 20)
        let made = try sample.materialised()
        let folder = try TemporaryFolder()
        let (reader, table) = try sample.file(folder)
        var selections = 0
        for round in 0..<300 {
            let text = round < Self.conditions.count ? Self.conditions[round] : Self.condition(3, &g)
            let filter = try made.table.filter(text: text)
            let expected = sample.features.filter { filter.evaluate($0) == true }.compactMap { $0.id?.string }
                .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            if !expected.isEmpty, expected.count < sample.features.count { selections += 1 }
            let all = try made.reader.page(made.table, FeatureQuery(limit: 1000, filter: filter, counting: .always))
            #expect(try ids(all) == expected, "\(text)")
            #expect(all.matched == expected.count)
            let first = try made.reader.page(made.table, FeatureQuery(limit: 10, filter: filter))
            var found = try ids(first)
            if let next = first.next {
                found += try ids(made.reader.page(made.table, FeatureQuery(limit: 1000, position: .after(cursor: next), filter: filter)))
            }
            #expect(found == expected, "\(text)")
            // In the file the id has the name of its column.
            if !text.contains("id ") {
                let other = try table.filter(text: text)
                #expect(try ids(reader.page(table, FeatureQuery(limit: 1000, filter: other))) == expected, "\(text)")
            }
        }
        #expect(selections > 150)
    }

    @Test func `may tell their geometries in another reference system`() throws {
        let made = try Sample(200, seed: 30).materialised()
        func ask(_ text: String, _ crs: CRS) throws -> [UInt8] {
            try made.reader.page(made.table, FeatureQuery(limit: 1000, filter: made.table.filter(text: text, crs: crs))).features
        }
        let plain = try ask("S_INTERSECTS(geometry, BBOX(-20, 10, 40, 60))", .crs84)
        #expect(try ask("S_INTERSECTS(geometry, BBOX(10, -20, 60, 40))", .epsg4326) == plain)
        let mercator = try CRS("EPSG:3857")
        // The corners of the same box on the Mercator map: a straight line there runs along a parallel or meridian.
        #expect(
            try ask("S_INTERSECTS(geometry, BBOX(-2226389.8158654715, 1118889.9748579597, 4452779.631730943, 8399737.889818357))", mercator) == plain)
        #expect(throws: CQL2Error.self) { try ask("S_INTERSECTS(geometry, POINT(90 180))", .crs84) }
        #expect(throws: CQL2Error.self) { try ask("S_INTERSECTS(geometry, POINT(180 90))", .epsg4326) }
        #expect(throws: FeaturesError.self) { try ask("S_INTERSECTS(geometry, POINT(1E30 1E30))", try CRS("EPSG:3035")) }
    }

    @Test func `by name and value are typed as the property is`() throws {
        let sample = Sample(150, seed: 31)
        let made = try sample.materialised()
        func check(_ name: String, _ value: String, _ isIn: (PropertyValue) -> Bool) throws {
            let expected = sample.features.filter { isIn($0.properties[name] ?? .null) }.compactMap { $0.id?.string }
            let found = try ids(made.reader.page(made.table, FeatureQuery(limit: 1000, equalities: [.init(name, value)])))
            #expect(Set(found) == Set(expected), "\(name)=\(value)")
            #expect(!expected.isEmpty)
        }
        try check("name", "O'Hara \"x\"\n") { $0.string == "O'Hara \"x\"\n" }
        try check("people", "-2") { $0.number == -2 }
        try check("share", "0.125") { $0.number == 0.125 }
        try check("open", "true") { $0 == .bool(true) }
        try check("since", "2020-01-03") { $0.string == "2020-01-03" }
        try check("changed", "2020-01-03T12:00:00Z") { $0.string == "2020-01-03T12:00:00" }
        try check("changed", "2020-01-03") { $0.string?.hasPrefix("2020-01-03") ?? false }
        try check("tags", "a") { $0.array?.contains(.string("a")) ?? false }
        try check("tags", "1") { $0.array?.contains { $0 == .integer(1) || $0 == .bool(true) } ?? false }
        for (name, value) in [("people", "many"), ("people", ""), ("share", "nan"), ("share", "0x10"), ("open", "1"), ("since", "2020"), ("changed", "noon"), ("notes", "{}")] {
            #expect(throws: FeaturesError.self, "\(name)=\(value)") { try made.reader.page(made.table, FeatureQuery(equalities: [.init(name, value)])) }
        }
        let two = try made.reader.page(made.table, FeatureQuery(limit: 1000, equalities: [.init("open", "true"), .init("people", "3")]))
        #expect(try features(two).allSatisfy { $0.properties["open"] == .bool(true) && $0.properties["people"] == .integer(3) })
    }

    @Test func `that would cost too much are refused or stopped`() throws {
        let made = try Sample(2000, seed: 32).materialised(timeLimit: 0.05)
        let long = try made.table.filter(json: Self.line(positions: 20_001))
        #expect(throws: FeaturesError.parameter("filter", problem: "its geometries have 20001 positions; accepted are 20000")) {
            try made.reader.page(made.table, FeatureQuery(filter: long))
        }
        let many = (0..<51).map { "S_DISJOINT(geometry, POINT(\($0) 0))" }.joined(separator: " AND ")
        let filter = try made.table.filter(text: many)
        #expect(throws: FeaturesError.parameter("filter", problem: "it has 51 spatial predicates; accepted are 50")) {
            try made.reader.page(made.table, FeatureQuery(filter: filter))
        }
        let slow = (0..<50).map { "S_CROSSES(geometry, LINESTRING(-180 \($0), 180 -\($0), -180 \($0 + 1)))" }.joined(separator: " OR ")
        let slowFilter = try made.table.filter(text: slow)
        #expect(throws: FeaturesError.tooSlow(seconds: 0.05)) {
            for _ in 0..<100 { _ = try made.reader.page(made.table, FeatureQuery(limit: 1000, filter: slowFilter, counting: .always)) }
        }
        // The connection that was stopped answers the next question.
        #expect(try made.reader.page(made.table, FeatureQuery()).count == 10)
    }

    private static func line(positions: Int) -> [UInt8] {
        let all = (0..<positions).map { "[\($0 % 180),\($0 % 2)]" }.joined(separator: ",")
        return Array("{\"op\":\"s_intersects\",\"args\":[{\"property\":\"geometry\"},{\"type\":\"LineString\",\"coordinates\":[\(all)]}]}".utf8)
    }
}
