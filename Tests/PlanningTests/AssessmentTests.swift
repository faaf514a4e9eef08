import CiteNetwork
import Coverage
import GeoModel
import Geodesy
import Impedance
import Planning
import Population
import Testing
import TestSupport

@Suite struct AssessmentTests {
    private let atlas = RealWorkspace.atlas
    private let day: CalendarDate = "2026-11-22"
    private let layer = try! RealWorkspace.workspace.openLayer(nil)
    private var eligibility: Eligibility { Eligibility(asOf: day) }

    private func assess(_ areas: String..., within: [String] = ["10km", "20km", "30km"], around: Double = 50_000) throws -> Assessment {
        let query = AssessmentQuery(
            area: try atlas.area(areas, asOf: day), reaches: within.map { Reach($0)! }, eligibility: eligibility, surroundings: around, count: 7)
        return try atlas.assess(query, layer: layer)
    }

    private func query(_ area: AreaChoice, _ reaches: [Reach], _ groupings: [CoverageQuery.Grouping]) -> CoverageQuery {
        CoverageQuery(area: area, reaches: reaches, groupings: groupings, facilities: .network(eligibility))
    }

    @Test(arguments: ["FR-02", "FR-02,Oise", "Guise,Hirson", "CH-GE", "FR-974", "epci:243000643"])
    func `figures are those of coverage and of the unreached`(area: String) throws {
        let assessment = try assess(area)
        let choice = try atlas.area(area, asOf: day)
        let whole = try atlas.coverage(query(choice, assessment.reaches, [.whole]), layer: layer)
        #expect(assessment.coverage.total == whole.total && assessment.coverage.rows == whole.rows && assessment.profile.population == whole.total.population)
        let out = try atlas.unreached(query(choice, assessment.reaches, [.whole]), count: 7, layer: layer)
        #expect(assessment.unreached.people == out.people && assessment.unreached.localities == out.localities)
        #expect(assessment.unreached.peopleElsewhere == out.peopleElsewhere && assessment.unreached.rows.map(\.locality) == out.rows.map(\.locality))
        #expect(assessment.unreached.rows.map(\.people) == out.rows.map(\.people) && assessment.unreached.rows.map(\.mean) == out.rows.map(\.mean))
        let platforms = try atlas.coverage(query(choice, assessment.reaches, [.platform]), layer: layer).groups[0]
        let catchments = Dictionary(uniqueKeysWithValues: zip(platforms.rows.map(\.key), platforms.extras.map { $0.catchments!.map(\.people) }))
        for row in assessment.platforms where row.counts {
            #expect(row.people.map(\.people) == catchments[row.platform.id] ?? [0, 0, 0], "\(row.platform.id)")
        }
        let territories = try atlas.coverage(query(choice, assessment.reaches, [.territory]), layer: layer)
        for row in assessment.labels {
            guard case .territory = row.basis else { continue }
            #expect(row.people == territories.rows.first { $0.key == row.cite.id }?.population ?? 0)
        }
    }

    @Test func `platforms are told by where they are, those that do not count by their state, by brute force`() throws {
        let assessment = try assess("FR-02", around: 120_000)
        let demand = RealWorkspace.layer.demand
        let code = Int32(demand.areaCodes.firstIndex(of: "FR-02")!)
        let people = demand.coordinates.indices.filter { demand.area[$0] == code }
        var expected: Set<String> = []
        for platform in atlas.records.platforms {
            guard let c = platform.location, let status = atlas.records.status(of: platform.id, asOf: day), status != .closed else { continue }
            let nearest = people.map { Geodesic.distance(c, demand.coordinates[$0]) }.min()!
            guard nearest <= 120_000 || platform.area == "FR-02" else { continue }
            expected.insert(platform.id)
            let row = try #require(assessment.platforms.first { $0.platform.id == platform.id })
            #expect(abs(row.distance - nearest) < 0.001 && row.status == status && row.isInside == (platform.area == "FR-02"))
            #expect(row.counts == (status == .open))
        }
        #expect(Set(assessment.platforms.map(\.platform.id)) == expected && expected.count > 4)
        #expect(assessment.platforms.prefix(2).allSatisfy(\.isInside) && assessment.platforms.dropFirst(2).allSatisfy { !$0.isInside })
    }

    @Test func `a label reaches each person once, however many of its platforms are near`() throws {
        let assessment = try assess("FR-74")
        let demand = RealWorkspace.layer.demand
        let code = Int32(demand.areaCodes.firstIndex(of: "FR-74")!)
        let members = atlas.records.eligible(eligibility).members
        for row in assessment.labels {
            guard case .reach(let reach) = row.basis else { continue }
            let own = members.filter { $0.platform.cite == row.cite.id }.map(\.location)
            let people = demand.people.indices.reduce(0.0) { sum, i in
                guard demand.area[i] == code, own.contains(where: { Geodesic.distance($0, demand.coordinates[i]) <= reach.value }) else { return sum }
                return sum + demand.people[i]
            }
            #expect(row.people == people && people > 0)
        }
        #expect(assessment.labels.contains { $0.cite.id == "geneve" })
    }

