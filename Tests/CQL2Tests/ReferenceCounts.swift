import Foundation
import GRDB
import GeoModel
import GeoPackage
import TestSupport
import Testing

import CQL2

/// The tables of the abstract test suite (OGC 21-065r2, annex A) on Natural Earth, by SQL and by evaluation of every feature.
@Suite("Counts of the CQL2 test suite", .enabled(if: ProjectFolder.hasReference))
struct ReferenceCounts {
    enum Layer: String {
        case countries = "ne_110m_admin_0_countries"
        case places = "ne_110m_populated_places_simple"
        case rivers = "ne_110m_rivers_lake_centerlines"
    }

    static let countries: [(String, Int)] = [
        ("NAME='Luxembourg'", 1), ("NAME>='Luxembourg'", 84), ("NAME>'Luxembourg'", 83), ("NAME<='Luxembourg'", 94), ("NAME<'Luxembourg'", 93),
        ("NAME<>'Luxembourg'", 176), ("POP_EST=37589262", 1), ("POP_EST>=37589262", 39), ("POP_EST>37589262", 38), ("POP_EST<=37589262", 139),
        ("POP_EST<37589262", 138), ("POP_EST<>37589262", 176),
        ("S_INTERSECTS(geom,BBOX(0,40,10,50))", 8), ("S_INTERSECTS(geom,BBOX(150,-90,-150,90))", 10), ("S_INTERSECTS(geom,POINT(7.02 49.92))", 1),
        ("S_INTERSECTS(geom,BBOX(0,40,10,50)) and S_INTERSECTS(geom,BBOX(5,50,10,60))", 3),
        ("S_INTERSECTS(geom,BBOX(0,40,10,50)) and not S_INTERSECTS(geom,BBOX(5,50,10,60))", 5),
        ("S_INTERSECTS(geom,BBOX(0,40,10,50)) or S_INTERSECTS(geom,BBOX(-90,40,-60,50))", 10),
    ]

    static let rivers = [("S_INTERSECTS(geom,BBOX(-180,-90,0,90))", 4)]

