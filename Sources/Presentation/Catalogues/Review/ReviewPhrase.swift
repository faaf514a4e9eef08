/// The words of a review, of its table and its calendar.
package enum ReviewPhrase: Phrase {
    // Section titles.
    case sectionConfirmations, sectionReports, sectionCounts, sectionLabels, sectionPrefigurations, sectionAssociatedCentres, sectionPlatforms
    case sectionOverlaps, sectionReach, sectionRecords, sectionFreshness, sectionAgenda, sectionChanges
    // Severities.
    case severityError, severityWarning, severityNotice
    // When something is due.
    case dueOn, dueBetween, dueBy, dueFrom, dueUnknown, dayOne, days, overdueBy, daysLeft
    // What was found.
    case outOfReach, overlapTerritory, overlapTerritoryUnsure, overlapReach, territoryNotKnown, stale, undated, decided, began, ended, territoryFrom
    case territoryDrawn, dateUnknown
    // What the committee decides.
    case agendaWithdrawal, agendaConfirmation, agendaFonctionnement, agendaPrefiguration, agendaProjetPending, agendaProjet, agendaReport
    // Heads of columns.
    case columnLabel, columnConfirmed, columnStatus, columnCites, columnKind, columnPlatforms, columnArea, columnPeople, columnShare, columnSettledBy
    case yes, no
    // The calendar.
    case deadlineConfirmation, deadlineReport, deadlinePrefiguration, deadlineProjet, categoryConfirmation, categoryReport, categoryPrefiguration
    case categoryProjet, calendarName, calendarOverdue, calendarSettledBy
    // Notes.
    case noteUnknown, noteThresholds, noteLayer, noteOutOfReach, noteReachNotMeasured, noteCalendarLeftOut
    // The rest.
    case title, wholeNetwork, counted, countedWithUnknown, nothing, andMore, notKnown
}
