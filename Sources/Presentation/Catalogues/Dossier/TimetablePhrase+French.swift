extension TimetablePhrase {
    package var french: String {
        switch self {
        case .diagnosis: "Diagnostic partagé avec les partenaires"
        case .commitments: "Engagements de principe des partenaires"
        case .site: "Lieu principal identifié et réservé"
        case .projetFile: "Dépôt du dossier de label projet"
        case .projetDecision: "Passage en comité\u{A0}: label projet"
        case .works: "Début des aménagements"
        case .team: "Recrutement et formation des conseillers"
        case .prefigurationRequest: "Demande d’ouverture en préfiguration, s’il y a lieu"
        case .trialSessions: "Permanences d’essai, ouverture progressive des pôles"
        case .fonctionnementDecision: "Comité\u{A0}: label fonctionnement, tout étant prêt pour une ouverture complète"
        case .opening: "Ouverture au public"
        case .confirmationFile: "Préparation du second passage en comité"
        case .confirmation: "Second passage en comité\u{A0}: confirmation du label"
        case .yearlyReport: "Rapport annuel d’autoévaluation"
        }
    }
}
