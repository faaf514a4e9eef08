import CQL2
import Foundation
import GeoModel
import TestSupport
import Testing

import Features

/// Counts of the abstract test suite of CQL2 (OGC 21-065r2) and of OGC API - Features on Natural Earth, asked as a client would.
@Suite("The reference GeoPackage of CQL2", .enabled(if: ProjectFolder.hasReference))
struct ReferenceGeoPackage {
    private static func open() throws -> FeatureReader {
        try FeatureReader(path: try #require(ProjectFolder.reference).appendingPathComponent("conformance/cql2/ne110m4cql2.gpkg").path)
    }

    private static let countries = "ne_110m_admin_0_countries"
    private static let places = "ne_110m_populated_places_simple"
    private static let rivers = "ne_110m_rivers_lake_centerlines"

    @Test func `describes its tables itself`() throws {
        let tables = try Self.open().tables()
        #expect(tables.map(\.id) == [Self.countries, Self.places, Self.rivers])
        let places = tables[1]
        #expect(places.geometry?.type == "POINT" && places.geometry?.index == "rtree_\(Self.places)_geom" && places.storageCRS == .crs84)
        #expect(places.property("name")?.type == .string && places.property("pop_other")?.type == .integer)
        #expect(places.property("date")?.type == .date && places.property("start")?.type == .instant && places.property("boolean")?.type == .boolean)
        #expect(places.queryables["geom"]?.type == .geometry && places.queryables["fid"]?.type == .integer)
        let extent = try #require(try Self.open().extent(of: tables[0]))
        for (found, stated) in zip([extent.minX, extent.minY, extent.maxX, extent.maxY], [-180, -90, 180, 83.64513]) { #expect(abs(found - stated) < 1e-4) }
    }

    @Test(arguments: [
        (countries, "NAME>='Luxembourg'", 84), (countries, "NAME<'Luxembourg'", 93), (countries, "POP_EST>=37589262", 39),
        (countries, "S_INTERSECTS(geom,BBOX(0,40,10,50))", 8), (countries, "S_INTERSECTS(geom,BBOX(150,-90,-150,90))", 10),
        (countries, "S_INTERSECTS(geom,POINT(7.02 49.92))", 1),
        (countries, "S_INTERSECTS(geom,BBOX(0,40,10,50)) and not S_INTERSECTS(geom,BBOX(5,50,10,60))", 5),
        (countries, "S_INTERSECTS(geom,BBOX(0,40,10,50)) or S_INTERSECTS(geom,BBOX(-90,40,-60,50))", 10),
        (rivers, "S_INTERSECTS(geom,BBOX(-180,-90,0,90))", 4), (places, "S_INTERSECTS(geom,BBOX(0,40,10,50))", 7),
        (places, "name>='København'", 137), (places, "name IS NOT NULL", 243), (places, "pop_other between 1000000 and 3000000", 75),
        (places, "\"date\" IS NULL", 240), (places, "\"date\">=DATE('2022-04-16')", 2), (places, "start<TIMESTAMP('2022-04-16T10:13:19Z')", 1),
        (places, "boolean=true", 2), (places, "name NOT LIKE 'B_r%'", 240), (places, "CASEI(name) LIKE casei('B_R%')", 3),
        (places, "T_OVERLAPPEDBY(interval(start,end),interval('2020-04-16T10:13:19Z','2022-04-16T10:15:10Z'))", 2),
    ] as [(String, String, Int)])
    func `is counted as the standard says`(table: String, text: String, count: Int) throws {
        let reader = try Self.open()
        let table = try #require(try reader.tables().first { $0.id == table })
        let filter = try table.filter(text: text)
        #expect(try reader.count(table, FeatureQuery(filter: filter)) == count)
        let page = try reader.page(table, FeatureQuery(limit: 1000, filter: filter))
        #expect(page.count == count && page.matched == count && page.next == nil)
        let short = try reader.page(table, FeatureQuery(limit: 1, filter: filter, counting: .always))
        #expect(short.matched == count)
        if text.hasPrefix("S_INTERSECTS(geom,BBOX("), text.hasSuffix("))"), !text.contains(" ") {
            let numbers = text.dropFirst("S_INTERSECTS(geom,BBOX(".count).dropLast(2).split(separator: ",").compactMap { Double($0) }
            #expect(try reader.page(table, FeatureQuery(limit: 1000, box: BoundingBox(numbers))).features == page.features)
        }
    }

    @Test func `is read from by many at once, in pages that give every feature once`() async throws {
        let reader = try Self.open()
        let table = try #require(try reader.tables().first { $0.id == Self.places })
        await withTaskGroup(of: Int.self) { group in
            for limit in 1...12 {
                group.addTask {
                    var (found, position): (Set<String>, FeatureQuery.Position) = ([], .start)
                    while let page = try? reader.page(table, FeatureQuery(limit: limit, position: position, order: [.init("adm0name"), .init("name", isDescending: true)])) {
                        found.formUnion((try? ids(page)) ?? [])
                        guard let next = page.next else { break }
                        position = .after(cursor: next)
                    }
                    return found.count
                }
            }
            for await count in group { #expect(count == 243) }
        }
    }
}

@Suite("What is kept of what was asked last")
struct Recent {
    @Test func `is made once, however many ask, and forgotten when others came`() async throws {
        let recent = RecentlyUsed<Int, Int>(capacity: 2)
        let made = Counter()
        await withTaskGroup(of: Int.self) { group in
            for _ in 0..<20 { group.addTask { recent.value(for: 1) { made.next() } } }
            for await value in group { #expect(value == 1) }
        }
        #expect(recent.value(for: 2) { made.next() } == 2)
        #expect(recent.value(for: 1) { made.next() } == 1)
        #expect(recent.value(for: 3) { made.next() } == 3)
        #expect(recent.value(for: 1) { made.next() } == 1)
        #expect(recent.value(for: 2) { made.next() } == 4)
        struct Odd: Error {}
        #expect(throws: Odd.self) { try recent.value(for: 9) { throw Odd() } }
        #expect(recent.value(for: 9) { made.next() } == 5)
    }

    private final class Counter: Sendable {
        private let lock = NSLock()
        nonisolated(unsafe) private var value = 0
        func next() -> Int {
            lock.withLock {
                value += 1
                return value
            }
        }
    }
}

@Suite("Tables in memory")
struct TablesInMemory {
    @Test func `refuse features without an id of their own`() throws {
        let definition = MaterialisedTable.Definition(id: "t", title: "T", geometryType: "POINT", properties: [FeatureProperty("a", .integer)])
        func make(_ ids: [PropertyValue?], _ definition: MaterialisedTable.Definition) throws {
            _ = try MaterialisedTable(definition, features: ids.map { Feature(id: $0, geometry: nil, properties: [:]) })
        }
        #expect(throws: FeaturesError.table("t", problem: "the id 'x' stands twice")) { try make([.string("x"), .string("y"), .string("x")], definition) }
        #expect(throws: FeaturesError.table("t", problem: "feature 2 has no id that is a text")) { try make([.string("x"), nil], definition) }
        #expect(throws: FeaturesError.table("t", problem: "feature 1 has no id that is a text")) { try make([.integer(1)], definition) }
        var odd = definition
        odd.indexed = ["b"]
        #expect(throws: FeaturesError.table("t", problem: "no property 'b' to index")) { try make([.string("x")], odd) }
        try make([.string("x"), .string("X"), .string("")], definition)
    }
}
