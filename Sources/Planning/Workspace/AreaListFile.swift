internal import Foundation
internal import GeoFormats

/// A list of areas in a file: one code or name a line, or a CSV with a column of codes or names.
enum AreaListFile {
    struct Line {
        /// From 1.
        var number: Int
        /// What it may be known by, in order: the code, then the name.
        var texts: [String]
    }

    private static let codes = ["code", "code_insee", "insee", "codgeo", "insee_com"]
    private static let names = ["name", "nom", "commune", "libelle", "libgeo", "nome", "nombre"]

    /// Throws `PlanningError.badContent` for a table without such a column, and for an empty list.
    static func read(_ path: String, _ bytes: [UInt8]) throws -> [Line] {
        let lines = try table(path, bytes) ?? plain(bytes)
        guard !lines.isEmpty else { throw PlanningError.badContent("\(path): it names no area; one code or name a line would be accepted") }
        return lines
    }

    /// Nil where the file is no table: a single column that is not named as one of codes or names.
    private static func table(_ path: String, _ bytes: [UInt8]) throws -> [Line]? {
        let table: CSVTable
        do { table = try CSVTable(bytes) } catch {
            // A list of names has no header, and may have commas or quotes in it.
            if path.lowercased().hasSuffix(".csv") { throw PlanningError.badContent("\(path): \(error)") }
            return nil
        }
        let lower = table.columns.map { $0.lowercased() }
        let columns = [codes, names].compactMap { known in known.lazy.compactMap { lower.firstIndex(of: $0) }.first }
        guard !columns.isEmpty else {
            guard table.columns.count > 1, path.lowercased().hasSuffix(".csv") else { return nil }
            throw PlanningError.badContent("\(path), line 1: no column 'code' or 'name'; columns: \(table.columns.joined(separator: ", "))")
        }
        return table.rows.map { row in
            let texts = columns.map { row.fields[$0].trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
            return Line(number: row.line, texts: texts.isEmpty ? [""] : texts)
        }
    }

    private static func plain(_ bytes: [UInt8]) -> [Line] {
        CSVReader.text(bytes).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated().compactMap { i, line in
            let text = line.trimmingCharacters(in: CharacterSet.whitespacesAndNewlines.union(["\u{FEFF}"]))
            return text.isEmpty ? nil : Line(number: i + 1, texts: [text])
        }
    }
}
