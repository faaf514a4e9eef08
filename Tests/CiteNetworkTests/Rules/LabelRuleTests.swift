import CiteNetwork
import Testing

@Suite struct LabelRuleTests {
    private func network(_ decisions: [(LabelDecisionKind, String)], _ periods: [(PlatformStatus, String, String?)] = [(.open, "2015-01-10", nil)])
        -> SmallNetwork
    {
        SmallNetwork().with { network in
            for (decision, date) in decisions { network.decide(decision, date) }
            for (status, start, end) in periods { network.period("main", status, start, end) }
        }
    }

    @Test func `an open platform has a label; of a Cité without any recorded decision it is not known`() {
        #expect(network([(.fonctionnement, "2014")]).outcome(.openWithoutDecision) == .kept)
        #expect(network([(.projet, "2014")]).outcome(.openWithoutDecision) == .kept)
        #expect(network([(.fonctionnement, "2014"), (.withdrawn, "2018")]).outcome(.openWithoutDecision) == .broken)
        #expect(network([]).outcome(.openWithoutDecision) == .unknown)
        #expect(network([(.fonctionnement, "2014"), (.withdrawn, "2020")]).outcome(.openWithoutDecision) == .unknown)
        let unclear = network([(.fonctionnement, "2014"), (.withdrawn, "2018")], [(.open, "..2025-01-01", nil)])
        #expect(unclear.outcome(.openWithoutDecision) == .unknown, "it may not be open")
        #expect(network([], [(.planned, "2014", nil)]).outcome(.openWithoutDecision) == .kept)
    }

    @Test func `a place that opened before the first recorded decision was open without any`() {
        let early = network([(.projet, "2013-04"), (.fonctionnement, "2015-12-10")], [(.open, "2010", nil)])
        #expect(early.with { $0.day = CalendarDate("2011-06-01")! }.outcome(.openWithoutDecision) == .broken)
        #expect(early.with { $0.day = CalendarDate("2013-05-01")! }.outcome(.openWithoutDecision) == .kept)
        #expect(early.with { $0.day = CalendarDate("2013-04-15")! }.outcome(.openWithoutDecision) == .unknown, "the month is not over")
        #expect(early.with { $0.day = CalendarDate("2009-06-01")! }.outcome(.openWithoutDecision) == .notAsked)
        let undated = network([(.projet, "..2013-04-01")], [(.open, "2010", nil)]).with { $0.day = CalendarDate("2011-06-01")! }
        #expect(undated.outcome(.openWithoutDecision) == .unknown, "it may have been taken before")
        #expect(network([], [(.open, "2010", nil)]).with { $0.day = CalendarDate("2011-06-01")! }.outcome(.openWithoutDecision) == .unknown)
        // A label that is not granted yet is neither to be confirmed nor to be reported on.
        let before = early.with { $0.day = CalendarDate("2011-06-01")! }
        #expect(before.outcome(.confirmationOverdue) == .kept && before.outcome(.yearlyReportDue) == .kept && before.outcome(.projetNeverConfirmed) == .kept)
    }

    @Test func `that there is no label is told to an officer only, who takes the log as complete`() {
        let decision = LabelDecision(
            cite: "mother", date: PartialDate("2013-04")!, decision: .prefiguration, body: nil, document: nil, provenance: SmallNetwork.seen("2020-01"))
        let records = NetworkRecords(
            cites: [SmallNetwork.cite("mother"), SmallNetwork.cite("other")], platforms: [], periods: [], decisions: [decision], territories: [], poles: [],
            sources: [])
        let day = CalendarDate("2011-06-01")!
        #expect(records.label(of: "mother", asOf: day, takingLogAsComplete: true).level == .none)
        #expect(records.label(of: "mother", asOf: day).level == .unknown && records.label(of: "other", asOf: day, takingLogAsComplete: true).level == .unknown)
        #expect(records.label(of: "mother", asOf: CalendarDate("2014-01-01")!, takingLogAsComplete: true).level == .projet)
    }

