/// What is wrong with a question about features, or with the table that it is asked of, and what would be accepted.
package enum FeaturesError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A parameter of the question, by its name: `bbox`, `sortby`, `cursor`, or the name of a property.
    case parameter(String, problem: String)
    /// The question took longer than it may.
    case tooSlow(seconds: Double)
    /// A table that cannot be read as it is described.
    case table(String, problem: String)
    /// A feature whose geometry cannot be read.
    case feature(String, problem: String)

    package var description: String {
        switch self {
        case .parameter(let name, let problem): "\(name): \(problem)"
        case .tooSlow(let seconds):
            "the question was stopped after \(seconds) seconds; a smaller bbox, a simpler filter or one on indexed properties would be answered"
        case .table(let name, let problem): "table \(name): \(problem)"
        case .feature(let id, let problem): "feature \(id): \(problem)"
        }
    }
}

/// Some names, for an error that says what would be accepted.
func listed(_ names: [String]) -> String { names.prefix(40).joined(separator: ", ") + (names.count > 40 ? ", …" : "") }
