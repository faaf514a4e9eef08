import CiteNetwork
import Foundation
import GeoPackage
import NetworkStore
import Planning
import Population
import TestSupport
import Testing

/// A network without any Cité, into which a test enters a timeline as an officer would, and asks what a review shows on each day.
private final class Timeline {
    private let folder: TemporaryFolder
    private let store: NetworkStore
    private var editing: NetworkEditing { NetworkEditing(store, who: "t", why: nil) }

    /// The areas and localities of the atlas that ships, and none of its network.
    private static let bare: (folder: TemporaryFolder, workspace: Workspace) = {
        let folder = try! TemporaryFolder()
        let data = folder.url.appendingPathComponent("GeoData")
        try! FileManager.default.createDirectory(at: data.appendingPathComponent("network"), withIntermediateDirectories: true)
        for part in ["areas", "localities", "population"] {
            try! FileManager.default.createSymbolicLink(
                at: data.appendingPathComponent(part), withDestinationURL: ProjectFolder.geoData.appendingPathComponent(part))
        }
        for name in ["sources", "cites", "platforms", "periods", "decisions", "territories", "poles"] {
            let text = try! String(contentsOf: ProjectFolder.geoData.appendingPathComponent("network/\(name).csv"), encoding: .utf8)
            try! folder.write(String(text.prefix { $0 != "\n" && $0 != "\r\n" }) + "\n", to: "GeoData/network/\(name).csv")
        }
        let workspace = Workspace(path: folder.path("workspace"))
        try! workspace.create(from: data) { _ in }
        return (folder, workspace)
    }()

    init() throws {
        folder = try TemporaryFolder()
        try Self.bare.workspace.openStore().file.backup(to: folder.path("network.gpkg"))
        store = try NetworkStore.open(at: folder.path("network.gpkg"))
        try add("source", ["id": "log", "title": "The log of the committee"])
    }

    func add(_ kind: String, _ cells: [String: String]) throws {
        let kind = try #require(RecordKind.named(kind))
        _ = try editing.add(kind, kind.name == "source" ? cells : cells.merging(["source": "log"]) { own, _ in own })
    }

    func cite(_ id: String, _ name: String, country: String = "FR", form: String = "citeDesMetiers", bearer: String = "") throws {
        try add("cite", ["id": id, "name": name, "country": country, "form": form, "bearer": bearer])
    }

    func platform(_ id: String, of cite: String, _ kind: PlatformKind = .main, country: String = "FR", _ more: [String: String] = [:]) throws {
        try add(
            "platform",
            ["id": id, "cite": cite, "kind": kind.rawValue, "name": id, "country": country, "location_accuracy": "town"].merging(more) { _, new in new })
    }

    func period(_ platform: String, _ status: PlatformStatus, _ start: String, _ end: String = "") throws {
        try add("period", ["platform": platform, "status": status.rawValue, "start": start, "end": end])
    }

    func decide(_ cite: String, _ decision: LabelDecisionKind, _ date: String) throws {
        _ = try editing.decide(cite, ["decision": decision.rawValue, "date": date, "source": "log"], in: Atlas(store: store, for: .officer))
    }

    func close(_ id: String, as status: PlatformStatus, on date: String) throws {
        _ = try editing.close(id, as: status, on: date, today: "2026-11-23", source: "log", note: nil, in: Atlas(store: store, for: .officer))
    }

    /// The sections that tell what is due, overdue, missing or against a rule of labels and kinds.
    static let sections: Set<ReviewSection> = [.confirmations, .reports, .labels, .prefigurations, .associatedCentres, .agenda]

    func review(_ day: String, _ sections: Set<ReviewSection> = Timeline.sections, since: String? = nil, cite: String? = nil) throws -> Review {
        let query = ReviewQuery(
            asOf: CalendarDate(day)!, scope: cite.map { .cite($0) } ?? .everything, sections: sections, since: since.map { CalendarDate($0)! })
        return try Atlas(store: store, for: .officer).review(query, layer: RealWorkspace.layer.info, demand: RealWorkspace.thinnedDemand)
    }

