// Rules of the kinds of platforms, and of the réseau (founding document, lines 158-182).
extension RuleBook {
    func judgeAssociatedCentre(_ centre: Platform, _ ledger: inout RuleLedger) {
        let record = RuleSubject(.platform, centre.id)
        let mother = records.cite(centre.cite)
        ledger.judge(
            .associatedCentreWithoutMother, record, isBroken: centre.cite.isEmpty ? .unknown : mother == nil ? .yes : .no,
            centre.cite.isEmpty ? "Its mother Cité is not stated." : "There is no Cité '\(centre.cite)'.", Remedy.set(record.id, "cite", "ID"))
        let isAtWork = isIn([.open, .prefiguration], centre)
        let motherAtWork = mother.map { self.isAtWork($0) } ?? .unknown
        ledger.judge(
            .associatedCentreMotherInactive, record, isBroken: isAtWork && !motherAtWork, inactivity(centre, mother, motherAtWork),
            Remedy.show(mother == nil ? centre.id : centre.cite))
        let offered = centre.offer
        let needed = mother.map { offer(of: $0) } ?? ServiceOffer(offered: [], isComplete: false)
        // Of one of whose services nothing is known the other is asked first.
        let settles = centre.services == nil || mother == nil ? record : settling(centre.cite) ?? record
        ledger.judge(
            .associatedCentreAllServices, record, isBroken: offered.covers(needed),
            "Its services: \(offered.text); those of its mother Cité: \(needed.text).", Remedy.set(settles.id, "services", "employment training"))
        ledger.judge(
            .associatedCentreForeignService, record, isBroken: offered.hasMore(than: needed),
            needed.isComplete && !offered.offered.isSubset(of: needed.offered)
                ? "It offers \(needed.missing(offered)), which its mother Cité does not."
                : "Its services: \(offered.text); those of its mother Cité: \(needed.text).", Remedy.set(settles.id, "services", "employment training"))
    }

    private func inactivity(_ centre: Platform, _ mother: Cite?, _ motherAtWork: Truth) -> String {
        guard let mother else { return "Its mother Cité is not recorded." }
        let state = records.status(of: centre.id, asOf: day)?.rawValue ?? "of no recorded state"
        let label = records.label(of: mother.id, asOf: day).level
        let places = standings[mother.id]?.places ?? ""
        return "It is \(state); its mother Cité \(mother.id): \(label == .withdrawn ? "label withdrawn, " : "")\(places)."
    }

    func places(of cite: String) -> String {
        let own = records.platforms(of: cite).filter { $0.kind != .associatedCentre }
        let named = own.prefix(8).map { "\($0.id) \(records.status(of: $0.id, asOf: day)?.rawValue ?? "not yet there")" }
        let rest = own.count > 8 ? " and \(own.count - 8) more" : ""
        return own.isEmpty ? "no place of its own is recorded" : named.joined(separator: ", ") + rest
    }

    func unknownPlace(of cite: String) -> String? {
        records.platforms(of: cite).first { ($0.kind == .main || $0.kind == .site) && $0.services == nil }?.id
    }

    private func settling(_ cite: String) -> RuleSubject? { standings[cite]?.unknownPlace.map { RuleSubject(.platform, $0) } }

    func judgeSite(_ site: Platform, _ ledger: inout RuleLedger) {
        let record = RuleSubject(.platform, site.id)
        let needed = records.cite(site.cite).map { offer(of: $0) } ?? ServiceOffer(offered: [], isComplete: false)
        let missing = site.offer.missing(needed)
        ledger.judge(
            .siteMissingService, record, isBroken: needed.hasMore(than: site.offer),
            missing.isEmpty ? "Its services: \(site.offer.text); those of its Cité: \(needed.text)." : "It lacks \(missing), which its Cité offers.",
            Remedy.set((site.services == nil ? record : settling(site.cite) ?? record).id, "services", "employment training"))
    }

    func judgeRuralPlatform(_ platform: Platform, _ ledger: inout RuleLedger) {
        let record = RuleSubject(.platform, platform.id)
        let area = platform.floorArea.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
        ledger.judge(
            .ruralPlatformTooLarge, record, isBroken: area.map { $0 >= 100 ? .yes : .no } ?? .unknown,
            area.map { "It has \(short($0)) m²." } ?? "No source gives its floor area.", Remedy.set(record.id, "floor_area_m2", "80"))
        let counsellors = platform.counsellors.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
        ledger.judge(
            .ruralPlatformCounsellors, record, isBroken: counsellors.map { (1...2).contains($0) ? .no : .yes } ?? .unknown,
            counsellors.map { "It has \(short($0)) counsellors." } ?? "No source says how many counsellors work there.",
            Remedy.set(record.id, "counsellors", "1"))
        let hours = platform.hours?.filter { !$0.isWhitespace }.lowercased()
        let isShut = hours.map { ["", "off", "closed"].contains($0) }
        ledger.judge(
            .ruralPlatformWithoutHours, record, isBroken: isShut.map { $0 ? .yes : .no } ?? .unknown,
            isShut == nil ? "No source gives its hours." : "Its hours are stated as none ('\(platform.hours ?? "")').",
            Remedy.set(record.id, "hours", "Tu,Th 09:00-12:00"))
    }

    func judgeBody(_ cite: Cite, _ ledger: inout RuleLedger) {
        guard cite.form == .reseauDesMetiers else { return }
        let record = RuleSubject(.cite, cite.id)
        let named = cite.bearer.map { $0.contains { !$0.isWhitespace } } ?? false
        ledger.judge(
            .reseauWithoutBody, record, isBroken: named ? .no : cite.bearerType == "none" || cite.bearer != nil ? .yes : .unknown,
            cite.bearerType == "none" || cite.bearer != nil ? "It is stated that nobody coordinates it." : "No source names the body that coordinates it.",
            Remedy.set(record.id, "bearer", "NAME"))
    }

    /// A number without needless decimals.
    private func short(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? "\(value)" }
}
