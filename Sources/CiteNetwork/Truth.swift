/// Yes, no, or not known: not known is not no (Kleene's strong three-valued logic).
package enum Truth: String, Sendable, Hashable {
    case yes, no, unknown

    package static func && (a: Truth, b: Truth) -> Truth {
        a == .no || b == .no ? .no : a == .yes && b == .yes ? .yes : .unknown
    }

    package static func || (a: Truth, b: Truth) -> Truth {
        a == .yes || b == .yes ? .yes : a == .no && b == .no ? .no : .unknown
    }

    package static prefix func ! (a: Truth) -> Truth {
        switch a {
        case .yes: .no
        case .no: .yes
        case .unknown: .unknown
        }
    }
}
