import CiteNetwork
import Foundation
import GRDB
import GeoFormats
import GeoModel
import GeoPackage
import NetworkStore
import TestSupport
import Testing

/// Values that no record can have, each refused with what would be accepted.
@Suite struct RefusalTests {
    let folder: TemporaryFolder
    let store: NetworkStore

    init() throws {
        folder = try TemporaryFolder()
        store = try SmallGeoData.store(in: folder)
    }

    private func refusal(_ kind: RecordKind, _ cells: [String: String]) throws -> String {
        try #require(#expect(throws: StoreError.self) { try store.edit(who: "t", why: nil) { try $0.upsert(kind, RecordValues(cells: cells)) } }).description
    }

    @Test(arguments: [
        (["lat": "0", "lon": "0"], "lon and lat are 0 and 0"), (["lat": "0x10", "lon": "0.5"], "lat is '0x10'; expected a latitude"),
        (["lat": "45,5", "lon": "0.5"], "lat is '45,5'; expected a latitude from -90 to 90, with a decimal point and no comma: 45.5"),
        (["floor_area_m2": "99,5"], "with a decimal point and no comma: 99.5"), (["floor_area_m2": "0x63"], "a number of m²"),
        (["verified": "2999-01"], "verified is '2999-01', which is yet to come"), (["services": "training training"], "each once"),
        (["town": "A\u{202E}B"], "town is 'A\\u{202E}B'; expected one line of text without control characters"), (["note": "a\u{1B}[1m"], "without control"),
        (["website": "javascript:alert(1)"], "an address that begins with http:// or https://"), (["website": "www.example.org"], "http:// or https://"),
        (["website": "http://"], "http:// or https://"), (["visibility": ""], "visibility is ''; expected public, restricted"),
    ])
    func `a value that no platform has is refused`(cells: [String: String], problem: String) throws {
        let error = try refusal(.platform, cells.merging(["id": "one-main"]) { a, _ in a })
        #expect(error.contains(problem), "\(error)")
    }

    @Test(arguments: [
        (["seat_lon": "0.5"], "seat_lon and seat_lat go together"), (["seat_lon": "0", "seat_lat": "0"], "seat_lon and seat_lat are 0 and 0"),
        (["seat_platform": "two-east"], "seat_platform is 'two-east', of two; expected a platform of one"),
    ])
    func `a seat that cannot be is refused`(cells: [String: String], problem: String) throws {
        let error = try refusal(.cite, cells.merging(["id": "one"]) { a, _ in a })
        #expect(error.contains(problem), "\(error)")
    }

    @Test func `spaces around a value are left out`() throws {
        _ = try store.edit(who: "t", why: nil) {
            try $0.upsert(.platform, RecordValues(cells: ["id": " one-main", "town": " Le  Vigan\u{A0}", "lat": " 45.4 ", "lon": "0.4"]))
        }
        let platform = try store.records(for: .officer).platform("one-main")
        #expect(platform?.contact.town == "Le  Vigan" && platform?.location == Coordinate(x: 0.4, y: 45.4))
    }

    @Test(arguments: ["One", "a b", "-a", "é", "a/b", String(repeating: "a", count: 81)])
    func `an id that people cannot write is refused`(id: String) throws {
        let error = try refusal(.source, ["id": id, "title": "T"])
        #expect(error.contains("id is '") && error.contains("expected up to 80 small letters"), "\(error)")
    }

    @Test func `no two of a Cité and a platform have one id, whatever the case`() throws {
        let platform = ["cite": "one", "kind": "site", "name": "N", "country": "FR", "location_accuracy": "town", "source": "book"]
        #expect(try refusal(.platform, platform.merging(["id": "two"]) { a, _ in a }).contains("there is a cite 'two' already"))
        let cite = ["id": "one-main", "name": "N", "country": "FR", "form": "citeDesMetiers", "source": "book"]
        #expect(try refusal(.cite, cite).contains("there is a platform 'one-main' already"))
        try store.file.write { db in try db.execute(sql: "DELETE FROM platform_periods; UPDATE platforms SET id = 'Two-West' WHERE id = 'two-east'") }
        #expect(try refusal(.platform, platform.merging(["id": "two-west"]) { a, _ in a }).contains("in other letters, large and small"))
    }

    @Test func `UTF-8 with stray bytes is refused with the line of the first, Windows-1252 alone is read`() throws {
        let mixed: [UInt8] = Array("id,town\none-main,Ch".utf8) + [0xE2] + Array("teau\ntwo-east,Épinal\n".utf8)
        let error = #expect(throws: StoreError.self) { try RecordFile.csv(mixed, name: "f.csv", kind: .platform) }
        #expect(error?.description.contains("f.csv, line 2: a byte that is not UTF-8, where other lines have UTF-8") == true)
        let reversed: [UInt8] = Array("id,town\r\ntwo-east,Épinal\r\none-main,Ch".utf8) + [0xE2] + Array("teau\r\n".utf8)
        let second = #expect(throws: StoreError.self) { try RecordFile.csv(reversed, name: "f.csv", kind: .platform) }
        #expect(second?.description.contains("line 3:") == true)
    }

    @Test func `localities in Windows-1252 are read with a note, and nonsense of them is refused`() throws {
        let header = NetworkStore.localityFileColumns.joined(separator: ",") + "\n"
        let latin: [UInt8] = Array((header + "90,Ch").utf8) + [0xE2] + Array("teau,FR,FR-01,45.3,0.3,10,Europe/Paris,,\n".utf8)
        let done = try store.importLocalities(latin, file: "l.csv", isDryRun: true)
        #expect(done.added == 1 && done.notes == ["l.csv is not UTF-8: it was read as Windows-1252; look at the accents"])
        for (row, problem) in [
            ("90,A,FR,FR-01,45.3,0.3,-10,Europe/Paris,,", "line 2: population is '-10'; expected a number of people from 0"),
            ("90,A,FR,FR-01,45.3,0.3,10,Europe/Pari,,", "line 2: timezone is 'Europe/Pari'; expected an IANA time zone"),
        ] {
            let error = #expect(throws: StoreError.self) { try store.importLocalities(Array((header + row + "\n").utf8), file: "l.csv") }
            #expect(error?.description.contains(problem) == true, "\(error.map(\.description) ?? "")")
        }
    }
}
