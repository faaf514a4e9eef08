extension RulePhrase {
    package var italian: String {
        switch self {
        case .onDay: "il {day}"
        case .betweenDays: "tra il {from} e il {to}"
        case .byDay: "entro il {day}"
        case .fromDay: "il {day} o più tardi"
        case .onUnknownDay: "in una data non nota"
        case .unknownDay: "una data non nota"
        case .servicesNone: "nessuno"
        case .servicesNotKnown: "non noti"
        case .servicesAtLeast: "{services} almeno"
        case .noPlace: "nessuna sua sede è registrata"
        case .morePlaces: "{places} e altri {count}"
        case .notYetThere: "non ancora presente"
        case .basisStated: "indicato"
        case .basisInferred: "dedotto"
        case .basisNone: "non noto"
        }
    }
}
