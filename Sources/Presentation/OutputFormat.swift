/// In what form results are printed.
package enum OutputFormat: String, Sendable, CaseIterable { case table, json, geojson, csv }

/// A result that can be printed in every form; notes go apart, to people.
package struct Rendering: Sendable {
    /// What is printed on standard output.
    package var text: String
    /// What a reader of a table should know besides, line by line.
    package var notes: [String] = []
}
