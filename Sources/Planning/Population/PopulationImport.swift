package import Population

/// A file of people that is to become a layer.
package struct PopulationImport: Sendable {
    package var file: String
    package var options = ImportOptions()
    /// The name by which the layer is asked for; made from the name of the file without it.
    package var id: String?
    package var title: String?
    /// What is not stated stays so: nothing of it is told from the file.
    package var year: String?
    package var source: String?
    package var licence: String?
    package var replacesLayer = false
    package var skipsBadRows = false
    package var isDryRun = false
    /// The instant of the import, ISO 8601.
    package var importedAt: String

    package init(file: String, importedAt: String) {
        self.file = file
        self.importedAt = importedAt
    }
}

/// What an import did, or would do.
package struct PopulationImportReport: Sendable {
    package struct AreaTotal: Sendable, Equatable {
        package var code: String
        package var name: String
        package var points: Int
        package var people: Double
        /// The total that the store knows, and its year.
        package var official: Double?
        package var officialYear: String?

        /// The layer less the official total, as a share of that.
        package var difference: Double? { official.flatMap { $0 > 0 ? (people - $0) / $0 : nil } }
    }

    package struct Border: Sendable, Equatable {
        /// True where the file marks the cells itself, false where the coarse polygons of the atlas tell.
        package var isStated: Bool
        package var points: Int
        package var people: Double
    }

    package var id: String
    package var isDryRun: Bool
    package var file: String
    package var fileHash: String
    package var format: String
    package var taken: [String]
    package var rows: Int
    package var emptyRows: Int
    package var refusedRows: Int
    package var refused: [RefusedRecord]
    package var points: Int
    package var people: Double
    /// Nil where the records are no cells.
    package var border: Border?
    package var countries: [String]
    package var totals: [AreaTotal]
    package var areaTotals: [AreaTotal]
    /// People in no area of the atlas.
    package var unplaced: AreaTotal?
    package var densities: [(density: DensityClass, points: Int, people: Double)]
    package var warnings: [String]
    package var notes: [String]
}
