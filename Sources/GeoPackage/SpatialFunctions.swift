internal import GRDB
internal import GeoFormats
internal import GeoModel

/// The SQL functions that the R-tree triggers call (GeoPackage 1.4, annex F.3): without them no feature can be written.
///
/// A blob that is not a GeoPackage geometry makes the statement fail, so that no broken geometry gets in.
enum SpatialFunctions {
    static func register(on db: Database) {
        db.add(
            function: DatabaseFunction("ST_IsEmpty", argumentCount: 1, pure: true) { values in
                guard let bytes = bytes(values[0]) else { return nil }
                return try GeoPackageBlob.header(bytes).isEmpty
            })
        add("ST_MinX", on: db) { $0.minX }
        add("ST_MaxX", on: db) { $0.maxX }
        add("ST_MinY", on: db) { $0.minY }
        add("ST_MaxY", on: db) { $0.maxY }
    }

    private static func add(_ name: String, on db: Database, _ ordinate: @escaping @Sendable (Envelope) -> Double) {
        db.add(
            function: DatabaseFunction(name, argumentCount: 1, pure: true) { values in
                guard let bytes = bytes(values[0]) else { return nil }
                return try GeoPackageBlob.envelope(bytes).map(ordinate)
            })
    }

    private static func bytes(_ value: DatabaseValue) -> [UInt8]? {
        guard case .blob(let data) = value.storage else { return nil }
        return Array(data)
    }
}
