/// The pieces of which the sentences of findings are made: days, services, places.
package enum RulePhrase: Phrase {
    case onDay, betweenDays, byDay, fromDay, onUnknownDay, unknownDay, servicesNone, servicesNotKnown, servicesAtLeast, noPlace, morePlaces
    case notYetThere, basisStated, basisInferred, basisNone
}
