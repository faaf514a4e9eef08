import CiteNetwork
import Testing

@Suite struct KindRuleTests {
    private let centre = SmallNetwork().with { $0.add(SmallNetwork.platform("centre", .associatedCentre)) }

    @Test func `an associated centre has a mother Cité`() {
        #expect(centre.outcome(.associatedCentreWithoutMother) == .kept)
        #expect(centre.with { $0[platform: "centre"].cite = "nobody" }.outcome(.associatedCentreWithoutMother) == .broken)
        #expect(centre.with { $0[platform: "centre"].cite = "" }.outcome(.associatedCentreWithoutMother) == .unknown)
        #expect(SmallNetwork().outcome(.associatedCentreWithoutMother) == .notAsked)
    }

    @Test func `the mother of an associated centre at work is at work, the centre itself not counting`() {
        let atWork = centre.with { $0.period("centre", .open, "2010") }
        #expect(atWork.with { $0.period("main", .open, "2009") }.outcome(.associatedCentreMotherInactive) == .kept)
        #expect(atWork.with { $0.period("main", .prefiguration, "2009") }.outcome(.associatedCentreMotherInactive) == .kept)
        #expect(atWork.with { $0.period("main", .asleep, "2009") }.outcome(.associatedCentreMotherInactive) == .broken)
        #expect(atWork.with { $0.period("main", .open, "2021") }.outcome(.associatedCentreMotherInactive) == .broken)
        #expect(atWork.outcome(.associatedCentreMotherInactive) == .unknown, "nothing is recorded of the main place")
        #expect(atWork.with { $0.period("main", .open, "..2030-01-01") }.outcome(.associatedCentreMotherInactive) == .unknown)
        #expect(atWork.with { $0.platforms.removeFirst() }.outcome(.associatedCentreMotherInactive) == .unknown)
        let withdrawn = atWork.with {
            $0.period("main", .open, "2009"); $0.decide(.fonctionnement, "2009"); $0.decide(.withdrawn, "2015")
        }
        #expect(withdrawn.outcome(.associatedCentreMotherInactive) == .broken)
        let planned = centre.with {
            $0.period("centre", .planned, "2010"); $0.period("main", .planned, "2010")
        }
        #expect(planned.outcome(.associatedCentreMotherInactive) == .kept, "what is only planned may wait for its mother")
        #expect(centre.with { $0.period("centre", .closed, "2010") }.outcome(.associatedCentreMotherInactive) == .notAsked)
    }

    @Test(
        arguments: [
            ([.employment], [.employment, .training], SmallNetwork.Outcome.kept),
            ([.employment, .training], [.employment, .training], .broken),
            ([.employment, .training, .change], [.employment, .training], .broken),
            ([], [.employment], .kept),
            (nil, [.employment], .unknown),
            ([.employment], nil, .unknown),
            (ServiceCode.allCases, nil, .unknown),
            // Of nothing there is no whole.
            (nil, [], .kept),
        ] as [([ServiceCode]?, [ServiceCode]?, SmallNetwork.Outcome)])
    func `an associated centre offers a strict part of its mother's services`(offered: [ServiceCode]?, needed: [ServiceCode]?, outcome: SmallNetwork.Outcome) {
        let network = centre.with {
            $0[platform: "centre"].services = offered; $0[platform: "main"].services = needed
        }
        #expect(network.outcome(.associatedCentreAllServices) == outcome)
    }

    @Test(
        arguments: [
            ([.employment], [.employment, .training], SmallNetwork.Outcome.kept),
            ([.creation], [.employment, .training], .broken),
            ([.employment, .creation], [.employment], .broken),
            ([.creation], nil, .unknown),
            (nil, [.employment], .unknown),
            // A mother with all five lacks none, whatever the centre offers.
            (nil, ServiceCode.allCases, .kept),
            ([], nil, .kept),
        ] as [([ServiceCode]?, [ServiceCode]?, SmallNetwork.Outcome)])
    func `an associated centre offers nothing that its mother lacks`(offered: [ServiceCode]?, needed: [ServiceCode]?, outcome: SmallNetwork.Outcome) {
        let network = centre.with {
            $0[platform: "centre"].services = offered; $0[platform: "main"].services = needed
        }
        #expect(network.outcome(.associatedCentreForeignService) == outcome)
    }

