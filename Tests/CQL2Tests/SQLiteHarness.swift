import Foundation
import GRDB
import GeoPackage

import CQL2

/// What a caller writes to run a filter's SQL with GRDB.
enum SQLiteHarness {
    static func register(on db: Database) {
        for function in SQLFunction.all {
            db.add(
                function: DatabaseFunction(function.name, argumentCount: function.argumentCount, pure: true) { values in
                    databaseValue(try function.body(values.map(sqlValue)))
                })
        }
    }

    static func arguments(_ fragment: SQLFragment) -> StatementArguments { StatementArguments(fragment.arguments.map(databaseValue)) }

    private static func databaseValue(_ value: SQLValue) -> DatabaseValue {
        switch value {
        case .null: .null
        case .integer(let n): n.databaseValue
        case .real(let d): d.databaseValue
        case .text(let s): s.databaseValue
        case .blob(let bytes): Data(bytes).databaseValue
        }
    }

    private static func sqlValue(_ value: DatabaseValue) -> SQLValue {
        switch value.storage {
        case .null: .null
        case .int64(let n): .integer(n)
        case .double(let d): .real(d)
        case .string(let s): .text(s)
        case .blob(let data): .blob(Array(data))
        }
    }
}
