/// What is wrong with a GeoPackage file, and what would be accepted.
package enum GeoPackageError: Error, Sendable, Equatable, CustomStringConvertible {
    case missing(path: String)
    /// The file is no SQLite database, or is damaged.
    case damaged(path: String, reason: String)
    /// A sound database that is not a GeoPackage, or not one of ours.
    case foreign(path: String, reason: String)
    /// It may not be read or written, or the disk does not let it.
    case inaccessible(path: String, reason: String)
    case table(path: String, name: String, reason: String)

    package var description: String {
        switch self {
        case .missing(let path): "\(path): no such file"
        case .damaged(let path, let reason): "\(path) is damaged or is not a GeoPackage: \(reason)"
        case .foreign(let path, let reason), .inaccessible(let path, let reason): "\(path): \(reason)"
        case .table(let path, let name, let reason): "\(path), table \(name): \(reason)"
        }
    }
}
