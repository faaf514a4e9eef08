import CiteNetwork
import Foundation
import GeoModel
import Geodesy
import Presentation
import TestSupport
import Testing

struct DrawingTests {
    private func square(_ x: Double, _ y: Double, _ side: Double) -> Geometry {
        let corners: [(Double, Double)] = [(0, 0), (side, 0), (side, side), (0, side), (0, 0)]
        return .polygon(Polygon(exterior: corners.map { Coordinate(x: x + $0.0, y: y + $0.1) }))
    }

    @Test(arguments: [Coordinate(x: 3.5, y: 49.6), Coordinate(x: 57.5, y: -20.2), Coordinate(x: 179.9, y: 66), Coordinate(x: -70.6, y: -33.4)])
    func `distances on a map are true to half a percent, and north is up`(centre: Coordinate) {
        let projection = MapProjection(centre: centre)
        var random = SeededGenerator(seed: 7)
        for _ in 0..<200 {
            let away = MapProjection.point(from: centre, metres: .random(in: 100...200_000, using: &random), towards: .random(in: 0...6.28, using: &random))
            let drawn = projection.plane(away)
            let true_ = Geodesic.distance(centre, away)
            #expect(abs(hypot(drawn.x, drawn.y) / true_ - 1) < 0.005)
        }
        let north = projection.plane(Coordinate(x: centre.x, y: centre.y + 0.5))
        #expect(abs(north.x) < 1e-6 && north.y > 50_000)
    }

    @Test func `the antimeridian, the poles and the antipode are drawn without a fault`() {
        let frame = MapFrame(around: [square(179, -18, 0.9)])
        var map = MapDrawing("m", frame: frame)
        map.areas([square(-180, -90, 359), square(179.5, -18, 1), .multiPolygon([])], .land)
        map.dots([MapDrawing.Dot(Coordinate(x: -180.2, y: -17.5), people: 10)], .people, scale: .init(most: 10))
        let text = map.svg(title: "t", description: "d") { "\($0) km" }.text
        #expect(!text.contains("nan") && !text.contains("inf") && text.contains("<title"))
        let nothing = MapDrawing("n", frame: MapFrame(around: [])).svg(title: "t", description: "d") { "\($0)" }.text
        #expect(!nothing.contains("nan"))
    }

    @Test func `an outline keeps its shape to half a unit with a fraction of its corners`() {
        let ring = (0..<5_000).map { i in
            let a = Double(i) * 2 * .pi / 5_000
            return Coordinate(x: 3 + 0.5 * cos(a), y: 49 + 0.3 * sin(a))
        }
        let shape = Geometry.polygon(Polygon(exterior: ring + [ring[0]]))
        var map = MapDrawing("m", frame: MapFrame(around: [shape]))
        map.areas([shape], .territory)
        let text = map.svg(title: "t", description: "d") { "\($0) km" }.text
        #expect(text.utf8.count < 4_000)
    }

    @Test func `the same things drawn in another order of points give the same bytes`() {
        let dots = (0..<500).map { (i: Int) -> MapDrawing.Dot in
            let (column, row) = (Double(i % 25), Double(i / 25))
            return MapDrawing.Dot(Coordinate(x: 3 + column / 30, y: 49 + row / 40), people: Double(i * i % 997 + 1))
        }
        func drawn(_ dots: [MapDrawing.Dot]) -> String {
            var map = MapDrawing("m", frame: MapFrame(around: [square(3, 49, 1)]))
            map.dots(dots, .within(0), scale: .init(most: 997))
            map.mark([MapMark(.platform(.ruralPlatform, isOpen: true), at: Coordinate(x: 3.5, y: 49.5), name: "Le Vigan")])
            return map.svg(title: "t", description: "d") { "\(Int($0)) km" }.text
        }
        #expect(drawn(dots) == drawn(dots.reversed()) && drawn(dots).contains(">Le Vigan</text>"))
    }

