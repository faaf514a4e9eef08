import CiteNetwork
import Foundation
import GeoFormats
import Impedance
import Planning
import Population
import Presentation
import TestSupport
import Testing

/// The page of a dossier as bytes: what it must hold and must not, in every language.
struct DossierPageTests {
    private static let folder = try! TemporaryFolder()

    private static let dossier: Dossier = {
        let workspace = Workspace(path: folder.path("workspace"))
        try! workspace.create(from: ProjectFolder.geoData) { _ in }
        let atlas = try! Atlas(store: workspace.openStore(), for: .officer)
        let day = CalendarDate("2026-11-23")!
        var query = DossierQuery(
            area: try! atlas.area("FR-02", asOf: day), areaText: "FR-02", plan: .proposal(count: 2), within: Reach("20km")!,
            reaches: AssessmentQuery.usualReaches, eligibility: Eligibility(asOf: day))
        query.title = "L'Aisne <b>&</b>"
        query.opening = CalendarDate("2028-09-01")
        return try! atlas.dossier(query, layer: workspace.openLayer(nil), in: workspace)
    }()

    private func files(_ language: Language) -> [String: String] {
        Dictionary(uniqueKeysWithValues: DossierPage(Self.dossier, in: language).files.map { ($0.ending, String(decoding: $0.bytes, as: UTF8.self)) })
    }

    @Test(arguments: Language.allCases) func `a page is complete, light and without scripts in every language`(language: Language) throws {
        let page = try #require(files(language)[".html"])
        #expect(page.contains("<html lang=\"\(language.rawValue)\">") && page.contains("<h1>L&#39;Aisne &lt;b&gt;&amp;&lt;/b&gt;</h1>"))
        #expect(!page.contains("<script") && !page.contains("<b>&") && !page.contains("src="))
        #expect(page.matches(of: /<h1/).count == 1 && page.utf8.count < 1_000_000)
        #expect(page.matches(of: /<table/).count == page.matches(of: /<caption/).count)
        #expect(page.matches(of: /<figure/).count == page.matches(of: /<figcaption/).count)
        let body = try #require(page.range(of: "<body>")).lowerBound
        #expect(page[body...].firstMatch(of: /\{[a-zA-Z]+\}/) == nil, "a text without its value")
        #expect(page[body...].firstMatch(of: /\bnan\b|\binf\b/) == nil)
    }

    @Test func `ids are unique and every reference leads somewhere`() throws {
        let page = try #require(files(.french)[".html"])
        let ids = page.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
        for target in page.matches(of: /href="#([^"]+)"/) { #expect(ids.contains(String(target.1))) }
        for target in page.matches(of: /url\(#([^)]+)\)/) { #expect(ids.contains(String(target.1))) }
        for target in page.matches(of: /aria-labelledby="([^"]+)"/) {
            for id in target.1.split(separator: " ") { #expect(ids.contains(String(id))) }
        }
    }

    @Test func `the appendix has the figures of the page, each with its sources`() throws {
        let all = files(.french)
        let table = try CSVTable(Array(try #require(all["-figures.csv"]).utf8))
        let page = try #require(all[".html"])
        var shown: [String: String] = [:]
        for match in page.matches(of: /<data value="([^"]*)" data-figure="([^"]*)">/) {
            if let known = shown[String(match.2)] { #expect(known == match.1) }
            shown[String(match.2)] = String(match.1)
        }
        #expect(table.rows.count == shown.count && table.rows.count > 100)
        for row in table.rows {
            #expect(shown[row.fields[1]] == row.fields[2])
            #expect(!row.fields[4].isEmpty && row.fields[4].split(separator: " ").allSatisfy { page.contains("id=\"source-\($0)\"") })
        }
    }

    @Test func `the same dossier gives the same bytes, and its figures are the same in every language`() throws {
        let (first, second) = (files(.french), files(.french))
        #expect(first == second)
        for language in Language.allCases { #expect(files(language)["-figures.csv"] == first["-figures.csv"]) }
    }

    private static let usual: [(String, [String], Language)] = [
        ("FR", [], .french), ("CH", ["CH-TI"], .italian), ("CH", ["CH-GE"], .french), ("CL", [], .spanish), ("PT", [], .portuguese), ("MU", [], .french),
        ("CA", ["CA-BC"], .english), ("DE", [], .english),
    ]

    @Test(arguments: usual)
    func `a dossier is in the language of its country`(country: String, areas: [String], language: Language) {
        #expect(Language.usual(in: country, areas: areas) == language)
    }

    @Test func `days and months are written as people write them`() throws {
        let first = try #require(CalendarDate("2028-09-01"))
        #expect(Language.french.date(first) == "1er septembre 2028" && Language.english.date(first) == "1 September 2028")
        #expect(Language.italian.month(first) == "settembre 2028")
    }
}
