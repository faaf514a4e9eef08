import CiteNetwork
import Coverage
import Impedance
import Planning
import Population
import Testing

/// The review of the network that ships.
@Suite struct ReviewTests {
    private let atlas = RealWorkspace.atlas
    private let today: CalendarDate = "2026-11-22"

    private func review(_ query: ReviewQuery) throws -> Review { try atlas.review(query, layer: RealWorkspace.layer.info, demand: RealWorkspace.layer.demand) }

    @Test func `what is known to be wrong is what the rules say is, and all that they cannot tell is apart`() throws {
        let review = try review(ReviewQuery(asOf: today, sections: [.confirmations, .labels, .prefigurations, .associatedCentres, .platforms, .records]))
        let rules = try atlas.validate(asOf: today)
        let wrong = review.lines.filter { $0.verdict == .broken && $0.severity < .notice }.map { "\($0.subject.id)" }
        #expect(wrong == ["rome", "mayotte", "rome", "nanaimo"])
        #expect(wrong.sorted() == rules.findings.filter(\.isWrong).map(\.record.id).sorted())
        let telling = rules.findings.filter { $0.verdict == .unknown && ReviewSection($0.code) == .platforms }
        #expect(review.lines(.platforms, .unknown).count == telling.count && telling.count > 30)
    }

    @Test func `each Cité that existed is counted once, by label and by state`() throws {
        for day: CalendarDate in ["1999-06-01", "2009-12-31", "2026-11-22"] {
            let review = try review(ReviewQuery(asOf: day, sections: [.counts]))
            let listing = atlas.network(asOf: day)
            #expect(review.labelCounts.reduce(0) { $0 + $1.cites } == listing.cites.count)
            #expect(review.platformCounts.reduce(0) { $0 + $1.platforms } == listing.cites.reduce(0) { $0 + $1.platforms.count })
            for (status, count) in listing.counts {
                #expect(review.labelCounts.filter { $0.status == status }.reduce(0) { $0 + $1.cites } == count, "\(status) on \(day)")
            }
        }
    }

    @Test func `people out of reach are those whom coverage does not reach, ranked`() throws {
        let review = try review(ReviewQuery(asOf: today, scope: .country("FR"), sections: [.reach], within: Reach("20km")!))
        let france = try atlas.area("FR", asOf: today)
        let query = CoverageQuery(area: france, reaches: [Reach("20km")!], grouping: .area(kind: nil), eligibility: Eligibility(asOf: today))
        let coverage = try atlas.coverage(query, layer: RealWorkspace.layer.info, demand: RealWorkspace.layer.demand)
        var last = Double.infinity
        for line in review.lines {
            guard case .outOfReach(let people, let population, _, let platforms) = line.fact else { Issue.record("\(line)"); continue }
            let row = try #require(coverage.rows.first { $0.key == line.subject.id })
            #expect(abs(people - (row.population - row.reaches[0].people)) < 1e-6 && population == row.population && people <= last)
            #expect(platforms == atlas.records.eligible(Eligibility(asOf: today)).members.filter { $0.platform.area == row.key }.count, "\(row.key)")
            last = people
        }
        #expect(review.lines.count == coverage.rows.filter { $0.population - $0.reaches[0].people >= 0.5 }.count && review.lines.count > 80)
    }

    @Test func `of everything, a country without an open platform is one line`() throws {
        let review = try review(ReviewQuery(asOf: today, sections: [.reach]))
        let codes = review.lines.map(\.subject.id)
        #expect(codes.contains("CA") && !codes.contains { $0.hasPrefix("CA-") } && codes.contains("ES-M") && !codes.contains { $0.hasPrefix("BE") })
    }

    @Test func `a country, an area and a Cité have their own lines`() throws {
        func ids(_ scope: ReviewQuery.Scope) throws -> Set<String> {
            Set(try review(ReviewQuery(asOf: today, scope: scope, sections: [.confirmations, .labels, .records, .freshness])).lines.map(\.subject.id))
        }
        let italy = try ids(.country("IT"))
        #expect(italy.isSuperset(of: ["rome", "milan", "turin-main"]) && !italy.contains("paris"))
        #expect(try ids(.cite("rome")) == ["rome", "rome-main"])
        let aisne = try ids(.area(atlas.area("FR-02", asOf: today)))
        #expect(aisne.contains("saint-quentinois") && !aisne.contains("paris") && !aisne.contains("haute-normandie"))
        // Genève's centres in Savoie are told there; the Cité itself is not of France.
        let savoie = try ids(.area(atlas.area("FR-74", asOf: today)))
        #expect(savoie.contains("geneve-annemasse") && !savoie.contains("geneve"))
        let france = try ids(.country("FR"))
        #expect(france.contains("geneve-annemasse") && !france.contains("geneve-meyrin"))
        #expect(throws: PlanningError.self) { try ids(.country("XX")) }
        #expect(throws: PlanningError.self) { try ids(.cite("rome-main")) }
    }

    @Test func `a Cité whose territory nobody knows has no people out of reach, and says so`() throws {
        let review = try review(ReviewQuery(asOf: today, scope: .cite("paris"), sections: [.reach, .overlaps]))
        let hasTerritory = atlas.records.territory(of: "paris", asOf: today) != nil
        #expect((review.coverage != nil) == hasTerritory)
        #expect(review.lines.filter { $0.section == .overlaps && $0.verdict == .broken }.count >= 4, "Paris meets four others")
    }

    @Test func `every line names its record and a command`() throws {
        let review = try review(ReviewQuery(asOf: today, since: "2009-01-01"))
        #expect(review.lines.count > 300)
        for line in review.lines {
            #expect(line.command.hasPrefix("maillage ") && (!line.name.isEmpty) && (!line.subject.id.isEmpty), "\(line)")
            #expect(line.due?.latest == nil || line.daysOver != nil)
        }
        #expect(
            review.lines.map(\.section)
                == review.lines.map(\.section).sorted { ReviewSection.allCases.firstIndex(of: $0)! < ReviewSection.allCases.firstIndex(of: $1)! })
    }
}
