internal import GeoModel

// Rules of places: territories (founding document, lines 158-160) and sound coordinates.
extension RuleBook {
    func judgePlace(_ platform: Platform, _ ledger: inout RuleLedger) {
        let record = RuleSubject(.platform, platform.id)
        let tolerance = "\(Int(facts.tolerance / 1000)) km"
        guard let (version, holds) = records.territory(of: platform.cite, asOf: day) else {
            ledger.judge(
                .platformOutsideTerritory, record, isBroken: .unknown, "No source tells the territory of \(platform.cite).",
                Remedy.territory(platform.cite))
            return
        }
        let isInside = platform.location == nil ? .unknown : facts.inTerritory[platform.id] ?? .unknown
        var doubts: [String] = []
        if platform.location == nil { doubts.append("no source gives its place") }
        if version.basis == .inferred { doubts.append("the territory is inferred") }
        if holds != .yes { doubts.append("the territory may not be in force on the day") }
        if platform.locationAccuracy == .territory || platform.locationAccuracy == .assumed {
            doubts.append("the point is \(platform.locationAccuracy == .assumed ? "assumed" : "that of a territory")")
        }
        let definition = version.definition.map { "'\($0)'" } ?? "the territory of \(platform.cite)"
        let detail: String
        switch isInside {
        case .no: detail = "It stands more than \(tolerance) outside \(definition)\(doubts.isEmpty ? "" : "; \(doubts.joined(separator: ", "))")."
        default:
            detail =
                "Whether it stands in \(definition) cannot be told\(doubts.isEmpty ? ": the territory has no polygon" : ": \(doubts.joined(separator: ", "))")."
        }
        ledger.judge(
            .platformOutsideTerritory, record, isBroken: !isInside && (doubts.isEmpty ? .yes : .unknown), detail,
            version.basis == .inferred || holds != .yes ? Remedy.territory(platform.cite) : Remedy.place(platform.id))
    }

    func judgeCoordinates(_ platform: Platform, _ ledger: inout RuleLedger) {
        let record = RuleSubject(.platform, platform.id)
        let place = Remedy.place(platform.id)
        let isImpossible = platform.location.map(isImpossible) ?? .unknown
        let said = platform.location.map { "Its point is \($0.y),\($0.x) (latitude, longitude)" }
        ledger.judge(.coordinatesImpossible, record, isBroken: isImpossible, said.map { "\($0)." } ?? "No source gives its place.", place)
        let countries = isImpossible == .no ? facts.countries[platform.id] : nil
        let unknown =
            isImpossible == .yes
            ? "Its point is impossible." : platform.location == nil ? "No source gives its place." : "What lies at its point was not computed."
        ledger.judge(
            .coordinatesAtSea, record, isBroken: countries.map { $0.isEmpty ? .yes : .no } ?? .unknown,
            countries == nil ? unknown : "\(said ?? ""): more than \(Int(facts.tolerance / 1000)) km from any land.", place)
        let isElsewhere: Truth = platform.country.isEmpty ? .unknown : countries.map { $0.isEmpty || $0.contains(platform.country) ? .no : .yes } ?? .unknown
        ledger.judge(
            .coordinatesInOtherCountry, record, isBroken: isElsewhere,
            isElsewhere == .yes
                ? "\(said ?? ""), in \((countries ?? []).sorted().joined(separator: " or ")); \(platform.country) is stated."
                : platform.country.isEmpty ? "Its country is not stated." : unknown,
            isElsewhere == .yes || !platform.country.isEmpty ? place : Remedy.set(record.id, "country", "FR"))
    }

