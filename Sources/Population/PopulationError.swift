/// Why a population layer could not be had, and what would be accepted.
package enum PopulationError: Error, Sendable, Equatable, CustomStringConvertible {
    case noLayer(id: String, known: [String])
    case badRow(file: String, line: Int, problem: String)
    case notALayer(path: String, reason: String)

    package var description: String {
        switch self {
        case .noLayer(let id, let known):
            "no population layer '\(id)'; layers: \(known.isEmpty ? "none" : known.joined(separator: ", "))"
        case .badRow(let file, let line, let problem): "\(file), line \(line): \(problem)"
        case .notALayer(let path, let reason): "\(path) is not a population layer: \(reason)"
        }
    }
}
