import CiteNetwork
import Testing

/// What falls due, what the committee has before it, and how fresh records are: on 15 June 2020.
@Suite struct AgendaTests {
    private func book(_ network: SmallNetwork) -> RuleBook {
        let records = NetworkRecords(
            cites: network.cites, platforms: network.platforms, periods: network.periods, decisions: network.decisions, territories: network.territories,
            poles: network.poles, sources: [])
        return RuleBook(records, asOf: network.day, facts: network.facts)
    }

    private func agenda(_ change: (inout SmallNetwork) -> Void) -> [String] {
        book(SmallNetwork().with(change)).agenda().map { "\($0.kind.rawValue) \($0.isCertain.rawValue)" }
    }

    @Test(
        arguments: [
            ([], [("open", "2010", nil)], []), ([("projet", "2019-06")], [("planned", "2019-06", nil)], ["projet-pending yes"]),
            ([("projet", "2019-06")], [("open", "2020-10-01", nil)], ["prefiguration yes"]),
            ([("projet", "2019-06")], [("open", "2021-10-01", nil)], ["projet-pending yes"]),
            ([("projet", "2019-06"), ("prefiguration", "2020-06")], [("prefiguration", "2020-09-01", nil)], ["projet-pending yes"]),
            ([("projet", "2019-06")], [("open", "2020-06-01", nil)], ["fonctionnement yes"]),
            ([("projet", "2018"), ("prefiguration", "2019")], [("prefiguration", "2019-09-01", nil)], ["fonctionnement yes"]),
            ([("fonctionnement", "2019-06-01")], [("open", "2019-06-20", nil)], ["confirmation yes"]),
            ([("fonctionnement", "2020-06-01")], [("open", "2020-06-01", nil)], []),
            ([("fonctionnement", "2018"), ("confirmed", "2019-08-01")], [("open", "2018", nil)], ["report yes"]),
            ([("fonctionnement", "2018"), ("confirmed", "2019-05-01")], [("open", "2018", nil)], ["report yes"]),
            ([("fonctionnement", "2017"), ("confirmed", "2018"), ("renewed", "2019-05-01")], [("open", "2017", nil)], ["report yes"]),
            ([("fonctionnement", "2017")], [("open", "2017", "2019"), ("closed", "2019", nil)], ["withdrawal yes"]),
            ([("fonctionnement", "2017")], [("open", "2017", "2019"), ("asleep", "2019", nil)], ["withdrawal yes"]),
            ([("fonctionnement", "2017"), ("withdrawn", "2019")], [("open", "2017", "2019"), ("closed", "2019", nil)], []),
            // Whether it was confirmed, withdrawn or renewed by the day is not told: that is no answer of no.
            ([("fonctionnement", "2018"), ("withdrawn", "2020")], [("open", "2018", nil)], ["confirmation unknown"]),
            ([("fonctionnement", "2017"), ("confirmed", "2018"), ("withdrawn", "2020")], [("open", "2017", nil)], ["confirmation unknown"]),
            ([("fonctionnement", "2017"), ("confirmed", "2018"), ("renewed", "2020")], [("open", "2017", nil)], []),
            ([], [("planned", "2020", nil)], []), ([], [("planned", "2020-01", nil)], ["projet unknown"]),
        ] as [([(String, String)], [(String, String, String?)], [String])])
    func `the next decision about a Cité`(decisions: [(String, String)], periods: [(String, String, String?)], expected: [String]) {
        let found = agenda { network in
            for (decision, date) in decisions { network.decide(LabelDecisionKind(rawValue: decision)!, date) }
            for (status, start, end) in periods { network.period("main", PlatformStatus(rawValue: status)!, start, end) }
        }
        #expect(found == expected, "\(decisions) \(periods)")
    }

