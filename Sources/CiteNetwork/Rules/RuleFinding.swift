/// What a rule says of a record: that it is broken, or that it cannot be told.
package enum RuleVerdict: String, Sendable, CaseIterable { case broken, unknown }

/// The record that a finding is about. Periods are named by their platform, decisions and territories by their Cité.
package struct RuleSubject: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable { case cite, platform, period, decision, territory }

    package var kind: Kind
    package var id: String

    package init(_ kind: Kind, _ id: String) {
        self.kind = kind
        self.id = id
    }
}

extension RuleSubject: CustomStringConvertible {
    package var description: String { "\(kind.rawValue) \(id)" }
}

package struct RuleFinding: Hashable, Sendable {
    package var code: RuleCode
    package var verdict: RuleVerdict
    package var record: RuleSubject
    /// What was found, or what is not known.
    package var detail: RuleDetail
    /// The command that would settle it.
    package var command: String
    /// The day on which something falls or fell due; nil for rules without one.
    package var due: DateBounds?

    package var severity: RuleSeverity { code.severity }

    /// Whether something is wrong that somebody should mend: a broken error or warning.
    package var isWrong: Bool { verdict == .broken && severity < .notice }
}

/// How a rule fared: `checked` records, of which `broken` break it and of `unknown` it cannot be told.
package struct RuleTally: Hashable, Sendable {
    package var checked = 0
    package var broken = 0
    package var unknown = 0

    package var kept: Int { checked - broken - unknown }
}

/// Everything that the rules say of a network on a day.
package struct RuleReport: Sendable {
    package var asOf: CalendarDate
    /// By severity, then what is broken before what is unknown, then by rule and record.
    package var findings: [RuleFinding]
    /// The rules that were asked, in order of their declaration.
    package var tallies: [(code: RuleCode, tally: RuleTally)]

    package var isWrong: Bool { findings.contains(where: \.isWrong) }

    package func count(_ verdict: RuleVerdict, _ severity: RuleSeverity? = nil) -> Int {
        findings.count { $0.verdict == verdict && (severity == nil || $0.severity == severity) }
    }
}
