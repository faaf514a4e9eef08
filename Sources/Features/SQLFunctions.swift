internal import CQL2
internal import GRDBSQLite

/// The functions that the SQL of filters and boxes calls, made known to a connection. Values go to them as SQLite holds them.
enum SQLFunctions {
    private final class Body {
        let call: ([SQLValue]) throws -> SQLValue
        init(_ call: @escaping ([SQLValue]) throws -> SQLValue) { self.call = call }
    }

    static func register(on connection: OpaquePointer) {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC
        for function in SQLFunction.all {
            let body = Unmanaged.passRetained(Body(function.body)).toOpaque()
            // SQLite gives the body up when the connection closes.
            sqlite3_create_function_v2(
                connection, function.name, Int32(function.argumentCount), flags, body,
                { context, count, values in
                    let body = Unmanaged<Body>.fromOpaque(sqlite3_user_data(context)).takeUnretainedValue()
                    do {
                        SQLFunctions.setResult(context, try body.call((0..<Int(count)).map { SQLFunctions.value(values![$0]!) }))
                    } catch {
                        sqlite3_result_error(context, "\(error)", -1)
                    }
                }, nil, nil, { Unmanaged<Body>.fromOpaque($0!).release() })
        }
        sqlite3_create_function_v2(
            connection, "features_meet", 2, flags, nil,
            { context, _, values in
                guard sqlite3_value_type(values![0]) == SQLITE_BLOB,
                    let isMet = BoxList.isMet(by: SQLFunctions.bytes(values![0]!), SQLFunctions.bytes(values![1]!))
                else { return sqlite3_result_null(context) }
                sqlite3_result_int(context, isMet ? 1 : 0)
            }, nil, nil, nil)
        let last = Unmanaged.passRetained(LastShape()).toOpaque()
        sqlite3_create_function_v2(
            connection, "features_meet_shape", 2, flags, last,
            { context, _, values in
                let last = Unmanaged<LastShape>.fromOpaque(sqlite3_user_data(context)).takeUnretainedValue()
                guard sqlite3_value_type(values![0]) == SQLITE_BLOB, let shape = last.shape(SQLFunctions.bytes(values![1]!)),
                    let isMet = BoxList.isMet(by: SQLFunctions.bytes(values![0]!), shape)
                else { return sqlite3_result_null(context) }
                sqlite3_result_int(context, isMet ? 1 : 0)
            }, nil, nil, { Unmanaged<LastShape>.fromOpaque($0!).release() })
    }

    /// Valid until the function returns.
    private static func bytes(_ value: OpaquePointer) -> UnsafeRawBufferPointer {
        let start = sqlite3_value_blob(value)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
    }

    private static func value(_ value: OpaquePointer) -> SQLValue {
        switch sqlite3_value_type(value) {
        case SQLITE_INTEGER: return .integer(sqlite3_value_int64(value))
        case SQLITE_FLOAT: return .real(sqlite3_value_double(value))
        case SQLITE_TEXT:
            let start = sqlite3_value_text(value)
            return .text(String(decoding: UnsafeBufferPointer(start: start, count: Int(sqlite3_value_bytes(value))), as: UTF8.self))
        case SQLITE_BLOB: return .blob(Array(bytes(value)))
        default: return .null
        }
    }

    private static func setResult(_ context: OpaquePointer?, _ value: SQLValue) {
        switch value {
        case .null: sqlite3_result_null(context)
        case .integer(let n): sqlite3_result_int64(context, n)
        case .real(let d): sqlite3_result_double(context, d)
        case .text(let s):
            var s = s
            s.withUTF8 { text in text.withMemoryRebound(to: CChar.self) { sqlite3_result_text(context, $0.baseAddress, Int32($0.count), transient) } }
        case .blob(let bytes): sqlite3_result_blob(context, bytes, Int32(bytes.count), transient)
        }
    }
}

/// Tells SQLite to copy what it is given.
var transient: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
