package import CiteNetwork

extension RuleCode {
    package var spanish: String {
        switch self {
        case .associatedCentreWithoutMother: "Un centro asociado tiene una Cité madre."
        case .associatedCentreMotherInactive:
            "La Cité madre de un centro asociado en actividad también lo está: un lugar propio está abierto, o en prefiguración, "
                + "y su sello no está retirado."
        case .associatedCentreAllServices:
            "Un centro asociado solo ofrece una parte de los servicios de su Cité madre; un lugar que los ofrece todos es una sede."
        case .associatedCentreForeignService: "Un centro asociado no ofrece ningún servicio que falte a su Cité madre."
        case .siteMissingService: "Una sede ofrece todos los servicios de su Cité."
        case .ruralPlatformTooLarge: "Una plataforma rural tiene menos de 100 m²."
        case .ruralPlatformCounsellors: "Una plataforma rural tiene uno o dos consejeros polivalentes."
        case .ruralPlatformWithoutHours: "Una plataforma rural tiene horario propio, adaptado a su lugar."
        case .reseauWithoutBody: "Un réseau des métiers tiene un órgano central que lo coordina; bearer_type «none» indica que no lo hay."
        case .openWithoutDecision: "Una plataforma abierta pertenece a una Cité cuyo sello está concedido y no retirado."
        case .projetNeverConfirmed:
            "Un sello proyecto, o una prefiguración, va seguido de otra decisión en 3 años (umbral nuestro: el documento "
                + "fundador no tiene ninguno)."
        case .confirmationOverdue: "Un sello se confirma al final de la prefiguración o, si no la hay, un año después de la apertura."
        case .confirmationDue: "Una confirmación que vence en 6 meses está en el orden del día del comité."
        case .yearlyReportDue:
            "Un sello confirmado se renueva tácitamente con un informe anual de autoevaluación; una decisión «renewed» en el año "
                + "es la prueba."
        case .prefigurationRunningLong: "Una prefiguración no dura más que los 12 meses tras los que se confirma el sello."
        case .labelWithoutPlace: "Un sello cuyos lugares están todos inactivos o cerrados se retira, o pasa a un sucesor."
        case .platformOutsideTerritory: "Una plataforma está en el territorio de su Cité, o dentro de la tolerancia de límites aproximados."
        case .territoriesOverlap: "Los territorios de sellos distintos no se solapan."
        case .territoryAreaWithoutShape: "Cada zona que un territorio incluye o excluye es conocida, con un polígono o con miembros."
        case .coordinatesImpossible: "Las coordenadas son una longitud de -180 a 180 y una latitud de -90 a 90, y no 0,0."
        case .coordinatesAtSea: "Una plataforma está en tierra, o dentro de la tolerancia de costas aproximadas."
        case .coordinatesInOtherCountry: "Una plataforma está en el país que se indica para ella."
        case .coordinatesDuplicate: "Dos plataformas no están exactamente en el mismo punto, salvo que indiquen un mismo anfitrión o dirección."
        case .addressShared: "Las plataformas que comparten anfitrión o dirección en un punto se muestran juntas."
        case .endBeforeStart: "Nada termina antes de empezar."
        case .decisionsOutOfOrder:
            "Un proyecto viene antes de prefiguración, funcionamiento y confirmación, una prefiguración antes de funcionamiento, "
                + "una confirmación antes de las renovaciones."
        case .decisionAfterWithdrawal: "Tras una retirada, solo un nuevo proyecto o funcionamiento vuelve a empezar un sello."
        case .periodsContradictory: "Las fuentes coinciden sobre el estado de una plataforma; donde se contradicen, se guardan ambas, como pruebas."
        case .notVerified: "Una ficha se verifica de nuevo en dos años: es fresca seis meses, luego cada vez menos."
        }
    }
}
