/// How much it matters that a rule is broken.
package enum RuleSeverity: String, Sendable, CaseIterable, Comparable {
    /// Against a criterion of the label, or a record that cannot be true.
    case error
    /// Something an officer has to look into.
    case warning
    /// Good to know; nothing is wrong yet.
    case notice

    package static func < (a: RuleSeverity, b: RuleSeverity) -> Bool { allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)! }
}

/// The rules that the network is held to. The codes are stable: scripts and people name rules by them.
package enum RuleCode: String, Sendable, CaseIterable {
    case associatedCentreWithoutMother = "associated-centre-without-mother"
    case associatedCentreMotherInactive = "associated-centre-mother-inactive"
    case associatedCentreAllServices = "associated-centre-all-services"
    case associatedCentreForeignService = "associated-centre-foreign-service"
    case siteMissingService = "site-missing-service"
    case ruralPlatformTooLarge = "rural-platform-too-large"
    case ruralPlatformCounsellors = "rural-platform-counsellors"
    case ruralPlatformWithoutHours = "rural-platform-without-hours"
    case reseauWithoutBody = "reseau-without-body"
    case openWithoutDecision = "open-without-decision"
    case projetNeverConfirmed = "projet-never-confirmed"
    case confirmationOverdue = "confirmation-overdue"
    case confirmationDue = "confirmation-due"
    case yearlyReportDue = "yearly-report-due"
    case prefigurationRunningLong = "prefiguration-running-long"
    case labelWithoutPlace = "label-without-place"
    case platformOutsideTerritory = "platform-outside-territory"
    case territoriesOverlap = "territories-overlap"
    case territoryAreaWithoutShape = "territory-area-without-shape"
    case coordinatesImpossible = "coordinates-impossible"
    case coordinatesAtSea = "coordinates-at-sea"
    case coordinatesInOtherCountry = "coordinates-in-other-country"
    case coordinatesDuplicate = "coordinates-duplicate"
    case addressShared = "address-shared"
    case endBeforeStart = "end-before-start"
    case decisionsOutOfOrder = "decisions-out-of-order"
    case decisionAfterWithdrawal = "decision-after-withdrawal"
    case periodsContradictory = "periods-contradictory"
    case notVerified = "not-verified"
}

extension RuleCode {
    package var severity: RuleSeverity {
        switch self {
        case .associatedCentreWithoutMother, .associatedCentreMotherInactive, .associatedCentreForeignService, .siteMissingService,
            .ruralPlatformTooLarge, .ruralPlatformCounsellors, .ruralPlatformWithoutHours, .reseauWithoutBody, .openWithoutDecision,
            .territoryAreaWithoutShape, .coordinatesImpossible, .coordinatesAtSea, .coordinatesInOtherCountry, .endBeforeStart,
            .decisionAfterWithdrawal:
            .error
        case .associatedCentreAllServices, .projetNeverConfirmed, .confirmationOverdue, .yearlyReportDue, .prefigurationRunningLong,
            .labelWithoutPlace, .platformOutsideTerritory, .territoriesOverlap, .coordinatesDuplicate, .decisionsOutOfOrder:
            .warning
        case .confirmationDue, .addressShared, .periodsContradictory, .notVerified: .notice
        }
    }

