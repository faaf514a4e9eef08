package import CQL2

/// What a property holds, in a table and in JSON.
package enum PropertyType: String, Sendable, Hashable, CaseIterable {
    case string, integer, number, boolean
    /// Text `YYYY-MM-DD`.
    case date
    /// Text `YYYY-MM-DDTHH:MM:SS`, with decimals and `Z` or without.
    case instant
    /// A JSON array of scalars, as text.
    case array
    /// Any JSON, as text: not for filters nor for sorting.
    case json

    /// As filters see it; nil for JSON.
    package var queryable: QueryableType? {
        switch self {
        case .string: .string
        case .integer: .integer
        case .number: .number
        case .boolean: .boolean
        case .date: .date
        case .instant: .timestamp
        case .array: .array
        case .json: nil
        }
    }

    var isSortable: Bool { self != .array && self != .json }
}

/// A property of the features of a table.
package struct FeatureProperty: Sendable, Hashable {
    package var name: String
    package var type: PropertyType
    package var title: String?
    package var description: String?
    /// Whether filters and `NAME=VALUE` may name it.
    package var isQueryable: Bool
    /// The SQL of its value on the table `f`; never text of a user.
    package let sql: String

    /// - Parameters:
    ///   - column: the column that holds it; its name where none is given.
    ///   - sql: an expression on the table `f` instead: `CASE WHEN json_valid(f."names") THEN f."names" END` for JSON that others may edit.
    package init(
        _ name: String, _ type: PropertyType, column: String? = nil, sql: String? = nil, title: String? = nil, description: String? = nil,
        isQueryable: Bool = true
    ) {
        self.name = name
        self.type = type
        self.title = title
        self.description = description
        self.isQueryable = isQueryable && type != .json
        self.sql = sql ?? "f." + quoted(column ?? name)
    }
}

/// An identifier of SQL.
func quoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}
