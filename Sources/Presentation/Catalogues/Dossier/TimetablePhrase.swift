/// The steps on the way to a label.
package enum TimetablePhrase: Phrase {
    case diagnosis, commitments, site, projetFile, projetDecision, works, team, prefigurationRequest,
        trialSessions, fonctionnementDecision, opening, confirmationFile, confirmation, yearlyReport
}
