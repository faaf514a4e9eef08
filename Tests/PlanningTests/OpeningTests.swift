import CiteNetwork
import Foundation
import GeoModel
import Impedance
import Planning
import Testing

/// Constructed records: platforms of one Cité, on a line to the east of 0, 45.
private enum Constructed {
    static let source = Provenance(source: "s", verified: PartialDate("2026-01")!, note: nil)

    static func platform(
        _ id: String, longitude: Double = 0, hours: String?, country: String = "FR", area: String? = "FR-02", timeZone: String? = "Europe/Paris"
    ) -> Platform {
        Platform(
            id: id, cite: "c", kind: .main, name: id, localName: nil, location: Coordinate(x: longitude, y: 45), locationAccuracy: .venue, locality: nil,
            area: area, country: country, timeZone: timeZone,
            contact: Contact(address: nil, postalCode: nil, town: nil, telephone: nil, email: nil, website: nil), host: nil, hostType: nil, floorArea: nil,
            counsellors: nil, hours: hours, services: nil, modalities: nil, declaredDistance: nil, visibility: .public, provenance: source)
    }

    static func records(_ platforms: [Platform]) -> NetworkRecords {
        NetworkRecords(
            cites: [
                Cite(
                    id: "c", name: "c", localName: nil, country: "FR", form: .citeDesMetiers, zone: nil, bearer: nil, bearerType: nil,
                    seat: .unknown(reason: "constructed"), member: nil, website: nil, visibility: .public, provenance: source)
            ], platforms: platforms,
            periods: platforms.map { PlatformPeriod(platform: $0.id, status: .open, start: PartialDate("2000")!, end: nil, provenance: source) },
            decisions: [], territories: [], poles: [], sources: [])
    }
}

@Suite struct OpeningTests {
    private func opening(_ platform: Platform, _ moment: String) -> Opening { PlatformOpening(platform).opening(at: OpeningMoment(moment)!) }

    private func instant(_ text: String) -> Date {
        guard case .instant(let date)? = OpeningMoment(text) else { preconditionFailure(text) }
        return date
    }

    @Test func `an instant is read by the clock of each place`() {
        let morning = "Mo-Fr 09:00-12:00"
        let places = [
            ("Europe/Paris", "2026-11-23T09:00"), ("Indian/Mauritius", "2026-11-23T12:00"), ("America/Guadeloupe", "2026-11-23T04:00"),
            ("America/Vancouver", "2026-11-23T00:00"), ("America/Santiago", "2026-11-23T05:00"), ("Indian/Mayotte", "2026-11-23T11:00"),
        ]
        for (zone, local) in places {
            let at = opening(Constructed.platform("p", hours: morning, timeZone: zone), "2026-11-23T08:00Z")
            #expect(at.local?.description == local, "\(zone)")
            let hour = Int(local.suffix(5).prefix(2))!
            #expect(at.state == ((9..<12).contains(hour) ? .open : .closed), "\(zone)")
        }
        #expect(opening(Constructed.platform("p", hours: morning, timeZone: "Indian/Mauritius"), "2026-11-23T11:59").state == .open)
    }

    @Test func `what is not known has its reason`() {
        #expect(opening(Constructed.platform("p", hours: nil), "2026-11-23T10:00").reason == .hoursNotKnown)
        let zoneless = Constructed.platform("p", hours: "Mo-Fr 09:00-12:00", timeZone: nil)
        #expect(opening(zoneless, "2026-11-23T10:00Z").reason == .timeZoneNotKnown)
        #expect(opening(zoneless, "2026-11-23T10:00").state == .open && opening(zoneless, "2026-11-23T10:00").nextChange?.instant == nil)
        let odd = opening(Constructed.platform("p", hours: "9h-12h"), "2026-11-23T10:00")
        guard case .hoursNotReadable(let problem)? = odd.reason else { Issue.record("\(odd)"); return }
        #expect(odd.state == .unknown && problem.hasPrefix("column 1"))
        #expect(opening(Constructed.platform("p", hours: "Mo-Fr 09:00-12:00; SH off"), "2026-11-23T10:00").reason == .uncertain(.schoolHolidays))
        let madrid = Constructed.platform("p", hours: "Mo-Fr 09:00-12:00; PH off", country: "ES", area: "ES-M", timeZone: "Europe/Madrid")
        #expect(opening(madrid, "2026-11-23T10:00").reason == .uncertain(.publicHolidays))
    }

