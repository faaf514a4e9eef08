import Foundation
import GRDB
import GeoModel
import TestSupport
import Testing

import Features

@Suite("Pages of features")
struct Paging {
    /// By brute force: what is missing first, then by value, then by id; a descending key turned round.
    private static func sorted(_ features: [Feature], _ order: [FeatureQuery.SortKey]) -> [String] {
        func compare(_ a: PropertyValue, _ b: PropertyValue) -> Int {
            switch (a, b) {
            case (.null, .null): return 0
            case (.null, _): return -1
            case (_, .null): return 1
            case (.string(let a), .string(let b)):
                return a.utf8.elementsEqual(b.utf8) ? 0 : a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
            case (.bool(let a), .bool(let b)): return a == b ? 0 : b ? -1 : 1
            default:
                let (x, y) = (a.number ?? 0, b.number ?? 0)
                return x < y ? -1 : x > y ? 1 : 0
            }
        }
        return features.sorted { a, b in
            for key in order {
                let c = compare(a.properties[key.name] ?? .null, b.properties[key.name] ?? .null)
                if c != 0 { return (c < 0) != key.isDescending }
            }
            return compare(a.id ?? .null, b.id ?? .null) < 0
        }.map { $0.id?.string ?? "" }
    }

    private static let orders = [
        "", "name", "-name", "people", "-people", "share,-name", "-open,people", "-since,-changed,name", "open,-share,people", "-people,-name", "tid",
    ].map { text in text == "tid" ? [] : text.split(separator: ",").map { FeatureQuery.SortKey(text: $0) } }

