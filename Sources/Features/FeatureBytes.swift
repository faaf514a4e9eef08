internal import CQL2
internal import GRDBSQLite
internal import Geodesy
internal import GeoFormats
internal import GeoModel

/// Writes rows of a page as GeoJSON, from SQLite's memory into the answer.
struct FeatureBytes {
    private let statement: PageStatement
    private let shape: Shape
    /// `,"name":` of each property, the first without its comma.
    private let names: [[UInt8]]
    private let types: [PropertyType]

    /// How positions are written.
    private enum Shape {
        /// As they are stored, longitude first.
        case plain
        /// By way of a transformation where there is one, and of the authority's axes.
        case brought(CoordinateTransform?, isNorthingFirst: Bool, decimals: Int, isStoredGeographic: Bool)
    }

    private init(_ statement: PageStatement, _ shape: Shape) {
        self.statement = statement
        self.shape = shape
        names = statement.properties.enumerated().map { i, p in
            var writer = JSONWriter()
            if i > 0 { writer.raw(",") }
            writer.string(p.name)
            writer.raw(":")
            return writer.bytes
        }
        types = statement.properties.map(\.type)
    }

    /// Runs `body` with a writer of the rows of a statement, in the reference system that was asked for.
    static func with<T>(_ statement: PageStatement, _ body: (FeatureBytes) throws -> T) throws -> T {
        let (storage, crs) = (statement.table.storageCRS, statement.query.crs)
        guard statement.table.geometry != nil, !(storage.isWGS84 && crs == .crs84) else { return try body(FeatureBytes(statement, .plain)) }
        let system = try crs.system
        func shape(_ transform: CoordinateTransform?) throws -> Shape {
            .brought(
                transform, isNorthingFirst: system.isNorthingFirst, decimals: system.decimals, isStoredGeographic: try storage.system.isGeographic)
        }
        if storage == crs || (storage.isWGS84 && crs.isWGS84) { return try body(FeatureBytes(statement, try shape(nil))) }
        return try TransformPool.with(storage, crs) { try body(FeatureBytes(statement, try shape($0))) }
    }

    func write(_ row: borrowing ResultRow, to writer: inout JSONWriter) throws {
        if statement.isReady {
            let ready = row.blob(1)
            return writer.raw(ready.bindMemory(to: UInt8.self))
        }
        writer.raw("{\"type\":\"Feature\",\"id\":")
        if row.type(0) == SQLITE_INTEGER { writer.integer(row.integer(0)) } else { writer.string(utf8: row.text(0)) }
        writer.raw(",\"geometry\":")
        try writeGeometry(row, to: &writer)
        writer.raw(",\"properties\":{")
        for i in names.indices {
            writer.raw(names[i])
            writeValue(row, i + 2, types[i], to: &writer)
        }
        writer.raw("}}")
    }

    private func writeValue(_ row: borrowing ResultRow, _ i: Int, _ type: PropertyType, to writer: inout JSONWriter) {
        switch row.type(i) {
        case SQLITE_INTEGER:
            if type == .boolean {
                row.integer(i) != 0 ? writer.raw("true") : writer.raw("false")
            } else {
                writer.integer(row.integer(i))
            }
        case SQLITE_FLOAT: writer.number(row.real(i))
        case SQLITE_TEXT:
            if type == .json || type == .array { writer.raw(row.text(i)) } else { writer.string(utf8: row.text(i)) }
        default: writer.raw("null")
        }
    }

    private func writeGeometry(_ row: borrowing ResultRow, to writer: inout JSONWriter) throws {
        guard row.type(1) == SQLITE_BLOB else { return writer.raw("null") }
        let blob = row.blob(1)
        do {
            let body = try Self.wkb(blob)
            switch shape {
            case .plain: try GeoJSONWriter.write(wkb: body, to: &writer)
            case .brought(let transform, let isNorthingFirst, let decimals, let isStoredGeographic):
                let stored = try WKB.decode(Array(body))
                let whole = (isStoredGeographic ? stored.cutAtAntimeridian() : stored).wound
                // What the other system cannot show has no geometry there.
                let moved: Geometry? = if let transform { try? transform(whole) } else { whole }
                guard let moved else { return writer.raw("null") }
                GeoJSONWriter.write(unchanged: moved, isYFirst: isNorthingFirst, decimals: decimals, to: &writer)
            }
        } catch {
            throw FeaturesError.feature("\(statement.table.id)/\(row.value(0).shown)", problem: "\(error)")
        }
    }

    /// The well-known binary in a blob of GeoPackage, or the blob where it is that already.
    private static func wkb(_ blob: UnsafeRawBufferPointer) throws(FormatError) -> UnsafeRawBufferPointer {
        guard blob.count > 2, blob[0] == 0x47, blob[1] == 0x50 else { return blob }
        // No envelope and nothing unusual: a point of ours.
        if blob.count > 8, blob[2] == 0, blob[3] & 0b11_1110 == 0 { return UnsafeRawBufferPointer(rebasing: blob[8...]) }
        let header = try GeoPackageBlob.header(Array(blob.prefix(72)))
        guard header.bodyOffset < blob.count else { throw FormatError("GeoPackage geometry", at: "byte \(header.bodyOffset)", "the bytes end after the header") }
        return UnsafeRawBufferPointer(rebasing: blob[header.bodyOffset...])
    }
}

extension SQLValue {
    var shown: String {
        switch self {
        case .null: "NULL"
        case .integer(let n): String(n)
        case .real(let d): String(d)
        case .text(let s): s
        case .blob: "bytes"
        }
    }
}
