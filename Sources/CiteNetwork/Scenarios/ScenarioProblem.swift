/// Why a scenario cannot be applied to the network: the change that fails, and what would be accepted.
package struct ScenarioProblem: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Reason: Sendable, Hashable {
        /// It names a platform or Cité that nobody has recorded.
        case unknownRecord
        /// It opens a platform under an id that another has.
        case idTaken
        /// Its platform is not at work on the day, or an earlier change closed it.
        case notThere
        /// A value of it can be no record's.
        case malformed
        /// It changes nothing.
        case empty
    }

    /// Of the change, from 1.
    package var number: Int
    package var change: ScenarioChange
    package var reason: Reason
    package var detail: String

    package init(number: Int, change: ScenarioChange, reason: Reason, detail: String) {
        self.number = number
        self.change = change
        self.reason = reason
        self.detail = detail
    }

    package var description: String { "change \(number) (\(change.word) \(change.platform)): \(detail)" }
}

extension ScenarioChange {
    /// The word for what it does, in files and commands.
    package var word: String {
        switch action {
        case .open: "open"
        case .close: "close"
        case .move: "move"
        case .change: "change"
        }
    }
}
