/// Why a population layer could not be had or made, and what would be accepted.
package enum PopulationError: Error, Sendable, Equatable, CustomStringConvertible {
    case noLayer(id: String, known: [String])
    case badRow(file: String, line: Int, problem: String)
    case notALayer(path: String, reason: String)
    /// Content of a file that is not what it should be. The place is empty where it is the file as a whole.
    case badFile(file: String, place: String, problem: String)
    /// Records that were refused: the first ones, and how many at least.
    case badRecords(file: String, records: [RefusedRecord], count: Int)
    /// An option that does not go with the file.
    case badOption(String)

    package var description: String {
        switch self {
        case .noLayer(let id, let known):
            "no population layer '\(id)'; layers: \(known.isEmpty ? "none" : known.joined(separator: ", "))"
        case .badRow(let file, let line, let problem): "\(file), line \(line): \(problem)"
        case .notALayer(let path, let reason): "\(path) is not a population layer: \(reason)"
        case .badFile(let file, let place, let problem): "\(file)\(place.isEmpty ? "" : ", \(place)"): \(problem)"
        case .badRecords(let file, let records, let count):
            "\(file): \(count == 1 ? "one record is" : "\(count) records are") not sound; nothing was stored. --skip-bad-rows would leave "
                + "\(count == 1 ? "it" : "them") out:\n" + records.map { "  \($0)" }.joined(separator: "\n")
                + (count > records.count ? "\n  and \(count - records.count) more" : "")
        case .badOption(let text): text
        }
    }
}