    /// The rule as a sentence: what holds where it is kept.
    package var sentence: String {
        switch self {
        case .associatedCentreWithoutMother: "An associated centre has a mother Cité."
        case .associatedCentreMotherInactive:
            "The mother Cité of an associated centre at work is itself at work: a place of its own is open, or in préfiguration, "
                + "and its label is not withdrawn."
        case .associatedCentreAllServices:
            "An associated centre offers only a part of the services of its mother Cité; a place that offers all of them is a site."
        case .associatedCentreForeignService: "An associated centre offers no service that its mother Cité lacks."
        case .siteMissingService: "A site offers every service of its Cité."
        case .ruralPlatformTooLarge: "A rural platform has less than 100 m²."
        case .ruralPlatformCounsellors: "A rural platform has one or two multi-skilled counsellors."
        case .ruralPlatformWithoutHours: "A rural platform has opening hours of its own, adapted to its place."
        case .reseauWithoutBody: "A réseau des métiers has a central body that coordinates it; bearer_type 'none' states that there is none."
        case .openWithoutDecision: "A platform that is open belongs to a Cité whose label is granted and not withdrawn."
        case .projetNeverConfirmed:
            "A label projet, or a préfiguration, is followed by another decision within \(RuleTimes.projetMonths / 12) years "
                + "(our threshold: the founding document has none)."
        case .confirmationOverdue: "A label is confirmed at the end of the préfiguration, else one year after the opening."
        case .confirmationDue: "A confirmation that falls due within \(RuleTimes.confirmationNoticeMonths) months is on the agenda of the committee."
        case .yearlyReportDue:
            "A confirmed label is renewed tacitly on a yearly self-assessment report; a decision 'renewed' within the year is the evidence of it."
        case .prefigurationRunningLong:
            "A préfiguration lasts no longer than the \(RuleTimes.prefigurationMonths) months after which the label is confirmed."
        case .labelWithoutPlace: "A label whose places are all asleep or closed is withdrawn, or passes to a successor."
        case .platformOutsideTerritory: "A platform stands on the territory of its Cité, or within the tolerance of coarse borders."
        case .territoriesOverlap: "The territories of different labels do not overlap."
        case .territoryAreaWithoutShape: "Every area that a territory includes or excludes is known, with a polygon or with members."
        case .coordinatesImpossible: "Coordinates are a longitude from -180 to 180 and a latitude from -90 to 90, and not 0,0."
        case .coordinatesAtSea: "A platform stands on land, or within the tolerance of coarse coasts."
        case .coordinatesInOtherCountry: "A platform stands in the country that is stated for it."
        case .coordinatesDuplicate: "Two platforms do not stand at the very same point, unless they state one host or one address."
        case .addressShared: "Platforms that share a host or an address at one point are shown together."
        case .endBeforeStart: "Nothing ends before it starts."
        case .decisionsOutOfOrder:
            "A projet comes before préfiguration, fonctionnement and confirmation, a préfiguration before fonctionnement, "
                + "a confirmation before renewals."
        case .decisionAfterWithdrawal: "After a withdrawal, only a new projet or fonctionnement begins a label again."
        case .periodsContradictory: "Sources agree about the state of a platform; where they contradict one another both are kept, as evidence."
        case .notVerified: "A record is verified again within two years: it is fresh for six months, then less and less."
        }
    }

    /// The lines of the founding document (the welcome booklet of 2009) that the rule rests on; nil for rules of sound records.
    package var lines: String? {
        switch self {
        case .associatedCentreWithoutMother, .associatedCentreMotherInactive, .associatedCentreAllServices, .associatedCentreForeignService: "166-173"
        case .siteMissingService: "162-164"
        case .ruralPlatformTooLarge, .ruralPlatformCounsellors, .ruralPlatformWithoutHours, .reseauWithoutBody: "175-182"
        case .openWithoutDecision: "189-201"
        case .projetNeverConfirmed: "189-192"
        case .confirmationOverdue, .confirmationDue, .prefigurationRunningLong: "210-214"
        case .labelWithoutPlace: "811-814"
        case .yearlyReportDue, .decisionAfterWithdrawal: "215-218"
        case .platformOutsideTerritory, .territoriesOverlap: "158-160"
        case .decisionsOutOfOrder: "189-214"
        default: nil
        }
    }
}

/// The times that rules allow, in whole months.
package enum RuleTimes {
    /// How long a label projet may stay without another decision. A heuristic of ours.
    package static let projetMonths = 36
    /// From the opening to the confirmation (founding document, line 213).
    package static let confirmationMonths = 12
    /// How long a préfiguration lasts: the confirmation comes at its end, "soit un an après l'ouverture" (founding document, line 213).
    package static let prefigurationMonths = 12
    /// How long before its day a confirmation is announced. A heuristic of ours.
    package static let confirmationNoticeMonths = 6
    /// From a confirmation or a renewal to the next yearly report.
    package static let reportMonths = 12
}