    /// What is known, line by line: `section rule id due daysOver`.
    func known(_ day: String, _ sections: Set<ReviewSection> = Timeline.sections, cite: String? = nil) throws -> [String] {
        try review(day, sections, cite: cite).lines.filter { $0.verdict == .broken }.map(\.short)
    }

    /// What cannot be told, in the same words.
    func unknown(_ day: String, _ sections: Set<ReviewSection> = Timeline.sections, cite: String? = nil) throws -> [String] {
        try review(day, sections, cite: cite).lines.filter { $0.verdict == .unknown }.map(\.short)
    }
}

extension ReviewLine {
    fileprivate var short: String {
        let what =
            switch fact {
            case .finding(let finding): finding.code.rawValue
            case .agenda(let kind): kind.rawValue
            case .decided(let decision): "\(decision.decision.rawValue) \(decision.date)"
            case .began(let period): "\(period.status.rawValue) \(period.start)"
            case .ended(let period): "end of \(period.status.rawValue) \(period.end?.text ?? "")"
            case .territory(let version): "territory \(version.start)"
            default: "other"
            }
        let when = due.map { $0.earliest == $0.latest ? " \($0.latest!)" : " \($0.earliest.map { "\($0)" } ?? "")..\($0.latest.map { "\($0)" } ?? "")" } ?? ""
        return "\(section.rawValue) \(what) \(subject.id)\(when)\(daysOver.map { " \($0)" } ?? "")"
    }
}

private func same(_ got: [String], _ want: [String], _ why: String = "", sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(got == want, "\(why)", sourceLocation: sourceLocation)
}

/// Held to the timelines that sources tell, entered record by record: a review as of a day shows what was due, overdue, missing or against a rule
/// then, and nothing else.
@Suite struct ReviewTimelineTests {
    /// Mayotte as its page of 2015 tells it: the opening lies between the label projet and the label fonctionnement.
    private func mayotte() throws -> Timeline {
        let timeline = try Timeline()
        try timeline.cite("mayotte", "Cité des métiers de Mayotte")
        try timeline.platform("mayotte-main", of: "mayotte")
        try timeline.decide("mayotte", .projet, "2013-04")
        try timeline.decide("mayotte", .fonctionnement, "2015-12-10")
        return timeline
    }

    @Test func `Mayotte, whose opening a source only bounds: nothing is due before it may be, and all is due once it must be`() throws {
        let timeline = try mayotte()
        try timeline.period("mayotte-main", .open, "2013-04..2015-12-10")
        try same(timeline.known("2013-03-31") + timeline.unknown("2013-03-31"), [], "before the projet there is no Cité")
        try same(timeline.known("2013-04-30"), [], "the label projet was granted in the month, the opening is not sure")
        try same(timeline.unknown("2013-04-30"), ["agenda projet-pending mayotte 2016-04-01..2016-04-30 -1096"])
        // From six months before the first possible anniversary the confirmation may be due; it may not.
        try same(timeline.unknown("2013-10-01", [.confirmations]), ["confirmations confirmation-due mayotte 2014-04-01..2016-12-10 -1166"])
        try same(timeline.known("2015-12-09", [.confirmations, .agenda]), [])
        // At the fonctionnement it was surely open; six months before the last possible day the confirmation is due, whichever day it was.
        try same(timeline.known("2016-06-09"), [])
        try same(
            timeline.known("2016-06-10"),
            [
                "confirmations confirmation-due mayotte 2014-04-01..2016-12-10 -183", "agenda confirmation mayotte 2014-04-01..2016-12-10 -183",
            ])
        try same(
            timeline.known("2016-12-10"),
            [
                "confirmations confirmation-due mayotte 2014-04-01..2016-12-10 0", "agenda confirmation mayotte 2014-04-01..2016-12-10 0",
            ])
        try same(
            timeline.known("2016-12-11"),
            [
                "confirmations confirmation-overdue mayotte 2014-04-01..2016-12-10 1", "agenda confirmation mayotte 2014-04-01..2016-12-10 1",
            ])
        try same(timeline.unknown("2016-12-11"), [])
    }

