package import GeoModel

/// A feature that is not in a layer, a zoom or a tile, and why. It never keeps the others out.
package struct SkippedFeature: Hashable, Sendable, CustomStringConvertible {
    package var layer: String
    /// Its place among the features of the layer, from 0.
    package var feature: Int
    package var id: PropertyValue?
    /// The tile it could not be drawn in; nil where it is in none.
    package var tile: Tile?
    package var reason: String

    package var description: String {
        let name = id.map { "\($0.string ?? String(decoding: $0.number.map { "\($0)" }?.utf8 ?? "?".utf8, as: UTF8.self))" }
        return "layer '\(layer)', feature \(feature)\(name.map { " (\($0))" } ?? "")\(tile.map { ", tile \($0)" } ?? ""): \(reason)"
    }
}
