import GeoFormats
import GeoModel
import Testing

@Suite struct GeoJSONTests {
    private func text(_ geometry: Geometry) -> String { String(decoding: GeoJSONWriter.geometry(geometry), as: UTF8.self) }
    private func ring(_ points: (Double, Double)...) -> [Coordinate] { (points + [points[0]]).map { Coordinate(x: $0.0, y: $0.1) } }

    private func area(_ geometry: Geometry) -> Double {
        var sum = 0.0
        for polygon in geometry.polygons {
            sum += abs(signedDoubleArea(polygon.exterior)) / 2
            for hole in polygon.holes { sum -= abs(signedDoubleArea(hole)) / 2 }
        }
        return sum
    }

    private func read(_ text: String) throws -> [Feature] { try GeoJSONReader.features(Array(text.utf8)) }

    @Test func `polygons are written by the right-hand rule`() {
        let clockwise = Polygon(exterior: ring((0, 0), (0, 4), (4, 4), (4, 0)), holes: [ring((1, 1), (2, 1), (2, 2), (1, 2))])
        #expect(
            text(.polygon(clockwise))
                == #"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[1,2],[2,2],[2,1],[1,1]]]}"#)
    }

    @Test func `coordinates have at most seven decimals`() {
        #expect(text(.point(Coordinate(x: 2.123456789, y: -48.1))) == #"{"type":"Point","coordinates":[2.1234568,-48.1]}"#)
    }

    @Test func `a line across the antimeridian is cut there`() {
        let line = Geometry.lineString([Coordinate(x: 170, y: 0), Coordinate(x: -170, y: 10)])
        #expect(text(line) == #"{"type":"MultiLineString","coordinates":[[[170,0],[180,5]],[[-180,5],[-170,10]]]}"#)
        #expect(text(.lineString([Coordinate(x: 170, y: 0), Coordinate(x: 190, y: 10)])) == text(line))
    }

    @Test func `a polygon across the antimeridian becomes its two parts`() {
        let box = Polygon(exterior: ring((170, -10), (190, -10), (190, 10), (170, 10)))
        let cut = Geometry.polygon(box).cutAtAntimeridian()
        #expect(cut.polygons.count == 2)
        #expect(cut.envelope == Envelope(minX: -180, minY: -10, maxX: 180, maxY: 10))
        #expect(cut.polygons.map { abs(signedDoubleArea($0.exterior)) / 2 } == [200, 200])
        let jumping = Polygon(exterior: ring((170, -10), (-170, -10), (-170, 10), (170, 10)))
        #expect(text(.polygon(jumping)) == text(.polygon(box)))
    }

    @Test func `a polygon with a bay and a hole across the antimeridian keeps its area`() {
        // A C open to the east of the cut, with a hole that the cut crosses too.
        let exterior = ring((160, 0), (200, 0), (200, 10), (175, 10), (175, 20), (200, 20), (200, 30), (160, 30))
        let hole = ring((178, 2), (182, 2), (182, 8), (178, 8))
        let cut = Geometry.polygon(Polygon(exterior: exterior, holes: [hole])).cutAtAntimeridian()
        // 40 by 30, less the bay of 25 by 10 and the hole of 4 by 6.
        #expect(area(cut) == 926)
        #expect(cut.polygons.count == 3)
        #expect(cut.polygons.allSatisfy { $0.exterior.allSatisfy { abs($0.x) <= 180 } })
    }

    @Test func `a polygon around a pole is closed through the pole`() {
        let cap = Polygon(exterior: ring((0, 80), (90, 80), (180, 80), (-90, 80)))
        let cut = Geometry.polygon(cap).cutAtAntimeridian()
        #expect(area(cut) == 3600)
        #expect(cut.envelope.maxY == 90)
    }

    @Test func `positions that are no longitudes, and lines that wind without end, are left as they are`() {
        let metres = Geometry.polygon(Polygon(exterior: ring((4e6, 2e6), (4e6, 3e6), (-5e6, 3e6))))
        #expect(metres.cutAtAntimeridian() == metres)
        let spiral = Geometry.lineString((0..<2_000).map { Coordinate(x: Double($0 * 100 % 360 - 180), y: Double($0) / 100) })
        #expect(spiral.cutAtAntimeridian() == spiral)
        let strange = Geometry.lineString([Coordinate(x: 1e300, y: 0), Coordinate(x: -.infinity, y: 1), Coordinate(x: .nan, y: 2)])
        #expect(!strange.cutAtAntimeridian().isEmpty)
    }

    @Test func `a box around the whole world is left as it is`() {
        let world = Geometry.polygon(Polygon(exterior: ring((-180, -90), (180, -90), (180, 90), (-180, 90))))
        #expect(world.cutAtAntimeridian() == world)
    }

    @Test func `features come back as they were written`() throws {
        let features = [
            Feature(id: .string("a"), geometry: .point(Coordinate(x: 1.5, y: 2)), properties: ["n": .integer(3), "t": .null]),
            Feature(id: .integer(7), geometry: nil, properties: [:]),
            Feature(
                geometry: .geometryCollection([.multiPoint([Coordinate(x: 0, y: 0)]), .lineString([Coordinate(x: 0, y: 0), Coordinate(x: 1, y: 1)])]),
                properties: ["name": .string("é")]),
        ]
        let bytes = GeoJSONWriter.featureCollection(features, members: ["asOf": .string("2009-12-31")])
        #expect(try GeoJSONReader.features(bytes) == features)
    }

    @Test(arguments: [
        (#"[]"#, "expected an object"),
        (#"{"type":"FeatureCollection"}"#, "features: expected an array of features"),
        (
            #"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Circle","coordinates":[]},"properties":{}}]}"#,
            "features[0].geometry.type: 'Circle' is not a geometry type"
        ),
        (
            #"{"type":"Feature","geometry":{"type":"Point","coordinates":[200000,1]},"properties":{}}"#,
            "geometry.coordinates: [200000.0, 1.0] is not a longitude and a latitude"
        ),
        (#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[2,2]]]}"#, "coordinates[0]: the ring is not closed"),
        (#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,0]]]}"#, "coordinates[0]: a ring must have at least four positions, found 3"),
        (#"{"type":"MultiPoint","coordinates":[[0,0],[1]]}"#, "coordinates[1]: expected a position"),
        (#"{"type":"Feature","id":[1],"geometry":null,"properties":null}"#, "id: expected a string or a number"),
    ])
    func `what is not GeoJSON is refused with the member it is about`(text: String, problem: String) {
        let error = #expect(throws: FormatError.self) { try read(text) }
        #expect(error?.description.contains(problem) == true, "\(error.map(\.description) ?? "")")
    }
}