    @Test func `Mayotte with an opening day: the confirmation falls due a year after it, then a report each year, until the label is withdrawn`() throws {
        let timeline = try mayotte()
        try timeline.period("mayotte-main", .prefiguration, "2015-06-01", "2015-12-10")
        try timeline.period("mayotte-main", .open, "2015-12-10")
        try timeline.decide("mayotte", .prefiguration, "2015-05")
        try same(timeline.known("2015-04-30"), ["agenda prefiguration mayotte 2015-06-01 -32"], "to authorise before it opens in préfiguration")
        try same(timeline.known("2015-05-31"), ["agenda projet-pending mayotte 2018-05-01..2018-05-31 -1096"])
        // Where its end is recorded, the préfiguration ends then, and the label fonctionnement is to be decided.
        try same(timeline.known("2015-12-01"), ["confirmations confirmation-due mayotte 2015-12-10 -9", "agenda fonctionnement mayotte 2015-12-10 -9"])
        // The préfiguration ended at the opening of 10 December 2015: that is when the confirmation falls due, on the day of the fonctionnement.
        try same(
            timeline.known("2015-12-10"),
            [
                "confirmations confirmation-due mayotte 2015-12-10 0", "agenda confirmation mayotte 2015-12-10 0",
            ])
        try same(timeline.known("2016-12-10", [.confirmations]), ["confirmations confirmation-overdue mayotte 2015-12-10 366"])

        try timeline.decide("mayotte", .confirmed, "2017-01-12")
        try same(timeline.known("2017-01-12") + timeline.unknown("2017-01-12"), [])
        try same(timeline.known("2017-01-11", [.confirmations]), ["confirmations confirmation-overdue mayotte 2015-12-10 398"], "what was overdue stays so")
        try same(timeline.known("2017-07-11"), [])
        try same(timeline.known("2017-07-12"), ["agenda report mayotte 2018-01-12 -184"])
        try same(timeline.known("2018-01-12"), ["agenda report mayotte 2018-01-12 0"])
        try same(timeline.known("2018-01-13"), ["reports yearly-report-due mayotte 2018-01-12 1", "agenda report mayotte 2018-01-12 1"])
        try same(timeline.known("2018-02-12", [.reports]), ["reports yearly-report-due mayotte 2018-01-12 31"])

        try timeline.decide("mayotte", .renewed, "2018-02")
        try same(timeline.known("2018-02-28") + timeline.unknown("2018-02-28"), [])
        // A renewal of February is a year old at the end of February at the latest: until then a report may be missing.
        try same(timeline.unknown("2019-02-15", [.reports]), ["reports yearly-report-due mayotte 2019-02-01..2019-02-28 -13"])
        try same(
            timeline.known("2019-03-01"),
            [
                "reports yearly-report-due mayotte 2019-02-01..2019-02-28 1", "agenda report mayotte 2019-02-01..2019-02-28 1",
            ])

        try timeline.decide("mayotte", .withdrawn, "2019-06-15")
        try same(timeline.known("2019-06-14", [.reports]), ["reports yearly-report-due mayotte 2019-02-01..2019-02-28 106"])
        try same(timeline.known("2019-06-15"), ["labels open-without-decision mayotte-main"])
        try timeline.close("mayotte-main", as: .closed, on: "2019-07-01")
        try same(timeline.known("2019-07-01") + timeline.unknown("2019-07-01"), [])
    }

