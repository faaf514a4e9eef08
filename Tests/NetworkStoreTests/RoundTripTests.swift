import CiteNetwork
import Foundation
import GRDB
import GeoModel
import GeoPackage
import GeometryEngine
import NetworkStore
import TestSupport
import Testing

/// Files that leave the store and come back, and files that say one thing twice.
@Suite struct RoundTripTests {
    let folder: TemporaryFolder
    let store: NetworkStore

    init() throws {
        folder = try TemporaryFolder()
        store = try SmallGeoData.store(in: folder)
    }

    private func run(_ text: String, name: String = "f.csv", kind: RecordKind? = nil, replace: Bool = false) throws -> RecordImport {
        let bytes = Array(text.utf8)
        let entries = try name.hasSuffix(".csv") ? RecordFile.csv(bytes, name: name, kind: kind) : RecordFile.geoJSON(bytes, name: name, kind: kind)
        return try store.importRecords(entries, file: name, who: "t", why: nil, replace: replace)
    }

    private func feature(_ id: String, _ geometry: String, _ properties: String = "") -> String {
        #"{"type":"Feature","geometry":\#(geometry),"properties":{"record":"platform","id":"\#(id)"\#(properties)}}"#
    }

    private func collection(_ features: String...) -> String { #"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"# }

    private func shape(of cite: String) throws -> Geometry? { try store.records(for: .officer).territories(of: cite).first?.geometry }

    private let box = Geometry.polygon(
        Polygon(exterior: [(0.1, 45.1), (0.9, 45.1), (0.9, 45.9), (0.123456789, 45.9), (0.1, 45.1)].map { Coordinate(x: $0.0, y: $0.1) }))

    @Test func `a territory given as a shape keeps it through a table, which cannot carry it`() throws {
        _ = try store.edit(who: "t", why: nil) {
            try $0.upsert(.territory, RecordValues(cells: ["cite": "two", "definition": ""], geometry: box, isFeature: true))
        }
        let before = try #require(try shape(of: "two"))
        let csv = String(decoding: RecordFile.csv(try store.values(of: .territory), kind: .territory), as: UTF8.self)
        #expect(try run(csv, kind: .territory, replace: true).changes.isEmpty)
        #expect(try run("cite,start,definition,basis,source,note\ntwo,,,none,book,N\n").changes.count == 1)
        #expect(try shape(of: "two") == before)
    }

    @Test func `a polygon that another program drew finer than seven decimals comes back unchanged`() throws {
        try store.file.write { db in
            try db.execute(sql: "UPDATE territories SET geom = ? WHERE cite = 'two'", arguments: [StoredGeometry(box.asMultiPolygon)])
        }
        let file = String(decoding: RecordFile.geoJSON(try store.allEntries()), as: UTF8.self)
        #expect(try run(file, name: "n.geojson", replace: true).changes.isEmpty)
    }

    @Test func `points come back with every digit, and one that was added since goes`() throws {
        var g = SeededGenerator(seed: 5)
        for _ in 0..<50 {
            let c = Coordinate(x: .random(in: -180...180, using: &g), y: .random(in: -90...90, using: &g))
            try store.file.write { db in
                try db.execute(sql: "UPDATE platforms SET geom = ? WHERE id = 'one-main'", arguments: [StoredGeometry(.point(c))])
                try db.execute(sql: "UPDATE platforms SET geom = NULL WHERE id = 'two-east'")
            }
            let file = String(decoding: RecordFile.geoJSON(try store.allEntries()), as: UTF8.self)
            #expect(try run(file, name: "n.geojson", replace: true).changes.isEmpty)
            _ = try store.edit(who: "t", why: nil) { editor in
                for id in ["one-main", "two-east"] { _ = try editor.upsert(.platform, RecordValues(cells: ["id": id, "lon": "1.5", "lat": "45.5"])) }
            }
            _ = try run(file, name: "n.geojson", replace: true)
            #expect(try store.records(for: .officer).platform("one-main")?.location == c)
            #expect(try store.records(for: .officer).platform("two-east")?.location == nil)
        }
    }

    @Test func `what another program wrote and this one would refuse comes back, where nothing changed`() throws {
        try store.file.write { db in try db.execute(sql: "UPDATE platforms SET website = 'example', town = ' X ', counsellors = 1e6 WHERE id = 'one-main'") }
        let file = String(decoding: RecordFile.geoJSON(try store.allEntries()), as: UTF8.self)
        #expect(try run(file, name: "n.geojson", replace: true).changes.isEmpty)
    }

    @Test(arguments: [
        (#"{"type":"Point","coordinates":[0.5,45.5]}"#, #","lon":0.6,"lat":45.5"#, "lon 0.6 and lat 45.5 contradict its geometry"),
        (#"{"type":"Polygon","coordinates":[[[0,45],[1,45],[1,46],[0,45]]]}"#, "", "its geometry is a Polygon; a platform is a Point"),
        (#"{"type":"Point","coordinates":[0.5,45.5]}"#, #","lon":0.5"#, "lon and lat go together"),
        (#"{"type":"Point","coordinates":[0,0]}"#, "", "lon and lat are 0 and 0"),
        ("null", #","id":"two-east""#, "two properties mean 'id'"), ("null", #","town":"A","ville":"B""#, "two properties mean 'town'"),
    ])
    func `a feature that contradicts itself is refused by its number`(geometry: String, properties: String, problem: String) throws {
        let error = #expect(throws: StoreError.self) {
            try run(collection(feature("two-east", "null"), feature("one-main", geometry, properties)), name: "f.geojson")
        }
        #expect(error?.description.contains("features[1]") == true && error?.description.contains(problem) == true, "\(error.map(\.description) ?? "")")
    }

    @Test func `an id of the feature and another as its property, or twice an id, are refused`() throws {
        let two = feature("one-main", "null").replacing(#""geometry""#, with: #""id":"two-east","geometry""#)
        let error = #expect(throws: StoreError.self) { try run(collection(two), name: "f.geojson") }
        #expect(error?.description.contains("features[0]: its id is 'two-east', its property id is 'one-main'") == true)
        let twice = feature("one-main", "null").replacing(#""geometry""#, with: #""id":"one-main","id":"two-east","geometry""#)
        let second = #expect(throws: StoreError.self) { try run(collection(twice), name: "f.geojson") }
        #expect(second?.description.contains("features[0].id: the member stands twice") == true)
    }

    @Test func `one record twice in a file is refused with both places`() throws {
        let features = #expect(throws: StoreError.self) { try run(collection(feature("one-main", "null"), feature("one-main", "null")), name: "f.geojson") }
        #expect(features?.description.contains("features[1]: platform one-main stands at features[0] too") == true)
        for (text, record) in [
            ("platform,status,start,source\none-main,open,1999,book\none-main,open,1999,book\n", "period one-main open 1999"),
            ("cite,start,definition,basis,source\none,,+FR-01 -epci:1,stated,book\none,,+FR-01 -epci:1,stated,book\n", "territory one - +FR-01 -epci:1"),
            ("cite,position,name,language,source\none,1,A,fr,book\none, 1,B,fr,book\n", "pole one 1"),
        ] {
            let error = #expect(throws: StoreError.self) { try run(text) }
            #expect(error?.description.contains("line 3: \(record) stands at line 2 too") == true, "\(error.map(\.description) ?? "")")
        }
    }

    @Test func `two records of one key in the store are told, and neither is changed`() throws {
        try store.file.write { db in
            try db.execute(sql: "INSERT INTO platform_periods (platform, status, start_date, source) VALUES ('one-main', 'open', '1999', 'book')")
        }
        let error = #expect(throws: StoreError.self) { try run("platform,status,start,end\none-main,open,1999,2009\n") }
        #expect(
            error?.description.contains("the store has period one-main open 1999 twice (platform_periods fid 1 and 3)") == true,
            "\(error.map(\.description) ?? "")")
    }
}
