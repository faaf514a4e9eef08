import Foundation
import GRDB
import GeoFormats
import GeoModel
import TestSupport
import Testing

import CQL2

@Suite("A filter means the same in SQL as when it is evaluated")
struct EvaluationAndSQL {
    static let queryables = Queryables([
        Queryable("name", .string), Queryable("people", .integer), Queryable("share", .number), Queryable("open", .boolean), Queryable("since", .date),
        Queryable("until", .date), Queryable("changed", .timestamp), Queryable("tags", .array), Queryable("geometry", .geometry),
    ])

    /// 200 features with a fifth of every column missing.
    static func features(_ g: inout SeededGenerator) -> [Feature] {
        (0..<200).map { _ in
            var properties: Properties = [:]
            func put(_ name: String, _ value: PropertyValue) { if Int.random(in: 0..<5, using: &g) > 0 { properties[name] = value } }
            put("name", .string(["Élan", "elan", "ELAN", "Straße", "strasse", "100%", "a_b", "aXb", "Ωmega", ""].randomElement(using: &g)!))
            put("people", .integer(Int64.random(in: -3...10, using: &g)))
            put("share", .number(Double(Int.random(in: -4...8, using: &g)) / 4))
            put("open", .bool(Bool.random(using: &g)))
            put("since", .string("2020-01-0\(Int.random(in: 1...5, using: &g))"))
            put("until", .string("2020-01-0\(Int.random(in: 3...7, using: &g))"))
            let moments = ["T00:00:00Z", "T23:59:59.999Z", "T12:00:00.250Z", "T12:00:00"]
            put("changed", .string("2020-01-0\(Int.random(in: 1...5, using: &g))" + moments.randomElement(using: &g)!))
            put(
                "tags",
                .array((0..<Int.random(in: 0...3, using: &g)).map { _ in [.string("a"), .string("b"), .integer(1), .bool(true)].randomElement(using: &g)! }))
            var shape: Geometry?
            if Int.random(in: 0..<5, using: &g) > 0 {
                let (x, y) = (Double(Int.random(in: -3...3, using: &g)), Double(Int.random(in: -3...3, using: &g)))
                let corner = Coordinate(x: x, y: y)
                shape =
                    Bool.random(using: &g)
                    ? .point(corner)
                    : .polygon(Polygon(exterior: [corner, Coordinate(x: x + 2, y: y), Coordinate(x: x + 2, y: y + 2), corner]))
            }
            return Feature(geometry: shape, properties: properties)
        }
    }

    struct Maker {
        var g: SeededGenerator

        mutating func pick(_ all: [String]) -> String { all.randomElement(using: &g)! }

        mutating func number(_ depth: Int) -> String {
            switch Int.random(in: 0..<(depth > 0 ? 5 : 3), using: &g) {
            case 0: pick(["people", "share"])
            case 1: String(Int.random(in: -3...6, using: &g))
            case 2: pick(["0.5", "-1.25", "2E0"])
            default: "(\(number(depth - 1)) \(pick(["+", "-", "*", "/", "%", "div", "^"])) \(number(depth - 1)))"
            }
        }

        mutating func text() -> String {
            pick(["name", "'elan'", "'Élan'", "CASEI(name)", "CASEI('ELAN')", "ACCENTI(name)", "ACCENTI('élan')", "CASEI(ACCENTI(name))", "'strasse'", "''"])
        }

        mutating func instant() -> String {
            pick(["since", "until", "changed", "DATE('2020-01-03')", "TIMESTAMP('2020-01-03T12:00:00.25Z')", "TIMESTAMP('2020-01-03T00:00:00Z')"])
        }

        mutating func period() -> String {
            pick([
                instant(), "INTERVAL(since, until)", "INTERVAL(changed, until)", "INTERVAL('2020-01-02', '2020-01-04')", "INTERVAL('..', '2020-01-04')",
                "INTERVAL(since, '..')", "INTERVAL('2020-01-02T12:00:00Z', '2020-01-03')",
            ])
        }

        mutating func shape() -> String {
            pick(["geometry", "POINT(0 0)", "BBOX(-1, -1, 2, 1)", "POLYGON((0 0, 3 0, 3 3, 0 0))", "LINESTRING(-3 -3, 3 3)", "BBOX(2, -3, -2, 3)"])
        }

