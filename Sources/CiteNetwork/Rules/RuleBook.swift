/// The rules, applied to what is recorded of a network, on a day, with facts of the ground handed in.
///
/// Three-valued throughout: a rule whose fact is not known is reported as unknown, never as broken and never passed over. Rules of a
/// platform's kind concern platforms that exist on the day and are not closed; rules of sound records concern all.
/// Every rule is linear in the records it is about, except those that compare the decisions or periods of one Cité or platform in pairs.
package struct RuleBook: Sendable {
    let records: NetworkRecords
    let day: CalendarDate
    let facts: RuleFacts
    /// What every centre and site of a Cité is held against, worked out once for each Cité.
    private(set) var standings: [String: Standing] = [:]

    struct Standing: Sendable {
        var isAtWork: Truth
        var offer: ServiceOffer
        /// A main place or site whose services are not known.
        var unknownPlace: String?
        /// Its own places and the state of each.
        var places: RuleValue
    }

    package init(_ records: NetworkRecords, asOf day: CalendarDate, facts: RuleFacts) {
        self.records = records
        self.day = day
        self.facts = facts
        standings = Dictionary(
            records.cites.map { cite in
                let standing = Standing(
                    isAtWork: foundAtWork(cite), offer: foundOffer(of: cite), unknownPlace: unknownPlace(of: cite.id), places: places(of: cite.id))
                return (cite.id, standing)
            }, uniquingKeysWith: { a, _ in a })
    }

    /// What these rules say; all of them without a choice.
    package func report(_ codes: Set<RuleCode> = Set(RuleCode.allCases)) -> RuleReport {
        var ledger = RuleLedger(codes: codes)
        for platform in records.platforms where isConcerned(platform) {
            switch platform.kind {
            case .associatedCentre: judgeAssociatedCentre(platform, &ledger)
            case .site: judgeSite(platform, &ledger)
            case .ruralPlatform: judgeRuralPlatform(platform, &ledger)
            case .main: break
            }
            judgeOpening(platform, &ledger)
            judgePrefiguration(platform, &ledger)
            judgePlace(platform, &ledger)
        }
        for platform in records.platforms {
            judgeCoordinates(platform, &ledger)
            judgePeriods(platform, &ledger)
        }
        judgeSharedPoints(&ledger)
        for cite in records.cites {
            if isConcerned(cite) {
                judgeBody(cite, &ledger)
                judgeLabel(cite, &ledger)
            }
            judgePlaces(cite, &ledger)
            judgeSeat(cite, &ledger)
            judgeDecisions(cite, &ledger)
            judgeTerritories(cite, &ledger)
        }
        judgeOverlaps(&ledger)
        judgeFreshness(&ledger)
        return ledger.report(asOf: day)
    }

    // MARK: States

    /// Whether a platform may exist on the day: not before it surely began, nor once it is closed.
    func isConcerned(_ platform: Platform) -> Bool {
        guard !records.periods(of: platform.id).isEmpty else { return true }
        guard let status = records.status(of: platform.id, asOf: day) else { return false }
        return status != .closed
    }

    /// Whether a Cité may exist on the day: it has a place that does, or holds a label for one that is still to come.
    func isConcerned(_ cite: Cite) -> Bool {
        let platforms = records.platforms(of: cite.id)
        if platforms.isEmpty || platforms.contains(where: isConcerned) { return true }
        let isComing = platforms.contains { records.status(of: $0.id, asOf: day) == nil }
        return isComing && [.projet, .fonctionnement].contains(records.label(of: cite.id, asOf: day, takingLogAsComplete: true).level)
    }

    /// Whether a platform is in one of these states on the day.
    func isIn(_ states: Set<PlatformStatus>, _ platform: Platform) -> Truth {
        guard !records.periods(of: platform.id).isEmpty else { return .unknown }
        guard let status = records.status(of: platform.id, asOf: day) else { return .no }
        return status == .unknown ? .unknown : states.contains(status) ? .yes : .no
    }

    /// Whether a Cité receives the public at a main place or a site of its own, under a label that is not withdrawn.
    func isAtWork(_ cite: Cite) -> Truth { standings[cite.id]?.isAtWork ?? foundAtWork(cite) }

    /// The services of a Cité: those of its main places and sites that are not shut, and of its poles.
    func offer(of cite: Cite) -> ServiceOffer { standings[cite.id]?.offer ?? foundOffer(of: cite) }

    private func foundAtWork(_ cite: Cite) -> Truth {
        if records.label(of: cite.id, asOf: day).level == .withdrawn { return .no }
        let own = records.platforms(of: cite.id).filter { $0.kind != .associatedCentre }
        guard !own.isEmpty else { return .unknown }
        return own.reduce(.no) { $0 || isIn([.open, .prefiguration], $1) }
    }

    private func foundOffer(of cite: Cite) -> ServiceOffer {
        let places = records.platforms(of: cite.id).filter { ($0.kind == .main || $0.kind == .site) && isConcerned($0) }
        let poles = records.poles(of: cite.id)
        return ServiceOffer(
            offered: Set(places.flatMap { $0.services ?? [] }).union(poles.compactMap(\.service)),
            isComplete: (!places.isEmpty && places.allSatisfy { $0.services != nil }) || (!poles.isEmpty && poles.allSatisfy { $0.service != nil }))
    }
}

/// What the rules said so far.
struct RuleLedger {
    private let codes: Set<RuleCode>
    private var findings: [RuleFinding] = []
    private var tallies: [RuleCode: RuleTally] = [:]

    init(codes: Set<RuleCode>) { self.codes = codes }

    /// Notes the outcome of one rule for one record. What it says is worked out only where it is not kept.
    mutating func judge(
        _ code: RuleCode, _ record: RuleSubject, isBroken: Truth, due: DateBounds? = nil, _ detail: @autoclosure () -> RuleDetail,
        _ command: @autoclosure () -> String
    ) {
        guard codes.contains(code) else { return }
        var tally = tallies[code] ?? RuleTally()
        tally.checked += 1
        switch isBroken {
        case .no: break
        case .yes: tally.broken += 1
        case .unknown: tally.unknown += 1
        }
        tallies[code] = tally
        guard isBroken != .no else { return }
        findings.append(
            RuleFinding(code: code, verdict: isBroken == .yes ? .broken : .unknown, record: record, detail: detail(), command: command(), due: due))
    }

    func report(asOf day: CalendarDate) -> RuleReport {
        let order = Dictionary(uniqueKeysWithValues: RuleCode.allCases.enumerated().map { ($1, $0) })
        func isEarlier(_ a: RuleFinding, _ b: RuleFinding) -> Bool {
            if a.severity != b.severity { return a.severity < b.severity }
            if a.verdict != b.verdict { return a.verdict == .broken }
            if a.code != b.code { return order[a.code]! < order[b.code]! }
            return (a.record.id, a.detail.order) < (b.record.id, b.detail.order)
        }
        return RuleReport(
            asOf: day, findings: findings.sorted(by: isEarlier),
            tallies: RuleCode.allCases.filter(codes.contains).map { ($0, tallies[$0] ?? RuleTally()) })
    }
}
