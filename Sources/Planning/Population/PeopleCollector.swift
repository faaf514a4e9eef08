internal import CiteNetwork
#if canImport(Glibc)
internal import Glibc
#endif
internal import GeoModel
internal import Population

/// Takes the records of a file, gives each its area, writes it where there is something to write to, and keeps the sums.
///
/// Of a grid of cells it keeps where they are, some 50 bytes a cell; of anything else nothing.
final class PeopleCollector: DemandSink {
    /// How many refused records are kept with their reason.
    static let keptRefusals = 20

    private let areas: AreaOfPeople
    private let writer: PopulationLayerWriter?
    private let skipsBadRows: Bool
    private let file: String
    private let tell: (Double, Int) -> Void
    private let cell: DemandSource.CellSize?
    private let findsDuplicates: Bool
    private let statesDensity: Bool

    private(set) var rows = 0
    private(set) var emptyRows = 0
    private(set) var refusedRows = 0
    private(set) var refused: [RefusedRecord] = []
    private(set) var points = 0
    private(set) var people = 0.0
    private(set) var fractions = 0
    private(set) var unknownCodes = Set<String>()
    private(set) var unknownCodeRows = 0
    private(set) var statedCountries: [String: Int] = [:]
    private(set) var hasStatedCountries = false
    private(set) var borderPoints = 0
    private(set) var borderPeople = 0.0
    /// By position in `areas.areas`, the last element for no area.
    private(set) var pointsOfArea: [Int]
    private(set) var peopleOfArea: [Double]
    /// What the people would be if the values were people per km².
    private(set) var densityPeopleOfArea: [Double]
    private var densities: [DensityClass: (points: Int, people: Double)] = [:]
    private var lastPlace: RecordPlace?
    private var latitude: (value: Double, squareKilometres: Double)?

    fileprivate struct Grid {
        var firstPlace: [Int64: Int32] = [:]
        var columns: [Int32] = []
        var rows: [Int32] = []
        var people: [Double] = []
        var fids: [Int32] = []
    }
    private var grids: [Int32: Grid] = [:]

    init(
        areas: AreaOfPeople, writer: PopulationLayerWriter?, skipsBadRows: Bool, file: String, source: DemandSource, isRaster: Bool, statesDensity: Bool,
        tell: @escaping (Double, Int) -> Void
    ) {
        self.areas = areas
        self.writer = writer
        self.skipsBadRows = skipsBadRows
        self.file = file
        self.tell = tell
        self.statesDensity = statesDensity
        cell = source.cell
        findsDuplicates = !isRaster
        pointsOfArea = Array(repeating: 0, count: areas.areas.count + 1)
        peopleOfArea = Array(repeating: 0, count: areas.areas.count + 1)
        densityPeopleOfArea = peopleOfArea
    }

    func progress(_ share: Double) { tell(share, points) }

    func takeEmpty() {
        rows += 1
        emptyRows += 1
    }

    func refuse(_ place: RecordPlace, _ reason: String) throws {
        rows += 1
        refusedRows += 1
        if refused.count < Self.keptRefusals { refused.append(RefusedRecord(place: place, reason: reason)) }
        if !skipsBadRows, refusedRows > Self.keptRefusals { try endWithRefusals() }
    }

    /// Throws where records were refused that may not be left out.
    func endWithRefusals() throws {
        guard refusedRows > 0, !skipsBadRows else { return }
        throw PopulationError.badRecords(file: file, records: refused, count: refusedRows)
    }

