internal import GeoModel

/// The network while the changes of a scenario are made one after another.
struct ScenarioPlan {
    private let before: NetworkRecords
    private let scenario: Scenario
    private(set) var platforms: [String: Platform]
    private var periods: [String: [PlatformPeriod]]
    /// The numbers of the changes that closed and opened a platform.
    private var closedBy: [String: Int] = [:]
    private var openedBy: [String: Int] = [:]

    init(_ records: NetworkRecords, _ scenario: Scenario) {
        before = records
        self.scenario = scenario
        platforms = Dictionary(records.platforms.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
        periods = Dictionary(records.platforms.map { ($0.id, records.periods(of: $0.id)) }, uniquingKeysWith: { a, _ in a })
    }

    var records: NetworkRecords {
        let day = scenario.asOf
        let source = Source(
            id: scenario.sourceID, title: "Scenario '\(scenario.name)': a plan", date: PartialDate("\(day)")!, reference: nil, note: scenario.note)
        let cites = before.cites
        return NetworkRecords(
            cites: cites, platforms: Array(platforms.values), periods: platforms.keys.sorted().flatMap { periods[$0] ?? [] },
            decisions: cites.flatMap { before.decisions(of: $0.id) }, territories: cites.flatMap { before.territories(of: $0.id) },
            poles: cites.flatMap { before.poles(of: $0.id) }, sources: Array(before.sources.values) + [source])
    }

    mutating func make(_ change: ScenarioChange, number: Int) throws(ScenarioProblem) {
        func problem(_ reason: ScenarioProblem.Reason, _ detail: String) -> ScenarioProblem {
            ScenarioProblem(number: number, change: change, reason: reason, detail: detail)
        }
        switch change.action {
        case .open(let planned):
            if let fault = fault(of: planned) { throw problem(fault.reason, fault.detail) }
            open(planned, number)
        case .close(let id):
            if let absence = absence(of: id) { throw problem(absence.reason, absence.detail) }
            endPeriods(of: id)
            periods[id, default: []].append(period(id, .closed))
            closedBy[id] = number
        case .move(let id, let place, let accuracy):
            if let absence = absence(of: id) { throw problem(absence.reason, absence.detail) }
            if let fault = fault(of: place) { throw problem(.malformed, fault) }
            // What names its old place no longer holds.
            (platforms[id]!.location, platforms[id]!.locationAccuracy) = (place, accuracy)
            (platforms[id]!.locality, platforms[id]!.area, platforms[id]!.declaredDistance) = (nil, nil, nil)
            (platforms[id]!.contact.address, platforms[id]!.contact.postalCode, platforms[id]!.contact.town) = (nil, nil, nil)
            platforms[id]!.provenance = provenance(platforms[id]!.provenance.verified)
        case .change(let id, let kind, let services):
            if let absence = absence(of: id) { throw problem(absence.reason, absence.detail) }
            guard kind != nil || services != nil else { throw problem(.empty, "it says neither a kind nor services; one of them would be accepted") }
            if let services, services.isEmpty {
                throw problem(.malformed, "a platform offers some service; codes among \(ServiceCode.list) would be accepted")
            }
            if let kind { platforms[id]!.kind = kind }
            if let services { platforms[id]!.services = services }
            platforms[id]!.provenance = provenance(platforms[id]!.provenance.verified)
        }
    }

    // MARK: What may be done

    /// Why a platform cannot be opened; nil where it can.
    private func fault(of planned: PlannedPlatform) -> (reason: ScenarioProblem.Reason, detail: String)? {
        let id = planned.id
        guard RecordID.isValid(id) else { return (.malformed, "'\(id.prefix(80))' is no id of a platform; \(RecordID.acceptedForm) would be accepted") }
        if let earlier = openedBy[id] { return (.idTaken, "change \(earlier) opens '\(id)' already; another id would be accepted") }
        if before.cite(id) != nil { return (.idTaken, "'\(id)' is the id of a Cité; another id would be accepted") }
        if platforms[id] != nil {
            if let earlier = closedBy[id] {
                return (.idTaken, "change \(earlier) closes '\(id)'; another id would be accepted, or a scenario without that change")
            }
            if let status = status(id), status != .planned {
                return (.idTaken, "the network has a platform '\(id)' (\(status.rawValue) on \(scenario.asOf)); another id would be accepted")
            }
        }
        guard planned.name.contains(where: { !$0.isWhitespace }) else { return (.malformed, "it has no name; some text would be accepted") }
        if let fault = fault(of: planned.location) { return (.malformed, fault) }
        if let cite = planned.cite, before.cite(cite) == nil {
            return (.unknownRecord, "there is no Cité '\(cite)'\(Self.alike(cite, before.cites.map(\.id)))")
        }
        if let services = planned.services, services.isEmpty {
            return (.malformed, "a platform offers some service; codes among \(ServiceCode.list), or none where not chosen, would be accepted")
        }
        for (value, unit) in [(planned.counsellors, "counsellors"), (planned.floorArea, "m²")] {
            if let value, !(value >= 0 && value.isFinite) { return (.malformed, "\(value) \(unit); 0 or more would be accepted") }
        }
        if let hours = planned.hours, let wrong = OpeningHours.problem(in: hours) { return (.malformed, "hours '\(hours.prefix(80))': \(wrong)") }
        return nil
    }

    private func fault(of place: Coordinate) -> String? {
        place.isGeographic ? nil : "\(place) is no point; a longitude and a latitude in degrees would be accepted"
    }

    /// Why a platform is not there to be closed, moved or changed; nil where it is.
    private func absence(of id: String) -> (reason: ScenarioProblem.Reason, detail: String)? {
        guard platforms[id] != nil else {
            if before.cite(id) != nil {
                let own = before.platforms(of: id).map(\.id)
                return (.unknownRecord, "'\(id)' is a Cité; its platforms: \(own.isEmpty ? "none" : own.joined(separator: ", "))")
            }
            return (.unknownRecord, "there is no platform '\(id)'\(Self.alike(id, Array(platforms.keys)))")
        }
        if let earlier = closedBy[id] { return (.notThere, "change \(earlier) closes it; a platform that is at work then would be accepted") }
        switch status(id) {
        case nil: return (.notThere, "it is not there yet on \(scenario.asOf); a platform of that day, or a later day of the scenario, would be accepted")
        case .closed?: return (.notThere, "it is closed on \(scenario.asOf) as it is; a platform at work on that day would be accepted")
        default: return nil
        }
    }

    private static func alike(_ id: String, _ known: [String]) -> String {
        let similar = known.filter { $0.contains(id) || $0.hasPrefix(id.prefix(3)) }.sorted().prefix(8)
        return similar.isEmpty ? "; 'maillage network list' shows the ids" : "; ids like it: \(similar.joined(separator: ", "))"
    }

    private func status(_ id: String) -> PlatformStatus? { NetworkRecords.status(periods[id] ?? [], asOf: scenario.asOf) }

    // MARK: What is done

    /// - Parameter verified: when a source saw what remains of the record as it was.
    private func provenance(_ verified: PartialDate = .unknown) -> Provenance {
        Provenance(source: scenario.sourceID, verified: verified, note: "A plan of the scenario '\(scenario.name)', not a fact.")
    }

    private func period(_ id: String, _ status: PlatformStatus) -> PlatformPeriod {
        PlatformPeriod(platform: id, status: status, start: PartialDate("\(scenario.asOf)")!, end: nil, provenance: provenance())
    }

    /// Ends what holds, or may hold, on the day, and takes away what was to come after it.
    private mutating func endPeriods(of id: String) {
        let day = scenario.asOf
        periods[id] = (periods[id] ?? []).compactMap { period in
            guard period.start.isReached(by: day) != .no else { return nil }
            var ended = period
            if NetworkRecords.holds(from: period.start, until: period.end, on: day) != .no { ended.end = PartialDate("\(day)")! }
            return ended
        }
    }

    private mutating func open(_ planned: PlannedPlatform, _ number: Int) {
        let known = platforms[planned.id]
        let isThere = known?.location == planned.location
        let nowhere = Contact(address: nil, postalCode: nil, town: nil, telephone: nil, email: nil, website: nil)
        platforms[planned.id] = Platform(
            id: planned.id, cite: planned.cite ?? known?.cite ?? "", kind: planned.kind, name: planned.name, localName: known?.localName,
            location: planned.location, locationAccuracy: planned.locationAccuracy, locality: planned.locality, area: planned.area,
            country: planned.country, timeZone: known?.timeZone, contact: isThere ? known!.contact : nowhere, host: known?.host, hostType: known?.hostType,
            floorArea: planned.floorArea ?? known?.floorArea, counsellors: planned.counsellors ?? known?.counsellors, hours: planned.hours ?? known?.hours,
            services: planned.services ?? known?.services, modalities: known?.modalities, declaredDistance: nil, visibility: .restricted,
            provenance: provenance())
        endPeriods(of: planned.id)
        periods[planned.id, default: []].append(period(planned.id, .open))
        openedBy[planned.id] = number
    }
}

extension ServiceCode {
    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
