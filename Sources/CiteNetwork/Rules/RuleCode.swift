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
