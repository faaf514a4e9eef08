package import GeoModel

/// One row, feature or cell of a file of people, as its reader hands it on.
package struct DemandRecord: Sendable {
    /// WGS 84 longitude and latitude in degrees.
    package var location: Coordinate
    package var people: Double
    /// In the order of `ImportOptions.attributes`; nil where the file has none.
    package var attributes: [Double?] = []
    /// The code of an area as the file states it.
    package var area: String?
    package var density = DensityClass.unknown
    /// The countries that the file states, such as `BE-FR` for a cell on their border.
    package var country: String?
    /// The GeoNames id of the locality where people of a polygon were placed.
    package var locality: Int64 = 0
    package var cell: GridCell?

    /// The most people of one record: more than there are on Earth are a wrong column or a damaged number.
    package static let mostPeople = 1e10

    package init(location: Coordinate, people: Double) {
        self.location = location
        self.people = people
    }
}

/// Where in a file a record stands.
package enum RecordPlace: Sendable, Hashable, CustomStringConvertible {
    case line(Int)
    case feature(String)
    /// A pixel of a raster, from 0 at its upper left.
    case pixel(column: Int, row: Int)

    package var description: String {
        switch self {
        case .line(let n): "line \(n)"
        case .feature(let name): name
        case .pixel(let column, let row): "column \(column), row \(row)"
        }
    }
}

/// A record that was not taken, and why.
package struct RefusedRecord: Sendable, Equatable, CustomStringConvertible {
    package var place: RecordPlace
    package var reason: String
    package var description: String { "\(place): \(reason)" }

    package init(place: RecordPlace, reason: String) {
        self.place = place
        self.reason = reason
    }
}

/// What a reader hands its records to.
package protocol DemandSink: AnyObject {
    /// A record of people, more than none. Records of a file come in its order.
    func take(_ record: DemandRecord, at place: RecordPlace) throws
    /// A record that is sound and where nobody lives.
    func takeEmpty()
    /// A record that is not sound. Throws where reading is to end.
    func refuse(_ place: RecordPlace, _ reason: String) throws
    /// How much of the file has been read, 0 to 1.
    func progress(_ share: Double)
}

/// What a reader found in a file before its records: how it is read is told, never left to be guessed.
package struct DemandSource: Sendable {
    /// The width of the squares that the records stand for.
    package enum CellSize: Sendable, Equatable {
        case metres(Double)
        case degrees(Double, Double)
    }

    /// The format in words.
    package var format: String
    /// Which columns, bands and systems were taken as what, in sentences.
    package var taken: [String] = []
    package var notes: [String] = []
    package var cell: CellSize?
    /// The regular grid whose cells the records are; nil where they are none, or nobody says of which system.
    package var grid: CellGrid?
    /// True where the records are cells of 1 km² of one projected grid, to which the degree of urbanisation applies.
    package var isKilometreGrid = false
    /// True where the values are whole numbers by their type.
    package var isWhole = false

    package init(format: String) { self.format = format }
}
