package import CiteNetwork
package import GeoModel
package import Impedance

/// One thing that an officer should know, or that nobody can tell.
package struct ReviewLine: Sendable {
    package enum Subject: Sendable, Hashable {
        case record(RuleSubject)
        /// The code of an area; empty for a shape that was handed in.
        case area(String)

        package var kind: String {
            switch self {
            case .record(let record): record.kind.rawValue
            case .area: "area"
            }
        }

        package var id: String {
            switch self {
            case .record(let record): record.id
            case .area(let code): code
            }
        }
    }

    package var section: ReviewSection
    package var severity: RuleSeverity
    /// `broken` for what is known, `unknown` for what cannot be told, and is never counted as wrong.
    package var verdict: RuleVerdict
    package var subject: Subject
    package var name: String
    package var fact: ReviewFact
    package var due: DateBounds?
    /// How many days have surely passed since it was due; negative for days that are left; nil where no last day is known.
    package var daysOver: Int?
    /// The command that settles it, or shows more of it.
    package var command: String
    package var location: Coordinate?
}

/// What was found.
package enum ReviewFact: Sendable {
    case finding(RuleFinding)
    /// Two labels claim the same ground, or reach the same people.
    case overlap(LabelOverlap)
    case territoryNotKnown(reason: String?)
    /// People of an area beyond the reach of every platform that counts, and how many such platforms stand in it.
    case outOfReach(people: Double, population: Double, within: Reach, platforms: Int)
    case stale(RecordFreshness)
    case agenda(AgendaItem.Kind)
    case decided(LabelDecision)
    case began(PlatformPeriod)
    case ended(PlatformPeriod)
    case territory(TerritoryVersion)
}
