/// A drawing with its caption and legend; the legend is text, so that it is read at any size.
package struct PageFigure: Sendable {
    package struct LegendEntry: Sendable {
        /// A small drawing, which says nothing to who does not see it.
        package var symbol: HTML
        package var text: HTML

        package init(symbol: HTML, text: HTML) {
            self.symbol = symbol
            self.text = text
        }
    }

    package var id: String
    package var drawing: HTML
    package var legend: [LegendEntry]
    package var caption: HTML
    package var isMap: Bool

    package init(_ id: String, drawing: HTML, legend: [LegendEntry], caption: HTML, isMap: Bool) {
        self.id = id
        self.drawing = drawing
        self.legend = legend
        self.caption = caption
        self.isMap = isMap
    }

    package var html: HTML {
        HTML("figure", .id(id), .class(isMap ? "map" : "chart")) {
            drawing
            if !legend.isEmpty {
                HTML("ul", .class("legend")) {
                    legend.map { entry in HTML("li") { entry.symbol + HTML("span") { entry.text } } }
                }
            }
            HTML("figcaption") { caption }
        }
    }
}

extension HTML {
    /// A drawing of so many units, with a title and a description in the place of what it shows.
    static func svg(_ id: String, width: Double, height: Double, title: String, description: String, @HTMLBuilder content: () -> HTML) -> HTML {
        HTML(
            "svg", Attribute("xmlns", "http://www.w3.org/2000/svg"), Attribute("viewBox", "0 0 \(SVGNumber.text(width)) \(SVGNumber.text(height))"),
            Attribute("role", "img"), Attribute("aria-labelledby", "\(id)-title \(id)-desc"), Attribute("font-family", "system-ui, sans-serif")
        ) {
            HTML("title", .id("\(id)-title")) { title }
            HTML("desc", .id("\(id)-desc")) { description }
            content()
        }
    }

    /// A symbol of a legend.
    static func symbol(width: Double = 22, @HTMLBuilder content: () -> HTML) -> HTML {
        HTML(
            "svg", .class("symbol"), Attribute("viewBox", "0 0 \(SVGNumber.text(width)) 16"), Attribute("width", SVGNumber.text(width)),
            Attribute("height", "16"), Attribute("aria-hidden", "true"), Attribute("focusable", "false"), content: content)
    }
}