    @Test func `the services of a Cité are those of its main places and sites, or of its poles`() {
        func pole(_ service: ServiceCode?) -> Pole {
            Pole(cite: "mother", position: 1, name: "Pôle", language: "fr", service: service, provenance: SmallNetwork.seen("2020"))
        }
        let employment = centre.with { $0[platform: "centre"].services = [.employment] }
        #expect(employment.with { $0.poles = [pole(.employment)] }.outcome(.associatedCentreAllServices) == .broken)
        #expect(employment.with { $0.poles = [pole(.training)] }.outcome(.associatedCentreForeignService) == .broken)
        #expect(employment.with { $0.poles = [pole(.training), pole(nil)] }.outcome(.associatedCentreForeignService) == .unknown)
        let two = employment.with {
            $0[platform: "main"].services = [.training]; $0.add(SmallNetwork.platform("site", .site, services: [.employment]))
        }
        #expect(two.outcome(.associatedCentreForeignService) == .kept && two.outcome(.associatedCentreAllServices) == .kept)
        // A site that is closed no longer counts.
        #expect(two.with { $0.period("site", .closed, "2010") }.outcome(.associatedCentreForeignService) == .broken)
    }

    @Test func `a site offers every service of its Cité`() {
        let site = SmallNetwork().with { $0.add(SmallNetwork.platform("site", .site)) }
        func outcome(_ main: [ServiceCode]?, _ own: [ServiceCode]?) -> SmallNetwork.Outcome {
            site.with {
                $0[platform: "main"].services = main; $0[platform: "site"].services = own
            }.outcome(.siteMissingService)
        }
        #expect(outcome([.employment, .training], [.employment, .training]) == .kept)
        #expect(outcome([.employment, .training], [.employment]) == .broken)
        #expect(outcome([.employment], nil) == .unknown)
        #expect(outcome(nil, [.employment]) == .unknown)
        #expect(outcome(nil, ServiceCode.allCases) == .kept)
        #expect(outcome(nil, nil) == .unknown)
    }

    @Test(
        arguments: [(nil, SmallNetwork.Outcome.unknown), (99.9, .kept), (100, .broken), (250, .broken), (Double.nan, .unknown), (0, .unknown)]
            as [(Double?, SmallNetwork.Outcome)])
    func `a rural platform has less than 100 square metres`(area: Double?, outcome: SmallNetwork.Outcome) {
        #expect(rural.with { $0[platform: "rural"].floorArea = area }.outcome(.ruralPlatformTooLarge) == outcome)
    }

    @Test(
        arguments: [(nil, SmallNetwork.Outcome.unknown), (0, .broken), (0.5, .broken), (1, .kept), (1.5, .kept), (2, .kept), (3, .broken)]
            as [(Double?, SmallNetwork.Outcome)])
    func `a rural platform has one or two counsellors`(counsellors: Double?, outcome: SmallNetwork.Outcome) {
        #expect(rural.with { $0[platform: "rural"].counsellors = counsellors }.outcome(.ruralPlatformCounsellors) == outcome)
    }

    @Test(
        arguments: [(nil, SmallNetwork.Outcome.unknown), ("Tu,Th 09:00-12:00", .kept), ("off", .broken), (" ", .broken)] as [(String?, SmallNetwork.Outcome)])
    func `a rural platform has hours`(hours: String?, outcome: SmallNetwork.Outcome) {
        #expect(rural.with { $0[platform: "rural"].hours = hours }.outcome(.ruralPlatformWithoutHours) == outcome)
    }

    @Test func `the rules of rural platforms ask nothing of a main place, nor of one that is closed`() {
        #expect(SmallNetwork().with { $0[platform: "main"].floorArea = 600 }.outcome(.ruralPlatformTooLarge) == .notAsked)
        let closed = rural.with {
            $0[platform: "rural"].floorArea = 600; $0.period("rural", .closed, "2010")
        }
        #expect(closed.outcome(.ruralPlatformTooLarge) == .notAsked)
    }

    @Test func `a réseau has a body that coordinates it`() {
        #expect(rural.outcome(.reseauWithoutBody) == .unknown)
        #expect(rural.with { $0.cites[0].bearer = "Conseil général" }.outcome(.reseauWithoutBody) == .kept)
        #expect(rural.with { $0.cites[0].bearerType = "none" }.outcome(.reseauWithoutBody) == .broken)
        #expect(SmallNetwork().outcome(.reseauWithoutBody) == .notAsked)
    }

    private let rural = SmallNetwork().with {
        $0.cites = [SmallNetwork.cite("mother", .reseauDesMetiers)]
        $0.add(SmallNetwork.platform("rural", .ruralPlatform))
    }
}
