package import CQL2

/// A table, or a view, of SQLite as a collection of features.
package struct FeatureTable: Sendable, Hashable {
    package enum IDType: Sendable, Hashable {
        case text, integer
    }

    package struct GeometryColumn: Sendable, Hashable {
        package var column: String
        /// The name by which filters name it.
        package var name: String
        /// `POINT`, `MULTIPOLYGON`, `GEOMETRY`…
        package var type: String
        /// What the coordinates in the column are; always x before y there.
        package var crs: CRS
        /// The R-tree table of GeoPackage, by the table's key; nil where there is none.
        package var index: String?
        /// True where no feature lacks a geometry; else such features are looked for when a box is asked.
        package var isAlwaysThere: Bool

        package init(
            column: String = "geom", name: String = "geometry", type: String, crs: CRS = .crs84, index: String? = nil, isAlwaysThere: Bool = false
        ) {
            self.column = column
            self.name = name
            self.type = type
            self.crs = crs
            self.index = index
            self.isAlwaysThere = isAlwaysThere
        }
    }

    /// The id of the collection.
    package var id: String
    package var title: String
    package var description: String
    /// The table or view.
    package var table: String
    /// Its INTEGER PRIMARY KEY, which the R-tree has too.
    package var key: String
    /// The column with the features' ids, unique and never NULL.
    package var idColumn: String
    package var idType: IDType
    package var geometry: GeometryColumn?
    package let properties: [FeatureProperty]
    /// A column with each feature as GeoJSON in CRS84, ready to be sent; nil where there is none.
    package var readyColumn: String?

    /// - Parameter table: the table; the collection's id where none is given.
    package init(
        id: String, title: String, description: String = "", table: String? = nil, key: String = "fid", idColumn: String? = nil,
        idType: IDType = .integer, geometry: GeometryColumn?, properties: [FeatureProperty], readyColumn: String? = nil
    ) {
        self.id = id
        self.title = title
        self.description = description
        self.table = table ?? id
        self.key = key
        self.idColumn = idColumn ?? key
        self.idType = idType
        self.geometry = geometry
        self.properties = properties
        self.readyColumn = readyColumn
        byName = Dictionary(properties.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { a, _ in a })
    }

    private let byName: [String: Int]

    package func property(_ name: String) -> FeatureProperty? { byName[name].map { properties[$0] } }

    /// The system in which GDAL and others are told that the features are stored.
    package var storageCRS: CRS { geometry?.crs ?? .crs84 }

    /// What filters may name: the queryable properties, the geometry, and the id where no property has its name.
    package var queryables: Queryables {
        var all = properties.compactMap { p in p.isQueryable ? p.type.queryable.map { Queryable(p.name, $0, column: p.sql) } : nil }
        if let geometry, byName[geometry.name] == nil { all.append(Queryable(geometry.name, .geometry, column: "f." + quoted(geometry.column))) }
        if let name = idName { all.append(Queryable(name, idType == .text ? .string : .integer, column: "f." + quoted(idColumn))) }
        return Queryables(all)
    }

    /// The name of the id among what may be asked and sorted by; nil where a property has it.
    var idName: String? { byName[idColumn] == nil && geometry?.name != idColumn ? idColumn : nil }

    var from: String { "\(quoted(table)) AS f" }
    var keySQL: String { "f." + quoted(key) }
    var idSQL: String { "f." + quoted(idColumn) }
}
