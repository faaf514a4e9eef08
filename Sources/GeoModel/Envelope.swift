/// An axis-parallel box in the units of its coordinates. It never crosses the antimeridian: such a box is two envelopes.
package struct Envelope: Hashable, Sendable {
    package var minX: Double
    package var minY: Double
    package var maxX: Double
    package var maxY: Double

    @inlinable
    package init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
        self.minX = minX
        self.minY = minY
        self.maxX = maxX
        self.maxY = maxY
    }

    /// The envelope of nothing: joining it with another gives the other.
    package static let empty = Envelope(minX: .infinity, minY: .infinity, maxX: -.infinity, maxY: -.infinity)

    package var isEmpty: Bool { minX > maxX || minY > maxY }

    @inlinable
    package mutating func expand(toInclude c: Coordinate) {
        // NaN compares false: an empty point changes nothing.
        if c.x < minX { minX = c.x }
        if c.x > maxX { maxX = c.x }
        if c.y < minY { minY = c.y }
        if c.y > maxY { maxY = c.y }
    }

    package mutating func expand(toInclude other: Envelope) {
        minX = min(minX, other.minX)
        minY = min(minY, other.minY)
        maxX = max(maxX, other.maxX)
        maxY = max(maxY, other.maxY)
    }

    /// This box made smaller by `dx` and `dy` on each side; negative values make it larger.
    package func insetBy(dx: Double, dy: Double) -> Envelope {
        Envelope(minX: minX + dx, minY: minY + dy, maxX: maxX - dx, maxY: maxY - dy)
    }

    @inlinable
    package func intersects(_ other: Envelope) -> Bool {
        minX <= other.maxX && other.minX <= maxX && minY <= other.maxY && other.minY <= maxY
    }

    @inlinable
    package func contains(_ c: Coordinate) -> Bool {
        minX <= c.x && c.x <= maxX && minY <= c.y && c.y <= maxY
    }
}
