import CiteNetwork
import GeoModel
import GeometryEngine
import Planning
import Testing

@Suite struct NetworkTests {
    private let atlas = RealWorkspace.atlas

    @Test func `at the end of 2009, 25 labels are open in seven countries, Nanaimo is planned, Nîmes unknown`() throws {
        let listing = atlas.network(asOf: "2009-12-31")
        let open = listing.cites.filter { $0.status == .open }
        #expect(open.count == 25)
        #expect(Set(open.map(\.cite.country)) == ["FR", "IT", "ES", "PT", "CH", "MU", "CL"])
        #expect(listing.cites.filter { $0.status == .planned }.map(\.cite.id) == ["nanaimo"])
        #expect(listing.cites.filter { $0.status == .unknown }.map(\.cite.id) == ["nimes"])
        #expect(listing.cites.count == 27)
        let belfort = try #require(listing.cites.first { $0.cite.id == "nord-franche-comte" })
        #expect(belfort.platforms.map(\.platform.kind) == [.site, .site] && belfort.platforms.allSatisfy { $0.status == .open })
        let vermandois = try #require(atlas.records.platform("saint-quentinois-vermandois"))
        #expect(vermandois.kind == .associatedCentre && vermandois.locationAccuracy == .assumed)
        let gard = try #require(atlas.records.cite("pays-gardois"))
        #expect(gard.form == .reseauDesMetiers)
        guard case .unknown(let reason) = gard.seat else { Issue.record("the seat of the Pays gardois is not known"); return }
        #expect(!reason.isEmpty)
    }

    @Test func `at the end of 1999 four are open, the undated ones unknown, Milan and Gênes not yet`() {
        let listing = atlas.network(asOf: "1999-12-31")
        #expect(listing.cites.filter { $0.status == .open }.map(\.cite.id) == ["cotes-d-armor", "nimes", "nord-franche-comte", "paris"])
        #expect(listing.cites.filter { $0.status != .open }.allSatisfy { $0.status == .unknown })
        #expect(Set(listing.notYet.map(\.id)).isSuperset(of: ["milan", "genes"]))
        #expect(listing.cites.contains { $0.cite.id == "alencon" })
    }

    @Test func `that a label is not confirmed is known only as long as its source could tell`() {
        #expect(atlas.records.label(of: "mayotte", asOf: "2015-12-15").confirmed == false)
        #expect(atlas.records.label(of: "mayotte", asOf: "2026-11-22").confirmed == nil)
    }

    @Test func `Mayotte goes from project to working label`() {
        #expect(atlas.records.label(of: "mayotte", asOf: "2014-01-01").level == .projet)
        #expect(atlas.records.label(of: "mayotte", asOf: "2016-01-01").level == .fonctionnement)
        #expect(atlas.records.status(ofCite: "mayotte", asOf: "2012-12-31") == nil)
        #expect(atlas.records.status(ofCite: "mayotte", asOf: "2016-01-01") == .open)
    }

    @Test func `Paris is open today as far as a source of 2009 tells`() {
        #expect(atlas.records.status(ofCite: "paris", asOf: "2026-11-22") == .open)
        #expect(atlas.records.platform("paris-main")?.provenance.verified.latest == "2009-12-31")
    }

    @Test func `every record names a source that is kept, and every coordinate lies in its area or near it`() throws {
        let records = atlas.records
        for cite in records.cites { #expect(records.sources[cite.provenance.source] != nil, "\(cite.id)") }
        for platform in records.platforms {
            #expect(records.sources[platform.provenance.source] != nil, "\(platform.id)")
            #expect(records.periods(of: platform.id).isEmpty == false, "\(platform.id) has no period")
            let area = try #require(platform.area, "\(platform.id)")
            #expect(atlas.areas[area] != nil, "\(platform.id): \(area)")
            let location = try #require(platform.location)
            let box = try #require(try atlas.geometries(ofAreas: [area])[area]).envelope.insetBy(dx: -0.1, dy: -0.1)
            #expect(box.contains(location), "\(platform.id) lies outside \(area)")
        }
    }

    @Test func `the territory of the Pays gardois is the Gard without the agglomeration of Nîmes`() throws {
        let gard = try atlas.geometries(ofAreas: ["FR-30", "epci:243000643"])
        let territory = try #require(atlas.records.territory(of: "pays-gardois", asOf: "2010-01-01")?.version)
        #expect(territory.definition == "+FR-30 -epci:243000643" && territory.basis == .stated)
        let covers = { (code: String, c: Coordinate) in try AreaShape.covers(gard[code]!, c) }
        let (nimes, leVigan) = (Coordinate(x: 4.3601, y: 43.8367), Coordinate(x: 3.6056, y: 43.9914))
        #expect(try covers("FR-30", nimes) && covers("epci:243000643", nimes) && !AreaShape.covers(territory.geometry!, nimes))
        #expect(try covers("FR-30", leVigan) && !covers("epci:243000643", leVigan) && AreaShape.covers(territory.geometry!, leVigan))
    }

    @Test func `the workspace is sound`() throws { #expect(try RealWorkspace.workspace.check() == []) }

    @Test func `an unknown id names those that are like it`() {
        let error = #expect(throws: PlanningError.self) { try atlas.record("saint-quentin") }
        #expect(error?.description.contains("saint-quentinois") == true)
    }
}

private enum AreaShape {
    static func covers(_ geometry: Geometry, _ c: Coordinate) throws -> Bool { try PreparedGeometry(geometry).covers(c) }
}
