/// Bars side by side for each category, with their values written above them.
package struct BarChart: Sendable {
    package struct Series: Sendable {
        package var name: String
        /// Nil where there is no figure.
        package var values: [Double?]
        package var texts: [String]
        /// Hatched, for what is there now; the other is full.
        package var isHatched: Bool

        package init(name: String, values: [Double?], texts: [String], isHatched: Bool) {
            self.name = name
            self.values = values
            self.texts = texts
            self.isHatched = isHatched
        }
    }

    package var id: String
    package var categories: [String]
    package var series: [Series]
    /// Along the axis: values and how they are written. The last is the top.
    package var ticks: [(value: Double, text: String)]

    package init(_ id: String, categories: [String], series: [Series], ticks: [(value: Double, text: String)]) {
        self.id = id
        self.categories = categories
        self.series = series
        self.ticks = ticks
    }

    package var legend: [PageFigure.LegendEntry] {
        series.map { one in
            PageFigure.LegendEntry(
                symbol: HTML.symbol {
                    HTML("rect", [Attribute("x", "2"), Attribute("y", "2"), Attribute("width", "18"), Attribute("height", "12")] + Self.plain(one), nil)
                    if one.isHatched {
                        HTML("path", Attribute("d", "M2 10L10 2M6 14L18 2M14 14L20 8"), Attribute("stroke", PageColour.accent), Attribute("stroke-width", "1"))
                    }
                }, text: HTML(one.name))
        }
    }

    package func svg(title: String, description: String) -> HTML {
        let (width, height, left, top, bottom) = (420.0, 240.0, 8.0 + (ticks.map { TextWidth.of($0.text, size: 12) }.max() ?? 20), 20.0, 26.0)
        let most = max(ticks.last?.value ?? 1, .leastNormalMagnitude)
        let (across, down) = (width - left - 4, height - top - bottom)
        func y(_ value: Double) -> Double { top + down * (1 - max(0, min(1, value / most))) }
        let slot = across / Double(max(1, categories.count))
        let bar = min(64, slot * 0.8 / Double(max(1, series.count)))
        return HTML.svg(id, width: width, height: height, title: title, description: description) {
            HTML("defs") {
                HTML("pattern", .id("\(id)-hatch"), Attribute("width", "6"), Attribute("height", "6"), Attribute("patternUnits", "userSpaceOnUse")) {
                    HTML("rect", Attribute("width", "6"), Attribute("height", "6"), Attribute("fill", "#fff"))
                    HTML("path", Attribute("d", "M-1 1L1-1M0 6L6 0M5 7L7 5"), Attribute("stroke", PageColour.accent), Attribute("stroke-width", "1"))
                }
            }
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
                categories.enumerated().map { i, name in
                    HTML(
                        "text", Attribute("x", SVGNumber.text(left + slot * (Double(i) + 0.5))), Attribute("y", SVGNumber.text(height - 8)),
                        Attribute("text-anchor", "middle"), Attribute("fill", PageColour.ink)
                    ) { name }
                }
            }
            HTML("g", Attribute("font-size", "11.5"), Attribute("fill", PageColour.ink)) {
                categories.indices.flatMap { i in
                    series.enumerated().compactMap { s, one -> HTML? in
                        guard let value = one.values[i] else { return nil }
                        let x = left + slot * (Double(i) + 0.5) + bar * (Double(s) - Double(series.count) / 2)
                        return column(one, x: x + 1, width: bar - 2, from: y(value), to: y(0), text: one.texts[i])
                    }
                }
            }
        }
    }

    private func column(_ one: Series, x: Double, width: Double, from top: Double, to base: Double, text: String) -> HTML {
        HTML(
            "rect",
            [
                Attribute("x", SVGNumber.text(x)), Attribute("y", SVGNumber.text(top)), Attribute("width", SVGNumber.text(width)),
                Attribute("height", SVGNumber.text(max(0, base - top))),
            ] + (one.isHatched ? [Attribute("fill", "url(#\(id)-hatch)"), Attribute("stroke", PageColour.accent)] : Self.plain(one)), nil)
            + HTML("text", Attribute("x", SVGNumber.text(x + width / 2)), Attribute("y", SVGNumber.text(top - 5)), Attribute("text-anchor", "middle")) { text }
    }

    private static func plain(_ one: Series) -> [Attribute?] {
        [Attribute("fill", one.isHatched ? "#fff" : PageColour.accent), Attribute("stroke", PageColour.accent)]
    }
}
