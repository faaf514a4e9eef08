package import Foundation

/// What somebody who signs in may change.
package enum AccountRole: Hashable, Sendable {
    /// The platforms of one Cité, by its id.
    case editor(cite: String)
    /// Everything of the label.
    case officer
    /// Accounts too.
    case admin

    /// As stored and as typed: `editor`, `officer`, `admin`.
    package var name: String {
        switch self {
        case .editor: "editor"
        case .officer: "officer"
        case .admin: "admin"
        }
    }

    package var cite: String? { if case .editor(let cite) = self { cite } else { nil } }

    init?(name: String, cite: String?) {
        switch (name, cite) {
        case ("editor", let cite?): self = .editor(cite: cite)
        case ("officer", nil): self = .officer
        case ("admin", nil): self = .admin
        default: return nil
        }
    }
}

extension AccountRole: CustomStringConvertible {
    package var description: String { cite.map { "editor of \($0)" } ?? name }
}

/// Who may sign in. The token is not part of it: it is shown once and never kept.
package struct Account: Hashable, Sendable {
    package var name: String
    package var role: AccountRole
    package var created: Date
    /// Nil while it may sign in.
    package var revoked: Date?

    package init(name: String, role: AccountRole, created: Date, revoked: Date?) {
        self.name = name
        self.role = role
        self.created = created
        self.revoked = revoked
    }
}
