/// Why a question could not be answered, and what would be accepted.
package enum PlanningError: Error, Sendable, Equatable, CustomStringConvertible {
    /// An argument that says nothing we understand.
    case badArgument(String)
    /// Content of a file that is not what it should be.
    case badContent(String)
    /// A file, an id, a place or an area that is not there.
    case notFound(String)
    /// Something that cannot be had now.
    case unavailable(String)

    package var description: String {
        switch self {
        case .badArgument(let text), .badContent(let text), .notFound(let text), .unavailable(let text): text
        }
    }
}
