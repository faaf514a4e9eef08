import Testing

import CQL2

@Suite("A filter that is refused")
struct FilterErrors {
    static let queryables = Queryables([
        Queryable("id", .string), Queryable("name", .string), Queryable("people", .integer), Queryable("open", .boolean), Queryable("since", .date),
        Queryable("changed", .timestamp), Queryable("services", .array), Queryable("geometry", .geometry),
    ])

    @Test(arguments: [
        ("nam = 'x'", "character 1: no queryable 'nam'; queryables: id, name, people, open, since, changed, services, geometry"),
        ("name = 5", "character 8: a comparison of a text with a number is never true; expected a text such as 'abc'"),
        ("since > '2020-01-01'", "character 9: a comparison of a date with a text is never true; expected a date such as DATE('2026-01-31')"),
        ("open", "character 1: a filter must be a condition; for a boolean property write open = TRUE"),
        ("name = 'x' AND", "character 15: a property, a literal, a function or '(' is expected, the end was found"),
        ("name = 'x' name", "character 12: 'name' stands after a complete condition; expected AND, OR or the end"),
        (
            "name =\n ?",
            "line 2, character 2: '?' means nothing here; expected a property, a literal such as 'text', 12.5 or DATE('2026-01-31'), or an operator"
        ),
        ("name = 'x", "character 8: the text has no closing quote; a quote inside it is written twice"),
        ("S_INTERSECTS(geometry, POINT(90 180))", "lies outside the coordinate system; accepted are -180.0 to 180.0 and -90.0 to 90.0"),
        ("S_INTERSECTS(geometry, POLYGON((0 0, 1 0, 1 1)))", "a ring must have at least four positions, the last equal to the first"),
        ("S_INTERSECTS(name, POINT(0 0))", "an argument of a spatial predicate must be a geometry, a text was found"),
        ("avg(people) > 3", "character 1: the function 'avg' is of the conformance class 'functions', which is not supported"),
        ("name LIKE name", "the pattern of LIKE must be a text in quotes, where % stands for any characters and _ for one"),
        ("since = DATE('2023-02-29')", "'2023-02-29' is not accepted; expected a date such as 2026-01-31"),
        ("people + 'x' > 1", "the right of '+' must be a number, a text was found"),
        ("T_DURING(changed, INTERVAL('2021-01-01', '2020-01-01'))", "the interval ends before it starts"),
        ("name IN ()", "a property, a literal, a function or '(' is expected"),
        ("and = 1", "'and' is a word of the language; a property of that name is written \"and\""),
        ("BBOX(0,1,2) IS NULL", "a box has four numbers"),
    ])
    func `names the place and what is accepted`(text: String, said: String) throws {
        let error = try #require(throws: CQL2Error.self) { try Filter(text: text, queryables: Self.queryables) }
        #expect(error.description.contains(said), "\(error)")
    }

    @Test(arguments: [
        (#"{"op":"=","args":[{"property":"nam"},1]}"#, "args[0]: no queryable 'nam'"),
        (#"{"op":"and","args":[{"op":"=","args":[{"property":"people"},"x"]},true]}"#, "args[0].args[1]: a comparison of a number with a text"),
        (#"{"op":"=","args":[1]}"#, "args: '=' takes 2 arguments, 1 given"),
        (#"{"op":"="}"#, "args: expected an array of arguments"),
        (#"{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Point","coordinates":[1]}]}"#, "args[1].coordinates: expected a position"),
        (#"{"op":"t_after","args":[{"property":"since"},{"date":"x"}]}"#, "args[1].date: 'x' is not accepted; expected a date such as 2026-01-31"),
        (#"{"op":"in","args":[{"property":"name"},"x"]}"#, "args[1]: expected an array of values"),
        (#"{"a":1}"#, "expected an object with a member 'op'"),
        (#"{"op":"isNull","args":[null]}"#, "args[0]: null is no value"),
        (#"{"op":"#, "line 1, column 7"),
    ])
    func `names the path in JSON`(json: String, said: String) throws {
        let error = try #require(throws: CQL2Error.self) { try Filter(json: Array(json.utf8), queryables: Self.queryables) }
        #expect(error.description.contains(said), "\(error)")
    }

    @Test(arguments: [
        ("name LIKE 'a%'", ConformanceClass.advancedComparison), ("CASEI(name) = 'a'", .caseInsensitive), ("ACCENTI(name) = 'a'", .accentInsensitive),
        ("S_INTERSECTS(geometry, POINT(0 0))", .basicSpatial), ("S_INTERSECTS(geometry, LINESTRING(0 0, 1 1))", .basicSpatialPlus),
        ("S_WITHIN(geometry, BBOX(0, 0, 1, 1))", .spatial), ("T_AFTER(since, DATE('2020-01-01'))", .temporal), ("A_CONTAINS(services, ('a'))", .array),
        ("people = people", .propertyProperty), ("people * 2 > 1", .arithmetic), ("f(people) > 1", .functions),
    ])
    func `names the class that is missing`(text: String, missing: ConformanceClass) throws {
        let classes = Set(ConformanceClass.allCases).subtracting([missing])
        let error = try #require(throws: CQL2Error.self) { try Filter(text: text, queryables: Self.queryables, classes: classes) }
        #expect(error.missingClass == missing)
    }

    @Test func `is nested or long beyond the limits`() throws {
        let deep = String(repeating: "(", count: 100_000)
        #expect(throws: CQL2Error.self) { try Expression.parse(text: deep) }
        let within = String(repeating: "NOT ", count: 10_000) + "a = 1"
        #expect(throws: CQL2Error.self) { try Expression.parse(text: within) }
        let sum = "a = 1" + String(repeating: " + 1", count: 10_000)
        #expect(throws: CQL2Error.self) { try Expression.parse(text: sum) }
        let json = String(repeating: #"{"op":"not","args":["#, count: 200) + "true" + String(repeating: "]}", count: 200)
        #expect(throws: CQL2Error.self) { try Expression.parse(json: Array(json.utf8)) }
        let collections = String(repeating: "GEOMETRYCOLLECTION(", count: 3_000)
        #expect(throws: CQL2Error.self) { try Expression.parse(text: "S_EQUALS(a, \(collections)") }
        let long = "a = '" + String(repeating: "x", count: 70_000) + "'"
        #expect(throws: CQL2Error.self) { try Expression.parse(text: long) }
        // Long and flat is accepted.
        let flat = (0..<5_000).map { "a = \($0)" }.joined(separator: " OR ")
        _ = try Expression.parse(text: flat)
    }
}
