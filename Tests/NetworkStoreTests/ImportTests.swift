import CiteNetwork
import Foundation
import GeoModel
import NetworkStore
import Testing
import TestSupport

@Suite struct ImportTests {
    let folder: TemporaryFolder
    let store: NetworkStore

    init() throws {
        folder = try TemporaryFolder()
        store = try SmallGeoData.store(in: folder)
    }

    private func run(
        _ text: String, name: String = "f.csv", kind: RecordKind? = nil, mapping: [String: String] = [:], replace: Bool = false, dryRun: Bool = false
    ) throws -> RecordImport {
        let bytes = Array(text.utf8)
        let entries =
            try name.hasSuffix(".csv")
            ? RecordFile.csv(bytes, name: name, kind: kind, mapping: mapping) : RecordFile.geoJSON(bytes, name: name, kind: kind, mapping: mapping)
        return try store.importRecords(entries, file: name, who: "t", why: nil, replace: replace, dryRun: dryRun)
    }

    @Test func `what is exported comes back to the same state, whatever was edited in between`() throws {
        let geoJSON = RecordFile.geoJSON(try store.allEntries())
        #expect(try run(String(decoding: geoJSON, as: UTF8.self), name: "n.geojson").changes.isEmpty)
        _ = try store.edit(who: "t", why: nil) { editor in
            _ = try editor.upsert(.platform, RecordValues(cells: ["id": "two-east", "town": "X", "lon": "1.6", "lat": "45.6", "country": "FR"]))
            _ = try editor.upsert(.decision, RecordValues(cells: ["cite": "two", "decision": "projet", "date": "2010", "source": "book"]))
            _ = try editor.deleteAll(.pole, except: [])
        }
        let back = try run(String(decoding: geoJSON, as: UTF8.self), name: "n.geojson", replace: true)
        #expect(back.changes.map(\.action).sorted { $0.rawValue < $1.rawValue } == [.added, .changed, .deleted])
        #expect(RecordFile.geoJSON(try store.allEntries()) == geoJSON)
        for kind in RecordKind.all {
            let csv = String(decoding: RecordFile.csv(try store.values(of: kind), kind: kind), as: UTF8.self)
            #expect(try run(csv, kind: kind, replace: true).changes.isEmpty, "\(kind.name)")
        }
    }

    @Test func `columns are detected by usual names and mapped where they are not`() throws {
        let result = try run(
            "identifiant;cite;type;Nom du lieu;pays;Latitude;Longitude;precision;source\nnew;one;site;Nouveau;FR;45.4;0.4;town;book\n",
            mapping: ["Nom du lieu": "name"])
        #expect(result.changes.map(\.action) == [.added])
        #expect(result.records.platform("new")?.location == Coordinate(x: 0.4, y: 45.4) && result.records.platform("new")?.visibility == .public)
    }

    @Test func `a dry run shows the changes and leaves everything as it was`() throws {
        let before = RecordFile.geoJSON(try store.allEntries())
        let result = try run("id,town\none-main,Grenoble\n", kind: .platform, dryRun: true)
        #expect(result.changes.map(\.id) == ["one-main"] && result.changes.map(\.action) == [.changed])
        #expect(result.changes[0].differences == [.init(column: "town", before: "Saint-Égrève", after: "Grenoble")])
        #expect(result.records.platform("one-main")?.contact.town == "Grenoble")
        #expect(RecordFile.geoJSON(try store.allEntries()) == before)
        #expect(try store.history().allSatisfy { $0.change == 1 })
    }

    @Test(arguments: [
        ("id,town\none-main,\"Gre\n", "line 2: a quoted field is not closed"),
        ("id,town,colour\none-main,A,red\n", "column 'colour' is no field of a platform"),
        ("id,town\none-main,A\u{0}B\n", "line 2: town is"),
        ("id,cite,kind,name,country,location_accuracy,lat,lon,source\nn,one,site,N,FR,town,0.5,45.5,book\n", "look swapped"),
        ("id,lat,lon\none-main,NaN,1\n", "line 2: lat is 'NaN'; expected a latitude"), ("id,lat\none-main,1\n", "lon and lat go together"),
        ("id,floor_area_m2\none-main,1e999\n", "floor_area_m2 is '1e999'; expected a number"),
        ("id,name\none-main,\n", "line 2: name is ''; expected some text"),
        ("id,cite\none-main,three\n", "cite is 'three', which does not exist"), ("id,name\nbrand-new,N\n", "has no cite"),
        ("id,id\n1,2\n", "two columns are named 'id'"),
    ])
    func `a bad table is refused with its line and nothing changes`(text: String, problem: String) throws {
        let before = RecordFile.geoJSON(try store.allEntries())
        let error = #expect(throws: StoreError.self) { try run(text, kind: .platform) }
        #expect(error?.description.contains(problem) == true, "\(error.map(\.description) ?? "")")
        #expect(RecordFile.geoJSON(try store.allEntries()) == before)
    }

