import CiteNetwork
import Foundation
import GRDB
import GeoModel
import GeoPackage
import NetworkStore
import Testing
import TestSupport

@Suite struct NetworkStoreTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func makeStore(replacing changes: [String: String] = [:]) throws -> NetworkStore {
        try SmallGeoData.store(in: folder, replacing: changes)
    }

    @Test func `the records come back as the files tell them`() throws {
        let records = try makeStore().records(for: .officer)
        #expect(records.cites.map(\.id) == ["one", "two"])
        let main = try #require(records.platform("one-main"))
        #expect(main.services == [.employment, .training] && main.modalities == nil && main.floorArea == 600 && main.location == Coordinate(x: 0.5, y: 45.5))
        #expect(records.platform("two-east")?.locationAccuracy == .assumed && records.platform("two-east")?.declaredDistance == 25_000)
        #expect(records.cite("two")?.seat == .unknown(reason: "no source says") && records.cite("one")?.member == true && records.cite("two")?.member == nil)
        #expect(records.poles(of: "one").map(\.service) == [.employment])
        #expect(records.label(of: "one", asOf: CalendarDate("2000-01-01")!).level == .fonctionnement)
    }

    @Test func `a territory is its areas joined and taken away`() throws {
        let territories = try makeStore().records(for: .officer).territories(of: "one")
        let shape = try #require(territories.first?.geometry)
        let area = shape.polygons.reduce(0) { sum, p in
            sum + abs(signedDoubleArea(p.exterior)) / 2 - p.holes.reduce(0) { $0 + abs(signedDoubleArea($1)) / 2 }
        }
        #expect(abs(area - 0.96) < 1e-12)
    }

    @Test func `areas are found by code, alias, name and name in another language; régions get their members' shape`() throws {
        let store = try makeStore()
        for text in ["FR-01", "fr-01", "01", "ouest"] { #expect(try store.areaCodes(matching: text) == ["FR-01"], "\(text)") }
        #expect(try store.areaCodes(matching: "EAST") == ["FR-02"])
        #expect(try store.areaCodes(matching: "nowhere").isEmpty)
        #expect(try store.areaSuggestions(for: "Oues-") == ["Ouest (FR-01)"])
        let region = try #require(try store.geometries(ofAreas: ["FR-R"])[0])
        #expect(region.envelope == Envelope(minX: 0, minY: 45, maxX: 2, maxY: 46))
        #expect(try store.areaTree()["FR-01"]?.population == 1200)
    }

    @Test(arguments: ["Saint-Égrève", "saint egreve", "ST-EGREVE", "St. Égrève", "sancta agripa"])
    func `a locality is found however its name is written`(name: String) throws {
        #expect(try makeStore().localities(named: name).map(\.id) == [10])
    }

    @Test func `of localities of one name the most populous comes first`() throws {
        let store = try makeStore()
        #expect(try store.localities(named: "oeuilly").map(\.id) == [12, 11])
        #expect(try store.localitySuggestions(for: "Oeuillies").map(\.id) == [12, 11])
        #expect(try store.locality(id: 13)?.sectionOf == 10)
    }

    @Test func `what is restricted is seen by officers only, with all that hangs on it`() throws {
        let platforms = try #require(SmallGeoData.files["network/platforms.csv"]).replacing("25000,public", with: "25000,restricted")
        let store = try makeStore(replacing: ["network/platforms.csv": platforms])
        #expect(try store.records(for: .officer).platform("two-east") != nil)
        let seen = try store.records(for: .everyone)
        #expect(seen.platform("two-east") == nil && seen.periods(of: "two-east").isEmpty && seen.cite("two") != nil)
        try store.file.write { db in try db.execute(sql: "UPDATE cites SET visibility = 'restricted' WHERE id = 'one'") }
        let less = try store.records(for: .everyone)
        #expect(less.cites.map(\.id) == ["two"] && less.platforms.isEmpty && less.decisions(of: "one").isEmpty && less.territories(of: "one").isEmpty)
        try store.removeRestricted()
        let copy = try NetworkStore.open(at: folder.path("network.gpkg"))
        #expect(try copy.records(for: .officer).cites.map(\.id) == ["two"])
        #expect(try copy.check().isEmpty)
        #expect(try !Data(contentsOf: URL(fileURLWithPath: folder.path("network.gpkg"))).contains(Array("Cité une".utf8)))
    }

    @Test(arguments: [
        (
            "network/periods.csv", "platform,status,start,end,note,source,verified\none-main,opened,1999,,,book,2009\none-main,open,soon,,,book,2009\n",
            ["periods.csv, line 2: status is 'opened'; expected open", "periods.csv, line 3: start is 'soon'; expected YYYY"]
        ),
        (
            "network/decisions.csv", "cite,date,decision,body,document,note,source,verified\nnobody,1999,projet,,,,book,2009\n",
            ["decisions.csv, line 2: cite is 'nobody', which does not exist"]
        ),
        (
            "network/territories.csv", "cite,start,end,definition,basis,note,source,verified\none,,,+FR-99,stated,,book,2009\n",
            ["territories.csv, line 2: definition is '+FR-99'", "there is no area 'FR-99'"]
        ),
        ("network/cites.csv", "id,name\none,x\n", ["cites.csv", "has no country|has no form|has no source"]),
        (
            "localities/FR.csv", "id,name,country,area,lat,lon,population,timezone,section_of,alternates\n1,x,FR,,95,0,1,,,\n",
            ["FR.csv, line 2: lat is '95'; expected a latitude"]
        ),
        (
            "areas/admin1.geojson", "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":null,\"properties\":{}}]}",
            ["admin1.geojson, features[0]: expected the properties code"]
        ),
    ])
    func `bad content is refused with its file and line, and nothing of it is stored`(file: String, text: String, expected: [String]) throws {
        let data = try TemporaryFolder()
        try SmallGeoData.write(to: data, replacing: [file: text])
        let store = try NetworkStore.create(at: folder.path("network.gpkg"))
        let error = #expect(throws: (any Error).self) { try store.importGeoData(from: data.url) }
        let message = error.map { "\($0)" } ?? ""
        for part in expected {
            #expect(part.split(separator: "|").contains { message.contains($0) }, "'\(part)' not in: \(message)")
        }
        #expect(try store.records(for: .officer).cites.isEmpty)
        #expect(try store.areaTree().areas.isEmpty)
    }

    @Test func `hours that cannot be read are refused with their line and column, and those that can are kept as written`() throws {
        let platforms = try #require(SmallGeoData.files["network/platforms.csv"])
        let lines = platforms.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let column = try #require(lines[0].split(separator: ",").firstIndex(of: "hours"))
        func withHours(_ hours: String) -> String {
            var cells = lines[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            cells[column] = hours
            return ([lines[0], cells.joined(separator: ",")] + lines[2...]).joined(separator: "\n")
        }
        let store = try makeStore(replacing: ["network/platforms.csv": withHours("Mo-Fr 09:00-12:00; PH off")])
        #expect(try store.records(for: .officer).platforms.contains { $0.hours == "Mo-Fr 09:00-12:00; PH off" })
        try store.close()
        let other = try TemporaryFolder()
        try SmallGeoData.write(to: other, replacing: ["network/platforms.csv": withHours("Mo-Fr 9h-12h")])
        let empty = try NetworkStore.create(at: other.path("network.gpkg"))
        let error = #expect(throws: StoreError.self) { try empty.importGeoData(from: other.url) }
        #expect(error?.description.contains("platforms.csv, line 2: hours is 'Mo-Fr 9h-12h'; column 7: '9h-12h'; expected a time such as 09:00") == true)
    }

    @Test func `the check finds dangling references and unreadable codes that a foreign hand left`() throws {
        let store = try makeStore()
        #expect(try store.check().isEmpty)
        try store.file.write { db in
            try db.execute(
                sql: """
                    UPDATE platforms SET area = 'FR-77', hours = 'Mo 9h' WHERE id = 'one-main';
                    UPDATE platform_periods SET status = 'ajar' WHERE platform = 'two-east'
                    """)
        }
        let findings = try store.check().map(\.description)
        #expect(findings.contains { $0.contains("platforms one-main: area 'FR-77' is not in areas") })
        #expect(findings.contains { $0.contains("platforms one-main: hours 'Mo 9h' cannot be read: column 4: '9h'; expected a time such as 09:00") })
        #expect(findings.contains { $0.contains("status is 'ajar'; expected open, prefiguration") })
    }

    @Test(arguments: [
        ("UPDATE platforms SET geom = x'4750000100000000' WHERE id = 'one-main'", "geom"),
        ("UPDATE platforms SET floor_area_m2 = 'large' WHERE id = 'one-main'", "floor_area_m2 is 'large'"),
        ("UPDATE cites SET visibility = 'secret'", "visibility is 'secret'"), ("UPDATE territories SET start_date = 'soon'", "start_date is 'soon'"),
    ])
    func `a value that a foreign hand made unreadable is an error that names it, never a crash`(sql: String, problem: String) throws {
        let store = try makeStore()
        try store.file.write { db in
            // A foreign program has other spatial functions, or none: the triggers do not stop it.
            for suffix in ["update2", "update4", "update5", "update6", "update7"] { try db.execute(sql: "DROP TRIGGER rtree_platforms_geom_\(suffix)") }
            try db.execute(sql: sql)
        }
        let error = #expect(throws: StoreError.self) { try store.records(for: .officer) }
        #expect(error?.description.contains(problem) == true, "\(error.map(\.description) ?? "")")
        #expect(try store.check().contains { $0.problem.contains(problem) })
    }

    @Test func `areas that contain one another, and localities without a number of people, are found and stop nothing`() throws {
        let store = try makeStore()
        try store.file.write { db in
            try db.execute(sql: "UPDATE areas SET parent = 'FR-01' WHERE code = 'FR-R'; UPDATE localities SET population = 'many' WHERE id = 10")
        }
        #expect(try store.areaTree().leaves(of: "FR-01").count <= 2)
        let findings = try store.check().map(\.problem)
        #expect(findings.contains("contains the area that contains it") && findings.contains("a locality without name, people or point"))
        #expect(throws: StoreError.self) { try store.localities(named: "Saint-Égrève") }
    }

    @Test func `a GeoPackage that is no store, and a store of a newer program, are refused`() throws {
        try GeoPackageFile.create(at: folder.path("other.gpkg")).close()
        let foreign = #expect(throws: StoreError.self) { try NetworkStore.open(at: folder.path("other.gpkg")) }
        #expect(foreign?.description.contains("it has no table 'maillage_schema'") == true)
        let store = try makeStore()
        try store.file.write { db in try db.execute(sql: "INSERT INTO maillage_schema (version, name, applied) VALUES (99, 'future', '2030-01-01T00:00:00Z')") }
        try store.close()
        let newer = #expect(throws: StoreError.self) { try NetworkStore.open(at: folder.path("network.gpkg")) }
        #expect(newer?.description.contains("its schema is version 99") == true)
        #expect(throws: StoreError.exists(path: folder.path("network.gpkg"))) { try NetworkStore.create(at: folder.path("network.gpkg")) }
    }

    @Test(arguments: [
        ("Saint-Étienne-du-Grès", "saint etienne du gres"), ("L'Haÿ-les-Roses", "l hay les roses"), ("Œuilly", "oeuilly"), ("STE-Marie", "sainte marie"),
        ("  Genève ", "geneve"), ("Gdańsk / Łódź", "gdansk lodz"), ("1er arrondissement", "1er arrondissement"), ("–", ""),
    ])
    func `names fold to one key`(name: String, key: String) { #expect(foldedKey(name) == key) }
}