    @Test func `a territory of the network is most like itself`() throws {
        let assessment = try assess("FR-22")
        #expect(assessment.comparable.first?.cite.id == "cotes-d-armor" && assessment.comparable[0].difference < 1e-9)
        #expect(assessment.comparable[0].profile == assessment.profile && assessment.comparable[0].reaches == assessment.coverage.total.reaches)
        #expect(zip(assessment.comparable, assessment.comparable.dropFirst()).allSatisfy { $0.difference <= $1.difference })
        #expect(
            assessment.labels.contains { if case .territory(.yes, .stated, _) = $0.basis { $0.cite.id == "cotes-d-armor" && $0.share == 1 } else { false } })
    }

    @Test(arguments: [
        ("FR-02", Assessment.FittingForm.Form.reseau), ("FR-75", .cite), ("CH-GE", .cite), ("FR-PAC", .citeWithSites), ("FR-L", .reseau),
        ("Saint-Quentin,Bohain-en-Vermandois,Guise", .citeWithAssociatedCentres), ("Belfort,Montbéliard", .citeWithSites),
        ("FR-976", .citeWithAssociatedCentres),
    ])
    func `the form that fits follows its criteria`(area: String, form: Assessment.FittingForm.Form) throws {
        let fitting = try assess(area).form
        #expect(fitting.form == form)
        for criterion in fitting.criteria { #expect(criterion.isAtOrAbove == criterion.value.map { $0 >= criterion.threshold }) }
        // The shipped layer has no density classes: what is not known says so.
        #expect(fitting.criteria.first { $0.measure == .ruralShare }?.value == nil)
    }

    @Test func `the Pays gardois, the Gard without Nîmes, are a réseau by their numbers`() throws {
        let rows = try assess("FR-30").comparable
        let gard = try #require(rows.first { $0.cite.id == "pays-gardois" })
        #expect(gard.form == .reseau && gard.profile.density < 100)
        #expect(rows.first { $0.cite.id == "nimes" }?.form == .cite)
    }

    @Test func `density classes give the rural share and a row each`() throws {
        var demand = RealWorkspace.thinnedDemand
        for i in 0..<demand.count { demand.density[i] = demand.people[i] > 5_000 ? .urbanCentre : .rural }
        let area = try atlas.area("FR-02", asOf: day)
        let assessment = try atlas.assess(AssessmentQuery(area: area, eligibility: eligibility), layer: layer.info, demand: demand)
        let code = Int32(demand.areaCodes.firstIndex(of: "FR-02")!)
        let here = (0..<demand.count).filter { demand.area[$0] == code }
        let rural = here.reduce(0) { $0 + (demand.density[$1] == .rural ? demand.people[$1] : 0) }
        let all = here.reduce(0) { $0 + demand.people[$1] }
        #expect(abs(assessment.profile.ruralShare! - rural / all) < 1e-12)
        #expect(assessment.coverage.groups.map(\.grouping) == [.whole, .density])
        #expect(assessment.form.criteria.first { $0.measure == .ruralShare }?.isAtOrAbove == (rural / all >= 0.5))
    }

    @Test func `people, ground and towns of the Aisne`() throws {
        let assessment = try assess("FR-02")
        let p = assessment.profile
        #expect(p.density == p.population / p.squareKilometres && abs(p.squareKilometres - 7_400) < 150)
        #expect(assessment.towns.first?.locality.name == "Saint-Quentin" && assessment.countries == ["FR"] && assessment.areaCodes == ["FR-02"])
        #expect(assessment.localities.count == 7 && assessment.localityCount > 100)
        #expect(zip(assessment.towns, assessment.towns.dropFirst()).allSatisfy { $0.people >= $1.people })
        let border = try assess("FR-74", "CH-GE")
        #expect(border.countries == ["FR", "CH"] && border.areaCodes == ["FR-74", "CH-GE"] && border.areaName == "Haute-Savoie, Genève")
    }

    @Test(arguments: ["PL", "FR-02 at sea"])
    func `an area without people says what the layer covers`(area: String) throws {
        let sea = [(-30.0, 45.0), (-29, 45), (-29, 46), (-30, 46), (-30, 45)].map { Coordinate(x: $0.0, y: $0.1) }
        let choice = area == "PL" ? try atlas.area("PL", asOf: day) : .shape(name: area, .polygon(Polygon(exterior: sea)))
        let error = #expect(throws: PlanningError.self) { _ = try atlas.assess(AssessmentQuery(area: choice, eligibility: eligibility), layer: layer) }
        #expect("\(error!)".contains("has nobody in \(choice.name); it covers FR"))
        #expect(throws: PlanningError.self) { _ = try atlas.assess(AssessmentQuery(area: .everywhere, eligibility: eligibility), layer: layer) }
    }

    @Test func `durations are measured as coverage measures them`() throws {
        let assessment = try assess("FR-02", within: ["20min", "45min"])
        let whole = try atlas.coverage(query(atlas.area("FR-02", asOf: day), assessment.reaches, [.whole]), layer: layer)
        #expect(assessment.coverage.total == whole.total && assessment.coverage.estimate && assessment.kind == .duration)
        #expect(throws: PlanningError.self) { _ = try assess("FR-02", within: ["20min", "10km"]) }
    }
}
