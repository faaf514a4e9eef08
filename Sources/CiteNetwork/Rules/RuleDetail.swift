package import GeoModel

/// What a rule found of a record: one of the facts that rules tell, and the values that stand in its sentence. Words are given to it by
/// whoever shows it, in the reader's language.
package struct RuleDetail: Hashable, Sendable {
    package struct Value: Hashable, Sendable {
        package var name: String
        package var value: RuleValue
    }

    package var fact: RuleFact
    /// By the names that the sentences of the fact use.
    package var values: [Value]

    package init(_ fact: RuleFact, _ values: KeyValuePairs<String, RuleValue> = [:]) {
        self.fact = fact
        self.values = values.map { Value(name: $0.key, value: $0.value) }
    }

    /// A text by which findings of one record are kept in one order.
    var order: String { "\(fact.rawValue) \(values.map { "\($0.value)" }.joined(separator: " "))" }

    package subscript(_ name: String) -> RuleValue? { values.first { $0.name == name }?.value }
}

/// A value of a finding.
package enum RuleValue: Hashable, Sendable {
    /// An id, a code or a text of the records, shown as it is.
    case text(String)
    case texts([String])
    case number(Double)
    /// Metres of a tolerance, as whole kilometres.
    case metres(Double)
    case squareMetres(Double)
    /// Latitude and longitude.
    case point(Coordinate)
    case date(PartialDate)
    case bounds(DateBounds)
    case status(PlatformStatus?)
    case basis(TerritoryBasis)
    case decision(LabelDecisionKind, PartialDate)
    /// Those that are surely offered, and whether that is all of them.
    case services([ServiceCode], isComplete: Bool)
    /// Places and their states, nil for one that is not yet there; how many more there are.
    case places([PlaceState], more: Int)
    /// Several facts, one after the other.
    case facts([RuleDetail])
}

package struct PlaceState: Hashable, Sendable {
    package var id: String
    package var status: PlatformStatus?
}

/// The facts that rules find. Stable, like the codes of rules: scripts may read them.
package enum RuleFact: String, Sendable, CaseIterable {
    // Kinds of places.
    case motherNotStated, motherMissing, motherNotRecorded, motherStates, motherWithdrawn, servicesOfMother, serviceForeign, servicesOfCite, servicesLacking
    case floorArea, floorAreaNotKnown, counsellors, counsellorsNotKnown, hoursNone, hoursNotKnown, bodyNone, bodyNotKnown
    // Labels.
    case openWithdrawn, openBeforeDecision, noDecisionAbout, labelNotTold, noDecision, projetUnfollowed, noConfirmation, noDecisionDue, confirmationNotToldDue
    case confirmationNotTold, confirmedNeverRenewed, renewedLast, prefigurationSince, prefigurationPerhaps, placesShut
    case decisionsOrder, decisionsOrderNotKnown, decisionAfter, decisionPerhapsAfter
    // Places.
    case territoryNotTold, territoryNotToldOwn, territoryNotCompared, outside, outsideDoubtful, insideNotTold, insideDoubtful
    case placeNotGiven, pointAt, pointImpossible, pointNotComputed, atSea, inCountry, countryNotStated, seatAt
    case samePoint, samePointDoubtful, sharesAddress, addressNotStated, noDefinition, areasWithoutShape, areasNotLookedUp, included, excluded
    case territoriesShare, territoriesShareDoubtful
    // Doubts.
    case doubtPlace, doubtInferred, doubtInForce, doubtAssumed, doubtTerritoryPoint, doubtBasis, doubtInForceOf, doubtState, doubtCoarse
    // Dates.
    case holdTogether, perhapsTogether, both, stateFrom, stateFromTo, endBefore, endPerhapsBefore, ofState, ofVersion, ofVersionUndefined
    case lastVerified, lastVerifiedOtherUndated, undated
}
