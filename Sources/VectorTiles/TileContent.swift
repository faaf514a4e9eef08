package import GeoModel

/// What a tile holds, as a reader sees it.
package struct TileContent: Hashable, Sendable {
    package var layers: [Layer]

    package struct Layer: Hashable, Sendable {
        package var name: String
        package var version: Int
        package var extent: Int
        package var features: [Feature]
    }

    package struct Feature: Hashable, Sendable {
        package var id: UInt64?
        package var shape: TileShape
        package var properties: Properties
    }

    package subscript(_ name: String) -> Layer? { layers.first { $0.name == name } }
}
