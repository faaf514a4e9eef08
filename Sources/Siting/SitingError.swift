/// Why a problem has no answer, in a sentence, with what would be possible.
package enum SitingError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The numbers contradict each other.
    case malformed(String)
    /// What was asked for cannot be had.
    case infeasible(String)

    package var description: String {
        switch self {
        case .malformed(let what): "malformed siting problem: \(what)"
        case .infeasible(let why): why
        }
    }
}
