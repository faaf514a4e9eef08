package import CiteNetwork

extension RuleCode {
    package var english: String {
        switch self {
        case .associatedCentreWithoutMother: "An associated centre has a mother Cité."
        case .associatedCentreMotherInactive:
            "The mother Cité of an associated centre at work is itself at work: a place of its own is open, or in préfiguration, "
                + "and its label is not withdrawn."
        case .associatedCentreAllServices:
            "An associated centre offers only a part of the services of its mother Cité; a place that offers all of them is a site."
        case .associatedCentreForeignService: "An associated centre offers no service that its mother Cité lacks."
        case .siteMissingService: "A site offers every service of its Cité."
        case .ruralPlatformTooLarge: "A rural platform has less than 100 m²."
        case .ruralPlatformCounsellors: "A rural platform has one or two multi-skilled counsellors."
        case .ruralPlatformWithoutHours: "A rural platform has opening hours of its own, adapted to its place."
        case .reseauWithoutBody: "A réseau des métiers has a central body that coordinates it; bearer_type 'none' states that there is none."
        case .openWithoutDecision: "A platform that is open belongs to a Cité whose label is granted and not withdrawn."
        case .projetNeverConfirmed:
            "A label projet, or a préfiguration, is followed by another decision within 3 years (our threshold: the founding "
                + "document has none)."
        case .confirmationOverdue: "A label is confirmed at the end of the préfiguration, else one year after the opening."
        case .confirmationDue: "A confirmation that falls due within 6 months is on the agenda of the committee."
        case .yearlyReportDue:
            "A confirmed label is renewed tacitly on a yearly self-assessment report; a decision 'renewed' within the year is "
                + "the evidence of it."
        case .prefigurationRunningLong: "A préfiguration lasts no longer than the 12 months after which the label is confirmed."
        case .labelWithoutPlace: "A label whose places are all asleep or closed is withdrawn, or passes to a successor."
        case .platformOutsideTerritory: "A platform stands on the territory of its Cité, or within the tolerance of coarse borders."
        case .territoriesOverlap: "The territories of different labels do not overlap."
        case .territoryAreaWithoutShape: "Every area that a territory includes or excludes is known, with a polygon or with members."
        case .coordinatesImpossible: "Coordinates are a longitude from -180 to 180 and a latitude from -90 to 90, and not 0,0."
        case .coordinatesAtSea: "A platform stands on land, or within the tolerance of coarse coasts."
        case .coordinatesInOtherCountry: "A platform stands in the country that is stated for it."
        case .coordinatesDuplicate: "Two platforms do not stand at the very same point, unless they state one host or one address."
        case .addressShared: "Platforms that share a host or an address at one point are shown together."
        case .endBeforeStart: "Nothing ends before it starts."
        case .decisionsOutOfOrder:
            "A projet comes before préfiguration, fonctionnement and confirmation, a préfiguration before fonctionnement, a "
                + "confirmation before renewals."
        case .decisionAfterWithdrawal: "After a withdrawal, only a new projet or fonctionnement begins a label again."
        case .periodsContradictory: "Sources agree about the state of a platform; where they contradict one another both are kept, as evidence."
        case .notVerified: "A record is verified again within two years: it is fresh for six months, then less and less."
        }
    }
}
