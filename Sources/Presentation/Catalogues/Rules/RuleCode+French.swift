package import CiteNetwork

extension RuleCode {
    package var french: String {
        switch self {
        case .associatedCentreWithoutMother: "Un centre associé a une Cité mère."
        case .associatedCentreMotherInactive:
            "La Cité mère d'un centre associé en activité est elle-même en activité : un lieu à elle est ouvert, ou en "
                + "préfiguration, et son label n'est pas retiré."
        case .associatedCentreAllServices: "Un centre associé n'offre qu'une partie des services de sa Cité mère ; un lieu qui les offre tous est un site."
        case .associatedCentreForeignService: "Un centre associé n'offre aucun service que sa Cité mère n'a pas."
        case .siteMissingService: "Un site offre tous les services de sa Cité."
        case .ruralPlatformTooLarge: "Une plateforme rurale a moins de 100 m²."
        case .ruralPlatformCounsellors: "Une plateforme rurale a un ou deux conseillers polyvalents."
        case .ruralPlatformWithoutHours: "Une plateforme rurale a des horaires à elle, adaptés à son lieu."
        case .reseauWithoutBody: "Un réseau des métiers a une gouvernance centrale qui le coordonne ; bearer_type « none » dit qu'il n'y en a pas."
        case .openWithoutDecision: "Une plateforme ouverte appartient à une Cité dont le label est accordé et non retiré."
        case .projetNeverConfirmed:
            "Un label projet, ou une préfiguration, est suivi d'une autre décision dans les 3 ans (notre seuil : le document "
                + "fondateur n'en a pas)."
        case .confirmationOverdue: "Un label est confirmé à l'issue de la préfiguration, sinon un an après l'ouverture."
        case .confirmationDue: "Une confirmation qui échoit dans les 6 mois est à l'ordre du jour du comité."
        case .yearlyReportDue:
            "Un label confirmé est reconduit tacitement sur un rapport annuel d'auto-évaluation ; une décision « renewed » dans "
                + "l'année en est la preuve."
        case .prefigurationRunningLong: "Une préfiguration ne dure pas plus que les 12 mois après lesquels le label est confirmé."
        case .labelWithoutPlace: "Un label dont tous les lieux sont en sommeil ou fermés est retiré, ou passe à un successeur."
        case .platformOutsideTerritory: "Une plateforme se trouve sur le territoire de sa Cité, ou dans la tolérance de limites grossières."
        case .territoriesOverlap: "Les territoires de labels différents ne se recouvrent pas."
        case .territoryAreaWithoutShape: "Chaque zone qu'un territoire inclut ou exclut est connue, avec un polygone ou des membres."
        case .coordinatesImpossible: "Les coordonnées sont une longitude de -180 à 180 et une latitude de -90 à 90, et non 0,0."
        case .coordinatesAtSea: "Une plateforme se trouve à terre, ou dans la tolérance de côtes grossières."
        case .coordinatesInOtherCountry: "Une plateforme se trouve dans le pays qui est indiqué pour elle."
        case .coordinatesDuplicate: "Deux plateformes ne se trouvent pas exactement au même point, sauf si elles indiquent un même hôte ou une même adresse."
        case .addressShared: "Les plateformes qui partagent un hôte ou une adresse en un point sont montrées ensemble."
        case .endBeforeStart: "Rien ne finit avant de commencer."
        case .decisionsOutOfOrder:
            "Un projet vient avant préfiguration, fonctionnement et confirmation, une préfiguration avant fonctionnement, une "
                + "confirmation avant les reconductions."
        case .decisionAfterWithdrawal: "Après un retrait, seul un nouveau projet ou fonctionnement recommence un label."
        case .periodsContradictory: "Les sources s'accordent sur l'état d'une plateforme ; où elles se contredisent, les deux sont gardées, comme preuves."
        case .notVerified: "Une fiche est vérifiée à nouveau dans les deux ans : elle est fraîche six mois, puis de moins en moins."
        }
    }
}