    @Test func `the founding document: without a decision nothing is called due, and Rome is due a year after its day`() throws {
        let timeline = try Timeline()
        // Lines 111, 125 to 128, 479, 43 to 45 and 822 of the booklet.
        let openings = [
            ("paris", "1993"), ("nord-franche-comte", "1999"), ("cotes-d-armor", "1999"), ("nimes", "1999"), ("milan", "2000"), ("genes", "2000"),
            ("nanterre", "2005..2006"), ("saint-quentinois", "2008-10"), ("rome", "2009-06-03"),
        ]
        for (id, start) in openings {
            try timeline.cite(id, id, country: ["milan", "genes", "rome"].contains(id) ? "IT" : "FR")
            try timeline.platform("\(id)-main", of: id, country: ["milan", "genes", "rome"].contains(id) ? "IT" : "FR")
            try timeline.period("\(id)-main", .open, start)
        }
        try timeline.platform("nord-franche-comte-montbeliard", of: "nord-franche-comte", .site)
        try timeline.period("nord-franche-comte-montbeliard", .open, "1999..2009-12-31")
        try timeline.decide("rome", .projet, "..2009-06-03")

        func confirmations(_ day: String) throws -> [String] {
            try timeline.unknown(day, [.confirmations]).map { $0.split(separator: " ")[2...].joined(separator: " ") }
        }
        try same(confirmations("1992-12-31"), [])
        // A year only: the anniversary is some day of 1994, announced six months before.
        try same(confirmations("1993-07-01"), ["paris 1994-01-01..1994-12-31 -548"])
        try same(confirmations("1995-01-01"), ["paris 1994-01-01..1994-12-31 1"])
        try same(confirmations("2000-06-30").map { String($0.split(separator: " ")[0]) }, ["paris", "cotes-d-armor", "nimes", "nord-franche-comte"])
        try same(timeline.known("2000-06-30"), [], "no decision is recorded: nothing is called due")
        #expect(try confirmations("2009-04-01").contains("saint-quentinois 2009-10-01..2009-10-31 -213"), "a month only")
        #expect(try confirmations("2009-03-31").allSatisfy { !$0.hasPrefix("saint-quentinois") })
        try same(timeline.known("2009-06-02"), [])
        try same(timeline.known("2009-06-03"), ["agenda fonctionnement rome 2010-06-03 -365"])
        try same(
            timeline.known("2009-12-31"),
            [
                "confirmations confirmation-due rome 2010-06-03 -154", "agenda fonctionnement rome 2010-06-03 -154",
            ])
        try same(timeline.known("2010-06-03", [.confirmations]), ["confirmations confirmation-due rome 2010-06-03 0"])
        try same(timeline.known("2010-06-04", [.confirmations]), ["confirmations confirmation-overdue rome 2010-06-03 1"])
        try same(timeline.known("2012-06-02", [.labels]), [])
        try same(timeline.known("2012-06-03", [.labels]), ["labels projet-never-confirmed rome ..2012-06-03 0"])
        // What was said of the same day before and after a later record is the same.
        try timeline.decide("rome", .confirmed, "2013-02-01")
        try same(timeline.known("2012-06-03", [.labels]), ["labels projet-never-confirmed rome ..2012-06-03 0"])
        try same(timeline.known("2013-02-01", [.labels, .confirmations]), [])
        try same(timeline.known("2009-12-31", cite: "paris"), [])
    }

    @Test func `a préfiguration that runs long is told from the day after its year, until its place opens`() throws {
        let timeline = try Timeline()
        try timeline.cite("essai", "Essai")
        try timeline.platform("essai-main", of: "essai")
        try timeline.decide("essai", .projet, "2016-02-04")
        try timeline.decide("essai", .prefiguration, "2016-09-15")
        try timeline.period("essai-main", .prefiguration, "2016-10-03")
        try same(timeline.known("2017-10-03", [.prefigurations]), [])
        try same(timeline.known("2017-10-04", [.prefigurations]), ["prefigurations prefiguration-running-long essai-main 2017-10-03 1"])
        try same(timeline.known("2017-10-04", [.agenda]), ["agenda fonctionnement essai 2017-10-03 1"])
        try same(timeline.known("2017-10-04", [.confirmations]), [], "the confirmation comes at its end, and it has none yet")
        try timeline.period("essai-main", .open, "2018-01-08")
        try same(timeline.known("2018-01-07", [.prefigurations]), ["prefigurations prefiguration-running-long essai-main 2017-10-03 96"])
        try same(timeline.known("2018-01-08", [.prefigurations]), [])
        try same(timeline.known("2018-01-08", [.confirmations]), ["confirmations confirmation-due essai 2018-01-08 0"])
        // A month only: on a day within it, it is not known.
        try timeline.cite("second", "Second")
        try timeline.platform("second-main", of: "second")
        try timeline.period("second-main", .prefiguration, "2019-05")
        try same(
            timeline.unknown("2020-05-15", [.prefigurations], cite: "second"),
            ["prefigurations prefiguration-running-long second-main 2020-05-01..2020-05-31 -16"])
        try same(
            timeline.known("2020-06-01", [.prefigurations], cite: "second"), ["prefigurations prefiguration-running-long second-main 2020-05-01..2020-05-31 1"])
    }

