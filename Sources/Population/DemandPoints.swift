package import GeoModel

/// People at points, column by column: the demand that coverage and siting read. Row i of each column is one point.
///
/// An immutable value that tasks may share.
package struct DemandPoints: Sendable {
    /// WGS 84 longitude and latitude in degrees.
    package var coordinates: [Coordinate]
    package var people: [Double]
    /// The position in `areaCodes` of the area that the layer states for the point; -1 where it states none.
    package var area: [Int32]
    /// The GeoNames id of the locality the people live in; 0 for a cell of a grid.
    package var locality: [Int64]
    package var density: [DensityClass]
    package var areaCodes: [String]

    package init() {
        coordinates = []
        people = []
        area = []
        locality = []
        density = []
        areaCodes = []
    }

    package var count: Int { coordinates.count }
    package var totalPeople: Double { people.reduce(0, +) }

    package mutating func reserveCapacity(_ n: Int) {
        coordinates.reserveCapacity(n)
        people.reserveCapacity(n)
        area.reserveCapacity(n)
        locality.reserveCapacity(n)
        density.reserveCapacity(n)
    }

    /// Appends a point. `area` is a position in `areaCodes`, or -1.
    package mutating func append(
        _ coordinate: Coordinate, people count: Double, area code: Int32 = -1, locality id: Int64 = 0, density class: DensityClass = .unknown
    ) {
        coordinates.append(coordinate)
        people.append(count)
        area.append(code)
        locality.append(id)
        density.append(`class`)
    }
}
