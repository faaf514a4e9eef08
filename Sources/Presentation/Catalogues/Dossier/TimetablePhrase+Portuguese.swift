extension TimetablePhrase {
    package var portuguese: String {
        switch self {
        case .diagnosis: "Diagnóstico partilhado com os parceiros"
        case .commitments: "Compromissos de princípio dos parceiros"
        case .site: "Local principal identificado e reservado"
        case .projetFile: "Entrega do processo do label projet"
        case .projetDecision: "Comissão: label projet"
        case .works: "Início das obras"
        case .team: "Recrutamento e formação dos conselheiros"
        case .prefigurationRequest: "Pedido de abertura em préfiguration, se for caso disso"
        case .trialSessions: "Sessões de ensaio, abertura progressiva dos polos"
        case .fonctionnementDecision: "Comissão: label fonctionnement, estando tudo pronto para uma abertura completa"
        case .opening: "Abertura ao público"
        case .confirmationFile: "Preparação da segunda passagem pela comissão"
        case .confirmation: "Segunda passagem pela comissão: confirmação do selo"
        case .yearlyReport: "Relatório anual de autoavaliação"
        }
    }
}