    func judgeSeat(_ cite: Cite, _ ledger: inout RuleLedger) {
        guard case .point(let c, _) = cite.seat else { return }
        ledger.judge(
            .coordinatesImpossible, RuleSubject(.cite, cite.id), isBroken: isImpossible(c), "Its seat is at \(c.y),\(c.x) (latitude, longitude).",
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
                ledger.judge(.coordinatesDuplicate, record, isBroken: .unknown, "No source gives its place.", command)
                continue
            }
            let others = (groups[location] ?? []).filter { $0.id != platform.id }
            let together = others.filter { isTogether(platform, $0) == .yes }
            let rest = others.filter { isTogether(platform, $0) != .yes }
            let isSure = platform.locationAccuracy == .venue && rest.contains { $0.locationAccuracy == .venue }
            ledger.judge(
                .coordinatesDuplicate, record, isBroken: rest.isEmpty ? .no : isSure ? .yes : .unknown,
                "It stands at the very point of \(list(rest))\(isSure ? "." : "; not all of these points are those of a venue.")", command)
            guard !others.isEmpty else { continue }
            let shared: Truth = !together.isEmpty ? .yes : rest.contains { isTogether(platform, $0) == .unknown } ? .unknown : .no
            ledger.judge(
                .addressShared, record, isBroken: shared,
                shared == .yes
                    ? "It shares its host or address with \(list(together))." : "Whether it shares its host or address with \(list(rest)) is not stated.",
                Remedy.set(record.id, "address", "ADDRESS"))
        }
    }

    private func list(_ platforms: [Platform]) -> String { platforms.map(\.id).sorted().joined(separator: ", ") }

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
            judgeEnd(record, "its version \(version.definition ?? "without definition")", version.start, version.end, &ledger)
            guard let text = version.definition else { continue }
            guard let definition = TerritoryDefinition(text) else {
                ledger.judge(
                    .territoryAreaWithoutShape, record, isBroken: .yes,
                    "'\(text)' is not a list of areas to include and exclude such as '+FR-30 -epci:243000643'.",
                    Remedy.territory(cite.id))
                continue
            }
            let shapes = definition.terms.map { (term: $0, hasShape: facts.areaHasShape[$0.area] ?? .unknown) }
            let isBroken = shapes.reduce(Truth.no) { $0 || !$1.hasShape }
            let terms = shapes.filter { $0.hasShape == (isBroken == .yes ? .no : .unknown) }
                .map { "\($0.term.isIncluded ? "included" : "excluded") \($0.term.area)" }.joined(separator: ", ")
            ledger.judge(
                .territoryAreaWithoutShape, record, isBroken: isBroken,
                "'\(text)': \(terms) \(isBroken == .yes ? "has neither polygon nor members" : "was not looked up").", Remedy.importAreas)
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
                    isKnown ? "Its territory has no polygon that was compared with others." : "No source tells its territory.",
                    Remedy.territory(cite.id))
                continue
            }
            // Each pair is told once, at its first Cité.
            let own = overlaps.filter { min($0.first, $0.second) == cite.id && isComparable(max($0.first, $0.second)) }
            if own.isEmpty { ledger.judge(code, record, isBroken: .no, "", "") }
            for overlap in own {
                let other = max(overlap.first, overlap.second)
                var doubts = self.doubts(cite.id, version, holds)
                if let theirs = records.territory(of: other, asOf: day) { doubts += self.doubts(other, theirs.version, theirs.holds) }
                if overlap.isReal != .yes { doubts.append("they share no more than coarse borders do") }
                ledger.judge(
                    code, record, isBroken: overlap.isReal && (doubts.isEmpty ? .yes : .unknown),
                    "Its territory and that of \(other) share \(squareKilometres(overlap.area))\(doubts.isEmpty ? "" : "; \(doubts.joined(separator: ", "))").",
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
    private func doubts(_ cite: String, _ version: TerritoryVersion, _ holds: Truth) -> [String] {
        var doubts: [String] = []
        if version.basis != .stated { doubts.append("the territory of \(cite) is \(version.basis.rawValue)") }
        if holds != .yes { doubts.append("that of \(cite) may not be in force on the day") }
        if records.status(ofCite: cite, asOf: day) == .unknown { doubts.append("the state of \(cite) is not known") }
        return doubts
    }

    private func squareKilometres(_ area: Double) -> String {
        area >= 10_000_000 ? "\(Int((area / 1_000_000).rounded())) km²" : "\((area / 100_000).rounded() / 10) km²"
    }
}
