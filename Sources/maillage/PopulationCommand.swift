import ArgumentParser
import Foundation
import Planning
import Population
import Presentation

struct PopulationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "population", abstract: "Population layers: who lives where.",
        subcommands: [Import.self, List.self, Describe.self, Remove.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the population layers.")

        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var output: FormatOption

        func run() throws { Console.print(PopulationLayerRendering.list(try options.open().populationLayers(), output.format)) }
    }

    struct Describe: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show what a layer says of itself, and what it holds.")

        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var output: FormatOption
        @Argument(help: "The id of a layer, as 'population list' shows it.")
        var layer: String

        func run() throws { Console.print(PopulationLayerRendering.description(try options.open().describeLayer(layer), output.format)) }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove a layer and its file.")

        @OptionGroup var options: WorkspaceOptions
        @Argument(help: "The id of a layer, as 'population list' shows it.")
        var layer: String

        func run() throws {
            try options.open().removeLayer(layer)
            Console.error("layer '\(layer)' is removed")
        }
    }

    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a population layer of a file of a statistical office.",
            discussion: """
                The file is read as it is, plain or compressed with gzip, and told by its content:
                  delimited text   with the codes of grid cells (\(GridCell.acceptedForms)) or with coordinates
                                   in any system; x_3035, y_3035 are the lower-left corners of cells of 1 km
                  GeoPackage, GeoJSON   points, or polygons: their people stand at the localities inside, in proportion to those, else at
                                   an interior point
                  GeoTIFF          counts, or people per km² with --density
                Columns that are not named are told from the names that offices use; the report says which were taken as what.

                All or nothing: a file that is cut or damaged, or that has bad rows, leaves nothing behind. Places without people are not
                stored. Each point gets its area: by the code in the file where the atlas has it, else by the polygon it lies in. On a grid
                of 1 km each cell gets its degree of urbanisation by Eurostat's rule. The report sets the totals beside the official ones.

                EXAMPLES
                  maillage population import census2021_1km_PT.csv.gz --id pt-2021 --year 2021 --source Eurostat --attribute Y_GE65=over64
                  maillage population import communes.csv --people pmun --x longitude --y latitude --area codgeo
                  maillage population import grid.csv --x E --y N --crs EPSG:2056 --cell 100 --corner
                  maillage population import ppp_2020.tif --density --dry-run
                  maillage population import communes.gpkg --layer commune --people population --spread 1
                """)

        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var output: FormatOption

        @Argument(help: "The file.")
        var file: String

        @Option(help: "The name by which the layer is asked for; made from that of the file without it.")
        var id: String?
        @Option(help: "What the layer is called; its id without it.")
        var title: String?
        @Option(help: "The year of the figures. Without it, source and licence: 'not stated'.")
        var year: String?
        @Option(help: "Who published the figures.")
        var source: String?
        @Option(help: "Under what terms they may be used.")
        var licence: String?
        @Flag(help: "Put the layer in the place of one of the same id.")
        var replace = false

        @Option(help: ArgumentHelp("The column of the easting or longitude.", valueName: "column"))
        var x: String?
        @Option(help: ArgumentHelp("The column of the northing or latitude.", valueName: "column"))
        var y: String?
        @Option(help: ArgumentHelp("The reference system of the coordinates, such as EPSG:3035; degrees without it.", valueName: "system"))
        var crs: String?
        @Option(
            help: ArgumentHelp("The coordinates stand for square cells so wide: their centres, or with --corner their lower-left corners.", valueName: "metres")
        )
        var cell: Double?
        @Flag(help: "The coordinates are the lower-left corners of the cells; people are put at their centres.")
        var corner = false
        @Option(help: ArgumentHelp("The column of the codes of grid cells.", valueName: "column"))
        var cellID: String?
        @Option(help: ArgumentHelp("The column of the people.", valueName: "column"))
        var people: String?
        @Option(
            name: .customLong("attribute"),
            help: ArgumentHelp("A column of counts to keep, under another name if wished; repeat for several.", valueName: "column[=name]"))
        var attributes: [String] = []
        @Option(help: ArgumentHelp("The column of the codes of areas; INSEE's count as those of their département.", valueName: "column"))
        var area: String?
        @Option(
            help: ArgumentHelp(
                "The column of official density classes: INSEE's seven levels, or Eurostat's three with =degurba.", valueName: "column[=degurba]"))
        var densityClass: String?
        @Option(help: ArgumentHelp("The character between fields, or tab; detected without it.", valueName: "character"))
        var delimiter: String?
        @Option(help: "The layer of a GeoPackage that has several.")
        var layer: String?
        @Option(help: ArgumentHelp("The band of a raster; the first without it.", valueName: "number"))
        var band: Int?
        @Flag(help: "The raster holds people per km²: each cell counts by its true area.")
        var density = false
        @Option(help: ArgumentHelp("Spread the people of each polygon over points so far apart, instead of at its localities.", valueName: "km"))
        var spread: Double?
        @Flag(help: "Leave bad rows out and count them, instead of refusing the file.")
        var skipBadRows = false
        @Flag(help: "Read and report; store nothing.")
        var dryRun = false

        func validate() throws {
            if let cell, !(cell > 0 && cell <= 1_000_000) { throw ValidationError("--cell \(cell): expected metres, more than 0 and up to 1000000") }
            if let band, band < 1 { throw ValidationError("--band \(band): bands are counted from 1") }
            if let delimiter, delimiterByte == nil {
                throw ValidationError("--delimiter '\(delimiter)': expected one character such as , or ; or the word tab")
            }
        }

        private var delimiterByte: UInt8? {
            guard let delimiter else { return nil }
            if delimiter == "tab" || delimiter == "\\t" { return 0x09 }
            guard delimiter.count == 1, let byte = delimiter.first?.asciiValue, byte != 0x22, byte != 0x0A, byte != 0x0D else { return nil }
            return byte
        }

        private func importOptions() throws -> ImportOptions {
            var o = ImportOptions()
            (o.x, o.y, o.crs, o.cell, o.isCorner, o.cellID) = (x, y, crs, cell, corner, cellID)
            (o.people, o.area, o.delimiter, o.layer, o.band, o.isDensity, o.spread) = (people, area, delimiterByte, layer, band, density, spread)
            o.attributes = attributes.map { text in
                let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
                return .init(column: parts.first ?? text, name: parts.last ?? text)
            }
            if let densityClass {
                let parts = densityClass.split(separator: "=", maxSplits: 1).map(String.init)
                o.densityClass = parts.first
                if parts.count == 2 {
                    guard let codes = ImportOptions.DensityCodes(rawValue: parts[1]) else {
                        throw ValidationError(
                            "--density-class \(densityClass): expected \(ImportOptions.DensityCodes.allCases.map { "COLUMN=\($0.rawValue)" }.joined(separator: " or "))"
                        )
                    }
                    o.densityCodes = codes
                }
            }
            return o
        }

        func run() throws {
            var request = PopulationImport(file: file, importedAt: Date().formatted(.iso8601))
            request.options = try importOptions()
            (request.id, request.title, request.year, request.source, request.licence) = (id, title, year, source, licence)
            (request.replacesLayer, request.skipsBadRows, request.isDryRun) = (replace, skipBadRows, dryRun)
            let report = try options.open().importPopulation(request) { share, points in
                let width = 24
                let done = Int(share * Double(width))
                Console.progress(
                    "[" + String(repeating: "#", count: done) + String(repeating: " ", count: width - done) + "] \(Int(share * 100)) %  \(points) points")
            }
            Console.endProgress()
            Console.print(report.rendered(output.format))
            if !dryRun, report.isDryRun == false { Console.error("layer '\(report.id)' is stored; 'maillage coverage --layer \(report.id)' asks it") }
        }
    }
}
