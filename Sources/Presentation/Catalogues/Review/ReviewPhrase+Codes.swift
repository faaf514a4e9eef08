package import CiteNetwork
package import Planning

extension ReviewSection {
    package var phrase: ReviewPhrase {
        switch self {
        case .confirmations: .sectionConfirmations
        case .reports: .sectionReports
        case .counts: .sectionCounts
        case .labels: .sectionLabels
        case .prefigurations: .sectionPrefigurations
        case .associatedCentres: .sectionAssociatedCentres
        case .platforms: .sectionPlatforms
        case .overlaps: .sectionOverlaps
        case .reach: .sectionReach
        case .records: .sectionRecords
        case .freshness: .sectionFreshness
        case .agenda: .sectionAgenda
        case .changes: .sectionChanges
        }
    }
}

extension RuleSeverity {
    package var phrase: ReviewPhrase {
        switch self {
        case .error: .severityError
        case .warning: .severityWarning
        case .notice: .severityNotice
        }
    }
}

extension AgendaItem.Kind {
    package var phrase: ReviewPhrase {
        switch self {
        case .withdrawal: .agendaWithdrawal
        case .confirmation: .agendaConfirmation
        case .fonctionnement: .agendaFonctionnement
        case .prefiguration: .agendaPrefiguration
        case .projetPending: .agendaProjetPending
        case .projet: .agendaProjet
        case .report: .agendaReport
        }
    }
}

extension Deadline.Kind {
    package var phrase: ReviewPhrase {
        switch self {
        case .confirmation: .deadlineConfirmation
        case .yearlyReport: .deadlineReport
        case .prefigurationEnd: .deadlinePrefiguration
        case .projetDecision: .deadlineProjet
        }
    }

    package var category: ReviewPhrase {
        switch self {
        case .confirmation: .categoryConfirmation
        case .yearlyReport: .categoryReport
        case .prefigurationEnd: .categoryPrefiguration
        case .projetDecision: .categoryProjet
        }
    }
}

extension DateBounds {
    /// `due between 2014-04-01 and 2016-12-10`.
    package func due(_ language: Language) -> String {
        switch (earliest, latest) {
        case (let a?, let b?) where a == b: ReviewPhrase.dueOn.text(language, ["day": "\(a)"])
        case (let a?, let b?): ReviewPhrase.dueBetween.text(language, ["from": "\(a)", "to": "\(b)"])
        case (nil, let b?): ReviewPhrase.dueBy.text(language, ["day": "\(b)"])
        case (let a?, nil): ReviewPhrase.dueFrom.text(language, ["day": "\(a)"])
        case (nil, nil): ReviewPhrase.dueUnknown.text(language)
        }
    }
}
