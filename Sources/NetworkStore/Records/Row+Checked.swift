internal import GRDB

extension Row {
    /// The value at a position, or nil where it is null. Throws `StoreError.badContent` for a value of another type, which a foreign hand
    /// may have left: GRDB's own subscripts stop the program there.
    func checked<T: DatabaseValueConvertible>(_ index: Int, of table: String) throws -> T? {
        let value = self[index] as DatabaseValue
        guard !value.isNull else { return nil }
        guard let converted = T.fromDatabaseValue(value) else {
            throw StoreError.badContent(
                file: "network.gpkg",
                problems: ["table \(table), row of \(self[0] as DatabaseValue): '\(value)' is not of type \(T.self)"])
        }
        return converted
    }

    func required<T: DatabaseValueConvertible>(_ index: Int, of table: String) throws -> T {
        guard let value = try checked(index, of: table) as T? else {
            throw StoreError.badContent(
                file: "network.gpkg", problems: ["table \(table), row of \(self[0] as DatabaseValue): a value of type \(T.self) is missing"])
        }
        return value
    }
}
