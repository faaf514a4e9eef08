import GeoModel
import Testing

@Suite struct GeometryTests {
    private let square = [
        Coordinate(x: 0, y: 0), Coordinate(x: 2, y: 0), Coordinate(x: 2, y: 2), Coordinate(x: 0, y: 2), Coordinate(x: 0, y: 0),
    ]

    @Test func `a counterclockwise ring has a positive area, and its reverse the negative`() {
        #expect(signedDoubleArea(square) == 8)
        #expect(signedDoubleArea(square.reversed()) == -8)
    }

    @Test func `winding turns exteriors counterclockwise and holes clockwise`() {
        let hole = square.map { Coordinate(x: $0.x / 4 + 0.5, y: $0.y / 4 + 0.5) }
        let wound = Polygon(exterior: square.reversed(), holes: [hole]).wound
        #expect(signedDoubleArea(wound.exterior) > 0)
        #expect(signedDoubleArea(wound.holes[0]) < 0)
        #expect(wound.wound == wound)
    }

    @Test func `an empty envelope joins to the other, and an empty point widens nothing`() {
        var box = Envelope.empty
        box.expand(toInclude: Coordinate.empty)
        #expect(box.isEmpty)
        box.expand(toInclude: Coordinate(x: 3, y: 4))
        #expect(box == Envelope(minX: 3, minY: 4, maxX: 3, maxY: 4))
        #expect(!Envelope.empty.intersects(box))
    }

    @Test func `the polygons of a collection are those of its parts`() {
        let p = Polygon(exterior: square)
        let collection = Geometry.geometryCollection([.point(square[0]), .polygon(p), .multiPolygon([p, p])])
        #expect(collection.polygons.count == 3)
        #expect(collection.envelope == Envelope(minX: 0, minY: 0, maxX: 2, maxY: 2))
    }

    @Test func `the last member of a name is the one that counts`() {
        var properties: Properties = ["a": .integer(1), "b": .null, "a": .integer(2)]
        #expect(properties["a"] == .integer(2))
        properties["b"] = .bool(true)
        properties["c"] = .string("x")
        #expect(properties.members.map(\.name) == ["a", "b", "a", "c"])
        properties["c"] = nil
        #expect(properties["c"] == nil)
    }
}
