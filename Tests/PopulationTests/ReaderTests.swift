import Foundation
import GeoModel
import Geodesy
import Population
import Testing
import TestSupport

/// Keeps what a reader hands it.
private final class List: DemandSink {
    var records: [(record: DemandRecord, place: RecordPlace)] = []
    var refused: [RefusedRecord] = []
    var empty = 0
    func take(_ record: DemandRecord, at place: RecordPlace) { records.append((record, place)) }
    func takeEmpty() { empty += 1 }
    func refuse(_ place: RecordPlace, _ reason: String) { refused.append(RefusedRecord(place: place, reason: reason)) }
    func progress(_ share: Double) {}
    var people: Double { records.reduce(0) { $0 + $1.record.people } }
}

@Suite struct ReaderTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func read(text: String, _ options: ImportOptions = ImportOptions()) throws -> (list: List, source: DemandSource) {
        let reader = try DelimitedReader(path: folder.write(text, to: "a.csv"), options: options)
        let list = List()
        try reader.read(into: list)
        return (list, reader.source)
    }

    private func read(_ raster: SmallRaster, _ options: ImportOptions = ImportOptions(), cut: Int = 0) throws -> (list: List, source: DemandSource) {
        let path = folder.path("\(UUID().uuidString).tif")
        try Data(raster.bytes.dropLast(cut)).write(to: URL(fileURLWithPath: path))
        let reader = try RasterReader(path: path, name: "a.tif", options: options)
        let list = List()
        try reader.read(into: list)
        return (list, reader.source)
    }

    @Test func `the code of a cell, its corner and its centre are one place`() throws {
        let byCode = try read(text: "grd_id,T\nCRS3035RES1000mN2734000E2662000,12\n").list.records[0].record
        let byCorner = try read(text: "x_3035;y_3035;population\n2662000;2734000;12\n").list.records[0].record
        var options = ImportOptions()
        (options.x, options.y, options.crs) = ("E", "N", "EPSG:3035")
        let byPoint = try read(text: "E\tN\tpeople\n2662500\t2734500\t12\n", options).list.records[0].record
        #expect(byCode.location == byCorner.location && byCode.location == byPoint.location && byCode.cell == byCorner.cell)
        let expected = try CoordinateTransform(from: "EPSG:3035")(Coordinate(x: 2_662_500, y: 2_734_500))
        #expect(byCode.location == expected && byCode.people == 12 && byPoint.cell == nil)
        #expect(try read(text: "x_3035,y_3035,T\n2662000,2734000,1\n").source.isKilometreGrid)
        #expect(try read(text: "x_3035,y_3035,T\n2662500,2734000,1\n").list.refused.first?.reason.contains("is no corner of a cell of 1000 m") == true)
    }

    @Test func `the report says which columns were taken, and that corners were moved`() throws {
        let taken = try read(text: "x_3035,y_3035,T,country\n2662000,2734000,1,PT\n").source.taken.joined(separator: "\n")
        #expect(taken.contains("people: column 'T'"))
        #expect(taken.contains("'x_3035', 'y_3035' in EPSG:3035, the lower-left corner of a cell of 1 km, moved to its centre"))
        #expect(taken.contains("country: column 'country'"))
    }

    @Test func `bad rows are refused with their line and what would be accepted`() throws {
        let list = try read(
            text: "lon,lat,people\n3.3,49.8,10\n3.3,49.8,\n3.3,95,4\nx,49,4\n3.3,49.8,-1\n3.3,49.8,0x10\n3.3,49.8\n3.3,49.8,0\n3.3,49.8,2.5\n"
        ).list
        #expect(list.refused.map { "\($0.place)" } == ["line 3", "line 4", "line 5", "line 6", "line 7", "line 8"])
        #expect(list.refused[0].reason == "'people' is ''; expected a number of people, 0 or more")
        #expect(list.refused[5].reason == "2 fields where the header names 3 columns")
        #expect(list.records.map(\.record.people) == [10, 2.5] && list.empty == 1)
    }

    @Test func `more people than there are on Earth are refused with their place`() throws {
        let list = try read(text: "lon,lat,people\n3.3,49.8,10000000000\n3.3,49.8,1e300\n3.3,49.8,10000000001\n").list
        #expect(list.refused.map { "\($0.place)" } == ["line 3", "line 4"] && list.people == 1e10)
        #expect(list.refused[0].reason == "'people' is '1e300'; expected at most 10,000,000,000 people")
        let path = try folder.write(
            #"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"pop":1e300},"geometry":{"type":"Point","coordinates":[1,45]}}]}"#,
            to: "huge.geojson")
        let features = List()
        try FeatureReader(path: path, name: "huge.geojson", isPackage: false, options: ImportOptions()) { _ in [] }.read(into: features)
        #expect(features.refused.map { "\($0.place)" } == ["features[0]"] && features.records.isEmpty)
    }

    @Test func `a text that mixes encodings is refused with its line, and one of Windows-1252 is noted`() throws {
        func read(_ towns: [[UInt8]]) throws -> DemandSource {
            var text = Data("lon,lat,people,town\n".utf8)
            for town in towns { text += Data("3.3,49.8,10,".utf8) + Data(town) + Data("\n".utf8) }
            let path = folder.path("encoded.csv")
            try text.write(to: URL(fileURLWithPath: path))
            let reader = try DelimitedReader(path: path, options: ImportOptions())
            try reader.read(into: List())
            return reader.source
        }
        let (utf8, latin, plain): ([UInt8], [UInt8], [UInt8]) = (Array("Orléans €".utf8), [0x4F, 0xE9, 0x61], [0x4F])
        #expect(try read([plain, utf8, plain]).notes == [])
        #expect(try read([plain, latin]).notes == ["The text is no UTF-8 (first on line 3); it was read as Windows-1252."])
        for towns in [[plain, latin, utf8], [utf8, latin, plain], [utf8, [0xC3], plain], [utf8, [0xED, 0xA0, 0x80]], [utf8, [0xC0, 0x80]]] {
            let error = #expect(throws: PopulationError.self) { try read(towns) }
            let line = error?.description.hasPrefix("encoded.csv, line 3: the byte 0x") == true
            #expect(line && error?.description.contains("mixes encodings") == true)
        }
    }

    @Test func `attributes are kept by name, marks of confidential figures are not known, and a comma may be decimal`() throws {
        var options = ImportOptions()
        options.attributes = [.init(column: "Y_GE65", name: "over64"), .init(column: "EMP", name: "EMP")]
        let list = try read(text: "lon;lat;T;Y_GE65;EMP\n3,3;49,8;10;4;-9999\n3,3;49,8;10,5;;2\n3,3;49,8;1;many;2\n", options).list
        #expect(list.records.map(\.record.attributes) == [[4, nil], [nil, 2]])
        #expect(list.records[0].record.location == Coordinate(x: 3.3, y: 49.8) && list.records[1].record.people == 10.5)
        #expect(list.refused.map(\.reason) == ["'over64' is 'many'; expected a number, or nothing"])
    }

    @Test func `INSEE's seven levels and Eurostat's three classes become density classes`() throws {
        var options = ImportOptions()
        options.densityClass = "d"
        let text = "lon,lat,T,d\n" + ["1", "2", "3", "4", "5", "6", "7", "", "8"].map { "3,49,1,\($0)\n" }.joined()
        let insee = try read(text: text, options).list
        #expect(
            insee.records.map(\.record.density)
                == [.urbanCentre, .urbanCluster, .urbanCluster, .urbanCluster, .rural, .rural, .rural, .unknown])
        #expect(insee.refused.map(\.reason) == ["the density class '8'; expected 1 to 7 (INSEE), or nothing"])
        options.densityCodes = .degurba
        #expect(try read(text: text, options).list.records.map(\.record.density) == [.urbanCentre, .urbanCluster, .rural, .unknown])
    }

    @Test func `a missing column names those there are, and options that do not go with a file are refused`() throws {
        var options = ImportOptions()
        options.people = "inhabitants"
        let error = #expect(throws: PopulationError.self) { try self.read(text: "lon,lat,n\n1,2,3\n", options) }
        #expect(error?.description == "--people: a.csv has no column 'inhabitants'; columns: lon, lat, n")
        let none = #expect(throws: PopulationError.self) { try self.read(text: "a,b,population\n1,2,3\n") }
        #expect(none?.description.contains("no columns are known as a position") == true)
        options = ImportOptions()
        options.band = 1
        #expect(throws: PopulationError.badOption("--band does not go with delimited text")) { try self.read(text: "lon,lat,T\n1,2,3\n", options) }
    }

    @Test func `a reader knows the regular grid of its cells, where there is one`() throws {
        let metres = CellGrid(cellSize: 1000, crs: "EPSG:3035")
        #expect(try read(text: "grd_id,T\nCRS3035RES1000mN2734000E2662000,12\n1kmN2735E2662,1\n").source.grid == metres)
        #expect(try read(text: "grd_id,T\nCRS3035RES1000mN2734000E2662000,1\nCRS2154RES1000mN6734000E662000,1\n").source.grid == nil)
        #expect(try read(text: "lon,lat,T\n3.3,49.8,1\n").source.grid == nil)
        var options = ImportOptions()
        (options.x, options.y, options.crs, options.cell) = ("E", "N", "EPSG:2154", 200)
        #expect(try read(text: "E,N,people\n700100,6900100,12\n", options).source.grid == CellGrid(cellSize: 200, crs: "EPSG:2154"))
        var raster = SmallRaster(width: 2, values: [1, 2])
        #expect(try read(raster).source.grid == metres)
        raster.pixelHeight = 500
        #expect(try read(raster).source.grid == nil)
        raster = SmallRaster(width: 2, values: [1, 2])
        (raster.epsg, raster.origin, raster.pixel) = ((2048, 4326), (6, 60), 0.5)
        #expect(try read(raster).source.grid == CellGrid(cellSize: 0.5, crs: "EPSG:4326"))
    }

    @Test(arguments: [false, true])
    func `a raster of either byte order gives the people of each pixel at its centre`(isBigEndian: Bool) throws {
        var raster = SmallRaster(width: 3, values: [1, 0, -9, 4, .nan, 6])
        (raster.isBigEndian, raster.noData) = (isBigEndian, "-9")
        let (list, source) = try read(raster)
        #expect(list.records.map(\.record.people) == [1, 4, 6] && list.refused.isEmpty && source.isKilometreGrid)
        let to = try CoordinateTransform(from: "EPSG:3035")
        #expect(try list.records[0].record.location == to(Coordinate(x: 3_000_500, y: 1_999_500)))
        #expect(try list.records[2].record.location == to(Coordinate(x: 3_002_500, y: 1_998_500)))
        #expect(list.records[2].record.cell == GridCell(epsg: 3035, size: 1000, column: 3002, row: 1998))
        raster.isPixelPoint = true
        #expect(try read(raster).list.records[0].record.location == to(Coordinate(x: 3_000_000, y: 2_000_000)))
    }

    @Test func `densities count by the true area of each cell`() throws {
        var raster = SmallRaster(width: 1, values: [100, 100])
        (raster.epsg, raster.origin, raster.pixel) = ((2048, 4326), (6, 60), 0.5)
        var options = ImportOptions()
        options.isDensity = true
        let people = try read(raster, options).list.records.map(\.record.people)
        for (i, north) in [60.0, 59.5].enumerated() {
            // A polygon of short geodesics along the parallels.
            var ring =
                (0...1000).map { Coordinate(x: 6 + 0.0005 * Double($0), y: north - 0.5) }
                + (0...1000).map { Coordinate(x: 6.5 - 0.0005 * Double($0), y: north) }
            ring.append(ring[0])
            let area = abs(Geodesic.signedArea(ofRing: ring)) / 1e6
            #expect(abs(people[i] - 100 * area) < 1e-5 * people[i])
        }
        raster = SmallRaster(width: 1, values: [100])
        let equalArea = try read(raster, options).list.records[0].record.people
        #expect(abs(equalArea - 100) < 0.001)
    }

    @Test func `a raster without a system is refused until one is named`() throws {
        var raster = SmallRaster(width: 1, values: [1])
        raster.epsg = nil
        let error = #expect(throws: PopulationError.self) { try self.read(raster) }
        #expect(error?.description.contains("name it with --crs") == true)
        var options = ImportOptions()
        options.crs = "EPSG:3035"
        #expect(try read(raster, options).list.records.count == 1)
    }

    @Test func `a system that is given in the place of the stated one is noted`() throws {
        var options = ImportOptions()
        options.crs = "EPSG:3034"
        let (list, source) = try read(SmallRaster(width: 1, values: [1]), options)
        #expect(list.records.count == 1 && source.notes.count == 1)
        #expect(source.notes.first?.hasPrefix("The file says that its coordinates are in EPSG:3035; they were taken as EPSG:3034, as --crs says") == true)
        options.crs = "epsg:3035"
        #expect(try read(SmallRaster(width: 1, values: [1]), options).source.notes == [])
    }

    @Test func `every cut copy of a raster is refused, and names the file's end`() throws {
        let raster = SmallRaster(width: 5, values: (0..<25).map(Float.init))
        #expect(try read(raster).list.people == 300)
        for cut in 1..<raster.bytes.count {
            let error = #expect(throws: PopulationError.self) { try self.read(raster, cut: cut) }
            #expect(error?.description.hasPrefix("a.tif") == true)
        }
    }

    @Test func `an image that declares more than there is makes no room for it`() throws {
        var raster = SmallRaster(width: 5, values: (0..<25).map(Float.init))
        (raster.declaredWidth, raster.declaredHeight) = (4_000_000_000, 4_000_000_000)
        let error = #expect(throws: PopulationError.self) { try self.read(raster) }
        #expect(error?.description.hasPrefix("a.tif: ") == true)
        (raster.declaredWidth, raster.declaredHeight) = (100_000_000, 5)
        #expect(throws: PopulationError.self) { try self.read(raster) }
        (raster.declaredWidth, raster.declaredHeight) = (5, 100_000_000)
        #expect(throws: PopulationError.self) { try self.read(raster) }
    }

    @Test func `values that are no people are refused with their pixel`() throws {
        let list = try read(SmallRaster(width: 2, values: [-5, .infinity, 3, 2e10])).list
        #expect(list.refused.map { "\($0.place)" } == ["column 0, row 0", "column 1, row 0", "column 1, row 1"] && list.people == 3)
    }

    @Test func `people of a polygon stand at the settlements inside, else at a point inside, or on a grid`() throws {
        let square = #"{"type":"Polygon","coordinates":[[[3,49],[4,49],[4,50],[3,50],[3,49]]]}"#
        let path = try folder.write(
            #"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"pop":1000,"young":100},"geometry":\#(square)},"#
                + #"{"type":"Feature","properties":{"pop":7},"geometry":{"type":"Point","coordinates":[1,45]}}]}"#, to: "a.geojson")
        var options = ImportOptions()
        options.attributes = [.init(column: "young", name: "young")]
        func read(_ settlements: [PolygonPlacement.Settlement]) throws -> List {
            let list = List()
            try FeatureReader(path: path, name: "a.geojson", isPackage: false, options: options) { _ in settlements }.read(into: list)
            return list
        }
        let towns = [
            PolygonPlacement.Settlement(id: 1, location: Coordinate(x: 3.2, y: 49.2), people: 300),
            PolygonPlacement.Settlement(id: 2, location: Coordinate(x: 3.8, y: 49.8), people: 100),
            PolygonPlacement.Settlement(id: 3, location: Coordinate(x: 5, y: 49.8), people: 600),
        ]
        let placed = try read(towns).records.map(\.record)
        #expect(placed.map(\.people) == [750, 250, 7] && placed.map(\.locality) == [1, 2, 0])
        #expect(placed.map(\.attributes) == [[75], [25], [nil]])
        let interior = try read([]).records
        #expect(interior.count == 2 && interior[0].record.people == 1000)
        options.spread = 10
        let spread = try read(towns)
        #expect(spread.records.count > 60 && abs(spread.people - 1007) < 1e-6)
        #expect(spread.records.dropLast().allSatisfy { (3...4).contains($0.record.location.x) && (49...50).contains($0.record.location.y) })
    }

    @Test(arguments: [(180.0000153, true), (180.001, true), (180.0011, false)])
    func `polygons that rounding has put a little beyond the antimeridian are taken`(east: Double, isTaken: Bool) throws {
        let ring = "[[179,-18],[\(east),-18],[\(east),-17],[179,-17],[179,-18]]"
        let path = try folder.write(
            #"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"pop":9},"geometry":{"type":"Polygon","coordinates":[\#(ring)]}}]}"#,
            to: "edge.geojson")
        var options = ImportOptions()
        options.spread = 20
        let list = List()
        try FeatureReader(path: path, name: "edge.geojson", isPackage: false, options: options) { _ in [] }.read(into: list)
        #expect(list.refused.isEmpty == isTaken && (abs(list.people - 9) < 1e-9) == isTaken)
        #expect(list.records.allSatisfy { (179...180).contains($0.record.location.x) })
    }

    @Test(.enabled(if: ProjectFolder.hasReference))
    func `the five encodings of the Portuguese raster hold the people of the table, cell by cell`() throws {
        let data = ProjectFolder.reference!.appendingPathComponent("population")
        let table = List()
        try DelimitedReader(path: data.appendingPathComponent("census2021_1km_PT.csv.gz").path, options: ImportOptions()).read(into: table)
        #expect(table.people == 10_407_005 && table.records.count == 41_654)
        let expected = Dictionary(uniqueKeysWithValues: table.records.map { ($0.record.cell!, $0.record.people) })
        let files = try FileManager.default.contentsOfDirectory(atPath: data.path).filter { $0.hasPrefix("census2021_T_1km_PT") && $0.hasSuffix(".tif") }
        #expect(files.count == 4)
        for file in files {
            let list = List()
            let reader = try RasterReader(path: data.appendingPathComponent(file).path, name: file, options: ImportOptions())
            try reader.read(into: list)
            #expect(reader.source.isKilometreGrid)
            let found = Dictionary(uniqueKeysWithValues: list.records.map { ($0.record.cell!, $0.record.people) })
            #expect(found == expected, "\(file)")
        }
    }
}
