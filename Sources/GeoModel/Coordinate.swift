/// A position: x is longitude (or easting), y is latitude (or northing).
///
/// Degrees on WGS 84 unless a declaration says otherwise. Two NaN mark the position of an empty point, as in WKB.
package struct Coordinate: Hashable, Sendable {
    package var x: Double
    package var y: Double

    @inlinable
    package init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }

    /// The position of an empty point.
    package static let empty = Coordinate(x: .nan, y: .nan)

    package var isEmpty: Bool { x.isNaN && y.isNaN }

    /// True for a longitude within ±180 and a latitude within ±90 degrees.
    package var isGeographic: Bool { (-180...180).contains(x) && (-90...90).contains(y) }
}

extension Coordinate: CustomStringConvertible {
    /// Well-known text order: `x y`.
    package var description: String { "\(x) \(y)" }
}
