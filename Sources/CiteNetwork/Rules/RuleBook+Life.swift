// Rules of how places begin and end: préfiguration (founding document, lines 194-214) and afterlife (lines 811-814).
extension RuleBook {
    /// Asked of platforms that are, or may be, in préfiguration on the day.
    func judgePrefiguration(_ platform: Platform, _ ledger: inout RuleLedger) {
        guard let trial = prefiguration(of: platform) else { return }
        let due = trial.started.adding(months: RuleTimes.prefigurationMonths)
        let isBroken = trial.goesOn && due.isBefore(day)
        ledger.judge(
            .prefigurationRunningLong, RuleSubject(.platform, platform.id), isBroken: isBroken, due: due,
            RuleDetail(
                trial.goesOn == .yes ? .prefigurationSince : .prefigurationPerhaps, ["since": .bounds(trial.started), "due": .bounds(due)]),
            Remedy.decide(platform.cite, .fonctionnement))
    }

    /// When the préfiguration of a platform began, and whether it goes on at the end of the day; nil where there is none.
    ///
    /// An opening after its start ends it, whether or not its own end is recorded.
    func prefiguration(of platform: Platform) -> (started: DateBounds, goesOn: Truth)? {
        let periods = records.periods(of: platform.id)
        let trials = periods.filter { $0.status == .prefiguration && $0.start.isReached(by: day) != .no }
        guard let trial = trials.max(by: { ($0.start.latest ?? day) < ($1.start.latest ?? day) }) else { return nil }
        let ended =
            (trial.end?.isReached(by: day) ?? .no)
            || periods.reduce(Truth.no) { ended, other in
                guard other.status == .open, DateBounds(other.start).isBefore(DateBounds(trial.start)) != .yes else { return ended }
                return ended || other.start.isReached(by: day)
            }
        let goesOn = trial.start.isReached(by: day) && !ended
        return goesOn == .no ? nil : (DateBounds(trial.start), goesOn)
    }

    /// Asked of Cités that hold, or may hold, a label, and of whose places something is recorded by the day.
    func judgePlaces(_ cite: Cite, _ ledger: inout RuleLedger) {
        let level = records.label(of: cite.id, asOf: day, takingLogAsComplete: true).level
        let holdsLabel: Truth =
            switch level {
            case .none, .withdrawn: .no
            case .unknown: .unknown
            case .projet, .fonctionnement: .yes
            }
        let places = records.platforms(of: cite.id)
        let states = places.compactMap { records.status(of: $0.id, asOf: day) }
        guard holdsLabel != .no, !states.isEmpty else { return }
        // A place that is to open later, or of which nothing is recorded, may still be one.
        let isComing = places.contains { place in
            records.status(of: place.id, asOf: day) == nil && records.periods(of: place.id).contains { [.planned, .open, .prefiguration].contains($0.status) }
        }
        let isUnheard: Truth = places.contains { records.periods(of: $0.id).isEmpty } ? .unknown : .no
        let isShut = places.reduce(isComing ? Truth.no : !isUnheard) { $0 && self.isShut($1) }
        ledger.judge(
            .labelWithoutPlace, RuleSubject(.cite, cite.id), isBroken: holdsLabel && isShut, RuleDetail(.placesShut, ["places": self.states(of: places)]),
            Remedy.decide(cite.id, .withdrawn))
    }

    /// Whether a place is asleep or closed on the day. One of which no record says that it ever was is not, even where its opening is not sure.
    private func isShut(_ place: Platform) -> Truth {
        switch records.status(of: place.id, asOf: day) {
        case .asleep, .closed: .yes
        case .unknown:
            records.periods(of: place.id).contains { [.asleep, .closed, .unknown].contains($0.status) && $0.start.isReached(by: day) != .no } ? .unknown : .no
        case .open, .prefiguration, .planned: .no
        // A place that surely is not there yet, or of which nothing is recorded, says nothing of the others.
        case nil: .yes
        }
    }
}
