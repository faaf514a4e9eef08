package import CiteNetwork
package import Population

/// The words for the codes of the network: kinds, states, labels, decisions, services, density classes.
package enum NetworkWord: Phrase {
    case kindMain, kindSite, kindAssociatedCentre, kindRuralPlatform
    case statusOpen, statusPrefiguration, statusPlanned, statusAsleep, statusClosed, statusUnknown
    case formCite, formReseau
    case labelNone, labelProjet, labelFonctionnement, labelWithdrawn, labelUnknown
    case decisionProjet, decisionPrefiguration, decisionFonctionnement, decisionConfirmed, decisionRenewed, decisionWithdrawn
    case serviceEmployment, serviceProfessions, serviceTraining, serviceChange, serviceCreation
    case densityUrbanCentre, densityUrbanCluster, densityRural, densityUnknown
    case accuracyVenue, accuracyTown, accuracyTerritory, accuracyAssumed
}

extension PlatformKind {
    package var phrase: NetworkWord {
        switch self {
        case .main: .kindMain
        case .site: .kindSite
        case .associatedCentre: .kindAssociatedCentre
        case .ruralPlatform: .kindRuralPlatform
        }
    }
}

extension PlatformStatus {
    package var phrase: NetworkWord {
        switch self {
        case .open: .statusOpen
        case .prefiguration: .statusPrefiguration
        case .planned: .statusPlanned
        case .asleep: .statusAsleep
        case .closed: .statusClosed
        case .unknown: .statusUnknown
        }
    }
}

extension CiteForm {
    package var phrase: NetworkWord {
        switch self {
        case .citeDesMetiers: .formCite
        case .reseauDesMetiers: .formReseau
        }
    }
}

extension LabelLevel {
    package var phrase: NetworkWord {
        switch self {
        case .none: .labelNone
        case .projet: .labelProjet
        case .fonctionnement: .labelFonctionnement
        case .withdrawn: .labelWithdrawn
        case .unknown: .labelUnknown
        }
    }
}

extension LabelDecisionKind {
    package var phrase: NetworkWord {
        switch self {
        case .projet: .decisionProjet
        case .prefiguration: .decisionPrefiguration
        case .fonctionnement: .decisionFonctionnement
        case .confirmed: .decisionConfirmed
        case .renewed: .decisionRenewed
        case .withdrawn: .decisionWithdrawn
        }
    }
}

extension ServiceCode {
    package var phrase: NetworkWord {
        switch self {
        case .employment: .serviceEmployment
        case .professions: .serviceProfessions
        case .training: .serviceTraining
        case .change: .serviceChange
        case .creation: .serviceCreation
        }
    }
}

extension DensityClass {
    package var phrase: NetworkWord {
        switch self {
        case .urbanCentre: .densityUrbanCentre
        case .urbanCluster: .densityUrbanCluster
        case .rural: .densityRural
        case .unknown: .densityUnknown
        }
    }
}

extension LocationAccuracy {
    package var phrase: NetworkWord {
        switch self {
        case .venue: .accuracyVenue
        case .town: .accuracyTown
        case .territory: .accuracyTerritory
        case .assumed: .accuracyAssumed
        }
    }
}
