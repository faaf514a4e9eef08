package import Impedance

/// What is asked of a territory.
package struct AssessmentQuery: Sendable {
    package var area: AreaChoice
    /// All distances or all durations.
    package var reaches: [Reach]
    package var eligibility: Eligibility
    /// How far around the territory's people platforms are looked for, in metres.
    package var surroundings: Double
    /// How many localities are told, of those with most people and of those left out.
    package var count: Int

    package static let usualReaches = [Reach("10km")!, Reach("20km")!, Reach("30km")!]

    package init(area: AreaChoice, reaches: [Reach] = usualReaches, eligibility: Eligibility, surroundings: Double = 50_000, count: Int = 10) {
        self.area = area
        self.reaches = reaches
        self.eligibility = eligibility
        self.surroundings = surroundings
        self.count = count
    }
}