    @Test func `when a mother Cité falls asleep its centre is told and its label is up for withdrawal; a successor has a file of its own`() throws {
        let timeline = try Timeline()
        try timeline.cite("mere", "Mère")
        try timeline.platform("mere-main", of: "mere")
        try timeline.platform("mere-centre", of: "mere", .associatedCentre)
        for id in ["mere-main", "mere-centre"] { try timeline.period(id, .open, "2010-03-01") }
        for (decision, date) in [
            (LabelDecisionKind.projet, "2009-01-15"), (.fonctionnement, "2010-02-01"), (.confirmed, "2011-02-10"), (.renewed, "2012-02-09"),
        ] {
            try timeline.decide("mere", decision, date)
        }
        try same(timeline.known("2012-03-01") + timeline.unknown("2012-03-01"), [])
        try timeline.close("mere-main", as: .asleep, on: "2012-05-01")
        try same(timeline.known("2012-04-30"), [])
        try same(timeline.known("2012-05-01"), ["associated-centres associated-centre-mother-inactive mere-centre"])
        try timeline.close("mere-centre", as: .closed, on: "2012-07-01")
        try same(timeline.known("2012-07-01"), ["labels label-without-place mere", "agenda withdrawal mere"])
        try timeline.decide("mere", .withdrawn, "2012-09-20")
        try same(timeline.known("2012-09-20") + timeline.unknown("2012-09-20"), [])
        try timeline.cite("suite", "Suite")
        try timeline.platform("suite-main", of: "suite")
        try timeline.period("suite-main", .planned, "2012-10-01", "2013-01-07")
        try timeline.period("suite-main", .open, "2013-01-07")
        try same(timeline.unknown("2012-10-01", [.agenda]), ["agenda projet suite"], "planned, and nobody has recorded a decision")
        try timeline.decide("suite", .projet, "2012-11-15")
        try same(timeline.known("2012-11-15", [.agenda]), ["agenda prefiguration suite 2013-01-07 -53"])
        try timeline.decide("suite", .fonctionnement, "2012-12-20")
        try same(timeline.known("2013-07-06", [.confirmations]), [])
        try same(timeline.known("2013-07-07", [.confirmations]), ["confirmations confirmation-due suite 2014-01-07 -184"])
        let changes = try timeline.review("2013-01-31", [.changes], since: "2012-04-30")
        same(
            changes.lines.map(\.short),
            [
                "changes asleep 2012-05-01 mere-main", "changes closed 2012-07-01 mere-centre", "changes withdrawn 2012-09-20 mere",
                "changes planned 2012-10-01 suite-main", "changes projet 2012-11-15 suite", "changes fonctionnement 2012-12-20 suite",
                "changes open 2013-01-07 suite-main",
            ])
    }

    @Test func `a contradiction of sources is told from the day on which it was one`() throws {
        let timeline = try Timeline()
        try timeline.cite("maurice", "Maurice", country: "MU")
        try timeline.platform("maurice-main", of: "maurice", country: "MU")
        try timeline.period("maurice-main", .open, "..2009-12-31")
        try timeline.period("maurice-main", .planned, "2011-12-16")
        try same(timeline.known("2011-12-15", [.records]), [])
        try same(timeline.known("2011-12-16", [.records]), ["records periods-contradictory maurice-main"])
    }
}
