extension RulePhrase {
    package var english: String {
        switch self {
        case .onDay: "on {day}"
        case .betweenDays: "between {from} and {to}"
        case .byDay: "by {day}"
        case .fromDay: "on {day} or later"
        case .onUnknownDay: "on a day that is not known"
        case .unknownDay: "a day not known"
        case .servicesNone: "none"
        case .servicesNotKnown: "not known"
        case .servicesAtLeast: "{services} at least"
        case .noPlace: "no place of its own is recorded"
        case .morePlaces: "{places} and {count} more"
        case .notYetThere: "not yet there"
        case .basisStated: "stated"
        case .basisInferred: "inferred"
        case .basisNone: "not known"
        }
    }
}
