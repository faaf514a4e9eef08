/// Why the accounts could not do as asked, and what would be accepted.
package enum AccountError: Error, Sendable, Equatable, CustomStringConvertible {
    case exists(name: String, what: String)
    case badName(String)
    /// With the names of those that may sign in; nil where no account was ever made.
    case unknown(name: String, known: [String]?)
    case badFile(path: String, reason: String)

    package var description: String {
        switch self {
        case .exists(let name, let what):
            "there is an account '\(name)' already (\(what)); a name is never given twice, so that the history stays clear: another one would be accepted"
        case .badName(let name): "'\(name.prefix(80))' is no name for an account; 1 to 64 letters, digits and . _ - @ would be accepted"
        case .unknown(let name, let known):
            "no account '\(name.prefix(80))'; "
                + (known.map { names in
                    names.isEmpty
                        ? "every account is revoked already, as 'maillage account list' shows" : "accounts that may sign in: \(names.joined(separator: ", "))"
                } ?? "there are none; 'maillage account add' makes one")
        case .badFile(let path, let reason): "\(path) does not hold accounts: \(reason)"
        }
    }
}
