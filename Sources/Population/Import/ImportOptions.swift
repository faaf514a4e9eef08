/// How a file of people is to be read. Nil is told from the file.
package struct ImportOptions: Sendable, Equatable {
    package struct Attribute: Sendable, Hashable {
        package var column: String
        /// The name of the column in the layer.
        package var name: String

        package init(column: String, name: String) {
            self.column = column
            self.name = name
        }
    }

    /// The codes of a column of density classes.
    package enum DensityCodes: String, Sendable, CaseIterable {
        /// INSEE's grid of seven levels: 1 is an urban centre, 2 to 4 are urban clusters, 5 to 7 rural.
        case insee
        /// Eurostat's: 1 urban centre, 2 urban cluster, 3 rural.
        case degurba
    }

    package var x: String?
    package var y: String?
    package var crs: String?
    /// The side of square cells in metres, for which coordinates stand.
    package var cell: Double?
    /// True where coordinates are the lower-left corners of cells.
    package var isCorner = false
    package var cellID: String?
    package var people: String?
    package var attributes: [Attribute] = []
    package var area: String?
    package var densityClass: String?
    package var densityCodes = DensityCodes.insee
    package var delimiter: UInt8?
    /// The layer of a GeoPackage that has several.
    package var layer: String?
    /// The band of a raster, from 1.
    package var band: Int?
    /// True where a raster holds people per km².
    package var isDensity = false
    /// Kilometres between the points on which people of a polygon are spread.
    package var spread: Double?

    package init() {}

    /// What is to be said where --crs names another system than the file; nil where both are one.
    static func note(given: String, instead stated: Int) -> String? {
        let name = given.uppercased()
        guard name != "EPSG:\(stated)", !(stated == 4326 && name == "OGC:CRS84") else { return nil }
        return "The file says that its coordinates are in EPSG:\(stated); they were taken as \(given), as --crs says. Without --crs the file is believed."
    }

    /// The options that were given, as a person would type them.
    package var text: String {
        var words: [String] = []
        func add(_ name: String, _ value: String?) { if let value { words.append("--\(name) \(value)") } }
        add("x", x)
        add("y", y)
        add("crs", crs)
        add("cell", cell.map { $0 == $0.rounded() ? "\(Int($0))" : "\($0)" })
        if isCorner { words.append("--corner") }
        add("cell-id", cellID)
        add("people", people)
        for a in attributes { add("attribute", a.column == a.name ? a.column : "\(a.column)=\(a.name)") }
        add("area", area)
        add("density-class", densityClass.map { densityCodes == .insee ? $0 : "\($0)=\(densityCodes.rawValue)" })
        add("layer", layer)
        add("band", band.map(String.init))
        if isDensity { words.append("--density") }
        add("spread", spread.map { "\($0)" })
        return words.joined(separator: " ")
    }
}

extension DensityClass {
    /// The class that an official code stands for; nil for a code that the list does not have. The keys of the program are accepted too.
    package init?(code: String, of list: ImportOptions.DensityCodes) {
        if let own = DensityClass(key: code) {
            self = own
            return
        }
        switch (list, code) {
        case (_, "1"): self = .urbanCentre
        case (.insee, "2"), (.insee, "3"), (.insee, "4"), (.degurba, "2"): self = .urbanCluster
        case (.insee, "5"), (.insee, "6"), (.insee, "7"), (.degurba, "3"): self = .rural
        default: return nil
        }
    }
}
