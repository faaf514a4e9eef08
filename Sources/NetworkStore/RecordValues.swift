internal import CiteNetwork
internal import GRDB
package import GeoModel

/// The cells of one record as files and commands give them, by column name; nil or empty for what is not known.
package struct RecordValues: Sendable, Equatable {
    /// Only the cells that are given: a cell that is absent leaves the stored one as it is, an empty one clears it.
    package var cells: [String: String]
    /// A geometry given beside the cells, as GeoJSON does.
    package var geometry: Geometry?
    /// Where it stands: "line 3", "features[2]", or nothing on a command line.
    package var place: String

    package init(cells: [String: String], geometry: Geometry? = nil, place: String = "") {
        self.cells = cells
        self.geometry = geometry
        self.place = place
    }
}

/// What is wrong with a cell, and what would be accepted.
struct CellProblem: Error, Sendable {
    var text: String
}

extension RecordKind.Column {
    /// The value to store. Throws `CellProblem`.
    func value(of text: String) throws -> DatabaseValue {
        func problem(_ accepted: String) -> CellProblem { CellProblem(text: "\(name) is '\(text.prefix(80))'; expected \(accepted)") }
        guard !text.isEmpty else {
            if isRequired { throw problem("some text") }
            return .null
        }
        guard !text.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" && $0 != "\t" }) else {
            throw problem("text without control characters")
        }
        switch content {
        case .text, .reference: return text.databaseValue
        case .number:
            guard let v = Double(text), v.isFinite else { throw problem("a number") }
            return v.databaseValue
        case .integer:
            guard let v = Int64(text) else { throw problem("a whole number") }
            return v.databaseValue
        case .boolean:
            guard text == "true" || text == "false" else { throw problem("true, false or nothing") }
            return (text == "true").databaseValue
        case .date:
            guard PartialDate(text) != nil else { throw problem("\(PartialDate.acceptedForms), or nothing") }
            return text.databaseValue
        case .code(let codes):
            guard codes.contains(text) else { throw problem(codes.joined(separator: ", ")) }
            return text.databaseValue
        case .codes(let codes):
            guard text.split(separator: " ").allSatisfy({ codes.contains(String($0)) }) else {
                throw problem("codes among \(codes.joined(separator: ", ")), separated by spaces")
            }
            return text.databaseValue
        case .hours:
            if let wrong = OpeningHours.problem(in: text) { throw CellProblem(text: "\(name) is '\(text.prefix(80))'; \(wrong)") }
            return text.databaseValue
        case .territory:
            guard TerritoryDefinition(text) != nil else { throw problem("areas to include and exclude, such as '+FR-30 -epci:243000643'") }
            return text.databaseValue
        }
    }

    /// The cell as files give it; nil where it is not known.
    func cell(of value: DatabaseValue) -> String? {
        switch value.storage {
        case .null: nil
        case .string(let s): s
        case .int64(let i):
            if case .boolean = content { i != 0 ? "true" : "false" } else { String(i) }
        case .double(let d): d == d.rounded() && abs(d) < 1e15 ? String(Int64(d)) : "\(d)"
        case .blob: nil
        }
    }
}
