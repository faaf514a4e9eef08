/// A value against a count, with the bound that no choice exceeds beside it.
package struct CurveChart: Sendable {
    package struct Point: Sendable {
        package var count: Int
        package var value: Double
        package var text: String
        /// What nothing exceeds; equal to the value where that is proved.
        package var bound: Double

        package init(count: Int, value: Double, text: String, bound: Double) {
            self.count = count
            self.value = value
            self.text = text
            self.bound = bound
        }
    }

    package var id: String
    package var points: [Point]
    package var ticks: [(value: Double, text: String)]
    /// Below the axis of counts.
    package var axis: String

    package init(_ id: String, points: [Point], ticks: [(value: Double, text: String)], axis: String) {
        self.id = id
        self.points = points
        self.ticks = ticks
        self.axis = axis
    }

    package func legend(value: String, bound: String) -> [PageFigure.LegendEntry] {
        [
            PageFigure.LegendEntry(
                symbol: HTML.symbol {
                    HTML("path", [Attribute("d", "M1 8h20")] + Self.line, nil)
                    HTML("circle", Attribute("cx", "11"), Attribute("cy", "8"), Attribute("r", "4"), Attribute("fill", PageColour.accent))
                }, text: HTML(value)),
            PageFigure.LegendEntry(symbol: HTML.symbol { HTML("path", [Attribute("d", "M1 8h20")] + Self.dashed, nil) }, text: HTML(bound)),
        ]
    }

    private static let line: [Attribute?] = [Attribute("fill", "none"), Attribute("stroke", PageColour.accent), Attribute("stroke-width", "2")]
    private static let dashed: [Attribute?] = [
        Attribute("fill", "none"), Attribute("stroke", PageColour.beyond), Attribute("stroke-width", "1.8"), Attribute("stroke-dasharray", "5 4"),
    ]

    package func svg(title: String, description: String) -> HTML {
        let (width, height, top, bottom) = (420.0, 250.0, 22.0, 42.0)
        let left = 8 + (ticks.map { TextWidth.of($0.text, size: 12) }.max() ?? 20)
        let most = max(ticks.last?.value ?? 1, .leastNormalMagnitude)
        let (first, last) = (points.first?.count ?? 0, max(points.last?.count ?? 1, (points.first?.count ?? 0) + 1))
        func x(_ count: Int) -> Double { left + 18 + (width - left - 40) * Double(count - first) / Double(last - first) }
        func y(_ value: Double) -> Double { top + (height - top - bottom) * (1 - max(0, min(1, value / most))) }
        func path(_ value: (Point) -> Double) -> String {
            var writer = PathWriter()
            for (i, point) in points.enumerated() {
                if i == 0 { writer.move(x(point.count), y(value(point))) } else { writer.line(x(point.count), y(value(point))) }
            }
            return writer.text
        }
        // Every label of a long curve would lie on its neighbour.
        let every = max(1, (points.count + 7) / 8)
        let named = points.indices.filter { $0 % every == 0 || $0 == points.count - 1 }
        return HTML.svg(id, width: width, height: height, title: title, description: description) {
            HTML("g", Attribute("font-size", "12"), Attribute("fill", PageColour.muted)) {
                ticks.map { tick in
                    HTML(
                        "path", Attribute("d", "M\(SVGNumber.text(left)) \(SVGNumber.text(y(tick.value)))H\(SVGNumber.text(width))"),
                        Attribute("stroke", tick.value == 0 ? PageColour.ink : PageColour.rule), Attribute("stroke-width", tick.value == 0 ? "1.2" : "0.8"))
                        + HTML(
                            "text", Attribute("x", SVGNumber.text(left - 6)), Attribute("y", SVGNumber.text(y(tick.value) + 4)), Attribute("text-anchor", "end")
                        ) {
                            tick.text
                        }
                }
                named.map { i in
                    HTML(
                        "text", Attribute("x", SVGNumber.text(x(points[i].count))), Attribute("y", SVGNumber.text(height - bottom + 17)),
                        Attribute("text-anchor", "middle"), Attribute("fill", PageColour.ink)
                    ) { "\(points[i].count)" }
                }
                HTML("text", Attribute("x", SVGNumber.text((left + width) / 2)), Attribute("y", SVGNumber.text(height - 6)), Attribute("text-anchor", "middle"))
                {
                    axis
                }
            }
            HTML("path", [Attribute("d", path(\.bound))] + Self.dashed, nil)
            HTML("path", [Attribute("d", path(\.value))] + Self.line, nil)
            HTML("g", Attribute("font-size", "11.5"), Attribute("fill", PageColour.ink)) {
                points.indices.map { i in
                    HTML(
                        "circle", Attribute("cx", SVGNumber.text(x(points[i].count))), Attribute("cy", SVGNumber.text(y(points[i].value))), Attribute("r", "4"),
                        Attribute("fill", PageColour.accent), Attribute("stroke", "#fff"))
                }
                named.map { i in
                    HTML(
                        "text", Attribute("x", SVGNumber.text(x(points[i].count))), Attribute("y", SVGNumber.text(y(points[i].value) + 18)),
                        Attribute("text-anchor", "middle")
                    ) { points[i].text }
                }
            }
        }
    }
}
