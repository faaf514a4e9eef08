package import CiteNetwork
package import Impedance

/// What an officer wants to see.
package struct ReviewQuery: Sendable {
    package enum Scope: Sendable {
        case everything
        /// Cités of a country, and platforms that stand in it; ISO 3166-1 alpha-2.
        case country(String)
        /// Cités that have a place in the area, or whose territory shares more with it than a coarse border.
        case area(AreaChoice)
        case cite(String)
    }

    package var asOf: CalendarDate
    package var scope: Scope
    package var sections: Set<ReviewSection>
    /// How far a platform reaches, for overlaps and for who is out of reach.
    package var within: Reach
    /// The last review or committee: what changed after it is listed. Nil for no list of changes.
    package var since: CalendarDate?

    package init(
        asOf: CalendarDate, scope: Scope = .everything, sections: Set<ReviewSection> = Set(ReviewSection.allCases), within: Reach = Reach("30km")!,
        since: CalendarDate? = nil
    ) {
        self.asOf = asOf
        self.scope = scope
        self.sections = sections
        self.within = within
        self.since = since
    }
}
