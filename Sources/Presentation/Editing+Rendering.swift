internal import GeoFormats
internal import GeoModel
package import NetworkStore

/// Changes of records as lines for people, or as data.
package enum ChangeRendering {
    package static func lines(_ changes: [RecordChange]) -> [String] {
        changes.flatMap { change in
            ["\(change.action.rawValue) \(change.kind) \(change.id)"] + (change.action == .changed ? change.differences.map(line) : [])
        }
    }

    private static func line(_ d: RecordChange.Difference) -> String {
        "  \(d.column): \(d.before.map { "'\($0)'" } ?? "nothing") → \(d.after.map { "'\($0)'" } ?? "nothing")"
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
                    "change \(entry.change)  \(entry.at)  \(entry.who ?? "another program")\(entry.why.map { ": \($0)" } ?? "")\n"
                    + "  \(entry.operation) \(entry.kind) \(entry.record)\n"
                return head + (entry.operation == "update" ? entry.differences.map { "  \(line($0))\n" }.joined() : "")
            }.joined()
            return Rendering(text: text, notes: log.isEmpty ? ["No change is recorded."] : [])
        }
    }
}
