internal import GeoFormats
internal import GeoModel
package import NetworkStore

/// Changes of records as lines for people, or as data.
package enum ChangeRendering {
    /// A line for each change and, under it, one for each field that differs; of what is added, where `showsAdded` asks for them.
    package static func lines(_ changes: [RecordChange], showsAdded: Bool = false) -> [String] {
        changes.flatMap { change in
            let isShown = change.action == .changed || (change.action == .added && showsAdded)
            return ["\(change.action.rawValue) \(change.kind) \(plainLine(change.id))"] + (isShown ? change.differences.map(line) : [])
        }
    }

    private static func line(_ d: RecordChange.Difference) -> String {
        "  \(d.column): \(d.before.map { "'\(plainLine($0))'" } ?? "nothing") → \(d.after.map { "'\(plainLine($0))'" } ?? "nothing")"
    }

    package static func history(_ log: [NetworkStore.LoggedChange], _ format: OutputFormat) -> Rendering {
        switch format {
        case .json, .geojson:
            let rows = log.map { entry in
                PropertyValue.object([
                    "change": .integer(entry.change), "at": .string(entry.at), "who": PropertyValue(entry.who), "why": PropertyValue(entry.why),
                    "operation": .string(entry.operation), "kind": .string(entry.kind), "record": .string(entry.record),
                    "differences": .array(
                        entry.differences.map {
                            .object(["column": .string($0.column), "before": PropertyValue($0.before), "after": PropertyValue($0.after)])
                        }),
                ])
            }
            return Rendering(text: String(decoding: PropertyValue.array(rows).json, as: UTF8.self) + "\n")
        case .csv:
            var csv = CSVWriter(columns: ["change", "at", "who", "why", "operation", "kind", "record", "column", "before", "after"])
            for entry in log {
                for d in entry.differences {
                    csv.row(
                        ["\(entry.change)", entry.at, entry.who ?? "", entry.why ?? "", entry.operation, entry.kind, entry.record]
                            + [d.column, d.before ?? "", d.after ?? ""])
                }
            }
            return Rendering(text: csv.text)
        case .table:
            let text = log.map { entry in
                let head =
                    "change \(entry.change)  \(plainLine(entry.at))  \(entry.who.map(plainLine) ?? "another program")\(entry.why.map { ": \(plainLine($0))" } ?? "")\n"
                    + "  \(plainLine(entry.operation)) \(entry.kind) \(plainLine(entry.record))\n"
                return head + (entry.operation == "update" ? entry.differences.map { "  \(line($0))\n" }.joined() : "")
            }.joined()
            return Rendering(text: text, notes: log.isEmpty ? ["No change is recorded."] : [])
        }
    }
}
