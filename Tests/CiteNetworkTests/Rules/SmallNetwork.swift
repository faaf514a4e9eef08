import CiteNetwork
import GeoModel

/// A network of a few records that a test changes before it asks the rules.
struct SmallNetwork {
    enum Outcome: String { case kept, broken, unknown, notAsked }

    var cites: [Cite] = [Self.cite("mother")]
    var platforms: [Platform] = [Self.platform("main", .main)]
    var periods: [PlatformPeriod] = []
    var decisions: [LabelDecision] = []
    var territories: [TerritoryVersion] = []
    var poles: [Pole] = []
    var facts = RuleFacts()
    var day = CalendarDate("2020-06-15")!

    /// What a rule says of this network: the worst it says of any record.
    func outcome(_ code: RuleCode) -> Outcome {
        let report = report(code)
        if report.count(.broken) > 0 { return .broken }
        if report.count(.unknown) > 0 { return .unknown }
        return report.tallies[0].tally.checked > 0 ? .kept : .notAsked
    }

    func report(_ codes: RuleCode...) -> RuleReport {
        let records = NetworkRecords(
            cites: cites, platforms: platforms, periods: periods, decisions: decisions, territories: territories, poles: poles, sources: [])
        return RuleBook(records, asOf: day, facts: facts).report(codes.isEmpty ? Set(RuleCode.allCases) : Set(codes))
    }

    func with(_ change: (inout SmallNetwork) -> Void) -> SmallNetwork {
        var copy = self
        change(&copy)
        return copy
    }

    subscript(platform id: String) -> Platform {
        get { platforms.first { $0.id == id }! }
        set { platforms[platforms.firstIndex { $0.id == id }!] = newValue }
    }

    mutating func add(_ platform: Platform) { platforms.append(platform) }

    mutating func period(_ platform: String, _ status: PlatformStatus, _ start: String, _ end: String? = nil) {
        periods.append(
            PlatformPeriod(platform: platform, status: status, start: PartialDate(start)!, end: end.map { PartialDate($0)! }, provenance: Self.seen("2020-01")))
    }

    mutating func decide(_ decision: LabelDecisionKind, _ date: String, _ cite: String = "mother") {
        decisions.append(
            LabelDecision(cite: cite, date: PartialDate(date)!, decision: decision, body: nil, document: nil, provenance: Self.seen("2020-01")))
    }

    mutating func territory(
        _ cite: String = "mother", _ definition: String? = "+FR-30", basis: TerritoryBasis = .stated, start: String = "2000", end: String? = nil
    ) {
        let shape = Geometry.multiPolygon([Polygon(exterior: [(0, 0), (1, 0), (1, 1), (0, 0)].map { Coordinate(x: $0.0, y: $0.1) })])
        territories.append(
            TerritoryVersion(
                cite: cite, start: PartialDate(start)!, end: end.map { PartialDate($0)! }, definition: definition, basis: basis, geometry: shape,
                provenance: Self.seen("2020-01")))
    }

    static func seen(_ date: String) -> Provenance { Provenance(source: "s", verified: PartialDate(date)!, note: nil) }

    static func cite(_ id: String, _ form: CiteForm = .citeDesMetiers, bearer: String? = nil, verified: String = "2020-01") -> Cite {
        Cite(
            id: id, name: id, localName: nil, country: "FR", form: form, zone: nil, bearer: bearer, bearerType: nil,
            seat: .unknown(reason: "no source gives it"), member: nil, website: nil, visibility: .public, provenance: seen(verified))
    }

    static func platform(
        _ id: String, _ kind: PlatformKind, of cite: String = "mother", services: [ServiceCode]? = nil, at location: Coordinate? = Coordinate(x: 4.1, y: 44.1)
    ) -> Platform {
        Platform(
            id: id, cite: cite, kind: kind, name: id, localName: nil, location: location, locationAccuracy: .venue, locality: nil, area: nil, country: "FR",
            timeZone: nil, contact: Contact(address: nil, postalCode: nil, town: nil, telephone: nil, email: nil, website: nil), host: nil, hostType: nil,
            floorArea: nil, counsellors: nil, hours: nil, services: services, modalities: nil, declaredDistance: nil, visibility: .public,
            provenance: seen("2020-01"))
    }
}
