/// The texts of scenarios: their comparison, and what they are shown and listed with.
package enum ScenarioPhrase: Phrase {
    case network, platforms, people, reach, gained, lost
    case mean, median, ninetieth, farthest, gini, unreached
    case labelsMeet, territoriesMeet, densityClass, meetNow, meetNoMore
    case noteDay, noteGained, noteLayer, noteIndicative, noteNoClasses, noteUnknown, noteVerified, noteStandIn, noteEstimate
    case opens, closes, moves, changes
    case columnAction, columnPlatform, columnName, columnPlace, columnKind, columnCite, columnOrigin
    case columnScenario, columnDay, columnArea, columnChanges, columnState
    case noCite, stateFits, stateAdopted, stateUnfit
    case head, headArea, nothingYet, noteUnfit, noteAdopted, none
}