    @Test func `what cannot be seen of a shape is not drawn`() {
        var map = MapDrawing("m", frame: MapFrame(around: [square(3, 49, 1)]))
        map.areas([square(40, 10, 1), square(3.5, 49.5, 0.0005)], .land)
        #expect(!map.svg(title: "t", description: "d") { "\($0)" }.text.contains(PageColour.land))
    }

    @Test func `names never lie over one another or over a mark`() throws {
        var map = MapDrawing("m", frame: MapFrame(around: [square(3, 49, 1)]))
        for i in 0..<60 {
            let (column, row) = (Double(i % 10), Double(i / 10))
            map.mark([MapMark(.town, at: Coordinate(x: 3 + column / 10, y: 49 + row / 10), name: "Ville-\(i)")])
        }
        let text = map.svg(title: "t", description: "d") { "\(Int($0)) km" }.text
        let wide = try #require(text.range(of: "class=\"wide\"").map { text[$0.lowerBound...] }?.split(separator: "</g>").first)
        let boxes = wide.matches(of: /<text x="([\d.]+)" y="([\d.]+)"( text-anchor="(\w+)")?[^>]*>(Ville[^<]*)</).map {
            match -> (Double, Double, Double, Double) in
            let (x, y, width) = (Double(match.1)!, Double(match.2)!, Double(match.5.count) * 6)
            let left = match.4 == "end" ? x - width : match.4 == "middle" ? x - width / 2 : x
            return (left, y - 9, left + width, y)
        }
        #expect(boxes.count > 10)
        for i in boxes.indices {
            for j in boxes.indices where j > i {
                let (a, b) = (boxes[i], boxes[j])
                #expect(!(a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3))
            }
        }
    }

    private static let axes: [(Double, [Double])] = [
        (0.83, [0, 0.2, 0.4, 0.6, 0.8, 1]), (7, [0, 2, 4, 6, 8]), (533_216, [0, 200_000, 400_000, 600_000]), (0, [0, 1]),
    ]

    @Test(arguments: axes)
    func `an axis has round numbers up to what is shown`(value: Double, ticks: [Double]) {
        let found = AxisTicks.upTo(value)
        #expect(found.count == ticks.count)
        for (a, b) in zip(found, ticks) { #expect(abs(a - b) < 1e-9 * max(1, b)) }
    }

    @Test(arguments: [(0.3, 0.2), (7, 5), (49_999, 20_000), (50_000, 50_000), (1, 1)])
    func `a bar of length is a round number`(value: Double, round: Double) { #expect(abs(AxisTicks.round(below: value) - round) < 1e-9) }

    @Test func `charts write their values as text and say what they show`() {
        let bars = BarChart(
            "b", categories: ["10 km", "20 km"],
            series: [
                .init(name: "avant", values: [0.1, nil], texts: ["10 %", ""], isHatched: true),
                .init(name: "après", values: [0.5, 1], texts: ["50 %", "100 %"], isHatched: false),
            ], ticks: [(0, "0 %"), (1, "100 %")])
        let text = bars.svg(title: "Titre", description: "Ce qu'il montre").text
        #expect(text.contains("role=\"img\" aria-labelledby=\"b-title b-desc\"") && text.contains(">50 %</text>") && bars.legend.count == 2)
        let curve = CurveChart(
            "c", points: [.init(count: 1, value: 5, text: "5", bound: 5), .init(count: 2, value: 7, text: "7", bound: 8)], ticks: [(0, "0"), (8, "8")],
            axis: "k")
        #expect(curve.svg(title: "t", description: "d").text.contains("stroke-dasharray"))
        let one = CurveChart("c", points: [], ticks: [], axis: "k").svg(title: "t", description: "d").text
        #expect(!one.contains("nan"))
        let ranks = RankingChart("r", rows: [.init(name: "Laon <sur mer>", value: 0, text: "0")]).svg(title: "t", description: "d").text
        #expect(ranks.contains("Laon &lt;sur mer&gt;") && !ranks.contains("nan"))
    }
}
