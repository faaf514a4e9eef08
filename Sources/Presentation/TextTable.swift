/// A table of plain text with aligned columns, for a terminal.
package struct TextTable: Sendable {
    package enum Alignment: Sendable { case left, right }

    package struct Column: Sendable {
        package var title: String
        package var alignment: Alignment

        package static func text(_ title: String) -> Column { Column(title: title, alignment: .left) }
        package static func number(_ title: String) -> Column { Column(title: title, alignment: .right) }
    }

    package var columns: [Column]
    package var rows: [[String]] = []

    package init(_ columns: [Column]) { self.columns = columns }

    /// Lines without trailing spaces, the header first.
    package var text: String {
        let widths = columns.indices.map { i in ([columns[i].title] + rows.map { $0[i] }).map(\.count).max() ?? 0 }
        func line(_ cells: [String]) -> String {
            let padded = cells.indices.map { i in
                let space = String(repeating: " ", count: widths[i] - cells[i].count)
                return columns[i].alignment == .left ? cells[i] + space : space + cells[i]
            }
            return String(padded.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
        }
        return ([columns.map(\.title)] + rows).map(line).joined(separator: "\n") + "\n"
    }
}
