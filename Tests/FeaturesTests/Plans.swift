import CQL2
import Foundation
import GeoModel
import TestSupport
import Testing

import Features

@Suite("What SQLite does to answer")
struct Plans {
    @Test func `is a look-up in an index, not a look at every feature`() throws {
        let sample = Sample(300, seed: 60) { g in .point(Coordinate(x: Double.random(in: -180...180, using: &g), y: Double.random(in: -90...90, using: &g))) }
        let made = try sample.materialised()
        let folder = try TemporaryFolder()
        let (reader, table) = try sample.file(folder)
        for (reader, table) in [(made.reader, made.table), (reader, table)] {
            func plan(_ query: FeatureQuery) throws -> String { try reader.plan(table, query).joined(separator: "\n") }

            let one = try reader.plan(table, id: "f1").joined()
            #expect(one.contains("SEARCH f USING INDEX") && one.contains("=?)"), "\(one)")

            let first = try plan(FeatureQuery())
            #expect(first.contains("SCAN f USING INDEX") && !first.contains("TEMP B-TREE"), "\(first)")

            let box = try plan(FeatureQuery(box: BoundingBox([0, 0, 10, 10])))
            #expect(box.contains("SEARCH f USING INTEGER PRIMARY KEY (rowid=?)") && box.contains("VIRTUAL TABLE INDEX 2:"), "\(box)")
            #expect(!box.contains("SCAN f"), "\(box)")
            let across = try plan(FeatureQuery(box: BoundingBox([170, 0, -170, 10])))
            #expect(across.components(separatedBy: "VIRTUAL TABLE INDEX 2:").count == 3 && !across.contains("SCAN f"), "\(across)")
            // Half the world is read in the order of the page until that is full.
            let half = try plan(FeatureQuery(box: BoundingBox([-180, -90, 0, 90])))
            #expect(half.contains("SCAN f USING INDEX") && !half.contains("VIRTUAL TABLE") , "\(half)")

            let next = try #require(try reader.page(table, FeatureQuery(limit: 100)).next)
            let deep = try plan(FeatureQuery(position: .after(cursor: next)))
            #expect(deep.contains("SEARCH f USING INDEX") && deep.contains(">?)") && !deep.contains("SCAN") && !deep.contains("TEMP B-TREE"), "\(deep)")

            let order = [FeatureQuery.SortKey("people", isDescending: true)]
            let sorted = try #require(try reader.page(table, FeatureQuery(limit: 100, order: order)).next)
            let later = try plan(FeatureQuery(position: .after(cursor: sorted), order: order))
            #expect(!later.contains("SCAN f"), "\(later)")

            let spatial = try plan(FeatureQuery(filter: table.filter(text: "S_WITHIN(geometry, POLYGON((0 0, 9 0, 0 9, 0 0)))")))
            #expect(spatial.contains("VIRTUAL TABLE INDEX 2:") && !spatial.contains("SCAN f"), "\(spatial)")

            let equal = try plan(FeatureQuery(equalities: [.init("people", "3")]))
            #expect(equal.contains("(p1=?)") || equal.contains("(people=?)"), "\(equal)")
            let compared = try plan(FeatureQuery(filter: table.filter(text: "people = 3 AND share > 0")))
            #expect(compared.contains("(p1=?)") || compared.contains("(people=?)"), "\(compared)")
        }
    }
}
