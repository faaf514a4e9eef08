package import CiteNetwork

extension RuleCode {
    package var italian: String {
        switch self {
        case .associatedCentreWithoutMother: "Un centro associato ha una Cité madre."
        case .associatedCentreMotherInactive:
            "La Cité madre di un centro associato attivo è anch'essa attiva: una sua sede è aperta, o in prefigurazione, e il "
                + "suo marchio non è ritirato."
        case .associatedCentreAllServices: "Un centro associato offre solo una parte dei servizi della sua Cité madre; una sede che li offre tutti è un sito."
        case .associatedCentreForeignService: "Un centro associato non offre alcun servizio che la sua Cité madre non ha."
        case .siteMissingService: "Un sito offre tutti i servizi della sua Cité."
        case .ruralPlatformTooLarge: "Una piattaforma rurale ha meno di 100 m²."
        case .ruralPlatformCounsellors: "Una piattaforma rurale ha uno o due consulenti polivalenti."
        case .ruralPlatformWithoutHours: "Una piattaforma rurale ha orari propri, adatti al suo luogo."
        case .reseauWithoutBody: "Un réseau des métiers ha un organo centrale che lo coordina; bearer_type «none» indica che non c'è."
        case .openWithoutDecision: "Una piattaforma aperta appartiene a una Cité il cui marchio è concesso e non ritirato."
        case .projetNeverConfirmed:
            "Un marchio progetto, o una prefigurazione, è seguito da un'altra decisione entro 3 anni (soglia nostra: il "
                + "documento fondatore non ne ha)."
        case .confirmationOverdue: "Un marchio è confermato alla fine della prefigurazione, altrimenti un anno dopo l'apertura."
        case .confirmationDue: "Una conferma che scade entro 6 mesi è all'ordine del giorno del comitato."
        case .yearlyReportDue:
            "Un marchio confermato è rinnovato tacitamente su un rapporto annuale di autovalutazione; una decisione «renewed» "
                + "nell'anno ne è la prova."
        case .prefigurationRunningLong: "Una prefigurazione non dura più dei 12 mesi dopo i quali il marchio è confermato."
        case .labelWithoutPlace: "Un marchio le cui sedi sono tutte inattive o chiuse è ritirato, o passa a un successore."
        case .platformOutsideTerritory: "Una piattaforma si trova sul territorio della sua Cité, o entro la tolleranza di confini approssimativi."
        case .territoriesOverlap: "I territori di marchi diversi non si sovrappongono."
        case .territoryAreaWithoutShape: "Ogni zona che un territorio include o esclude è nota, con un poligono o con membri."
        case .coordinatesImpossible: "Le coordinate sono una longitudine da -180 a 180 e una latitudine da -90 a 90, e non 0,0."
        case .coordinatesAtSea: "Una piattaforma si trova a terra, o entro la tolleranza di coste approssimative."
        case .coordinatesInOtherCountry: "Una piattaforma si trova nel paese indicato per essa."
        case .coordinatesDuplicate: "Due piattaforme non si trovano esattamente nello stesso punto, a meno che indichino lo stesso ospite o indirizzo."
        case .addressShared: "Le piattaforme che condividono ospite o indirizzo in un punto sono mostrate insieme."
        case .endBeforeStart: "Nulla finisce prima di cominciare."
        case .decisionsOutOfOrder:
            "Un progetto viene prima di prefigurazione, funzionamento e conferma, una prefigurazione prima di funzionamento, una "
                + "conferma prima dei rinnovi."
        case .decisionAfterWithdrawal: "Dopo un ritiro, solo un nuovo progetto o funzionamento ricomincia un marchio."
        case .periodsContradictory: "Le fonti concordano sullo stato di una piattaforma; dove si contraddicono, entrambe sono conservate, come prove."
        case .notVerified: "Una scheda è verificata di nuovo entro due anni: è fresca per sei mesi, poi sempre meno."
        }
    }
}
