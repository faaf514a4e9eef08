internal import GeoModel

// Rules of places: territories (founding document, lines 158-160) and sound coordinates.
extension RuleBook {
    func judgePlace(_ platform: Platform, _ ledger: inout RuleLedger) {
        let record = RuleSubject(.platform, platform.id)
        let tolerance = RuleValue.metres(facts.tolerance)
        guard let (version, holds) = records.territory(of: platform.cite, asOf: day) else {
            ledger.judge(
                .platformOutsideTerritory, record, isBroken: .unknown, RuleDetail(.territoryNotTold, ["cite": .text(platform.cite)]),
                Remedy.territory(platform.cite))
            return
        }
        let isInside = platform.location == nil ? .unknown : facts.inTerritory[platform.id] ?? .unknown
        var doubts: [RuleDetail] = []
        if platform.location == nil { doubts.append(RuleDetail(.doubtPlace)) }
        if version.basis == .inferred { doubts.append(RuleDetail(.doubtInferred)) }
        if holds != .yes { doubts.append(RuleDetail(.doubtInForce)) }
        if platform.locationAccuracy == .territory || platform.locationAccuracy == .assumed {
            doubts.append(RuleDetail(platform.locationAccuracy == .assumed ? .doubtAssumed : .doubtTerritoryPoint))
        }
        let fact: RuleFact = isInside == .no ? (doubts.isEmpty ? .outside : .outsideDoubtful) : doubts.isEmpty ? .insideNotTold : .insideDoubtful
        let detail = RuleDetail(
            fact, ["tolerance": tolerance, "territory": .text(version.definition ?? platform.cite), "doubts": .facts(doubts)])
        ledger.judge(
            .platformOutsideTerritory, record, isBroken: !isInside && (doubts.isEmpty ? .yes : .unknown), detail,
            version.basis == .inferred || holds != .yes ? Remedy.territory(platform.cite) : Remedy.place(platform.id))
    }

    func judgeCoordinates(_ platform: Platform, _ ledger: inout RuleLedger) {
        let record = RuleSubject(.platform, platform.id)
        let place = Remedy.place(platform.id)
        let isImpossible = platform.location.map(isImpossible) ?? .unknown
        let point = platform.location.map(RuleValue.point)
        ledger.judge(
            .coordinatesImpossible, record, isBroken: isImpossible, point.map { RuleDetail(.pointAt, ["point": $0]) } ?? RuleDetail(.placeNotGiven), place)
        let countries = isImpossible == .no ? facts.countries[platform.id] : nil
        let unknown = RuleDetail(isImpossible == .yes ? .pointImpossible : platform.location == nil ? .placeNotGiven : .pointNotComputed)
        let at = point ?? .text("")
        ledger.judge(
            .coordinatesAtSea, record, isBroken: countries.map { $0.isEmpty ? .yes : .no } ?? .unknown,
            countries == nil ? unknown : RuleDetail(.atSea, ["point": at, "tolerance": .metres(facts.tolerance)]), place)
        let isElsewhere: Truth = platform.country.isEmpty ? .unknown : countries.map { $0.isEmpty || $0.contains(platform.country) ? .no : .yes } ?? .unknown
        ledger.judge(
            .coordinatesInOtherCountry, record, isBroken: isElsewhere,
            isElsewhere == .yes
                ? RuleDetail(
                    .inCountry, ["point": at, "countries": .texts((countries ?? []).sorted()), "stated": .text(platform.country)])
                : platform.country.isEmpty ? RuleDetail(.countryNotStated) : unknown,
            isElsewhere == .yes || !platform.country.isEmpty ? place : Remedy.set(record.id, "country", "FR"))
    }

    func judgeSeat(_ cite: Cite, _ ledger: inout RuleLedger) {
        guard case .point(let c, _) = cite.seat else { return }
        ledger.judge(
            .coordinatesImpossible, RuleSubject(.cite, cite.id), isBroken: isImpossible(c), RuleDetail(.seatAt, ["point": .point(c)]),
            Remedy.seat(cite.id))
    }

    private func isImpossible(_ c: Coordinate) -> Truth { c.isGeographic && !(c.x == 0 && c.y == 0) ? .no : .yes }

    /// Platforms by their exact point, those surely gone left out. Points of a town or a territory coincide without saying anything.
    func judgeSharedPoints(_ ledger: inout RuleLedger) {
        let concerned = records.platforms.filter(isConcerned)
        let groups = Dictionary(grouping: concerned.filter { $0.location.map { isImpossible($0) == .no } ?? false }) { $0.location! }
        for platform in concerned {
            let record = RuleSubject(.platform, platform.id)
            let command = Remedy.place(platform.id)
            guard let location = platform.location else {
                ledger.judge(.coordinatesDuplicate, record, isBroken: .unknown, RuleDetail(.placeNotGiven), command)
                continue
            }
            let others = (groups[location] ?? []).filter { $0.id != platform.id }
            let together = others.filter { isTogether(platform, $0) == .yes }
            let rest = others.filter { isTogether(platform, $0) != .yes }
            let isSure = platform.locationAccuracy == .venue && rest.contains { $0.locationAccuracy == .venue }
            ledger.judge(
                .coordinatesDuplicate, record, isBroken: rest.isEmpty ? .no : isSure ? .yes : .unknown,
                RuleDetail(isSure ? .samePoint : .samePointDoubtful, ["others": list(rest)]), command)
            guard !others.isEmpty else { continue }
            let shared: Truth = !together.isEmpty ? .yes : rest.contains { isTogether(platform, $0) == .unknown } ? .unknown : .no
            ledger.judge(
                .addressShared, record, isBroken: shared,
                shared == .yes ? RuleDetail(.sharesAddress, ["others": list(together)]) : RuleDetail(.addressNotStated, ["others": list(rest)]),
                Remedy.set(record.id, "address", "ADDRESS"))
        }
    }

