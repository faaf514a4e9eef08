/// Where in a filter something stands.
package enum Place: Sendable, Hashable, CustomStringConvertible {
    /// Both from 1; a character is a Unicode scalar.
    case text(line: Int, character: Int)
    /// The path of a JSON value: `args[0].property`; empty for the whole.
    case path(String)

    package var description: String {
        switch self {
        case .text(1, let character): "character \(character)"
        case .text(let line, let character): "line \(line), character \(character)"
        case .path(""): "the whole"
        case .path(let path): path
        }
    }
}

/// What is wrong with a filter, where, and what would be accepted.
package struct CQL2Error: Error, Sendable, Hashable, CustomStringConvertible {
    package var place: Place
    package var problem: String
    /// The class that the filter would need, where that is what is missing.
    package var missingClass: ConformanceClass?

    package init(_ place: Place, _ problem: String, missingClass: ConformanceClass? = nil) {
        self.place = place
        self.problem = problem
        self.missingClass = missingClass
    }

    package var description: String { "CQL2, \(place): \(problem)" }
}
