/// Writes delimited text: `,` between fields, quotes where needed, CRLF-free lines.
package struct CSVWriter: Sendable {
    package private(set) var text = ""

    package init(columns: [String]) { row(columns) }

    package mutating func row(_ fields: [String]) {
        text += fields.map { field in
            let needsQuotes = field.utf8.contains { [UInt8(ascii: ","), UInt8(ascii: "\""), 0x0A, 0x0D].contains($0) }
            return needsQuotes ? "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" : field
        }.joined(separator: ",")
        text += "\n"
    }
}
