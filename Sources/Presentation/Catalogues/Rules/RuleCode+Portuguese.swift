package import CiteNetwork

extension RuleCode {
    package var portuguese: String {
        switch self {
        case .associatedCentreWithoutMother: "Um centro associado tem uma Cité-mãe."
        case .associatedCentreMotherInactive:
            "A Cité-mãe de um centro associado em atividade está ela própria em atividade: um local seu está aberto, ou em "
                + "prefiguração, e o seu selo não foi retirado."
        case .associatedCentreAllServices: "Um centro associado só oferece uma parte dos serviços da sua Cité-mãe; um local que os oferece todos é um sítio."
        case .associatedCentreForeignService: "Um centro associado não oferece nenhum serviço que falte à sua Cité-mãe."
        case .siteMissingService: "Um sítio oferece todos os serviços da sua Cité."
        case .ruralPlatformTooLarge: "Uma plataforma rural tem menos de 100 m²."
        case .ruralPlatformCounsellors: "Uma plataforma rural tem um ou dois conselheiros polivalentes."
        case .ruralPlatformWithoutHours: "Uma plataforma rural tem horário próprio, adaptado ao seu local."
        case .reseauWithoutBody: "Um réseau des métiers tem um órgão central que o coordena; bearer_type «none» indica que não há."
        case .openWithoutDecision: "Uma plataforma aberta pertence a uma Cité cujo selo foi concedido e não retirado."
        case .projetNeverConfirmed:
            "Um selo projeto, ou uma prefiguração, é seguido de outra decisão em 3 anos (limiar nosso: o documento fundador não "
                + "tem nenhum)."
        case .confirmationOverdue: "Um selo é confirmado no fim da prefiguração ou, na sua falta, um ano após a abertura."
        case .confirmationDue: "Uma confirmação que vence em 6 meses está na ordem de trabalhos da comissão."
        case .yearlyReportDue: "Um selo confirmado é renovado tacitamente com um relatório anual de autoavaliação; uma decisão «renewed» no ano é a prova."
        case .prefigurationRunningLong: "Uma prefiguração não dura mais do que os 12 meses após os quais o selo é confirmado."
        case .labelWithoutPlace: "Um selo cujos locais estão todos inativos ou encerrados é retirado, ou passa a um sucessor."
        case .platformOutsideTerritory: "Uma plataforma está no território da sua Cité, ou dentro da tolerância de limites aproximados."
        case .territoriesOverlap: "Os territórios de selos diferentes não se sobrepõem."
        case .territoryAreaWithoutShape: "Cada zona que um território inclui ou exclui é conhecida, com um polígono ou com membros."
        case .coordinatesImpossible: "As coordenadas são uma longitude de -180 a 180 e uma latitude de -90 a 90, e não 0,0."
        case .coordinatesAtSea: "Uma plataforma está em terra, ou dentro da tolerância de costas aproximadas."
        case .coordinatesInOtherCountry: "Uma plataforma está no país que é indicado para ela."
        case .coordinatesDuplicate: "Duas plataformas não estão exatamente no mesmo ponto, salvo se indicarem o mesmo anfitrião ou endereço."
        case .addressShared: "As plataformas que partilham anfitrião ou endereço num ponto são mostradas em conjunto."
        case .endBeforeStart: "Nada acaba antes de começar."
        case .decisionsOutOfOrder:
            "Um projeto vem antes de prefiguração, funcionamento e confirmação, uma prefiguração antes de funcionamento, uma "
                + "confirmação antes das renovações."
        case .decisionAfterWithdrawal: "Após uma retirada, só um novo projeto ou funcionamento recomeça um selo."
        case .periodsContradictory: "As fontes concordam sobre o estado de uma plataforma; onde se contradizem, ambas são guardadas, como provas."
        case .notVerified: "Uma ficha é verificada de novo em dois anos: é fresca seis meses, depois cada vez menos."
        }
    }
}