    @Test func `deadlines stand in the order of their last possible day`() {
        let network = SmallNetwork().with { network in
            network.cites.append(SmallNetwork.cite("second"))
            network.add(SmallNetwork.platform("second-main", .main, of: "second"))
            network.decide(.fonctionnement, "2019")
            network.period("main", .open, "2019-11")
            network.decide(.projet, "2018-02-01", "second")
            network.period("second-main", .prefiguration, "2019-12-01")
        }
        let found = book(network).deadlines().map { "\($0.kind.rawValue) \($0.record.id) \($0.due.latest!) \($0.isOpen.rawValue)" }
        #expect(
            found == [
                "confirmation mother 2020-11-30 yes", "prefiguration-end second-main 2020-12-01 yes", "projet-decision second 2021-02-01 yes",
            ])
        #expect(book(network).deadlines()[0].due.daysOver(on: network.day) == -168)
    }

    @Test(
        arguments: [
            ("2019-06-14", nil, SmallNetwork.Outcome.broken), ("2019-06-15", nil, .kept), ("2019-06", nil, .unknown), ("2018", "2019-01-01", .notAsked),
            ("2018", "2020-06", .unknown), ("2018", nil, .broken), ("2020-06-16", nil, .notAsked), ("", nil, .unknown),
        ] as [(String, String?, SmallNetwork.Outcome)])
    func `a préfiguration lasts a year`(start: String, end: String?, outcome: SmallNetwork.Outcome) {
        #expect(SmallNetwork().with { $0.period("main", .prefiguration, start, end) }.outcome(.prefigurationRunningLong) == outcome)
        // Once its place is open it is over, whether or not its own end is recorded.
        if end == nil, !start.isEmpty, start < "2020" {
            let opened = SmallNetwork().with {
                $0.period("main", .prefiguration, start); $0.period("main", .open, "2020-06-01")
            }
            #expect(opened.outcome(.prefigurationRunningLong) == .notAsked)
        }
    }

    @Test(
        arguments: [
            ([("open", "2010", nil)], SmallNetwork.Outcome.kept), ([("asleep", "2018", nil)], .broken), ([("closed", "2018", nil)], .broken),
            ([("open", "2010", "2018"), ("closed", "2018", nil)], .broken), ([("planned", "2018", nil)], .kept), ([("closed", "2020", nil)], .unknown),
            ([("open", "2010", nil), ("closed", "2018", nil)], .unknown), ([("open", "..2021", nil)], .kept), ([], .notAsked),
            ([("asleep", "2018", nil), ("open", "2021", nil)], .broken),
        ] as [([(String, String, String?)], SmallNetwork.Outcome)])
    func `a label whose places are all asleep or closed is to be withdrawn`(periods: [(String, String, String?)], outcome: SmallNetwork.Outcome) {
        let network = SmallNetwork().with { network in
            network.decide(.fonctionnement, "2009")
            for (status, start, end) in periods { network.period("main", PlatformStatus(rawValue: status)!, start, end) }
        }
        #expect(network.outcome(.labelWithoutPlace) == outcome, "\(periods)")
        #expect(network.with { $0.decide(.withdrawn, "2019") }.outcome(.labelWithoutPlace) == .notAsked)
        let other = network.with {
            $0.add(SmallNetwork.platform("other", .site)); $0.period("other", .open, "2015")
        }
        #expect(other.outcome(.labelWithoutPlace) == .kept)
    }

    @Test func `a record is as fresh as the latest that saw it, as far as the day could know`() {
        let network = SmallNetwork().with { network in
            network.cites[0].provenance = SmallNetwork.seen("2019-01-10")
            network[platform: "main"].provenance = SmallNetwork.seen("2021-01-01")
            network.periods = [
                PlatformPeriod(platform: "main", status: .open, start: PartialDate("2010")!, end: nil, provenance: SmallNetwork.seen("2019-11-15"))
            ]
        }
        let fresh = book(network).freshness()
        #expect(fresh.map(\.record.id) == ["mother", "main"])
        #expect(fresh[0].isStale == .yes && fresh[0].share!.upperBound < 0.6)
        #expect(fresh[1].verified.text == "2019-11-15" && fresh[1].isStale == .yes && fresh[1].share!.lowerBound > 0.9)
        #expect(book(network.with { $0.cites[0].provenance = SmallNetwork.seen("") }).freshness().last?.isStale == .unknown)
        #expect(
            book(network.with { $0.cites[0].provenance = SmallNetwork.seen("2019-12") }).freshness().first { $0.record.id == "mother" }?.isStale == .unknown)
    }
}
