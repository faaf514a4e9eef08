/// What is wrong with the bytes of a file, and where.
package struct FormatError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The format that was expected: "GeoJSON", "WKB", "CSV"…
    package var format: String
    /// Where: "line 3, column 7", "byte 21", "features[4].geometry".
    package var place: String
    /// What was found, and what would be accepted.
    package var problem: String

    package init(_ format: String, at place: String, _ problem: String) {
        self.format = format
        self.place = place
        self.problem = problem
    }

    package var description: String {
        place.isEmpty ? "\(format): \(problem)" : "\(format), \(place): \(problem)"
    }
}
