import CiteNetwork
import Foundation
import GeoFormats
import GeoModel
import NetworkStore
import Planning
import Testing
import TestSupport

/// How well names that people mistype are found, over the towns of every country of the network.
@Suite struct SearchMeasureTests {
    private let atlas = RealWorkspace.atlas

    private struct Case {
        var id: Int64
        var name: String
        var country: String
        var typed: String
        var kind: String
        var homonyms: Set<Int64>
    }

    /// `Tests/Fixtures/misspelled.csv`; `tools/misspell/misspell.py` makes it and says by which rule.
    private static let cases: [Case] = {
        let file = ProjectFolder.root.appendingPathComponent("Tests/Fixtures/misspelled.csv")
        let table = try! CSVTable(Array(Data(contentsOf: file)))
        return table.rows.map { row in
            Case(
                id: Int64(row.fields[0])!, name: row.fields[1], country: row.fields[2], typed: row.fields[3], kind: row.fields[4],
                homonyms: Set(row.fields[5].split(separator: " ").map { Int64($0)! }))
        }
    }()

    private func found(_ text: String, limit: Int) throws -> [Int64] {
        try atlas.search(SearchQuery(text, limit: limit, includesPlatforms: false)).compactMap(\.locality?.id)
    }

    @Test func `of mistyped towns of every country the right one is first in 95 of 100 and among five in 99`() throws {
        var misses: [String] = []
        var late: [String] = []
        var times: [Duration] = []
        for one in Self.cases {
            let start = ContinuousClock.now
            let five = try found(one.typed, limit: 5)
            times.append(ContinuousClock.now - start)
            let isFirst = five.first == one.id || five.first.map(one.homonyms.contains) ?? false
            if !isFirst { misses.append("\(one.country) \(one.name) as \(one.typed)") }
            if !five.contains(one.id), one.homonyms.isDisjoint(with: five) { late.append("\(one.country) \(one.name) as \(one.typed)") }
        }
        let total = Double(Self.cases.count)
        #expect(Set(Self.cases.map(\.country)) == Set(atlas.records.cites.map(\.country)) && total >= 1_400)
        let (first, five) = (1 - Double(misses.count) / total, 1 - Double(late.count) / total)
        times.sort()
        print(
            "mistyped towns: first \(first), among five \(five), of \(Self.cases.count); median \(times[times.count / 2]), p99 \(times[times.count * 99 / 100])"
        )
        #expect(first >= 0.95, "\(first): \(misses.joined(separator: "; "))")
        #expect(five >= 0.99, "\(five): \(late.joined(separator: "; "))")
        for country in Set(Self.cases.map(\.country)) {
            let size = Double(Self.cases.count { $0.country == country })
            let missed = Double(misses.count { $0.hasPrefix(country) })
            #expect(missed / size <= 0.1, "\(country): \(missed) of \(size)")
        }
    }

    @Test func `once a town is shown while its name is typed, it is shown at every further letter`() throws {
        var lost: [String] = []
        for one in Self.cases {
            var shown = false
            for length in 3...one.name.count {
                let now = try found(String(one.name.prefix(length)), limit: 10).contains(one.id)
                if shown, !now { lost.append("\(one.name) at \(one.name.prefix(length))") }
                shown = shown || now
            }
            if !shown { lost.append("\(one.name), never shown") }
        }
        #expect(lost.isEmpty, "\(lost.count): \(lost.joined(separator: "; "))")
    }

    @Test(arguments: [
        ("bohain en vermandois", "Bohain-en-Vermandois", "FR-02", false), ("Geneve", "Genève", "CH-GE", false), ("St Brieuc", "Saint-Brieuc", "FR-22", false),
        ("marseile", "Marseille", "FR-13", true), ("Alès", "Alès", "FR-30", false), ("belfrot", "Belfort", "FR-90", true),
    ])
    func `a typed name is the place that people mean`(text: String, name: String, area: String, isCorrected: Bool) throws {
        let place = try atlas.place(named: text)
        #expect(place.name == name && place.locality?.area == area && place.isCorrected == isCorrected)
        #expect((place.takenAs != nil) == isCorrected)
    }

    @Test func `a mended name is narrowed by an area, and what is hopeless is not found`() throws {
        #expect(try atlas.place(named: "sait denis, Seine-Saint-Denis").locality?.area == "FR-93")
        for text in ["Xyzzyville", "saint qqqquentin", "12345"] {
            let error = #expect(throws: PlanningError.self) { try atlas.place(named: text) }
            guard case .notFound = error else { Issue.record("\(String(describing: error))"); continue }
        }
    }

    @Test func `near a point its towns come first`() throws {
        let fromMontreal = try atlas.search(SearchQuery("saint-l", near: Coordinate(x: -73.6, y: 45.5), limit: 3))
        #expect(fromMontreal.first?.locality?.country == "CA")
        let fromLyon = try atlas.search(SearchQuery("saint-l", near: Coordinate(x: 4.8, y: 45.7), limit: 3))
        #expect(fromLyon.first?.locality?.country == "FR")
    }
}
