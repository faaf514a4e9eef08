/// The short words of a dossier: columns, rows and tags.
package enum DossierWord: Phrase {
    case measure, value, meaning, population, surface, density, ruralShare, primacy, spread, ageBands,
        layerName, notKnownFor, profile, mainLocalities, locality, people, share, nearestPlatform,
        nearestProposed, distance, platformsAround, platform, platforms, kind, status, place, inside, outside,
        verified, offerByPole, pole, platformsOffering, notOffering, notKnown, proposedPlatforms,
        localityPeople, curve, peopleInReach, bound, proof, provedBest, gap, alternatives, without, costs,
        instead, nothing, suggested, toSeat, isSeat, services, floorArea, counsellors, hours, ruralFloorArea,
        ruralCounsellors, ruralHours, criterionMet, criterionNotMet, coverage, reach, peopleBefore,
        shareBefore, peopleAfter, shareAfter, gained, before, after, coverageByDensity, densityClass,
        distanceToNearest, mean, median, p90, farthest, gini, leftOut, peopleLeftOut, meanDistance, durations,
        duration, estimate, publicTransport, roads, labelsHere, cite, label, confirmed, why, notCertain,
        overlaps, labelPair, comparableTerritories, territory, inferred, criteria, threshold, outcome,
        atOrAbove, below, townsFarApart, formCite, formCiteWithSites, formCiteWithCentres, formReseau,
        timetable, step, when, date, restsOn, opening, titleWord, year, asOfDay, publisher, licence, nature,
        indicative, official, oldestVerification, method, hashLayerPoints, hashImportedFile, hashNetworkRows,
        hashOutline, hashChanges, parameters, parameter, programVersion, lastChange, seed
}
