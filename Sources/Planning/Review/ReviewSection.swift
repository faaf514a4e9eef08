package import CiteNetwork

/// The parts of a review, in the order in which an officer needs them.
package enum ReviewSection: String, Sendable, CaseIterable {
    case confirmations, reports, counts, labels, prefigurations
    case associatedCentres = "associated-centres"
    case platforms, overlaps, reach, records, freshness, agenda, changes
}

extension ReviewSection {
    /// The section that shows the findings of a rule.
    package init(_ code: RuleCode) {
        switch code {
        case .confirmationOverdue, .confirmationDue: self = .confirmations
        case .yearlyReportDue: self = .reports
        case .openWithoutDecision, .projetNeverConfirmed, .labelWithoutPlace: self = .labels
        case .prefigurationRunningLong: self = .prefigurations
        case .associatedCentreWithoutMother, .associatedCentreMotherInactive: self = .associatedCentres
        case .associatedCentreAllServices, .associatedCentreForeignService, .siteMissingService, .ruralPlatformTooLarge, .ruralPlatformCounsellors,
            .ruralPlatformWithoutHours, .reseauWithoutBody, .platformOutsideTerritory:
            self = .platforms
        case .territoriesOverlap: self = .overlaps
        case .territoryAreaWithoutShape, .coordinatesImpossible, .coordinatesAtSea, .coordinatesInOtherCountry, .coordinatesDuplicate, .addressShared,
            .endBeforeStart, .decisionsOutOfOrder, .decisionAfterWithdrawal, .periodsContradictory:
            self = .records
        case .notVerified: self = .freshness
        }
    }
}
