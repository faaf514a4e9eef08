extension RulePhrase {
    package var french: String {
        switch self {
        case .onDay: "le {day}"
        case .betweenDays: "entre le {from} et le {to}"
        case .byDay: "au plus tard le {day}"
        case .fromDay: "le {day} ou plus tard"
        case .onUnknownDay: "à une date inconnue"
        case .unknownDay: "une date inconnue"
        case .servicesNone: "aucun"
        case .servicesNotKnown: "non connus"
        case .servicesAtLeast: "{services} au moins"
        case .noPlace: "aucun lieu à elle n'est enregistré"
        case .morePlaces: "{places} et {count} de plus"
        case .notYetThere: "pas encore là"
        case .basisStated: "indiqué"
        case .basisInferred: "déduit"
        case .basisNone: "non connu"
        }
    }
}
