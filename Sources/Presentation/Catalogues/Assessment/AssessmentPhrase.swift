/// The texts of the assessment of a territory.
package enum AssessmentPhrase: Phrase {
    case heading, titleTerritory, titleReach, titleLocalities, titlePlatforms, titleLabels, titleUnreached, titleComparable, titleForm, people
    case ground, density, ruralShare, furtherCounts, mainTown, otherTowns, spread, localities, indicative, perSquareKilometre, densityNotAvailable
    case countsNotAvailable, notAvailableFor, townWithin, townApart, none, spreadMeaning, spreadError, groundDrawn, wholeTerritory, share, mean
    case median, ninetieth, farthest, gini, locality, nearestPlatform, distance, duration, platform, kind, status, fromPeople, inside, noPlatform
    case notCounting, vaguePoint, cite, label, claimedGround, peopleThere, noLabel, notCertain, more, unreachedPeople, nobodyBeyond, thisTerritory
    case inMainTown, difference, noComparable, comparableMethod, formCite, formCiteWithSites, formCiteWithAssociatedCentres, formReseau, heuristic
    case measure, value, threshold, meaning, largeTowns, notKnown, densityBelow, densityAbove, ruralBelow, ruralAbove, populationBelow
    case populationAbove, primacyBelow, primacyAbove, concentrationBelow, concentrationAbove, townsBelow, townsAbove, spreadBelow, spreadAbove
    case noteLayer, noteIndicative, notePlatforms, noteEstimate
}
