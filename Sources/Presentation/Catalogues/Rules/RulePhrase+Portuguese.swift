extension RulePhrase {
    package var portuguese: String {
        switch self {
        case .onDay: "a {day}"
        case .betweenDays: "entre {from} e {to}"
        case .byDay: "o mais tardar a {day}"
        case .fromDay: "a {day} ou mais tarde"
        case .onUnknownDay: "numa data desconhecida"
        case .unknownDay: "uma data desconhecida"
        case .servicesNone: "nenhum"
        case .servicesNotKnown: "desconhecidos"
        case .servicesAtLeast: "{services} pelo menos"
        case .noPlace: "não consta nenhum local próprio"
        case .morePlaces: "{places} e mais {count}"
        case .notYetThere: "ainda não existe"
        case .basisStated: "indicado"
        case .basisInferred: "inferido"
        case .basisNone: "desconhecido"
        }
    }
}
