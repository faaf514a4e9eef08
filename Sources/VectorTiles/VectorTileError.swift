/// What is wrong with the bytes of a tile or of an archive, and where.
package struct VectorTileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was read: "vector tile" or "PMTiles".
    package var format: String
    /// Where: "byte 21", "layer 'places', feature 3", "tile 5/16/11".
    package var place: String
    /// What was found, and what would be accepted.
    package var problem: String

    package init(_ format: String, at place: String, _ problem: String) {
        self.format = format
        self.place = place
        self.problem = problem
    }

    package var description: String { place.isEmpty ? "\(format): \(problem)" : "\(format), \(place): \(problem)" }
}
