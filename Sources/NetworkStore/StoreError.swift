/// Why the store could not do as asked, and what would be accepted.
package enum StoreError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A file of records has bad content. All that was found is listed; nothing was stored.
    case badContent(file: String, problems: [String])
    /// A sound GeoPackage that is not the store of a Maillage workspace, or of a version this program does not know.
    case notAStore(path: String, reason: String)
    case exists(path: String)
    /// Something was asked for by a name or number that nothing has.
    case unknown(String)

    package var description: String {
        switch self {
        case .badContent(let file, let problems): problems.map { "\(file), \($0)" }.joined(separator: "\n")
        case .notAStore(let path, let reason): "\(path) is not the store of a Maillage workspace: \(reason)"
        case .exists(let path): "\(path) exists already"
        case .unknown(let problem): problem
        }
    }
}
