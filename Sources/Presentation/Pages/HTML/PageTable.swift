/// A table with a caption. The first cell of a row names it; a wide table scrolls in a region of its own that the keyboard reaches.
package struct PageTable: Sendable {
    package struct Column: Sendable {
        package var title: HTML
        package var isNumber: Bool

        package static func text(_ title: String) -> Column { Column(title: HTML(title), isNumber: false) }
        package static func number(_ title: String) -> Column { Column(title: HTML(title), isNumber: true) }
    }

    /// Unique in the page.
    package var id: String
    package var caption: HTML
    package var columns: [Column]
    /// As many cells a row as there are columns.
    package var rows: [[HTML]] = []
    /// The last row, set apart: a sum.
    package var footer: [HTML]?
    /// Below the table: what its figures rest on.
    package var note = HTML()
    /// Columns of equal width, for cells of prose.
    package var isProse = false

    package init(_ id: String, caption: HTML, _ columns: [Column]) {
        self.id = id
        self.caption = caption
        self.columns = columns
    }

    package init(_ id: String, caption: String, _ columns: [Column]) { self.init(id, caption: HTML(caption), columns) }

    package var html: HTML {
        HTML(
            "div", .class(isProse ? "table prose" : "table"), Attribute("role", "region"), Attribute("aria-labelledby", "\(id)-caption"),
            Attribute("tabindex", "0")
        ) {
            HTML("table", .id(id)) {
                HTML("caption", .id("\(id)-caption")) { caption }
                HTML("thead") {
                    HTML("tr") { columns.map { HTML("th", [Attribute("scope", "col"), Self.style($0)], $0.title) } }
                }
                HTML("tbody") { rows.map(row) }
                footer.map { cells in HTML("tfoot") { row(cells) } }
            }
            if !note.isEmpty { HTML("p", .class("note")) { note } }
        }
    }

    private static func style(_ column: Column) -> Attribute? { column.isNumber ? .class("n") : nil }

    private func row(_ cells: [HTML]) -> HTML {
        precondition(cells.count == columns.count, "\(cells.count) cells in a row of \(columns.count) columns of \(id)")
        return HTML("tr") {
            zip(cells, columns).enumerated().map { i, pair in
                let attributes = [i == 0 ? Attribute("scope", "row") : nil, Self.style(pair.1)]
                return i == 0 ? HTML("th", attributes, pair.0) : HTML("td", attributes, pair.0)
            }
        }
    }
}