    @Test(
        arguments: [
            ([(.projet, "2019-01")], SmallNetwork.Outcome.kept), ([(.projet, "2012-05-01")], .broken), ([(.projet, "2017")], .unknown), ([], .unknown),
            ([(.projet, "2012"), (.fonctionnement, "2014")], .kept), ([(.projet, "2012"), (.confirmed, "2014")], .kept),
            ([(.projet, "2012"), (.withdrawn, "2014")], .kept), ([(.projet, "2012"), (.prefiguration, "2019")], .kept),
            ([(.projet, "2012"), (.prefiguration, "2014")], .broken), ([(.projet, "2012"), (.fonctionnement, "2020")], .unknown),
            ([(.projet, "..2009-06-03")], .broken),
        ] as [([(LabelDecisionKind, String)], SmallNetwork.Outcome)])
    func `a label projet is followed by something within three years`(decisions: [(LabelDecisionKind, String)], outcome: SmallNetwork.Outcome) {
        #expect(network(decisions).outcome(.projetNeverConfirmed) == outcome)
    }

    @Test(arguments: [
        // Opened on 2015-01-10: due on 2016-01-10.
        ("2015-06-01", SmallNetwork.Outcome.kept, SmallNetwork.Outcome.kept), ("2015-07-10", .broken, .kept), ("2016-01-10", .broken, .kept),
        ("2016-01-11", .kept, .broken), ("2020-06-15", .kept, .broken),
    ])
    func `a confirmation is due a year after the opening, then overdue`(day: String, due: SmallNetwork.Outcome, overdue: SmallNetwork.Outcome) {
        let open = network([(.fonctionnement, "2014")]).with { $0.day = CalendarDate(day)! }
        #expect(open.outcome(.confirmationDue) == due && open.outcome(.confirmationOverdue) == overdue)
        let confirmed = network([(.fonctionnement, "2014"), (.confirmed, "2015-05")]).with { $0.day = CalendarDate(day)! }
        #expect(confirmed.outcome(.confirmationDue) == .kept && confirmed.outcome(.confirmationOverdue) == .kept)
        let nothing = network([]).with { $0.day = CalendarDate(day)! }
        #expect(nothing.outcome(.confirmationDue) == (due == .kept ? .kept : .unknown))
        #expect(nothing.outcome(.confirmationOverdue) == (overdue == .kept ? .kept : .unknown))
    }

    @Test func `after a préfiguration the confirmation is due when that ends`() {
        let trial = network([(.projet, "2014"), (.prefiguration, "2015")], [(.prefiguration, "2015-03-01", "2019-03-01"), (.open, "2019-03-01", nil)])
        #expect(trial.outcome(.confirmationOverdue) == .broken)
        #expect(trial.with { $0.day = CalendarDate("2019-02-01")! }.outcome(.confirmationDue) == .broken)
        #expect(trial.with { $0.day = CalendarDate("2018-02-01")! }.outcome(.confirmationDue) == .kept)
        let endless = network([(.projet, "2014"), (.prefiguration, "2015")], [(.prefiguration, "2015-03-01", nil)])
        #expect(endless.outcome(.confirmationOverdue) == .kept && endless.outcome(.confirmationDue) == .kept)
    }

    @Test func `an associated centre that opens during the préfiguration starts no clock`() {
        var network = SmallNetwork()
        network.add(SmallNetwork.platform("centre", .associatedCentre))
        network.decide(.projet, "2019-01-15")
        network.decide(.prefiguration, "2019-08-01")
        network.period("main", .prefiguration, "2019-09-01")
        network.period("centre", .open, "2020-01-01")
        #expect(network.outcome(.confirmationOverdue) == .kept && network.outcome(.confirmationDue) == .kept)
    }

