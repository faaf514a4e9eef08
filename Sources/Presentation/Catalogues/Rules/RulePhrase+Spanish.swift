extension RulePhrase {
    package var spanish: String {
        switch self {
        case .onDay: "el {day}"
        case .betweenDays: "entre el {from} y el {to}"
        case .byDay: "a más tardar el {day}"
        case .fromDay: "el {day} o más tarde"
        case .onUnknownDay: "en una fecha que no se conoce"
        case .unknownDay: "una fecha desconocida"
        case .servicesNone: "ninguno"
        case .servicesNotKnown: "sin conocer"
        case .servicesAtLeast: "{services} al menos"
        case .noPlace: "no consta ningún lugar propio"
        case .morePlaces: "{places} y {count} más"
        case .notYetThere: "aún no existe"
        case .basisStated: "indicado"
        case .basisInferred: "inferido"
        case .basisNone: "desconocido"
        }
    }
}
