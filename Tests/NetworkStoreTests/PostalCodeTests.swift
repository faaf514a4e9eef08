import CiteNetwork
import Foundation
import GRDB
import GeoModel
import GeoPackage
import NetworkStore
import Testing
import TestSupport

@Suite struct PostalCodeTests {
    let folder: TemporaryFolder
    let store: NetworkStore

    init() throws {
        folder = try TemporaryFolder()
        store = try SmallGeoData.store(in: folder)
    }

    private let table = """
        country_code,zipcode,place,province_code,latitude,longitude
        FR,01100,Saint-Égrève,01,45.5,0.5
        FR,01100,Saint-Égrève 02,01,45.52,0.5
        FR,01101 CEDEX,Saint-Égrève CEDEX,01,45.5,0.5
        FR,02200,Œuilly,02,45.5,1.5
        FR,02200,Hameau,02,45.6,1.6

        """

    private func load(_ text: String, columns: PostalColumns = PostalColumns(), dry: Bool = false) throws -> LocalitiesImport {
        try store.importPostalCodes(Array(text.utf8), file: "codes.csv", columns: columns, isDryRun: dry)
    }

    private func dump() throws -> [String] {
        try store.file.read { db in
            try String.fetchAll(
                db,
                sql:
                    "SELECT fid || '|' || code || '|' || key || '|' || country || '|' || place || '|' || ifnull(area,'') || '|' || ifnull(locality,'') FROM postal_codes ORDER BY fid"
            )
        }
    }

    private func places(_ text: String) throws -> [String] {
        try store.search(SearchQuery(text), for: .everyone).compactMap { hit in
            guard case .postalPlace(let place) = hit.subject else { return nil }
            return "\(place.code) \(place.name) \(place.locality?.id ?? 0)"
        }
    }

    @Test func `codes are found whole, begun, and beside a name, and know their locality`() throws {
        let outcome = try load(table)
        #expect(outcome.added == 5 && outcome.withoutLocality == 1 && outcome.countries == ["FR"])
        #expect(try places("01100") == ["01100 Saint-Égrève 02 10", "01100 Saint-Égrève 10"])
        #expect(try places("01101") == ["01101 CEDEX Saint-Égrève CEDEX 10"])
        #expect(try places("0220").count == 2 && places("02200 haM") == ["02200 Hameau 0"] && places("oeuilly 02200") == ["02200 Œuilly 11"])
        #expect(try store.check().isEmpty)
    }

    @Test func `the same file twice leaves the same, a dry run leaves nothing, a newer file replaces its codes`() throws {
        #expect(try load(table, dry: true).added == 5)
        #expect(try dump().isEmpty)
        _ = try load(table)
        let before = try dump()
        #expect(try load(table).unchanged == 5)
        #expect(try dump() == before)
        let newer = try load("zip,name,lat,lng\n02200,Hameau,45.6,1.61\n", columns: PostalColumns(country: "fr"))
        #expect(newer.added == 1 && newer.removed == 2 && newer.unchanged == 0)
        #expect(try dump().count == 4)
    }

    @Test func `the export of GeoNames has no header, and quotes are letters to it`() throws {
        let rows = "FR\t01100\tSaint-Égrève\tR\t84\tOuest\t01\t\t\t45.5\t0.5\t5\nFR\t02200\t\"Le\" Hameau\tR\t84\tEst\t02\t\t\t45.6\t1.6\t\n"
        #expect(try load(rows).added == 2)
        #expect(
            try dump().map { $0.split(separator: "|", maxSplits: 1).last! } == ["01100|01100|FR|Saint-Égrève|FR-01|10", "02200|02200|FR|\"Le\" Hameau|FR-02|"])
    }

    @Test(arguments: [
        (
            "code,place,lat,lon,country\n1,a,45,200,FR\n,b,45,3,FR\n3,c,,,FR\n4,d,45,3,France\n",
            ["line 2: lon is '200'", "line 3: code is ''", "line 4: lat is ''", "line 5: country"]
        ),
        ("code,place,lat,lon\n1,a,45,3\n", ["looks like the country"]), ("a,b\n", ["--code", "--place", "columns: a, b"]),
        ("code,place,lat,lon,country\n1,a\n", ["line 2: 2 fields"]), ("", ["empty"]),
    ])
    func `each bad row is told with its line, and nothing is stored`(text: String, expected: [String]) throws {
        _ = try load(table)
        let before = try dump()
        let error = #expect(throws: StoreError.self) { try load(text) }
        for part in expected { #expect(error?.description.contains(part) == true, "'\(part)' not in \(String(describing: error))") }
        #expect(try dump() == before)
    }

    @Test func `a gazetteer file adds localities and changes those there are`() throws {
        let header = "id,name,country,area,lat,lon,population,timezone,section_of,alternates\n"
        let file = header + "90,Neuville,FR,FR-01,45.3,0.3,120,Europe/Paris,,Nova Villa\n12,Œuilly,FR,FR-01,45.2,0.2,800,Europe/Paris,,Oeil\n"
        let outcome = try store.importLocalities(Array(file.utf8), file: "more.csv")
        #expect(outcome.added == 1 && outcome.changed == 1)
        #expect(try store.importLocalities(Array(file.utf8), file: "more.csv").unchanged == 2)
        #expect(try store.search(SearchQuery("nova vlla"), for: .everyone).first?.locality?.id == 90)
        #expect(try store.localities(named: "oeil").map(\.population) == [800])
        for (bad, problem) in [
            ("91,A,FR,FR-99,45,0,1,,,\n", "area is 'FR-99'"), ("91,A,FR,,45,0,1,,77,\n", "line 2: section_of is '77'"),
            ("91,A,FR,,45,0,1,,,\n91,B,FR,,45,0,1,,,\n", "line 3: id is '91'"),
        ] {
            let error = #expect(throws: StoreError.self) { try store.importLocalities(Array((header + bad).utf8), file: "bad.csv") }
            #expect(error?.description.contains(problem) == true, "\(String(describing: error))")
            #expect(try store.locality(id: 91) == nil)
        }
        #expect(try store.check().isEmpty)
    }
}
