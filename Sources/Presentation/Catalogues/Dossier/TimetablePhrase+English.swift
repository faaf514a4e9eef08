extension TimetablePhrase {
    package var english: String {
        switch self {
        case .diagnosis: "Diagnosis shared with the partners"
        case .commitments: "Commitments in principle of the partners"
        case .site: "Main site found and reserved"
        case .projetFile: "Label projet file handed in"
        case .projetDecision: "Committee: label projet"
        case .works: "Works begin"
        case .team: "Counsellors recruited and trained"
        case .prefigurationRequest: "Request to open in préfiguration, where wanted"
        case .trialSessions: "Trial sessions, poles opening one by one"
        case .fonctionnementDecision: "Committee: label fonctionnement, all being ready to open fully"
        case .opening: "Opening to the public"
        case .confirmationFile: "Preparation of the second pass before the committee"
        case .confirmation: "Second pass before the committee: the label confirmed"
        case .yearlyReport: "Yearly self-assessment report"
        }
    }
}
