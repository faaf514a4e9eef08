// Rules of the kinds of platforms, and of the réseau (founding document, lines 158-182).
extension RuleBook {
    func judgeAssociatedCentre(_ centre: Platform, _ ledger: inout RuleLedger) {
        let record = RuleSubject(.platform, centre.id)
        let mother = records.cite(centre.cite)
        ledger.judge(
            .associatedCentreWithoutMother, record, isBroken: centre.cite.isEmpty ? .unknown : mother == nil ? .yes : .no,
            centre.cite.isEmpty ? RuleDetail(.motherNotStated) : RuleDetail(.motherMissing, ["cite": .text(centre.cite)]), Remedy.set(record.id, "cite", "ID"))
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
            RuleDetail(.servicesOfMother, ["own": offered.value, "mother": needed.value]), Remedy.set(settles.id, "services", "employment training"))
        ledger.judge(
            .associatedCentreForeignService, record, isBroken: offered.hasMore(than: needed),
            needed.isComplete && !offered.offered.isSubset(of: needed.offered)
                ? RuleDetail(.serviceForeign, ["services": .services(needed.missing(offered), isComplete: true)])
                : RuleDetail(.servicesOfMother, ["own": offered.value, "mother": needed.value]), Remedy.set(settles.id, "services", "employment training"))
    }

    private func inactivity(_ centre: Platform, _ mother: Cite?, _ motherAtWork: Truth) -> RuleDetail {
        guard let mother else { return RuleDetail(.motherNotRecorded) }
        let label = records.label(of: mother.id, asOf: day).level
        return RuleDetail(
            label == .withdrawn ? .motherWithdrawn : .motherStates,
            [
                "state": .status(records.status(of: centre.id, asOf: day)), "cite": .text(mother.id),
                "places": standings[mother.id]?.places ?? .places([], more: 0),
            ])
    }

    func places(of cite: String) -> RuleValue { states(of: records.platforms(of: cite).filter { $0.kind != .associatedCentre }) }

    /// The first eight of some places with their states.
    func states(of places: [Platform]) -> RuleValue {
        .places(places.prefix(8).map { PlaceState(id: $0.id, status: records.status(of: $0.id, asOf: day)) }, more: max(0, places.count - 8))
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
            missing.isEmpty
                ? RuleDetail(.servicesOfCite, ["own": site.offer.value, "cite": needed.value])
                : RuleDetail(.servicesLacking, ["services": .services(missing, isComplete: true)]),
            Remedy.set((site.services == nil ? record : settling(site.cite) ?? record).id, "services", "employment training"))
    }

    func judgeRuralPlatform(_ platform: Platform, _ ledger: inout RuleLedger) {
        let record = RuleSubject(.platform, platform.id)
        let area = platform.floorArea.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
        ledger.judge(
            .ruralPlatformTooLarge, record, isBroken: area.map { $0 >= 100 ? .yes : .no } ?? .unknown,
            area.map { RuleDetail(.floorArea, ["area": .number($0)]) } ?? RuleDetail(.floorAreaNotKnown), Remedy.set(record.id, "floor_area_m2", "80"))
        let counsellors = platform.counsellors.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
        ledger.judge(
            .ruralPlatformCounsellors, record, isBroken: counsellors.map { (1...2).contains($0) ? .no : .yes } ?? .unknown,
            counsellors.map { RuleDetail(.counsellors, ["count": .number($0)]) } ?? RuleDetail(.counsellorsNotKnown),
            Remedy.set(record.id, "counsellors", "1"))
        let hours = platform.hours?.filter { !$0.isWhitespace }.lowercased()
        let isShut = hours.map { ["", "off", "closed"].contains($0) }
        ledger.judge(
            .ruralPlatformWithoutHours, record, isBroken: isShut.map { $0 ? .yes : .no } ?? .unknown,
            isShut == nil ? RuleDetail(.hoursNotKnown) : RuleDetail(.hoursNone, ["hours": .text(platform.hours ?? "")]),
            Remedy.set(record.id, "hours", "Tu,Th 09:00-12:00"))
    }

    func judgeBody(_ cite: Cite, _ ledger: inout RuleLedger) {
        guard cite.form == .reseauDesMetiers else { return }
        let record = RuleSubject(.cite, cite.id)
        let named = cite.bearer.map { $0.contains { !$0.isWhitespace } } ?? false
        ledger.judge(
            .reseauWithoutBody, record, isBroken: named ? .no : cite.bearerType == "none" || cite.bearer != nil ? .yes : .unknown,
            RuleDetail(cite.bearerType == "none" || cite.bearer != nil ? .bodyNone : .bodyNotKnown),
            Remedy.set(record.id, "bearer", "NAME"))
    }
}
