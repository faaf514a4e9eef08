package import GeoModel

/// A named place of the gazetteer.
package struct Locality: Hashable, Sendable {
    /// The GeoNames id.
    package var id: Int64
    package var name: String
    package var country: String
    /// The code of the finest area it lies in.
    package var area: String?
    package var location: Coordinate
    package var population: Double
    /// IANA.
    package var timeZone: String?
    /// The id of the town that it is a section of.
    package var sectionOf: Int64?

    package init(
        id: Int64, name: String, country: String, area: String?, location: Coordinate, population: Double, timeZone: String?, sectionOf: Int64?
    ) {
        self.id = id
        self.name = name
        self.country = country
        self.area = area
        self.location = location
        self.population = population
        self.timeZone = timeZone
        self.sectionOf = sectionOf
    }
}
