package import GeoModel

/// What is looked for, as somebody types it.
package struct SearchQuery: Sendable {
    package var text: String
    /// Where they are, if they say so: what is near comes first.
    package var near: Coordinate?
    /// Codes of countries and areas in which alone is searched; nil everywhere.
    package var areas: Set<String>?
    /// How many hits at most.
    package var limit: Int
    /// Whether platforms are searched beside places.
    package var includesPlatforms: Bool
    /// Whether names that are one typing error away are found as well.
    package var mendsErrors: Bool

    package init(_ text: String, near: Coordinate? = nil, areas: Set<String>? = nil, limit: Int = 10, includesPlatforms: Bool = true, mendsErrors: Bool = true)
    {
        self.text = text
        self.near = near
        self.areas = areas
        self.limit = limit
        self.includesPlatforms = includesPlatforms
        self.mendsErrors = mendsErrors
    }
}