    static let places: [(String, Int)] = [
        ("name IS NOT NULL", 243), ("name IS NULL", 0), ("name='København'", 1), ("name>='København'", 137), ("name>'København'", 136),
        ("name<='København'", 107), ("name<'København'", 106), ("name<>'København'", 242), ("pop_other IS NOT NULL", 243), ("pop_other IS NULL", 0),
        ("pop_other=1038288", 1), ("pop_other>=1038288", 123), ("pop_other>1038288", 122), ("pop_other<=1038288", 121), ("pop_other<1038288", 120),
        ("pop_other<>1038288", 242), (#""date" IS NOT NULL"#, 3), (#""date" IS NULL"#, 240), (#""date"=DATE('2022-04-16')"#, 1),
        (#""date">=DATE('2022-04-16')"#, 2), (#""date">DATE('2022-04-16')"#, 1), (#""date"<=DATE('2022-04-16')"#, 2),
        (#""date"<DATE('2022-04-16')"#, 1), (#""date"<>DATE('2022-04-16')"#, 2), ("start IS NOT NULL", 3), ("start IS NULL", 240),
        ("start=TIMESTAMP('2022-04-16T10:13:19Z')", 1), ("start>=TIMESTAMP('2022-04-16T10:13:19Z')", 2), ("start>TIMESTAMP('2022-04-16T10:13:19Z')", 1),
        ("start<=TIMESTAMP('2022-04-16T10:13:19Z')", 2), ("start<TIMESTAMP('2022-04-16T10:13:19Z')", 1), ("start<>TIMESTAMP('2022-04-16T10:13:19Z')", 2),
        ("boolean=true", 2), ("boolean=false", 1),
        ("name LIKE 'B_r%'", 3), ("name NOT LIKE 'B_r%'", 240), ("pop_other between 1000000 and 3000000", 75),
        ("pop_other not between 1000000 and 3000000", 168), ("name IN ('Kiev','kobenhavn','Berlin','athens','foo')", 2),
        ("name NOT IN ('Kiev','kobenhavn','Berlin','athens','foo')", 241), ("pop_other in (1038288,1611692,3013258,3013257,3013259)", 3),
        ("pop_other not in (1038288,1611692,3013258,3013257,3013259)", 240),
        (#""date" in (DATE('2021-04-16'),DATE('2022-04-16'),DATE('2022-04-18'))"#, 2),
        (#""date" not in (DATE('2021-04-16'),DATE('2022-04-16'),DATE('2022-04-18'))"#, 1), ("start in (TIMESTAMP('2022-04-16T10:13:19Z'))", 1),
        ("start not in (TIMESTAMP('2022-04-16T10:13:19Z'))", 2), ("boolean in (true)", 2), ("boolean not in (false)", 2),
        ("CASEI(name)=casei('KIEV')", 1), ("CASEI(name)=casei('kiev')", 1), ("CASEI(name)=casei('KØBENHAVN')", 1), ("CASEI(name) LIKE casei('B_R%')", 3),
        ("CASEI(name) IN (casei('Kiev'), casei('kobenhavn'), casei('Berlin'), casei('athens'), casei('foo'))", 3),
        ("S_INTERSECTS(geom,BBOX(0,40,10,50))", 7),
        (#"t_after("date",date('2022-04-16'))"#, 1), (#"t_before("date",date('2022-04-16'))"#, 1), (#"t_disjoint("date",date('2022-04-16'))"#, 2),
        (#"t_equals("date",date('2022-04-16'))"#, 1), (#"t_intersects("date",date('2022-04-16'))"#, 1),
        (#"t_after("date",interval('2022-01-01','2022-12-31'))"#, 1), (#"t_before("date",interval('2022-01-01','2022-12-31'))"#, 1),
        (#"t_disjoint("date",interval('2022-01-01','2022-12-31'))"#, 2), (#"t_equals("date",interval('2022-01-01','2022-12-31'))"#, 0),
        (#"t_equals("date",interval('2022-04-16','2022-04-16'))"#, 1), (#"t_intersects("date",interval('2022-01-01','2022-12-31'))"#, 1),
        ("t_after(start,timestamp('2022-04-16T10:13:19Z'))", 1), ("t_before(start,timestamp('2022-04-16T10:13:19Z'))", 1),
        ("t_disjoint(start,timestamp('2022-04-16T10:13:19Z'))", 2), ("t_equals(start,timestamp('2022-04-16T10:13:19Z'))", 1),
        ("t_intersects(start,timestamp('2022-04-16T10:13:19Z'))", 1),
        ("t_after(start,interval('2022-01-01T00:00:00Z','2022-12-31T23:59:59Z'))", 0),
        ("t_before(start,interval('2022-01-01T00:00:00Z','2022-12-31T23:59:59Z'))", 1),
        ("t_disjoint(start,interval('2022-01-01T00:00:00Z','2022-12-31T23:59:59Z'))", 1),
        ("t_equals(start,interval('2022-01-01T00:00:00Z','2022-12-31T23:59:59Z'))", 0),
        ("t_intersects(start,interval('2022-01-01T00:00:00Z','2022-12-31T23:59:59Z'))", 2),
        ("t_after(interval(start,end),interval('..','2022-04-16T10:13:19Z'))", 1),
        ("t_before(interval(start,end),interval('2023-01-01T00:00:00Z','..'))", 2),
        ("t_disjoint(interval(start,end),interval('2022-04-16T10:13:19Z','2022-04-16T10:15:09Z'))", 1),
        ("t_equals(interval(start,end),interval('2021-04-16T10:15:59Z','2022-04-16T10:16:06Z'))", 1),
        ("t_intersects(interval(start,end),interval('2022-04-16T10:13:19Z','2022-04-16T10:15:09Z'))", 2),
        ("T_CONTAINS(interval(start,end),interval('2022-04-16T10:13:19Z','2022-04-16T10:15:10Z'))", 1),
        ("T_DURING(interval(start,end),interval('2022-01-01T00:00:00Z','2022-12-31T23:59:59Z'))", 1),
        ("T_FINISHES(interval(start,end),interval('2020-04-16T10:13:19Z','2022-04-16T10:16:06Z'))", 1),
        ("T_FINISHEDBY(interval(start,end),interval('2022-04-16T10:13:19Z','2022-04-16T10:16:06Z'))", 1),
        ("T_MEETS(interval(start,end),interval('2022-04-16T10:13:19Z','2022-04-16T10:15:10Z'))", 0),
        ("T_METBY(interval(start,end),interval('2022-04-16T10:13:19Z','2022-04-16T10:15:10Z'))", 1),
        ("T_OVERLAPPEDBY(interval(start,end),interval('2020-04-16T10:13:19Z','2022-04-16T10:15:10Z'))", 2),
        ("T_OVERLAPS(interval(start,end),interval('2022-04-16T10:13:19Z','2023-04-16T10:15:10Z'))", 1),
        ("T_STARTEDBY(interval(start,end),interval('2022-04-16T10:13:19Z','2022-04-16T10:15:10Z'))", 1),
        ("T_STARTS(interval(start,end),interval('2022-04-16T10:13:19Z','2022-04-16T10:15:10Z'))", 0),
    ]

    /// The queryables of a layer by the declared types of its columns.
    private static func queryables(_ layer: Layer, _ db: Database) throws -> Queryables {
        Queryables(
            try db.columns(in: layer.rawValue).map { column in
                let type: QueryableType =
                    switch column.type.uppercased() {
                    case "MULTIPOLYGON", "POINT", "LINESTRING": .geometry
                    case "INTEGER": .integer
                    case "REAL": .number
                    case "BOOLEAN": .boolean
                    case "DATE": .date
                    case "DATETIME": .timestamp
                    default: .string
                    }
                return Queryable(column.name, type)
            })
    }

    private static func feature(_ row: Row, _ queryables: Queryables) -> Feature {
        var feature = Feature(geometry: nil, properties: [:])
        for queryable in queryables.all {
            switch queryable.type {
            case .geometry: feature.geometry = (row[queryable.name] as StoredGeometry?)?.geometry
            case .boolean: feature.properties[queryable.name] = PropertyValue(row[queryable.name] as Bool?)
            case .integer, .number: feature.properties[queryable.name] = PropertyValue(row[queryable.name] as Double?)
            default: feature.properties[queryable.name] = PropertyValue(row[queryable.name] as String?)
            }
        }
        return feature
    }

    private static func check(_ layer: Layer, _ table: [(String, Int)]) throws {
        let path = try #require(ProjectFolder.reference).appendingPathComponent("conformance/cql2/ne110m4cql2.gpkg").path
        let file = try GeoPackageFile.openForReading(at: path)
        try file.read { db in
            SQLiteHarness.register(on: db)
            let queryables = try Self.queryables(layer, db)
            let features = try Row.fetchAll(db, sql: "SELECT * FROM \(layer.rawValue)").map { Self.feature($0, queryables) }
            for (text, count) in table {
                let filter = try Filter(text: text, queryables: queryables)
                #expect(features.count { filter.evaluate($0) == true } == count, "\(text)")
                let index: Filter.SpatialIndex = { column, boxes in
                    var fragment = SQLFragment("fid IN (SELECT id FROM \"rtree_\(layer.rawValue)_\(column.name)\" WHERE ")
                    fragment.sql += boxes.map { _ in "(maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?)" }.joined(separator: " OR ") + ")"
                    fragment.arguments = boxes.flatMap { [.real($0.minX), .real($0.maxX), .real($0.minY), .real($0.maxY)] }
                    return fragment
                }
                for sql in [filter.sql(), filter.sql(spatialIndex: index)] {
                    let selected = try Int.fetchOne(
                        db, sql: "SELECT count(*) FROM \(layer.rawValue) WHERE \(sql.sql)", arguments: SQLiteHarness.arguments(sql))
                    #expect(selected == count, "\(text): \(sql.sql)")
                }
            }
        }
    }

    @Test func `countries are counted as the standard says`() throws { try Self.check(.countries, Self.countries) }
    @Test func `rivers are counted as the standard says`() throws { try Self.check(.rivers, Self.rivers) }
    @Test func `places are counted as the standard says`() throws { try Self.check(.places, Self.places) }
}
