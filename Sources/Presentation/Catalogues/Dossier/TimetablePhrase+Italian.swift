extension TimetablePhrase {
    package var italian: String {
        switch self {
        case .diagnosis: "Diagnosi condivisa con i partner"
        case .commitments: "Impegni di principio dei partner"
        case .site: "Sede principale individuata e riservata"
        case .projetFile: "Consegna del fascicolo del label projet"
        case .projetDecision: "Comitato: label projet"
        case .works: "Inizio dei lavori"
        case .team: "Reclutamento e formazione dei consulenti"
        case .prefigurationRequest: "Richiesta di apertura in préfiguration, se del caso"
        case .trialSessions: "Sportelli di prova, apertura progressiva dei poli"
        case .fonctionnementDecision: "Comitato: label fonctionnement, tutto essendo pronto per un’apertura completa"
        case .opening: "Apertura al pubblico"
        case .confirmationFile: "Preparazione del secondo passaggio in comitato"
        case .confirmation: "Secondo passaggio in comitato: conferma del label"
        case .yearlyReport: "Rapporto annuale di autovalutazione"
        }
    }
}
