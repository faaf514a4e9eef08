/// What a queryable holds.
package enum QueryableType: String, Sendable, Hashable, CaseIterable {
    case boolean, integer, number, string
    /// Text `YYYY-MM-DD`.
    case date
    /// Text `YYYY-MM-DDTHH:MM:SS`, with decimals and `Z` or without.
    case timestamp
    /// WGS 84, longitude first.
    case geometry
    /// Text, numbers or booleans; in a database a JSON array.
    case array
}

/// A property that filters may name.
package struct Queryable: Sendable, Hashable {
    package var name: String
    package var type: QueryableType
    /// The SQL expression of its value, never text of a user: `"p"."name"`. Geometry is a GeoPackage blob or WKB.
    package var column: String

    package init(_ name: String, _ type: QueryableType, column: String? = nil) {
        self.name = name
        self.type = type
        self.column = column ?? "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}

/// The properties that filters of one collection may name, in the order in which they are told.
package struct Queryables: Sendable, Hashable {
    package let all: [Queryable]
    private let byName: [String: Int]

    /// - Precondition: no name twice.
    package init(_ all: [Queryable]) {
        self.all = all
        byName = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1.name, $0) })
    }

    package subscript(_ name: String) -> Queryable? { byName[name].map { all[$0] } }
}
