import CiteNetwork
import Foundation
import GRDB
import GeoModel
import GeoPackage
import NetworkStore
import Testing
import TestSupport

@Suite struct SearchTests {
    let folder: TemporaryFolder
    let store: NetworkStore

    init() throws {
        folder = try TemporaryFolder()
        store = try SmallGeoData.store(in: folder)
    }

    private func localities(_ text: String, near: Coordinate? = nil, areas: Set<String>? = nil) throws -> [Int64] {
        try store.search(SearchQuery(text, near: near, areas: areas), for: .everyone).compactMap(\.locality?.id)
    }

    private func platforms(_ text: String, for viewer: Viewer) throws -> [String] {
        try store.search(SearchQuery(text), for: viewer).compactMap { hit in
            guard case .platform(let platform) = hit.subject else { return nil }
            return platform.id
        }
    }

    @Test(arguments: [
        "Saint-Égrève", "saint egreve", "ST EGREVE", "st. égr", "Egreve", "egrève saint", "sancta", "Agripa", "s", "st", "ste", "sait-egreve", "aint-Égrève",
        "asint egreve", "saint egrevee", "zaint egreve", "saintegreve", "saint egrvee", "sint egr",
    ])
    func `a town is found by its names, their beginnings, their words, and with one typing error`(text: String) throws {
        #expect(try localities(text).contains(10), "\(text)")
    }

    @Test(arguments: ["", "  ", "-", "\"", "a\" OR \"b", "*", "NEAR(a b)", "key:x", String(repeating: "a", count: 5_000), "\u{0}", "🐟"])
    func `a text that is no name finds nothing and breaks nothing`(text: String) throws {
        #expect(try store.search(SearchQuery(text), for: .officer).isEmpty)
    }

    @Test func `the town comes before the hamlet, the near before the far, the section last, and an area narrows`() throws {
        #expect(try localities("œuilly") == [12, 11])
        #expect(try localities("oeuil", near: Coordinate(x: 1.5, y: 45.5)) == [11, 12])
        #expect(try localities("oeuilly", areas: ["FR-02"]) == [11])
        #expect(try localities("oeuilyl", areas: ["FR-02"]) == [11])
        #expect(try localities("centre") == [13])
    }

    @Test func `a hit tells its name, how it agrees and whether it was mended`() throws {
        let hit = try #require(try store.search(SearchQuery("sancta agrippa"), for: .everyone).first)
        #expect(hit.name == "Sancta Agripa" && hit.isCorrected && hit.match == .wholeCorrected && hit.locality?.id == 10)
        #expect(try store.search(SearchQuery("Sancta Agripa"), for: .everyone).first?.match == .whole)
        #expect(try store.search(SearchQuery("Sancta Ag"), for: .everyone).first?.match == .beginning)
        #expect(try store.search(SearchQuery("agri"), for: .everyone).first?.match == .words)
    }

    @Test func `a platform is found by the words of its name and town, by those only who may see it`() throws {
        #expect(try platforms("cite une", for: .everyone) == ["one-main"] && platforms("reseau deux", for: .everyone) == ["two-east"])
        #expect(try platforms("reaseau", for: .everyone) == ["two-east"])
        try store.file.write { db in try db.execute(sql: "UPDATE platforms SET visibility = 'restricted' WHERE id = 'two-east'") }
        for text in ["reseau deux", "est", "reaseau", "deu"] {
            #expect(try platforms(text, for: .everyone).isEmpty && platforms(text, for: .officer) == ["two-east"], "\(text)")
        }
        try store.removeRestricted()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path("network.gpkg")))
        #expect(!bytes.contains(Array("two-east".utf8)) && !bytes.contains(Array("reseau deux".utf8)))
        let copy = try NetworkStore.open(at: folder.path("network.gpkg"))
        #expect(try copy.file.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM search_words WHERE search_words MATCH 'deux'") } == 0)
    }

    @Test func `what another program writes is found once the index is refreshed`() throws {
        try store.file.write { db in
            try db.execute(
                sql: """
                    UPDATE localities SET name = 'Hauteville' WHERE id = 11;
                    UPDATE platforms SET name = 'Maison neuve', town = 'Basseville' WHERE id = 'one-main';
                    DELETE FROM locality_names WHERE locality = 13; DELETE FROM localities WHERE id = 13;
                    UPDATE localities SET population = 50 WHERE id = 12;
                    INSERT INTO locality_names (locality, name, key) VALUES (12, 'Œil-Ville', '')
                    """)
        }
        // Until then the names that are pending are folded as they are looked for.
        #expect(try localities("hautev") == [11] && platforms("maison n", for: .everyone) == ["one-main"])
        #expect(try store.localities(named: "HAUTEVILLE").map(\.id) == [11])
        try store.refreshSearch()
        #expect(try localities("hauteville") == [11] && localities("oeuilly") == [11, 12] && localities("centre").isEmpty)
        #expect(try localities("oeil ville") == [12])
        #expect(try platforms("maison n", for: .everyone) == ["one-main"] && platforms("basseville", for: .everyone) == ["one-main"])
        #expect(try platforms("cite une", for: .everyone).isEmpty)
        try store.file.write { db in
            try db.execute(sql: "INSERT INTO search_words(search_words) VALUES('integrity-check')")
            #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM search_pending") == 0)
        }
        #expect(try store.check().isEmpty)
    }

    @Test func `the index is the same whether it is made at once or kept row by row`() throws {
        func words(_ db: Database) throws -> [String] {
            try db.execute(sql: "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, search_words, instance)")
            defer { try? db.execute(sql: "DROP TABLE temp.vocabulary") }
            return try String.fetchAll(db, sql: "SELECT term || ' ' || doc FROM temp.vocabulary ORDER BY 1")
        }
        try store.file.write { db in
            let before = try words(db)
            #expect(before.count > 10)
            try db.execute(
                sql: "CREATE TEMPORARY TABLE t AS SELECT * FROM locality_names; DELETE FROM locality_names; INSERT INTO locality_names SELECT * FROM t")
            #expect(try words(db) == before)
        }
    }
}
