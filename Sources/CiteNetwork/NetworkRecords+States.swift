package import GeoModel

extension NetworkRecords {
    /// The state of a platform at the end of a day; nil where it surely did not exist yet, or nothing is recorded of it.
    ///
    /// One state that surely holds, and no other that holds or may hold, is the state. Two are contradictory evidence, and one that
    /// only may hold is a date that a source merely bounds: both are `unknown`.
    package func status(of platform: String, asOf day: CalendarDate) -> PlatformStatus? { Self.status(periods(of: platform), asOf: day) }

    static func status(_ periods: [PlatformPeriod], asOf day: CalendarDate) -> PlatformStatus? {
        var states: Set<PlatformStatus> = []
        var isSure = false
        for period in periods {
            switch holds(from: period.start, until: period.end, on: day) {
            case .no: continue
            case .yes: isSure = true
            case .unknown: break
            }
            states.insert(period.status)
        }
        guard let state = states.first else { return nil }
        return isSure && states.count == 1 ? state : .unknown
    }

    /// The state of a Cité: that of its most open platform. Nil where none of its platforms existed yet.
    package func status(ofCite cite: String, asOf day: CalendarDate) -> PlatformStatus? {
        platforms(of: cite).compactMap { status(of: $0.id, asOf: day) }.min()
    }

    /// The label a Cité holds at the end of a day, and whether it is confirmed.
    ///
    /// What no decision tells is not known. A decision that may or may not have been taken by then makes the level unknown,
    /// unless it leaves it as it was. That a label is not confirmed is known only as long as its source could tell, unless the log of
    /// decisions is taken as complete: an officer who looks for what is due takes it so. A complete log whose first decision comes later
    /// tells that there was none by then; a log without any tells nothing.
    package func label(of cite: String, asOf day: CalendarDate, takingLogAsComplete: Bool = false) -> (level: LabelLevel, confirmed: Bool?) {
        let taken = decisions(of: cite).filter { $0.date.isReached(by: day) == .yes }
            .sorted { (a, b) in (a.date.latest ?? day) < (b.date.latest ?? day) }
        let possible = decisions(of: cite).filter { $0.date.isReached(by: day) == .unknown }
        var level = takingLogAsComplete && !decisions(of: cite).isEmpty ? LabelLevel.none : .unknown
        var confirmed: Bool?
        for decision in taken {
            (level, confirmed) = Self.after(decision.decision, level, confirmed)
            if !takingLogAsComplete, confirmed == false, !(decision.provenance.verified.latest.map { day <= $0 } ?? false) { confirmed = nil }
        }
        for decision in possible {
            let (otherLevel, otherConfirmed) = Self.after(decision.decision, level, confirmed)
            if otherLevel != level { level = .unknown }
            if otherConfirmed != confirmed { confirmed = nil }
        }
        return (level, confirmed)
    }

    private static func after(_ decision: LabelDecisionKind, _ level: LabelLevel, _ confirmed: Bool?) -> (LabelLevel, Bool?) {
        let isOpen = level == .unknown || level == .none
        return switch decision {
        case .projet: (.projet, false)
        case .prefiguration: (isOpen ? .projet : level, confirmed)
        case .fonctionnement: (.fonctionnement, false)
        case .confirmed: (isOpen ? .fonctionnement : level, true)
        case .renewed: (isOpen ? .fonctionnement : level, true)
        case .withdrawn: (.withdrawn, nil)
        }
    }

    /// The territory in force at the end of a day: the version that surely holds, else one that may, with that truth.
    ///
    /// Of several, the one recorded last.
    package func territory(of cite: String, asOf day: CalendarDate) -> (version: TerritoryVersion, holds: Truth)? {
        var possible: TerritoryVersion?
        var sure: TerritoryVersion?
        for version in territories(of: cite) where version.basis != .none {
            switch Self.holds(from: version.start, until: version.end, on: day) {
            case .yes: sure = version
            case .unknown: possible = version
            case .no: break
            }
        }
        if let sure { return (sure, .yes) }
        return possible.map { ($0, .unknown) }
    }

    static func holds(from start: PartialDate, until end: PartialDate?, on day: CalendarDate) -> Truth {
        start.isReached(by: day) && !(end?.isReached(by: day) ?? .no)
    }

    /// Where a Cité's distances are measured to: the place and its platform, or the reason why there is none.
    package func seatLocation(of cite: Cite) -> SeatLocation {
        switch cite.seat {
        case .point(let c, _): return .at(c, platform: nil)
        case .unknown(let reason): return .unknown(reason: reason)
        case .platform(let id, _):
            guard let platform = platform(id), let c = platform.location else {
                return .unknown(reason: "the place of the seat, \(id), is not known")
            }
            return .at(c, platform: platform)
        }
    }

    /// The oldest of the dates on which the records of these platforms were last verified; nil where none is dated.
    package func oldestVerification(of platforms: some Sequence<String>) -> PartialDate? {
        platforms.compactMap { self.platform($0)?.provenance.verified }
            .filter { $0.latest != nil }.min { $0.latest! < $1.latest! }
    }
}

/// Where a seat is, or why it is not known.
package enum SeatLocation: Sendable, Hashable {
    case at(Coordinate, platform: Platform?)
    case unknown(reason: String)
}