    @Test func `a public holiday is that of the place`() {
        let hours = "Mo-Fr 09:00-17:00; PH off"
        let aisne = Constructed.platform("p", hours: hours)
        let mayotte = Constructed.platform("p", hours: hours, area: "FR-976", timeZone: "Indian/Mayotte")
        #expect(opening(aisne, "2026-04-27T10:00").state == .open && opening(mayotte, "2026-04-27T10:00").state == .closed)
        #expect(opening(mayotte, "2026-04-27T10:00").nextChange?.instant == instant("2026-04-28T06:00Z"))
        let geneva = Constructed.platform("p", hours: hours, country: "CH", area: "CH-GE", timeZone: "Europe/Zurich")
        #expect(opening(geneva, "2026-09-10T10:00").state == .closed)
    }

    @Test func `the next change is an instant, also over the nights when clocks are changed`() {
        let place = Constructed.platform("p", hours: "Sa 22:00-06:00; Su 02:30-04:00")
        // Clocks go from 02:00 to 03:00 on 29 March 2026 in Paris, from 03:00 back to 02:00 on 25 October.
        #expect(opening(place, "2026-03-29T00:30Z").nextChange?.instant == instant("2026-03-29T04:00Z"))
        let early = Constructed.platform("p", hours: "Su 02:30-04:00")
        #expect(opening(early, "2026-03-29T00:30Z").nextChange?.instant == instant("2026-03-29T01:00Z"))
        #expect(opening(early, "2026-03-29T01:00Z").state == .open)
        #expect(opening(early, "2026-10-25T00:10Z").nextChange?.instant == instant("2026-10-25T00:30Z"))
        // The second 02:10 of that night: the next 02:30 is the second too.
        #expect(opening(early, "2026-10-25T01:10Z").nextChange?.instant == instant("2026-10-25T01:30Z"))
        let paris = TimeZone(identifier: "Europe/Paris")!
        #expect(LocalTime("2026-07-01T12:00")!.instant(in: paris) == instant("2026-07-01T10:00Z"))
        #expect(LocalTime(instant("1969-12-31T22:59Z"), in: paris)?.description == "1969-12-31T23:59")
    }

    @Test func `local time and instant are inverse, but for the hours that clocks skip or repeat`() {
        for zone in ["Europe/Paris", "America/Santiago", "America/Vancouver", "Indian/Mauritius", "Australia/Lord_Howe", "Asia/Kathmandu"] {
            let zone = TimeZone(identifier: zone)!
            for step in 0..<3_000 {
                let instant = Date(timeIntervalSince1970: 1_767_225_600 + Double(step) * 10_380)
                let local = LocalTime(instant, in: zone)!
                #expect(LocalTime(local.instant(in: zone), in: zone) == local)
                #expect(local.instant(in: zone) == instant || local.instant(in: zone, after: instant - 1) == instant)
            }
        }
    }

