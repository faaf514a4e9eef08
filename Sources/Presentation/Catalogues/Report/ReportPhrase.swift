/// The words of the yearly coverage report.
package enum ReportPhrase: Phrase {
    case title, eyebrow, description, skip, scope, factReached, factPeople, factOut, factPlatforms, factWithout, factOverlaps, indicative
    case notConfirmed, leftOut, contents, sectionShares, sectionWithout, sectionOverlaps, sectionChange, sectionCounts, sectionFreshness
    case sectionMethod, mapTitle, mapDescription, shadeTo, shadeBetween, legendNobody, legendOpen, columnArea, columnPopulation, columnReached
    case columnShare, columnShareBefore, columnDifference, columnPlatforms, columnOut, columnLabel, columnOther, columnBasis, columnPeopleShared
    case columnGround, columnApart, columnWhat, columnRecord, columnDue, columnFreshness, columnRecords, basisTerritory, basisTerritoryUnsure, total
    case tableShares, tableWithout, chartWithout, chartWithoutDescription, noneWithout, reachedFromOutside, unserved, tableOverlaps, noneOverlaps
    case territoriesNotKnown, changeTotal, samePeople, tableChange, noneChange, tableEvents, noneEvents, eventsNotKnown, tableLabels, tablePlatforms
    case tableAgenda, freshnessSentence, tableFreshness, freshNone, freshSome, freshUnknown, methodReach, methodDuration, methodLayer, methodBorders
    case methodCommand, notAvailable, footer
}