    func take(_ record: DemandRecord, at place: RecordPlace) throws {
        if findsDuplicates, let cell = record.cell, case .line(let line) = place {
            let key = Int64(cell.row) << 32 | Int64(UInt32(bitPattern: cell.column))
            let first = grids[cell.epsg, default: Grid()].firstPlace.updateValue(Int32(truncatingIfNeeded: line), forKey: key)
            if let first {
                grids[cell.epsg]!.firstPlace[key] = first
                try refuse(place, "its cell stands twice, first on line \(first)")
                return
            }
        }
        if place != lastPlace { rows += 1 }
        lastPlace = place
        points += 1
        people += record.people
        if record.people != record.people.rounded() { fractions += 1 }

        var area: Int?
        if let code = record.area, !code.isEmpty {
            area = areas.position(stated: code, at: record.location)
            if area == nil {
                unknownCodeRows += 1
                if unknownCodes.count < 1000 { unknownCodes.insert(code) }
            }
        }
        let position = area ?? areas.locate(record.location)
        let slot = position ?? areas.areas.count
        pointsOfArea[slot] += 1
        peopleOfArea[slot] += record.people
        densityPeopleOfArea[slot] += record.people * squareKilometres(record)
        try countBorder(record)
        if statesDensity { count(record.density, record.people) }

        // Most cells of a grid are rural: only the others are written a second time.
        let isClassified = record.cell?.size == 1000 && !statesDensity
        try writer?.append(
            record.location, people: record.people, area: position.map { areas.areas[$0].code }, locality: record.locality,
            density: isClassified ? .rural : record.density, others: record.attributes)
        if isClassified, let cell = record.cell {
            // In place: a copy of the arrays for every cell would cost as much as all of them.
            grids[cell.epsg, default: Grid()].add(cell, record.people, Int32(truncatingIfNeeded: points))
        }
    }

    private func count(_ density: DensityClass, _ n: Double) {
        let before = densities[density] ?? (0, 0)
        densities[density] = (before.points + 1, before.people + n)
    }

    /// The area of the cell of a record, as near as a comparison needs it; 1 where there is no cell.
    private func squareKilometres(_ record: DemandRecord) -> Double {
        switch cell {
        case nil: return 1
        case .metres(let size)?: return size * size / 1e6
        case .degrees(let dx, let dy)?:
            if let known = latitude, known.value == record.location.y { return known.squareKilometres }
            let y = record.location.y
            let area = CellArea.betweenParallels(max(-90, y - dy / 2), min(90, y + dy / 2), width: dx) / 1e6
            latitude = (y, area)
            return area
        }
    }

    private func countBorder(_ record: DemandRecord) throws {
        var isOnBorder = false
        if let text = record.country {
            hasStatedCountries = true
            let codes = text.split { !$0.isLetter && !$0.isNumber }.map { $0.uppercased() }
            isOnBorder = codes.count > 1
            if codes.count == 1 { statedCountries[codes[0], default: 0] += 1 }
        } else {
            let (dx, dy): (Double, Double)
            switch cell ?? record.cell.map({ .metres($0.size) }) {
            case nil: return
            case .degrees(let x, let y)?: (dx, dy) = (x, y)
            case .metres(let size)?:
                dy = size / 111_132
                dx = dy / max(0.01, cos(record.location.y * .pi / 180))
            }
            let c = record.location
            isOnBorder = try areas.crossesBorder(Envelope(minX: c.x - dx / 2, minY: c.y - dy / 2, maxX: c.x + dx / 2, maxY: c.y + dy / 2))
        }
        if isOnBorder {
            borderPoints += 1
            borderPeople += record.people
        }
    }

    /// Gives every cell of a grid of 1 km its degree of urbanisation, where the cells are of 1 km² on the ground.
    func classify(isKilometreGrid: Bool) throws {
        guard isKilometreGrid else {
            if !grids.isEmpty, !statesDensity { try writer?.forgetDensity() }
            return
        }
        for grid in grids.values where !grid.fids.isEmpty {
            let classes = DegreeOfUrbanisation.classify(columns: grid.columns, rows: grid.rows, people: grid.people)
            for i in classes.indices {
                count(classes[i], grid.people[i])
                if classes[i] != .rural { try writer?.setDensity(classes[i], of: Int(grid.fids[i])) }
            }
        }
    }

    var byDensity: [(density: DensityClass, points: Int, people: Double)] {
        densities.sorted { $0.key.rawValue > $1.key.rawValue }.map { ($0.key, $0.value.points, $0.value.people) }
    }
}

extension PeopleCollector.Grid {
    fileprivate mutating func add(_ cell: GridCell, _ n: Double, _ fid: Int32) {
        columns.append(cell.column)
        rows.append(cell.row)
        people.append(n)
        fids.append(fid)
    }
}