        mutating func condition(_ depth: Int) -> String {
            let comparison = pick(["=", "<>", "<", ">", "<=", ">="])
            switch Int.random(in: 0..<(depth > 0 ? 16 : 12), using: &g) {
            case 0: return "\(number(2)) \(comparison) \(number(2))"
            case 1: return "\(text()) \(comparison) \(text())"
            case 2: return "\(instant()) \(comparison) \(instant())"
            case 3: return "open \(comparison) \(pick(["TRUE", "FALSE", "open"]))"
            case 4:
                return "\(text()) \(pick(["", "NOT "]))LIKE \(pick(["'e%'", "'%an'", "'_lan'", "CASEI('EL%')", "'100\\%'", "'a\\_b'", "'%'", "'[e]%'", "''"]))"
            case 5: return "\(number(1)) \(pick(["", "NOT "]))BETWEEN \(number(1)) AND \(number(1))"
            case 6: return "\(text()) \(pick(["", "NOT "]))IN (\(text()), \(text()))"
            case 7: return "\(instant()) IN (\(instant()), \(instant()))"
            case 8: return "\(pick([number(1), text(), period(), shape(), "tags", "(\(number(0)) = \(number(0)))"])) IS \(pick(["", "NOT "]))NULL"
            case 9:
                let relation = pick(["INTERSECTS", "EQUALS", "DISJOINT", "TOUCHES", "WITHIN", "OVERLAPS", "CROSSES", "CONTAINS"])
                return "S_\(relation)(\(shape()), \(shape()))"
            case 10:
                return "\(TemporalPredicate.allCases.randomElement(using: &g)!.rawValue)(\(period()), \(period()))"
            case 11: return "\(ArrayPredicate.allCases.randomElement(using: &g)!.rawValue)(tags, \(pick(["('a')", "('a', 'b', 1.0, TRUE)", "()", "tags"])))"
            case 12: return "NOT (\(condition(depth - 1)))"
            default: return "(\(condition(depth - 1)) \(pick(["AND", "OR"])) \(condition(depth - 1)))"
            }
        }
    }

    @Test func `on 3000 filters made at random`() throws {
        var g = SeededGenerator(seed: 7)
        let features = Self.features(&g)
        let db = try DatabaseQueue()
        try db.write { db in
            SQLiteHarness.register(on: db)
            try db.execute(sql: "CREATE TABLE t (id INTEGER PRIMARY KEY, name, people, share, open, since, until, changed, tags, geometry)")
            for (i, f) in features.enumerated() {
                let p = f.properties
                let tags = p["tags"].map { String(decoding: $0.json, as: UTF8.self) }
                let isOpen: Bool? = if case .bool(let b)? = p["open"] { b } else { nil }
                let people = p["people"]?.number.map { Int64($0) }
                let blob = f.geometry.map { Data(i % 2 == 0 ? GeoPackageBlob.encode($0, srsID: 4326) : WKB.encode($0)) }
                try db.execute(
                    sql: "INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    arguments: [
                        i, p["name"]?.string, people, p["share"]?.number, isOpen, p["since"]?.string, p["until"]?.string, p["changed"]?.string, tags, blob,
                    ])
            }
            var maker = Maker(g: SeededGenerator(seed: 11))
            var selections = 0
            for _ in 0..<3000 {
                let text = maker.condition(3)
                let filter = try Filter(text: text, queryables: Self.queryables)
                let truths = features.map { filter.evaluate($0).map { $0 ? 1 : 0 } }
                let sql = filter.sql()
                let answers = try Int?.fetchAll(db, sql: "SELECT (\(sql.sql)) <> 0 FROM t ORDER BY id", arguments: SQLiteHarness.arguments(sql))
                let odd = zip(truths, answers).enumerated().first { $1.0 != $1.1 }
                #expect(odd == nil, "\(text): \(sql.sql): \(odd.map { "\(features[$0.offset])" } ?? "")")
                if truths.contains(1), truths.contains(0) { selections += 1 }
                #expect(try Expression.parse(text: filter.expression.text) == filter.expression, "\(text)")
                #expect(try Expression.parse(json: filter.expression.json.json) == filter.expression, "\(text)")
            }
            #expect(selections > 1000)
        }
    }

    @Test func `values are bound, never written`() throws {
        let filter = try Filter(text: "name = 'x'' OR 1=1 --' AND people > 3 AND S_INTERSECTS(geometry, POINT(1 2))", queryables: Self.queryables)
        let sql = filter.sql { column, boxes in SQLFragment("id IN (SELECT id FROM r WHERE a < ?)", [.real(boxes[0].maxX)]) }
        #expect(sql.sql == "((\"name\" = ?) AND ((\"people\" > ?) AND (id IN (SELECT id FROM r WHERE a < ?) AND cql2_spatial(?, \"geometry\", ?))))")
        #expect(sql.arguments.count == 5)
        #expect(sql.arguments[0] == .text("x' OR 1=1 --"))
        let negated = try Filter(text: "NOT S_INTERSECTS(geometry, POINT(1 2))", queryables: Self.queryables)
        #expect(!negated.sql { _, _ in SQLFragment("never") }.sql.contains("never"))
    }

    @Test func `thousands of alternatives are no deeper than SQLite allows`() throws {
        let text = (0..<3000).map { "people = \($0)" }.joined(separator: " OR ")
        let sql = try Filter(text: text, queryables: Self.queryables).sql()
        let db = try DatabaseQueue()
        try db.write { db in
            try db.execute(sql: "CREATE TABLE t (people); INSERT INTO t VALUES (2999), (3000)")
            #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM t WHERE \(sql.sql)", arguments: SQLiteHarness.arguments(sql)) == 1)
        }
    }

    @Test func `a beginning is looked up in an index`() throws {
        let sql = try Filter(text: "name LIKE 'Lux%' AND since >= DATE('2020-01-01')", queryables: Self.queryables).sql()
        let db = try DatabaseQueue()
        try db.write { db in
            try db.execute(sql: "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, since DATE); CREATE INDEX n ON t (name)")
            let plan = try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN SELECT id FROM t WHERE \(sql.sql)", arguments: SQLiteHarness.arguments(sql))
            #expect(plan.map { $0["detail"] as String }.joined().contains("USING INDEX n (name>? AND name<?)"), "\(plan)")
        }
    }
}
