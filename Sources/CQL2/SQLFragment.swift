/// A value bound to a statement.
package enum SQLValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

/// A part of a statement, with `?` for each of its arguments, in order.
package struct SQLFragment: Hashable, Sendable {
    package var sql: String
    package var arguments: [SQLValue]

    package init(_ sql: String, _ arguments: [SQLValue] = []) {
        self.sql = sql
        self.arguments = arguments
    }

    static func bound(_ value: SQLValue) -> SQLFragment { SQLFragment("?", [value]) }

    /// `name(first, …)`.
    static func call(_ name: String, _ operands: [SQLFragment]) -> SQLFragment {
        SQLFragment("\(name)(\(operands.map(\.sql).joined(separator: ", ")))", operands.flatMap(\.arguments))
    }

    /// `(a op b)`.
    static func infix(_ a: SQLFragment, _ operation: String, _ b: SQLFragment) -> SQLFragment {
        SQLFragment("(\(a.sql) \(operation) \(b.sql))", a.arguments + b.arguments)
    }

    /// All joined as a balanced tree: SQLite limits the depth of expressions, and a chain is as deep as it is long.
    static func balanced(_ all: ArraySlice<SQLFragment>, _ operation: String) -> SQLFragment {
        guard all.count > 1 else { return all.first ?? SQLFragment("1") }
        let middle = (all.startIndex + all.endIndex) / 2
        return infix(balanced(all[..<middle], operation), operation, balanced(all[middle...], operation))
    }
}
