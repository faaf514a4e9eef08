extension TimetablePhrase {
    package var spanish: String {
        switch self {
        case .diagnosis: "Diagnóstico compartido con los socios"
        case .commitments: "Compromisos de principio de los socios"
        case .site: "Lugar principal identificado y reservado"
        case .projetFile: "Entrega del expediente del label projet"
        case .projetDecision: "Comité: label projet"
        case .works: "Inicio de las obras"
        case .team: "Contratación y formación de los consejeros"
        case .prefigurationRequest: "Solicitud de apertura en préfiguration, si procede"
        case .trialSessions: "Sesiones de prueba, apertura progresiva de los polos"
        case .fonctionnementDecision: "Comité: label fonctionnement, cuando todo está listo para una apertura completa"
        case .opening: "Apertura al público"
        case .confirmationFile: "Preparación del segundo paso ante el comité"
        case .confirmation: "Segundo paso ante el comité: confirmación del sello"
        case .yearlyReport: "Informe anual de autoevaluación"
        }
    }
}
