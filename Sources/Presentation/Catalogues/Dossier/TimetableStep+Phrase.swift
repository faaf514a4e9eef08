package import Planning

extension TimetableStep.Kind {
    package var phrase: TimetablePhrase {
        switch self {
        case .diagnosis: .diagnosis
        case .commitments: .commitments
        case .site: .site
        case .projetFile: .projetFile
        case .projetDecision: .projetDecision
        case .works: .works
        case .team: .team
        case .prefigurationRequest: .prefigurationRequest
        case .trialSessions: .trialSessions
        case .fonctionnementDecision: .fonctionnementDecision
        case .opening: .opening
        case .confirmationFile: .confirmationFile
        case .confirmation: .confirmation
        case .yearlyReport: .yearlyReport
        }
    }
}
