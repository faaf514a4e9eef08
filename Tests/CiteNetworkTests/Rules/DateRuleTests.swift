import CiteNetwork
import Testing

@Suite struct DateRuleTests {
    @Test(
        arguments: [
            ("2010", nil, SmallNetwork.Outcome.kept), ("2010", "2012", .kept), ("2012", "2010", .broken), ("2012-05-02", "2012-05-01", .broken),
            ("2012", "2012-05-01", .unknown), ("..2012-12-31", "2010", .unknown), ("..2009-12-31", "2010", .kept), ("2012", "", .unknown),
            ("2012", "2012", .kept),
        ] as [(String, String?, SmallNetwork.Outcome)])
    func `nothing ends before it starts`(start: String, end: String?, outcome: SmallNetwork.Outcome) {
        #expect(SmallNetwork().with { $0.period("main", .open, start, end) }.outcome(.endBeforeStart) == outcome)
        #expect(SmallNetwork().with { $0.territory("mother", "+FR-30", start: start, end: end) }.outcome(.endBeforeStart) == outcome)
    }

    @Test(
        arguments: [
            ([("open", "2010", "2012"), ("closed", "2013", nil)], SmallNetwork.Outcome.kept), ([("open", "2010", nil), ("planned", "2012", nil)], .broken),
            ([("open", "2010", nil), ("open", "2012", nil)], .kept), ([("open", "2010", "2012"), ("closed", "2012", nil)], .kept),
            ([("open", "2010", "2012-06"), ("closed", "2012", nil)], .unknown), ([("open", "2010", nil)], .notAsked),
            ([("open", "2010", ""), ("closed", "2012", nil)], .unknown),
        ] as [([(String, String, String?)], SmallNetwork.Outcome)])
    func `sources that contradict one another are told, as a notice`(periods: [(String, String, String?)], outcome: SmallNetwork.Outcome) {
        let network = SmallNetwork().with { network in
            for (status, start, end) in periods { network.period("main", PlatformStatus(rawValue: status)!, start, end) }
        }
        #expect(network.outcome(.periodsContradictory) == outcome && !network.report(.periodsContradictory).isWrong)
    }

    @Test(arguments: [
        // On 2020-06-15.
        ("2019-01-01", SmallNetwork.Outcome.kept), ("2018-06-16", .kept), ("2018-06-15", .broken), ("2009-12", .broken), ("2018", .unknown), ("", .unknown),
        ("..2017-01-01", .broken), ("2021", .kept),
    ])
    func `a record is verified every two years`(verified: String, outcome: SmallNetwork.Outcome) {
        let cite = SmallNetwork().with { $0.cites[0].provenance = SmallNetwork.seen(verified) }
        #expect(cite.outcome(.notVerified) == outcome)
        let platform = SmallNetwork().with { $0[platform: "main"].provenance = SmallNetwork.seen(verified) }
        #expect(platform.outcome(.notVerified) == outcome)
        #expect(platform.with { $0.period("main", .open, "2019") }.outcome(.notVerified) == .kept, "its period was seen in 2020")
        #expect(platform.with { $0.period("main", .closed, "2019") }.report(.notVerified).findings.isEmpty, "nobody verifies what is closed")
    }

    @Test func `freshness is full for six months, then goes linearly to nothing at two years`() {
        func share(_ verified: String, _ day: String) -> Double { Freshness.share(verified: CalendarDate(verified)!, on: CalendarDate(day)!) }
        #expect(share("2020-01-31", "2020-07-31") == 1 && share("2020-01-01", "2019-01-01") == 1)
        #expect(share("2020-01-15", "2022-01-15") == 0 && share("2020-01-15", "2030-01-15") == 0)
        #expect(abs(share("2020-01-01", "2021-04-01") - 0.5) < 0.002)
        #expect(share("2020-01-15", "2022-01-14") > 0 && share("2020-01-15", "2020-07-16") < 1)
        let year = Freshness.share(verified: PartialDate("2020")!, on: CalendarDate("2021-12-31")!)
        #expect((year?.lowerBound ?? 1) < 0.01 && (year?.upperBound ?? 0) > 0.6)
        #expect(Freshness.share(verified: .unknown, on: CalendarDate("2021-12-31")!) == nil)
    }

    @Test func `of a network of which nothing is known, nothing is called broken`() {
        let bare = SmallNetwork().with { network in
            for kind in PlatformKind.allCases { network.add(SmallNetwork.platform("a-\(kind)", kind, at: nil)) }
            network.cites.append(SmallNetwork.cite("second", .reseauDesMetiers, verified: ""))
        }
        let report = bare.report()
        #expect(report.count(.broken) == 0 && report.count(.unknown) > 30 && !report.isWrong)
        #expect(report.findings.allSatisfy { $0.command.hasPrefix("maillage ") })
        #expect(report.tallies.map(\.code) == RuleCode.allCases)
    }

    @Test func `codes are stable words, and lines are of the founding document`() {
        for code in RuleCode.allCases {
            #expect(code.rawValue.allSatisfy { $0.isLowercase || $0 == "-" }, "\(code)")
        }
        #expect(RuleCode.associatedCentreWithoutMother.rawValue == "associated-centre-without-mother")
        #expect(RuleCode.ruralPlatformTooLarge.lines == "175-182")
    }
}
