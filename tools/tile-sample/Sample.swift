import GeoModel

/// Constructed features with every kind of geometry and property, across the antimeridian, beyond the pole's limit, and one that is not valid.
enum Sample {
    static var layers: [(String, [Feature])] {
        [("places", places), ("ways", ways), ("areas", areas)]
    }

    static var places: [Feature] {
        var out: [Feature] = []
        for i in 0..<400 {
            let position = Coordinate(x: Double(i * 97 % 360) - 179.95, y: Double(i * 61 % 160) - 79.9)
            let properties: Properties = [
                "name": .string("Lieu n° \(i)"), "rank": .integer(Int64(i % 7)), "depth": .integer(Int64(-i)), "share": .number(Double(i) / 7),
                "open": .bool(i % 2 == 0), "tags": .array([.string("a"), .integer(1)]), "unknown": .null,
            ]
            out.append(Feature(id: .integer(Int64(i + 1)), geometry: .point(position), properties: properties))
        }
        out.append(
            Feature(
                id: .integer(1 << 53), geometry: .multiPoint([Coordinate(x: 2, y: 49), Coordinate(x: 2.5, y: 48.5)]), properties: ["name": .string("deux")]))
        return out
    }

    static var ways: [Feature] {
        let wave = (0...200).map { Coordinate(x: -30 + Double($0) / 3, y: 40 + 8 * Double(($0 * $0) % 17) / 17) }
        let across = [Coordinate(x: 170, y: -10), Coordinate(x: 190, y: -15), Coordinate(x: 195, y: 5)]
        return [
            Feature(id: .integer(1), geometry: .lineString(wave), properties: ["name": .string("wave")]),
            Feature(id: .integer(2), geometry: .lineString(across), properties: ["name": .string("across")]),
        ]
    }

    static func ring(_ points: [(Double, Double)]) -> [Coordinate] { (points + [points[0]]).map { Coordinate(x: $0.0, y: $0.1) } }

    static var areas: [Feature] {
        var out: [Feature] = []
        func add(_ name: String, _ geometry: Geometry) {
            out.append(Feature(id: .integer(Int64(out.count + 1)), geometry: geometry, properties: ["name": .string(name)]))
        }
        // A chequered land of 6 by 4 neighbours with ragged borders.
        func corner(_ i: Int, _ j: Int) -> (Double, Double) {
            (Double(i) * 4.37 - 5 + 0.31 * Double((i * 7 + j * 3) % 5), Double(j) * 3.11 + 41 + 0.27 * Double((i * 3 + j * 5) % 7))
        }
        func border(_ a: (Double, Double), _ b: (Double, Double)) -> [(Double, Double)] {
            let isBackward = a > b
            let (p, q) = isBackward ? (b, a) : (a, b)
            let points = (0...12).map { k in
                let t = Double(k) / 12
                let off = k == 0 || k == 12 ? 0 : 0.11 * Double((k * 5 + Int(p.0 * 10) % 3) % 4 - 2)
                return (p.0 + t * (q.0 - p.0) + off * (q.1 - p.1) / 4, p.1 + t * (q.1 - p.1) - off * (q.0 - p.0) / 4)
            }
            return Array((isBackward ? points.reversed() : points).dropLast())
        }
        for i in 0..<6 {
            for j in 0..<4 {
                let corners = [corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)]
                add("cell \(i) \(j)", .polygon(Polygon(exterior: ring((0..<4).flatMap { border(corners[$0], corners[($0 + 1) % 4]) }))))
            }
        }
        add("holed", .polygon(Polygon(exterior: ring([(30, 0), (60, 0), (60, 30), (30, 30)]), holes: [ring([(40, 10), (40, 20), (50, 20), (50, 10)])])))
        add("across", .polygon(Polygon(exterior: ring([(170, 10), (195, 12), (190, 25), (172, 22)]))))
        add("north", .polygon(Polygon(exterior: ring([(-60, 70), (-20, 70), (-20, 89), (-60, 89)]))))
        add("bow tie", .polygon(Polygon(exterior: ring([(-80, -30), (-60, -10), (-60, -30), (-80, -10)]))))
        add(
            "two",
            .multiPolygon([Polygon(exterior: ring([(100, -30), (110, -30), (105, -20)])), Polygon(exterior: ring([(120, -30), (130, -30), (125, -20)]))]))
        return out
    }
}