    @Test func `of an opening that is not dated the confirmation is not known to be overdue`() {
        #expect(network([(.fonctionnement, "2014")], [(.open, "2019", nil)]).outcome(.confirmationOverdue) == .unknown)
        #expect(network([(.fonctionnement, "2014")], [(.open, "..2009-12-31", nil)]).outcome(.confirmationOverdue) == .broken)
        #expect(network([(.fonctionnement, "2014")], []).outcome(.confirmationOverdue) == .unknown)
        #expect(network([(.fonctionnement, "2014")], [(.planned, "2014", nil)]).outcome(.confirmationOverdue) == .kept)
        #expect(network([(.fonctionnement, "2014"), (.withdrawn, "2016")]).outcome(.confirmationOverdue) == .kept)
    }

    @Test(
        arguments: [
            ([(.fonctionnement, "2014"), (.confirmed, "2016"), (.renewed, "2020-02")], SmallNetwork.Outcome.kept),
            ([(.fonctionnement, "2014"), (.confirmed, "2020-01")], .kept),
            ([(.fonctionnement, "2014"), (.confirmed, "2016"), (.renewed, "2018")], .broken),
            // Renewals are tacit on a yearly report: one that nothing records did not come.
            ([(.fonctionnement, "2014"), (.confirmed, "2016")], .broken),
            ([(.fonctionnement, "2014"), (.confirmed, "2016"), (.renewed, "2019")], .unknown),
            ([(.fonctionnement, "2014")], .kept), ([], .unknown), ([(.fonctionnement, "2014"), (.confirmed, "2016"), (.withdrawn, "2018")], .kept),
        ] as [([(LabelDecisionKind, String)], SmallNetwork.Outcome)])
    func `a confirmed label is renewed every year`(decisions: [(LabelDecisionKind, String)], outcome: SmallNetwork.Outcome) {
        #expect(network(decisions).outcome(.yearlyReportDue) == outcome)
    }

    @Test(
        arguments: [
            ([(.projet, "2010"), (.fonctionnement, "2012"), (.confirmed, "2013"), (.renewed, "2014")], SmallNetwork.Outcome.kept),
            ([(.fonctionnement, "2010"), (.projet, "2012")], .broken), ([(.confirmed, "2015"), (.renewed, "2013")], .broken),
            ([(.prefiguration, "2013"), (.fonctionnement, "2012")], .broken), ([(.projet, "..2012-12-31"), (.fonctionnement, "2010")], .unknown),
            ([(.projet, "2012"), (.fonctionnement, "2012-06")], .unknown), ([(.projet, "2012-05"), (.prefiguration, "2012-05")], .kept),
            // A label that was withdrawn and granted anew is another label.
            ([(.fonctionnement, "2010"), (.withdrawn, "2012"), (.projet, "2014")], .kept), ([(.fonctionnement, "2010")], .kept), ([], .notAsked),
        ] as [([(LabelDecisionKind, String)], SmallNetwork.Outcome)])
    func `decisions come in their order`(decisions: [(LabelDecisionKind, String)], outcome: SmallNetwork.Outcome) {
        #expect(network(decisions).outcome(.decisionsOutOfOrder) == outcome)
    }

    @Test(
        arguments: [
            ([(.fonctionnement, "2010"), (.withdrawn, "2012")], SmallNetwork.Outcome.kept),
            ([(.fonctionnement, "2010"), (.withdrawn, "2012"), (.renewed, "2014")], .broken),
            ([(.fonctionnement, "2010"), (.withdrawn, "2012"), (.renewed, "2012")], .kept),
            ([(.fonctionnement, "2010"), (.withdrawn, "2012"), (.renewed, "2012-07")], .unknown),
            ([(.fonctionnement, "2010"), (.withdrawn, "2012"), (.projet, "2013"), (.confirmed, "2014")], .kept),
            ([(.fonctionnement, "2010"), (.withdrawn, ""), (.renewed, "2014")], .unknown), ([(.fonctionnement, "2010")], .notAsked),
        ] as [([(LabelDecisionKind, String)], SmallNetwork.Outcome)])
    func `after a withdrawal only a new label begins again`(decisions: [(LabelDecisionKind, String)], outcome: SmallNetwork.Outcome) {
        #expect(network(decisions).outcome(.decisionAfterWithdrawal) == outcome)
    }
}
