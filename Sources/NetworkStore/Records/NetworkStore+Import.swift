internal import GRDB
package import CiteNetwork

/// What an import did, or would do.
package struct RecordImport: Sendable {
    package var changes: [RecordChange]
    /// How many records of the file were as the store has them.
    package var unchanged: Int
    /// The number of the change in the log; nil where nothing differed.
    package var change: Int64?
    /// The records as they are, or would be, afterwards.
    package var records: NetworkRecords
    /// What the reader of the file had to assume.
    package var notes: [String] = []
}

extension NetworkEditor {
    /// Adds or changes each record, and reports every bad one, up to fifty, before it throws. Two of one key are bad: which is meant is not clear.
    func upsertAll(_ entries: [RecordFile.Entry], file: String) throws -> (changes: [RecordChange], unchanged: Int) {
        var problems: [String] = []
        var changes: [RecordChange] = []
        var unchanged = 0
        var places: [[DatabaseValue]: String] = [:]
        for entry in entries {
            do {
                let key = try [entry.kind.table.databaseValue] + keyValues(entry.kind, entry.values)
                if let first = places.updateValue(entry.values.place, forKey: key) {
                    let label = entry.kind.label { name in entry.kind.key.firstIndex(of: name).map { key[$0 + 1] } ?? .null }
                    throw StoreError.badContent(file: file, problems: ["\(entry.values.place): \(entry.kind.name) \(label) stands at \(first) too"])
                }
                if let change = try upsert(entry.kind, entry.values) { changes.append(change) } else { unchanged += 1 }
            } catch let StoreError.badContent(_, found) {
                problems += found
                if problems.count >= 50 { break }
            }
        }
        guard problems.isEmpty else { throw StoreError.badContent(file: file, problems: Array(problems.prefix(50))) }
        return (changes, unchanged)
    }
}

extension NetworkStore {
    /// Upserts records by their keys as one change: all of them, or none where one is bad.
    ///
    /// - Parameters:
    ///   - replace: also deletes the records, of the kinds in the file, that the file does not have.
    ///   - dryRun: does everything and then nothing.
    package func importRecords(
        _ entries: [RecordFile.Entry], file: String, who: String, why: String?, replace: Bool = false, dryRun: Bool = false
    ) throws -> RecordImport {
        // What others refer to comes first.
        let order = Dictionary(uniqueKeysWithValues: RecordKind.all.enumerated().map { ($1.table, $0) })
        let sorted = entries.enumerated().sorted { (order[$0.element.kind.table]!, $0.offset) < (order[$1.element.kind.table]!, $1.offset) }.map(\.element)
        let (done, change) = try edit(who: who, why: why ?? "import of \(plainLine(file))", dryRun: dryRun) { editor in
            var (changes, unchanged) = try editor.upsertAll(sorted, file: file)
            if replace {
                for kind in RecordKind.all.reversed() where entries.contains(where: { $0.kind.table == kind.table }) {
                    let kept = try entries.filter { $0.kind.table == kind.table }.compactMap { try editor.fid(kind, $0.values) }
                    changes += try editor.deleteAll(kind, except: Set(kept))
                }
            }
            return RecordImport(changes: changes, unchanged: unchanged, change: nil, records: try editor.records())
        }
        var result = done
        result.change = change
        return result
    }

    /// Every record of the network, in an order in which they can be imported.
    package func allEntries() throws -> [RecordFile.Entry] {
        try RecordKind.all.flatMap { kind in try values(of: kind).map { RecordFile.Entry(kind: kind, values: $0) } }
    }
}