    private func list(_ platforms: [Platform]) -> RuleValue { .texts(platforms.map(\.id).sorted()) }

    /// Whether two platforms at one point state one host or one address.
    private func isTogether(_ a: Platform, _ b: Platform) -> Truth {
        func same(_ x: String?, _ y: String?) -> Truth {
            guard let x, let y else { return .unknown }
            return x.lowercased() == y.lowercased() ? .yes : .no
        }
        return same(a.host, b.host) || same(a.contact.address, b.contact.address)
    }

    func judgeTerritories(_ cite: Cite, _ ledger: inout RuleLedger) {
        for version in records.territories(of: cite.id) {
            let record = RuleSubject(.territory, cite.id)
            judgeEnd(
                record, version.definition.map { RuleDetail(.ofVersion, ["definition": .text($0)]) } ?? RuleDetail(.ofVersionUndefined), version.start,
                version.end, &ledger)
            guard let text = version.definition else { continue }
            guard let definition = TerritoryDefinition(text) else {
                ledger.judge(
                    .territoryAreaWithoutShape, record, isBroken: .yes,
                    RuleDetail(.noDefinition, ["definition": .text(text)]),
                    Remedy.territory(cite.id))
                continue
            }
            let shapes = definition.terms.map { (term: $0, hasShape: facts.areaHasShape[$0.area] ?? .unknown) }
            let isBroken = shapes.reduce(Truth.no) { $0 || !$1.hasShape }
            let terms = shapes.filter { $0.hasShape == (isBroken == .yes ? .no : .unknown) }
                .map { RuleDetail($0.term.isIncluded ? .included : .excluded, ["area": .text($0.term.area)]) }
            ledger.judge(
                .territoryAreaWithoutShape, record, isBroken: isBroken,
                RuleDetail(isBroken == .yes ? .areasWithoutShape : .areasNotLookedUp, ["definition": .text(text), "terms": .facts(terms)]),
                Remedy.importAreas)
        }
    }

    func judgeOverlaps(_ ledger: inout RuleLedger) {
        let code = RuleCode.territoriesOverlap
        for cite in records.cites where isConcerned(cite) && records.label(of: cite.id, asOf: day).level != .withdrawn {
            let record = RuleSubject(.cite, cite.id)
            guard let (version, holds) = records.territory(of: cite.id, asOf: day), version.geometry != nil, let overlaps = facts.overlaps else {
                let isKnown = records.territory(of: cite.id, asOf: day) != nil
                ledger.judge(
                    code, record, isBroken: .unknown,
                    RuleDetail(isKnown ? .territoryNotCompared : .territoryNotToldOwn),
                    Remedy.territory(cite.id))
                continue
            }
            // Each pair is told once, at its first Cité.
            let own = overlaps.filter { min($0.first, $0.second) == cite.id && isComparable(max($0.first, $0.second)) }
            if own.isEmpty { ledger.judge(code, record, isBroken: .no, RuleDetail(.territoryNotToldOwn), "") }
            for overlap in own {
                let other = max(overlap.first, overlap.second)
                var doubts = self.doubts(cite.id, version, holds)
                if let theirs = records.territory(of: other, asOf: day) { doubts += self.doubts(other, theirs.version, theirs.holds) }
                if overlap.isReal != .yes { doubts.append(RuleDetail(.doubtCoarse)) }
                ledger.judge(
                    code, record, isBroken: overlap.isReal && (doubts.isEmpty ? .yes : .unknown),
                    RuleDetail(
                        doubts.isEmpty ? .territoriesShare : .territoriesShareDoubtful,
                        ["other": .text(other), "area": .squareMetres(overlap.area), "doubts": .facts(doubts)]),
                    Remedy.territory(cite.id))
            }
        }
    }

    /// Whether a Cité holds ground on the day that others may overlap.
    private func isComparable(_ id: String) -> Bool {
        guard let cite = records.cite(id), isConcerned(cite), records.territory(of: id, asOf: day) != nil else { return false }
        return records.label(of: id, asOf: day).level != .withdrawn
    }

    /// Why it is not sure that a Cité holds its territory.
    private func doubts(_ cite: String, _ version: TerritoryVersion, _ holds: Truth) -> [RuleDetail] {
        var doubts: [RuleDetail] = []
        if version.basis != .stated { doubts.append(RuleDetail(.doubtBasis, ["cite": .text(cite), "basis": .basis(version.basis)])) }
        if holds != .yes { doubts.append(RuleDetail(.doubtInForceOf, ["cite": .text(cite)])) }
        if records.status(ofCite: cite, asOf: day) == .unknown { doubts.append(RuleDetail(.doubtState, ["cite": .text(cite)])) }
        return doubts
    }
}