    private static func check(_ reader: FeatureReader, _ table: FeatureTable, _ features: [Feature], _ g: inout SeededGenerator) throws {
        for order in orders {
            let expected = sorted(features, order)
            var (found, position): ([String], FeatureQuery.Position) = ([], .start)
            while true {
                let limit = [1, 2, 3, 7, 20, 50, 1000].randomElement(using: &g)!
                let page = try reader.page(table, FeatureQuery(limit: limit, position: position, order: order))
                let here = try ids(page)
                #expect(here.count == page.count)
                #expect(page.matched == features.count)
                let byOffset = try reader.page(table, FeatureQuery(limit: limit, position: .offset(found.count), order: order))
                #expect(byOffset.features == page.features)
                #expect(byOffset.next == page.next)
                found += here
                guard let next = page.next else { break }
                #expect(page.count == limit)
                #expect(next.utf8.allSatisfy { "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8.contains($0) })
                position = .after(cursor: next)
            }
            #expect(found == expected, "\(order)")
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `by cursors of any length give every feature once, in the order of a plain sort`(seed: UInt64) throws {
        var g = SeededGenerator(seed: seed + 100)
        let sample = Sample([1, 60, 150][Int(seed) - 1], seed: seed)
        let made = try sample.materialised()
        try Self.check(made.reader, made.table, sample.features, &g)
        let folder = try TemporaryFolder()
        let (reader, table) = try sample.file(folder)
        try Self.check(reader, table, sample.features, &g)
    }

    @Test func `end exactly: a page that is full and the last has no next`() throws {
        let made = try Sample(20, seed: 4).materialised()
        let all = try made.reader.page(made.table, FeatureQuery(limit: 20))
        #expect(all.count == 20 && all.next == nil && all.matched == 20)
        let first = try made.reader.page(made.table, FeatureQuery(limit: 10))
        let second = try made.reader.page(made.table, FeatureQuery(limit: 10, position: .after(cursor: try #require(first.next))))
        #expect(second.count == 10 && second.next == nil)
        let beyond = try made.reader.page(made.table, FeatureQuery(limit: 10, position: .offset(50)))
        #expect(beyond.count == 0 && beyond.next == nil && beyond.matched == 20)
        #expect(beyond.features.isEmpty)
    }

    @Test func `of nothing are empty`() throws {
        let made = try Sample(0, seed: 4).materialised()
        let page = try made.reader.page(made.table, FeatureQuery(counting: .always))
        #expect(page == FeaturePage(features: [], count: 0, next: nil, matched: 0))
        #expect(made.extent == nil)
        #expect(try made.reader.extent(of: made.table) == nil)
        #expect(try made.reader.page(made.table, FeatureQuery(box: try BoundingBox([-10, -10, 10, 10]))).count == 0)
    }

    @Test func `refuse a cursor that was altered, cut, or made for another order or collection`() throws {
        let made = try Sample(50, seed: 5).materialised()
        let order = [FeatureQuery.SortKey("name")]
        let next = try #require(try made.reader.page(made.table, FeatureQuery(limit: 10, order: order)).next)
        func ask(_ cursor: String, _ order: [FeatureQuery.SortKey], _ table: FeatureTable? = nil) throws {
            _ = try made.reader.page(table ?? made.table, FeatureQuery(limit: 10, position: .after(cursor: cursor), order: order))
        }
        try ask(next, order)
        #expect(throws: FeaturesError.self) { try ask(next, []) }
        #expect(throws: FeaturesError.self) { try ask(next, [FeatureQuery.SortKey("name", isDescending: true)]) }
        var other = made.table
        other.id = "other"
        #expect(throws: FeaturesError.self) { try ask(next, order, other) }
        for odd in ["", "x", "====", next + "A", String(next.dropLast()), String(next.dropFirst()), next + "=", "é", String(repeating: "A", count: 300)] {
            #expect(throws: FeaturesError.self, "\(odd)") { try ask(odd, order) }
        }
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        for i in next.indices {
            for letter in letters where letter != next[i] {
                let altered = next.replacingCharacters(in: i...i, with: String(letter))
                #expect(throws: FeaturesError.self) { try ask(altered, order) }
            }
        }
    }

    @Test func `go on after their cursor though features before and after it come and go`() throws {
        let folder = try TemporaryFolder()
        let sample = Sample(40, seed: 6)
        let (reader, table) = try sample.file(folder)
        let expected = Self.sorted(sample.features, [])
        let first = try reader.page(table, FeatureQuery(limit: 10))
        let queue = try DatabaseQueue(path: folder.path("sample.gpkg"))
        let gone = [expected[0], expected[9], expected[10]]
        try queue.write { db in
            for id in gone { try db.execute(sql: "DELETE FROM sample WHERE code = ?", arguments: [id]) }
        }
        let second = try reader.page(table, FeatureQuery(limit: 100, position: .after(cursor: try #require(first.next))))
        #expect(try ids(second) == Array(expected[11...]))
        // The number is counted anew once somebody has written.
        #expect(second.matched == 37)
    }

    @Test func `refuse names that are no property, whatever they try`() throws {
        let made = try Sample(5, seed: 7).materialised()
        for name in ["nothing", "name\"; DROP TABLE features; --", "name) OR (1=1", "p0", "f.\"p0\"", "", "geom", "fid", "ready"] {
            #expect(throws: FeaturesError.self, "\(name)") { try made.reader.page(made.table, FeatureQuery(order: [.init(name)])) }
            #expect(throws: FeaturesError.self, "\(name)") { try made.reader.page(made.table, FeatureQuery(equalities: [.init(name, "x")])) }
            #expect(throws: FeaturesError.self, "\(name)") { try made.reader.page(made.table, FeatureQuery(properties: [name])) }
        }
        #expect(throws: FeaturesError.parameter("sortby", problem: "cannot sort by 'tags'; properties to sort by: name, people, share, open, since, until, changed, id")) {
            try made.reader.page(made.table, FeatureQuery(order: [.init("tags")]))
        }
        let harmless = try made.reader.page(made.table, FeatureQuery(equalities: [.init("name", "x' OR '1'='1")]))
        #expect(harmless.count == 0)
        #expect(try made.reader.feature(made.table, id: "x' OR '1'='1") == nil)
        #expect(throws: FeaturesError.self) { try made.reader.page(made.table, FeatureQuery(limit: 0)) }
        #expect(throws: FeaturesError.self) { try made.reader.page(made.table, FeatureQuery(position: .offset(-1))) }
    }
}
