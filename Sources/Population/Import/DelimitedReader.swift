internal import Foundation
internal import GeoFormats
internal import GeoModel
internal import Geodesy

/// Reads people from delimited text, plain or compressed with gzip: by the codes of grid cells, or by coordinates in any system.
///
/// One pass in bounded memory, O(n). Columns that no option names are told from the names that statistical offices use.
package final class DelimitedReader {
    private enum Position {
        case code(Int)
        /// With the EPSG code and the side of cells, where the coordinates stand for cells of a metric grid.
        case coordinates(x: Int, y: Int, transform: CoordinateTransform?, grid: (epsg: Int32, size: Double, isCorner: Bool)?)
    }

    private let file: String
    private let bytes: FileBytes
    private let records: CSVRecords
    private let encoding: TextEncoding
    private let position: Position
    private let people: Int
    private let attributes: [(column: Int, name: String)]
    private let area: Int?
    private let density: Int?
    private let country: Int?
    private let codes: ImportOptions.DensityCodes
    /// The system that --crs names.
    private let crs: String?
    private var transforms: [Int32: CoordinateTransform] = [:]
    package private(set) var source: DemandSource

    private static let peopleNames = [
        "people", "population", "pop", "pop_total", "total_population", "t", "tot_p", "tot_p_2021", "tot_p_2018", "tot_p_2011", "pmun", "ptot", "ind",
        "obs_value",
    ]
    private static let codeNames = [
        "grd_id", "grd_newid", "grid_id", "gridid", "cellcode", "cell_code", "idinspire", "id_inspire", "idcar_200m", "idcar_1km", "idk",
    ]
    private static let coordinateNames = [
        ("lon", "lat"), ("longitude", "latitude"), ("lng", "lat"), ("long", "lat"), ("lon_center", "lat_center"), ("lon_centre", "lat_centre"),
        ("x_wgs84", "y_wgs84"),
    ]
    private static let areaNames = ["code_insee", "insee_com", "codgeo", "depcom", "code_commune"]
    private static let countryNames = ["country", "cntr_id", "cntr_code"]

    /// Opens a file and reads its header.
    ///
    /// Throws `PopulationError.badOption` for a column that is not there, `badFile` where the columns tell no position or no people,
    /// `FormatError` for a header that cannot be read, `GeodesyError` for an unknown system.
    package init(path: String, options: ImportOptions) throws {
        let file = (path as NSString).lastPathComponent
        self.file = file
        bytes = try FileBytes(path)
        let encoding = TextEncoding(file: file)
        self.encoding = encoding
        records = try CSVRecords(delimiter: options.delimiter) { [bytes] in
            let piece = try bytes.next()
            try encoding.add(piece)
            return piece
        }
        let columns = records.columns
        let listed = columns.prefix(40).joined(separator: ", ")
        func named(_ name: String, _ option: String) throws -> Int {
            guard let i = columns.firstIndex(of: name) ?? columns.firstIndex(where: { $0.lowercased() == name.lowercased() }) else {
                throw PopulationError.badOption("--\(option): \(file) has no column '\(name)'; columns: \(listed)")
            }
            return i
        }
        let folded = columns.map { $0.lowercased() }
        func usual(_ names: [String]) -> Int? { names.lazy.compactMap { folded.firstIndex(of: $0) }.first }

        var source = DemandSource(format: "delimited text, '\(Character(Unicode.Scalar(records.delimiter)))' between fields")
        if records.delimiter == 0x09 { source.format = "delimited text, tabs between fields" }
        if bytes.isCompressed { source.format += ", gzip" }
        guard let people = try options.people.map({ try named($0, "people") }) ?? usual(Self.peopleNames) else {
            throw PopulationError.badFile(file: file, place: "", problem: "no column is known as that of the people; name it with --people; columns: \(listed)")
        }
        self.people = people
        source.taken.append("people: column '\(columns[people])'")
        position = try Self.position(options, columns, file, usual, named, &source)
        let seen = Set(["fid", "geom", "people", "area", "locality", "density"])
        var names = Set<String>()
        attributes = try options.attributes.map { attribute in
            guard !seen.contains(attribute.name.lowercased()), names.insert(attribute.name.lowercased()).inserted, !attribute.name.isEmpty else {
                throw PopulationError.badOption(
                    "--attribute: the layer has a column '\(attribute.name)' already; '\(attribute.column)=another_name' would be accepted")
            }
            return (try named(attribute.column, "attribute"), attribute.name)
        }
        area = try options.area.map { try named($0, "area") } ?? usual(Self.areaNames)
        if let area { source.taken.append("area: column '\(columns[area])', where the atlas knows its codes") }
        density = try options.densityClass.map { try named($0, "density-class") }
        codes = options.densityCodes
        crs = options.crs
        if let density {
            source.taken.append(
                "density class: column '\(columns[density])', \(codes == .insee ? "INSEE's seven levels" : "Eurostat's three classes")")
        }
        country = usual(Self.countryNames)
        if let country { source.taken.append("country: column '\(columns[country])'; two codes mark a cell on their border") }
        for (option, isGiven) in [
            ("layer", options.layer != nil), ("band", options.band != nil), ("density", options.isDensity), ("spread", options.spread != nil),
        ]
        where isGiven {
            throw PopulationError.badOption("--\(option) does not go with delimited text")
        }
        self.source = source
    }

    private static func position(
        _ options: ImportOptions, _ columns: [String], _ file: String, _ usual: ([String]) -> Int?, _ named: (String, String) throws -> Int,
        _ source: inout DemandSource
    ) throws -> Position {
        if options.x != nil || options.y != nil {
            guard let nameX = options.x, let nameY = options.y else { throw PopulationError.badOption("--x and --y go together") }
            guard options.cellID == nil else { throw PopulationError.badOption("--cell-id and --x, --y are two positions; one of them would be accepted") }
            let (x, y) = (try named(nameX, "x"), try named(nameY, "y"))
            guard let crs = options.crs else {
                source.taken.append("position: '\(columns[x])', '\(columns[y])' as longitude and latitude (--crs names another system)")
                guard options.cell == nil, !options.isCorner else {
                    throw PopulationError.badOption("--cell and --corner go with a metric system; name it with --crs")
                }
                return .coordinates(x: x, y: y, transform: nil, grid: nil)
            }
            return try projected(x, y, crs, size: options.cell, isCorner: options.isCorner, columns, &source)
        }
        guard options.crs == nil, options.cell == nil, !options.isCorner else {
            throw PopulationError.badOption("--crs, --cell and --corner go with --x and --y")
        }
        if let code = try options.cellID.map({ try named($0, "cell-id") }) ?? usual(codeNames) {
            source.taken.append("position: the codes of grid cells in '\(columns[code])'; people stand at the centre of each cell")
            return .code(code)
        }
        for (nameX, nameY) in coordinateNames {
            guard let x = usual([nameX]), let y = usual([nameY]) else { continue }
            source.taken.append("position: '\(columns[x])', '\(columns[y])' as longitude and latitude")
            return .coordinates(x: x, y: y, transform: nil, grid: nil)
        }
        for (x, name) in columns.enumerated() {
            guard let match = name.lowercased().wholeMatch(of: /x_(\d{4,5})/), let y = usual(["y_\(match.1)"]) else { continue }
            // So Eurostat publishes its grid; of other systems nobody says what the coordinates stand for.
            if match.1 == "3035" { return try projected(x, y, "EPSG:3035", size: 1000, isCorner: true, columns, &source) }
            return try projected(x, y, "EPSG:\(match.1)", size: nil, isCorner: false, columns, &source)
        }
        throw PopulationError.badFile(
            file: file, place: "",
            problem: "no columns are known as a position; name them with --x, --y and --crs, or with --cell-id; columns: "
                + columns.prefix(40).joined(separator: ", "))
    }

    private static func projected(
        _ x: Int, _ y: Int, _ crs: String, size: Double?, isCorner: Bool, _ columns: [String], _ source: inout DemandSource
    ) throws -> Position {
        let transform = try CoordinateTransform(from: crs)
        let epsg = crs.uppercased().wholeMatch(of: /EPSG:(\d{4,5})/).flatMap { Int32($0.1) } ?? 0
        if isCorner, size == nil { throw PopulationError.badOption("--corner needs --cell: how wide the cells are, in metres") }
        let what = size.map { size in
            let width = size.truncatingRemainder(dividingBy: 1000) == 0 ? "\(Int(size / 1000)) km" : "\(size) m"
            return isCorner ? "the lower-left corner of a cell of \(width), moved to its centre" : "the centre of a cell of \(width)"
        }
        source.taken.append("position: '\(columns[x])', '\(columns[y])' in \(crs), \(what ?? "a point")")
        return .coordinates(x: x, y: y, transform: transform, grid: size.map { (epsg, $0, isCorner) })
    }

    /// Keeps what the scan of the pieces found; they are read ahead of the records.
    private final class TextEncoding {
        private let file: String
        private var scan = EncodingScan()

        init(file: String) { self.file = file }

        /// Takes the next piece, the empty one for the end. Throws `PopulationError.badFile` with the line where the text mixes encodings.
        func add(_ piece: [UInt8]) throws {
            if piece.isEmpty { scan.end() } else { scan.add(piece[...]) }
            guard scan.isMixed, let (line, byte) = scan.firstInvalid, let known = scan.firstSequence else { return }
            throw PopulationError.badFile(
                file: file, place: "line \(line)",
                problem: "the byte 0x\(String(byte, radix: 16, uppercase: true)) is no UTF-8, and line \(known) has UTF-8 beyond ASCII: the text is damaged "
                    + "or mixes encodings; UTF-8 or Windows-1252 throughout would be accepted")
        }

        var note: String? {
            scan.firstInvalid.map { "The text is no UTF-8 (first on line \($0.line)); it was read as Windows-1252." }
        }
    }

    /// Hands every record to `sink`. Throws `PopulationError.badFile` where the text mixes encodings, `FormatError` naming the line or byte where the text cannot be read, and what the sink throws.
    package func read(into sink: some DemandSink) throws {
        var isFirstCell = true
        var gridSystem: Int32 = 0
        var count = 0
        let decimalComma = records.delimiter != UInt8(ascii: ",")
        while try records.next() {
            count += 1
            if count & 0xFFF == 0 { sink.progress(bytes.share) }
            let place = RecordPlace.line(records.line)
            guard records.fieldCount == records.columns.count else {
                let cut = records.endsWithoutNewline ? "; it is the last, and has no end: the file may have been cut" : ""
                try sink.refuse(place, "\(records.fieldCount) fields where the header names \(records.columns.count) columns\(cut)")
                continue
            }
            if records.endsWithoutNewline, records.columns.count > 1, records.text(records.fieldCount - 1).isEmpty {
                try sink.refuse(place, "the last line ends with a separator and has no line end: the file may have been cut")
                continue
            }
            guard let n = number(people, decimalComma), n.isFinite, n >= 0 else {
                try sink.refuse(
                    place, "'\(records.columns[people])' is '\(records.text(people))'; expected a number of people, 0 or more")
                continue
            }
            guard n <= DemandRecord.mostPeople else {
                try sink.refuse(place, "'\(records.columns[people])' is '\(records.text(people))'; expected at most 10,000,000,000 people")
                continue
            }
            var record = DemandRecord(location: .empty, people: n)
            do {
                if let reason = try locate(&record, decimalComma) {
                    try sink.refuse(place, reason)
                    continue
                }
            } catch let error as GeodesyError {
                try sink.refuse(place, error.description)
                continue
            }
            if isFirstCell, let cell = record.cell {
                isFirstCell = false
                source.cell = .metres(cell.size)
                source.grid = (cell.epsg > 0 ? "EPSG:\(cell.epsg)" : crs).map { CellGrid(cellSize: cell.size, crs: $0) }
                gridSystem = cell.epsg
                if let transform = try transform(for: cell) {
                    source.isKilometreGrid = KilometreGrid.holds(
                        size: cell.size, corner: Coordinate(x: Double(cell.column) * cell.size, y: Double(cell.row) * cell.size), transform: transform)
                }
            } else if let cell = record.cell, case .metres(let size)? = source.cell, size != cell.size {
                try sink.refuse(place, "a cell of \(cell.size) m in a file of cells of \(size) m")
                continue
            } else if let cell = record.cell, cell.epsg != gridSystem {
                // Cells of several systems are no one grid.
                source.grid = nil
            }
            if let density {
                let code = records.text(density)
                guard code.isEmpty || DensityClass(code: code, of: codes) != nil else {
                    try sink.refuse(
                        place, "the density class '\(code)'; expected \(codes == .insee ? "1 to 7 (INSEE)" : "1 to 3 (Eurostat)"), or nothing")
                    continue
                }
                record.density = DensityClass(code: code, of: codes) ?? .unknown
            }
            if let reason = readAttributes(&record, decimalComma) {
                try sink.refuse(place, reason)
                continue
            }
            guard n > 0 else {
                sink.takeEmpty()
                continue
            }
            if let area { record.area = records.text(area) }
            if let country { record.country = records.text(country) }
            try sink.take(record, at: place)
        }
        if records.endsWithoutNewline { source.notes.append("The last line has no line end: if the file was cut there, nobody can tell.") }
        if let note = encoding.note { source.notes.append(note) }
        sink.progress(1)
    }

    private func transform(for cell: GridCell) throws -> CoordinateTransform? {
        if case .coordinates(_, _, let transform, _) = position { return transform }
        if let known = transforms[cell.epsg] { return known }
        let made = try CoordinateTransform(from: "EPSG:\(cell.epsg)")
        transforms[cell.epsg] = made
        return made
    }

    /// Sets the position; returns why there is none.
    private func locate(_ record: inout DemandRecord, _ decimalComma: Bool) throws -> String? {
        switch position {
        case .code(let column):
            guard let cell = records.withBytes(column, { GridCell(code: $0) }) else {
                return "'\(records.text(column))' is no code of a grid cell; expected \(GridCell.acceptedForms)"
            }
            record.cell = cell
            record.location = try transform(for: cell)!(cell.centre)
        case .coordinates(let x, let y, let transform, let grid):
            guard let easting = number(x, decimalComma), let northing = number(y, decimalComma), easting.isFinite, northing.isFinite else {
                return "'\(records.text(x))', '\(records.text(y))' are no coordinates; expected two numbers"
            }
            var c = Coordinate(x: easting, y: northing)
            if let grid {
                let shift = grid.isCorner ? 0 : 0.5
                let (column, row) = (c.x / grid.size - shift, c.y / grid.size - shift)
                guard abs(column - column.rounded()) < 1e-6, abs(row - row.rounded()) < 1e-6, max(abs(column), abs(row)) < 1e9 else {
                    return "\(records.text(x)), \(records.text(y)) is no \(grid.isCorner ? "corner" : "centre") of a cell of \(Int(grid.size)) m; "
                        + "--x, --y and --crs without --cell take coordinates as points"
                }
                let cell = GridCell(epsg: grid.epsg, size: grid.size, column: Int32(column.rounded()), row: Int32(row.rounded()))
                record.cell = cell
                c = cell.centre
            }
            record.location = try transform?(c) ?? c
        }
        guard record.location.isGeographic else {
            return "\(record.location.x), \(record.location.y) is no longitude and latitude in degrees; --crs names another system"
        }
        return nil
    }

    private func readAttributes(_ record: inout DemandRecord, _ decimalComma: Bool) -> String? {
        for (column, name) in attributes {
            let value = number(column, decimalComma)
            if let value, value.isFinite {
                // Eurostat's marks for confidential and for not available.
                record.attributes.append(value == -9999 || value == -8888 ? nil : value)
            } else if ["", "NA", "na", ":", "n/a", ".."].contains(records.text(column)) {
                record.attributes.append(nil)
            } else {
                return "'\(name)' is '\(records.text(column))'; expected a number, or nothing"
            }
        }
        return nil
    }

    /// The number of a field; nil for anything else. Whole numbers, the usual case, without making a string.
    private func number(_ column: Int, _ decimalComma: Bool) -> Double? {
        let whole = records.withBytes(column) { bytes -> Int? in
            guard (1...15).contains(bytes.count) else { return nil }
            var value = 0
            for b in bytes {
                guard (0x30...0x39).contains(b) else { return nil }
                value = value * 10 + Int(b - 0x30)
            }
            return value
        }
        if let whole { return Double(whole) }
        var text = records.text(column)
        if decimalComma, text.contains(",") { text = text.replacing(",", with: ".") }
        // Decimal digits only: Double would also read 0x10, inf and nan.
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }) else { return nil }
        return Double(text)
    }
}