    @Test(
        arguments: [
            ("2026-11-23T10:00", "2026-11-23T10:00"), ("2026-11-23T10:00:30", "2026-11-23T10:00"), ("2026-11-23T10:00Z", "2026-11-23T10:00Z"),
            ("2026-11-23T10:00+01:00", "2026-11-23T09:00Z"), ("2026-11-23T00:30:00-0330", "2026-11-23T04:00Z"), ("2026-11-23", nil), ("2026-11-23T25:00", nil),
            ("2026-11-23T10:00+1", nil), ("2026-11-23T10:00+19:00", nil), ("now", nil), ("2026-11-23T10:00ZZ", nil), ("", nil), ("T", nil),
            ("2026-11-23T10:00+0:100", nil),
        ] as [(String, String?)])
    func `a moment is a local time or an instant`(text: String, expected: String?) { #expect(OpeningMoment(text)?.description == expected) }

    @Test func `those known to be open come alone, those of whom it is not known apart, nobody is lost in silence`() {
        let platforms = [
            Constructed.platform("closed", longitude: 0.1, hours: "Tu 09:00-12:00"), Constructed.platform("unsaid", longitude: 0.2, hours: nil),
            Constructed.platform("open", longitude: 0.3, hours: "Mo 09:00-12:00"),
            Constructed.platform("appointment", longitude: 0.4, hours: "Mo 09:00-12:00 \"sur rendez-vous\""),
            Constructed.platform("odd", longitude: 0.5, hours: "du lundi au vendredi"), Constructed.platform("open too", longitude: 0.6, hours: "24/7"),
            Constructed.platform("unsaid too", longitude: 0.7, hours: nil),
        ]
        let nearest = NearestPlatforms(Constructed.records(platforms), Eligibility(asOf: "2026-11-23"))
        let at = Coordinate(x: 0, y: 45)
        let moment = OpeningMoment("2026-11-23T10:00")!
        let two = nearest.nearest(2, to: at, openAt: moment)
        #expect(two.results.map(\.platform.id) == ["open", "open too"] && two.results.allSatisfy { $0.opening?.state == .open })
        #expect(two.opening?.byAppointment.map(\.platform.id) == ["appointment"] && two.opening?.notKnown.map(\.platform.id) == ["unsaid", "odd"])
        #expect(two.opening?.closedCount == 1 && two.opening?.notKnownCount == 2)
        let all = nearest.nearest(5, to: at, openAt: moment)
        #expect(all.results.count == 2 && all.opening?.notKnown.map(\.platform.id) == ["unsaid", "odd", "unsaid too"])
        let near = nearest.nearest(5, to: at, within: Reach("35km")!, openAt: moment)
        #expect(near.results.map(\.platform.id) == ["open"] && near.opening?.notKnown.map(\.platform.id) == ["unsaid"])
        let plain = nearest.nearest(2, to: at)
        #expect(plain.opening == nil && plain.results.map(\.platform.id) == ["closed", "unsaid"] && plain.results[0].opening == nil)
    }

    @Test func `the open ones among many are those that looking at each finds`() {
        let from = Coordinate(x: 0.004, y: 45)
        let platforms = (0..<300).map { i -> Platform in
            let hours: String? = i % 11 == 0 ? "Mo 09:00-12:00" : i % 3 == 0 ? nil : "Tu 09:00-12:00"
            return Constructed.platform("p\(i)", longitude: Double((i * 7919) % 300) / 100, hours: hours)
        }
        let nearest = NearestPlatforms(Constructed.records(platforms), Eligibility(asOf: "2026-11-23"))
        let answer = nearest.nearest(20, to: from, openAt: OpeningMoment("2026-11-23T10:00")!)
        func offset(_ platform: Platform) -> Double { abs((platform.location?.x ?? 0) - from.x) }
        let open = platforms.filter { $0.hours?.hasPrefix("Mo") == true }.sorted { offset($0) < offset($1) }
        let expected: [String] = open.prefix(20).map(\.id)
        #expect(answer.results.map(\.platform.id) == expected)
        let before = platforms.filter { offset($0) < offset(open[19]) }
        #expect(answer.opening?.notKnownCount == before.count { $0.hours == nil })
        #expect(answer.opening?.closedCount == before.count { $0.hours?.hasPrefix("Tu") == true })
    }

    @Test func `no platform of the network has hours yet, so all are listed as not known`() {
        let nearest = NearestPlatforms(RealWorkspace.atlas.records, Eligibility(asOf: "2026-11-23"))
        let answer = nearest.nearest(3, to: Coordinate(x: 2.35, y: 48.85), openAt: OpeningMoment("2026-11-23T10:00")!)
        let known = RealWorkspace.atlas.records.platforms.filter { $0.hours != nil }
        #expect(known.isEmpty && answer.results.isEmpty && answer.opening?.notKnown.first?.platform.id == "paris-main")
        #expect(answer.opening?.notKnown.count == 3 && answer.opening?.notKnownCount == answer.searched)
    }
}