    @Test func `a table of a million columns is refused in a short sentence`() throws {
        let header = (0..<1_000_000).map { "c\($0)" }.joined(separator: ",")
        let error = #expect(throws: StoreError.self) { try run(header + "\n1\n", kind: .platform) }
        #expect((error?.description.count ?? 0) < 2_000)
    }

    @Test func `a replacement that would orphan records names them, in a dry run too`() throws {
        for dryRun in [true, false] {
            let error = #expect(throws: StoreError.self) { try run("id,title\nother,Other\n", kind: .source, replace: true, dryRun: dryRun) }
            #expect(error?.description.contains("source book is not in the file and cannot be deleted: cite one") == true, "\(error.map(\.description) ?? "")")
        }
    }

    @Test func `a table in Windows-1252 is read with a note, one in UTF-16 is refused`() throws {
        var notes: [String] = []
        let latin: [UInt8] = Array("id,town\none-main,Ch".utf8) + [0xE2] + Array("teau\n".utf8)
        let entries = try RecordFile.csv(latin, name: "f.csv", kind: .platform) { notes.append($0) }
        #expect(entries[0].values.cells["town"] == "Château")
        #expect(notes == ["f.csv is not UTF-8: it was read as Windows-1252; look at the accents"])
        let wide = "id,town\none-main,Château\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        for bytes in [wide, [0xFF, 0xFE] + wide] {
            let error = #expect(throws: StoreError.self) { try RecordFile.csv(bytes, name: "f.csv", kind: .platform) }
            #expect(error?.description.contains("byte 0: the text is UTF-16 or UTF-32; expected UTF-8") == true)
        }
    }

    @Test(arguments: [
        ("timezone", "Europe/Pari", "an IANA time zone"), ("country", "XX", "an ISO 3166-1 code"), ("area", "FR-99", "the code of an area"),
        ("locality", "7", "the GeoNames id of a locality"), ("counsellors", "-1", "a number of counsellors from 0"),
        ("floor_area_m2", "-3", "a number of m² from 0"), ("name", "\"a\tb\"", "one line of text"), ("declared_distance_m", "nan", "a number of metres"),
        ("name", String(repeating: "x", count: 1_001), "at most 1000 bytes"), ("town", " ", "text, or nothing"),
    ])
    func `a value that cannot be is refused with what would be accepted`(field: String, value: String, accepted: String) throws {
        let error = #expect(throws: StoreError.self) { try run("id,\(field)\none-main,\(value)\n", kind: .platform) }
        #expect(
            error?.description.contains("line 2: \(field) is '") == true && error?.description.contains(accepted) == true, "\(error.map(\.description) ?? "")")
    }

    @Test func `a period that ends before it starts is refused`() throws {
        let error = #expect(throws: StoreError.self) { try run("platform,status,start,end,source\none-main,closed,2020,2015,book\n") }
        #expect(error?.description.contains("ends (2015) before it starts (2020)") == true)
        #expect(try run("platform,status,start,end,source\none-main,closed,2020,2020,book\n").changes.count == 1)
    }

    @Test func `a file in another CRS than WGS 84 is refused by its crs member`() throws {
        let text = #"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::2154"}},"features":[]}"#
        let error = #expect(throws: StoreError.self) { try run(text, name: "f.geojson") }
        #expect(error?.description.contains("EPSG::2154'; expected WGS 84") == true)
        #expect(try run(text.replacing("EPSG::2154", with: "OGC:1.3:CRS84"), name: "f.geojson").changes.isEmpty)
    }
}
