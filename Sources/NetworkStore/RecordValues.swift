internal import CiteNetwork
internal import Foundation
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
        func problem(_ accepted: String) -> CellProblem { CellProblem(text: "\(name) is '\(oneLine(text))'; expected \(accepted)") }
        guard !text.isEmpty else {
            if isRequired { throw problem("some text") }
            return .null
        }
        let isProse = if case .prose = content { true } else { false }
        guard !text.unicodeScalars.contains(where: { ($0.value < 0x20 && !(isProse && ($0 == "\n" || $0 == "\t"))) || $0.value == 0x7F }) else {
            throw problem(isProse ? "text without control characters" : "one line of text without control characters")
        }
        let longest = isProse ? 20_000 : 1_000
        guard text.utf8.count <= longest else { throw problem("at most \(longest) bytes of text, found \(text.utf8.count)") }
        guard text.contains(where: { !$0.isWhitespace }) else { throw problem("text, or nothing") }
        switch content {
        case .text, .prose, .reference, .area: return text.databaseValue
        case .number(let range, let unit):
            guard let v = Double(text), range.contains(v) else {
                throw problem("a number of \(unit) from \(shown(range.lowerBound)) to \(shown(range.upperBound))")
            }
            return v.databaseValue
        case .locality:
            guard let v = Int64(text), v > 0 else { throw problem("the GeoNames id of a locality") }
            return v.databaseValue
        case .timeZone:
            guard text == "UTC" || (text.contains("/") && TimeZone(identifier: text) != nil) else {
                throw problem("an IANA time zone such as Europe/Paris")
            }
            return text.databaseValue
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

    /// The beginning of a text, as an error can show it.
    private func oneLine(_ text: String) -> String {
        String(text.prefix(80).map { $0.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F } ? $0 : "␤" })
    }

    private func shown(_ v: Double) -> String { String(Int64(v)) }

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
