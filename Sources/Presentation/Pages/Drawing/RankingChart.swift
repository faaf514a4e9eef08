/// Named values, the largest first: a line of text for each, its bar below it.
package struct RankingChart: Sendable {
    package struct Row: Sendable {
        package var name: String
        package var value: Double
        package var text: String
        package var isHatched: Bool

        package init(name: String, value: Double, text: String, isHatched: Bool = false) {
            self.name = name
            self.value = value
            self.text = text
            self.isHatched = isHatched
        }
    }

    package var id: String
    package var rows: [Row]

    package init(_ id: String, rows: [Row]) {
        self.id = id
        self.rows = rows
    }

    package func svg(title: String, description: String) -> HTML {
        let (width, line) = (420.0, 30.0)
        let most = max(rows.map(\.value).max() ?? 1, .leastNormalMagnitude)
        return HTML.svg(id, width: width, height: max(line, line * Double(rows.count)) + 4, title: title, description: description) {
            HTML("g", Attribute("font-size", "12.5"), Attribute("fill", PageColour.ink)) {
                rows.enumerated().map { i, row in
                    let top = line * Double(i)
                    let length = max(1, (width - 2) * max(0, row.value) / most)
                    return HTML("text", Attribute("x", "1"), Attribute("y", SVGNumber.text(top + 14))) { row.name }
                        + HTML("text", Attribute("x", SVGNumber.text(width - 1)), Attribute("y", SVGNumber.text(top + 14)), Attribute("text-anchor", "end")) {
                            row.text
                        }
                        + HTML(
                            "rect", Attribute("x", "1"), Attribute("y", SVGNumber.text(top + 18)), Attribute("width", SVGNumber.text(length)),
                            Attribute("height", "7"), Attribute("fill", row.isHatched ? "#fff" : PageColour.accent), Attribute("stroke", PageColour.accent))
                }
            }
        }
    }
}
