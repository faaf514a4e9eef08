internal import Foundation
package import GRDB
internal import GeoFormats
package import GeoModel

/// A geometry as a column value: a GeoPackage blob in WGS 84.
package struct StoredGeometry: DatabaseValueConvertible, Sendable {
    package var geometry: Geometry

    package init(_ geometry: Geometry) { self.geometry = geometry }

    package var databaseValue: DatabaseValue { Data(GeoPackageBlob.encode(geometry, srsID: 4326)).databaseValue }

    package static func fromDatabaseValue(_ value: DatabaseValue) -> StoredGeometry? {
        guard case .blob(let data) = value.storage, let geometry = try? GeoPackageBlob.decode(Array(data)) else { return nil }
        return StoredGeometry(geometry)
    }
}
