import GeoModel
import GeometryEngine
import Testing
import TestSupport

@Suite struct GeometryEngineTests {
    private func box(_ x: Double, _ y: Double, _ size: Double) -> Geometry {
        .polygon(
            Polygon(exterior: [(0.0, 0.0), (1, 0), (1, 1), (0, 1), (0, 0)].map { Coordinate(x: x + size * $0.0, y: y + size * $0.1) }))
    }

    private func area(_ g: Geometry) -> Double {
        g.polygons.reduce(0) { $0 + (abs(signedDoubleArea($1.exterior)) - $1.holes.reduce(0) { $0 + abs(signedDoubleArea($1)) }) / 2 }
    }

    @Test func `a bow tie is invalid with a reason, and made valid`() throws {
        let bow = Geometry.polygon(Polygon(exterior: [(0.0, 0.0), (2, 2), (2, 0), (0, 2), (0, 0)].map { Coordinate(x: $0.0, y: $0.1) }))
        #expect(try bow.invalidity()?.contains("Self-intersection") == true)
        let valid = try bow.madeValid()
        #expect(try valid.invalidity() == nil)
        #expect(area(valid) == 2)
    }

    @Test func `a hole that shares a stretch of border with its exterior stays empty when it is made valid`() throws {
        let (shell, hole) = (box(0, 0, 10).polygons[0].exterior, box(2, 0, 3).polygons[0].exterior)
        let notched = Geometry.polygon(Polygon(exterior: shell, holes: [hole]))
        #expect(try notched.invalidity() != nil)
        let valid = try notched.madeValid()
        #expect(area(valid) == 91)
        #expect(try valid.intersection(box(3, 1, 1)).isEmpty)
    }

    @Test func `union, intersection and difference have the areas they must have`() throws {
        let (a, b) = (box(0, 0, 2), box(1, 1, 2))
        #expect(area(try a.union(b)) == 7)
        #expect(area(try a.intersection(b)) == 1)
        #expect(area(try a.difference(b)) == 3)
        #expect(area(try Geometry.union(of: [a, b, box(5, 5, 1)])) == 8)
        #expect(try Geometry.union(of: []).isEmpty)
    }

    @Test func `every type of geometry survives GEOS`() throws {
        let geometries: [Geometry] = [
            .multiPolygon([]), .polygon(Polygon(exterior: [])), box(0, 0, 1),
            .multiPolygon(box(0, 0, 1).polygons + box(3, 3, 1).polygons),
        ]
        for g in geometries { #expect(area(try g.madeValid()) == area(g)) }
        #expect(try box(0, 0, 2).interiorPoint() == Coordinate(x: 1, y: 1))
        #expect(try Geometry.multiPolygon([]).interiorPoint() == nil)
    }

    @Test func `a ring that GEOS refuses is an error that names the operation`() {
        let open = Geometry.polygon(Polygon(exterior: [(0.0, 0.0), (1, 0), (1, 1)].map { Coordinate(x: $0.0, y: $0.1) }))
        let error = #expect(throws: GeometryError.self) { try open.union(box(0, 0, 1)) }
        #expect(error?.operation == "union")
    }

    @Test func `a prepared polygon covers what lies inside and on its border`() throws {
        let holed = Geometry.polygon(Polygon(exterior: box(0, 0, 10).polygons[0].exterior, holes: [box(4, 4, 2).polygons[0].exterior]))
        let prepared = try PreparedGeometry(holed)
        var g = SeededGenerator(seed: 6)
        for _ in 0..<2_000 {
            let c = Coordinate(x: .random(in: -1...11, using: &g), y: .random(in: -1...11, using: &g))
            let inside = (0...10).contains(c.x) && (0...10).contains(c.y) && !(c.x > 4 && c.x < 6 && c.y > 4 && c.y < 6)
            #expect(prepared.covers(c) == inside)
        }
        #expect(prepared.covers(Coordinate(x: 0, y: 5)) && prepared.covers(Coordinate(x: 4, y: 5)) && prepared.covers(Coordinate(x: 10, y: 10)))
    }

    @Test func `a strip taken off the border leaves the middle of a square, and nothing of a narrow one`() throws {
        func box(_ width: Double) -> Geometry {
            .polygon(Polygon(exterior: [(0, 0), (width, 0), (width, 2), (0, 2), (0, 0)].map { Coordinate(x: $0.0, y: $0.1) }))
        }
        #expect(try box(2).buffered(by: -0.5).envelope == Envelope(minX: 0.5, minY: 0.5, maxX: 1.5, maxY: 1.5))
        #expect(try box(0.9).buffered(by: -0.5).polygons.isEmpty)
        #expect(try box(2).buffered(by: 1).envelope == Envelope(minX: -1, minY: -1, maxX: 3, maxY: 3))
    }
}
