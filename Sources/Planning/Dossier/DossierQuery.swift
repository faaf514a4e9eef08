package import CiteNetwork
package import Impedance
package import Siting

/// What a dossier is asked for.
package struct DossierQuery: Sendable {
    package enum Plan: Sendable {
        /// The platforms that siting proposes: how many at most.
        case proposal(count: Int)
        /// The changes of a scenario.
        case scenario(Scenario)
    }

    package var area: AreaChoice
    /// The area as it was typed, for the list of parameters.
    package var areaText: String
    package var plan: Plan
    /// How far people can be expected to go: what siting maximises, and beyond which a locality is left out.
    package var within: Reach
    /// At which coverage is shown before and after; distances.
    package var reaches: [Reach]
    /// The same as estimated durations.
    package var durations: [Reach] = [Reach("15min")!, Reach("30min")!, Reach("45min")!]
    /// The platforms that count.
    package var eligibility: Eligibility
    /// The kind of the proposed platforms; nil for the one that goes with the fitting form.
    package var kind: PlatformKind?
    /// The id of the Cité that the proposed platforms would belong to; nil for a project of its own.
    package var cite: String?
    /// The day of the opening to the public, from which the timetable is reckoned back; nil where it is not chosen.
    package var opening: CalendarDate?
    /// Nil for the usual one.
    package var title: String?
    /// The smallest locality that may be proposed, in people.
    package var leastPeople = SitingQuery.smallestLocality
    /// How many localities the tables of those left out and of the main ones show.
    package var rows = 12
    package var seed: UInt64 = 1
    package var stop: StopFlag?
    package var library: IntegerProgramSolver?

    package init(area: AreaChoice, areaText: String, plan: Plan, within: Reach, reaches: [Reach], eligibility: Eligibility) {
        self.area = area
        self.areaText = areaText
        self.plan = plan
        self.within = within
        self.reaches = reaches
        self.eligibility = eligibility
    }
}
