import GeoFormats
import GeoModel
import TestSupport
import Testing

import CQL2

@Suite("Filters made wrong in small ways")
struct MutatedFilters {
    static let seeds = [
        "name LIKE 'Smith%' AND NOT (floors<5) OR swimming_pool=true", "CASEI(road_class) IN (CASEI('Οδος'),ACCENTI('Straße''s'))",
        "eo:cloud_cover NOT BETWEEN 0.1 AND 2E-1", "S_INTERSECTS(\"geo m\",POLYGON Z((1 2 3,4 5 6,7 8 9,1 2 3),(0 0,1 0,1 1,0 0)))",
        "T_DURING(INTERVAL(a, '..'), INTERVAL('2017-06-10', '2017-06-11T10:30:00.25Z'))", "A_EQUALS(('a', TRUE, (1.0), ()), \"values\")",
        "value = - foo * 2.0 + \"bar\" / 6.1234 - (\"x\" ^ 2.0) % 3 div 4", "S_WITHIN(GEOMETRYCOLLECTION(POINT(1 2),MULTIPOINT((1 2),3 4)),BBOX(1,-2,3,4,5,6))",
        "(a = DATE('2020-02-29')) IS NOT NULL AND b >= TIMESTAMP('2020-01-01T00:00:00Z')", "f(a, 'b\\\\', TRUE AND c IS NULL) <> 'd'",
    ]
    static let pieces = [
        "(", ")", ",", "'", "\"", "\\", "NOT", "AND", " IN ", "..", "1E999", "-", "+", "^", "POINT", "INTERVAL(", "BBOX(", "0x1", "\u{0}", "\u{301}",
        "\u{1F600}", "{", "[", "]", "}", "null", "\"op\":", "\n", "9223372036854775808", "-9223372036854775808", "DATE(''", "٣",
    ]

    static func mutate(_ text: String, _ g: inout SeededGenerator) -> String {
        var scalars = Array(text.unicodeScalars)
        for _ in 0..<Int.random(in: 1...4, using: &g) {
            let at = Int.random(in: 0...scalars.count, using: &g)
            let to = min(scalars.count, at + Int.random(in: 0...10, using: &g))
            switch Int.random(in: 0..<6, using: &g) {
            case 0: scalars.removeSubrange(at..<to)
            case 1: scalars.insert(contentsOf: scalars[at..<to], at: at)
            case 2 where at < scalars.count: scalars[at] = Unicode.Scalar(UInt8.random(in: 0...127, using: &g))
            case 3: scalars.insert(contentsOf: Self.seeds.randomElement(using: &g)!.unicodeScalars.prefix(20), at: at)
            default: scalars.insert(contentsOf: Self.pieces.randomElement(using: &g)!.unicodeScalars, at: at)
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }

    /// True for what is CQL2, whether or not it is a filter on the queryables. What a function in JSON is called, text cannot always write.
    private static func read(_ source: String, _ isJSON: Bool, _ queryables: Queryables, _ feature: Feature) throws -> Bool {
        let expression = isJSON ? try Expression.parse(json: Array(source.utf8)) : try Expression.parse(text: source)
        if !isJSON {
            let again = try? Expression.parse(text: expression.text)
            #expect(again == expression, "\(source)")
        }
        // GeoJSON has no positions beyond the world; text has, for other coordinate systems.
        if (try? expression.check()) != nil {
            let again = try? Expression.parse(json: expression.json.json)
            #expect(again == expression, "\(source)")
        }
        guard let filter = try? Filter(expression, queryables: queryables, classes: ConformanceClass.declared, bounds: nil) else { return true }
        _ = filter.evaluate(feature)
        _ = filter.sql()
        return true
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `are refused with a reason or read, and what is read comes back`(seed: UInt64) throws {
        var g = SeededGenerator(seed: seed)
        let jsons = try Self.seeds.map { String(decoding: try Expression.parse(text: $0).json.json, as: UTF8.self) }
        let feature = Feature(id: nil, geometry: .point(Coordinate(x: 1, y: 2)), properties: ["name": .string("x"), "floors": .integer(3)])
        let queryables = Queryables([Queryable("name", .string), Queryable("floors", .integer), Queryable("geo m", .geometry), Queryable("a", .date)])
        var accepted = 0
        for round in 0..<6000 {
            let isJSON = round % 2 == 1
            let source = Self.mutate((isJSON ? jsons : Self.seeds).randomElement(using: &g)!, &g)
            do {
                if try Self.read(source, isJSON, queryables, feature) { accepted += 1 }
            } catch {
                #expect(error is CQL2Error)
            }
        }
        #expect(accepted > 300)
    }
}
