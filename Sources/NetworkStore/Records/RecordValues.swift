internal import CiteNetwork
internal import Foundation
internal import GRDB
package import GeoModel
internal import Synchronization

/// The cells of one record as files and commands give them, by column name; nil or empty for what is not known.
package struct RecordValues: Sendable, Equatable {
    /// Only the cells that are given: a cell that is absent leaves the stored one as it is, an empty one clears it.
    package var cells: [String: String]
    /// A geometry given beside the cells, as GeoJSON does.
    package var geometry: Geometry?
    /// Where it stands: "line 3", "features[2]", or nothing on a command line.
    package var place: String
    /// Whether the file it comes from could have given a geometry: a table cannot, and its silence says nothing of one.
    package var isFeature: Bool

    package init(cells: [String: String], geometry: Geometry? = nil, place: String = "", isFeature: Bool = false) {
        self.cells = cells
        self.geometry = geometry
        self.isFeature = isFeature
        self.place = place
    }
}

/// What is wrong with a cell, and what would be accepted.
struct CellProblem: Error, Sendable {
    var text: String
}

extension RecordKind.Column {
    private static let timeZones = Mutex<[String: Bool]>([:])

    /// Whether a text names a zone of the IANA database. What was asked before is remembered: the system reads a file for each name.
    static func isTimeZone(_ text: String) -> Bool {
        guard text.utf8.count <= 64 else { return false }
        return timeZones.withLock { known in
            if let answer = known[text] { return answer }
            let answer = text == "UTC" || (text.contains("/") && TimeZone(identifier: text) != nil)
            if known.count < 10_000 { known[text] = answer }
            return answer
        }
    }

    /// The value to store, without the spaces around it. Throws `CellProblem`.
    func value(of given: String) throws -> DatabaseValue {
        let text = trimmed(given)
        func problem(_ accepted: String) -> CellProblem { CellProblem(text: "\(name) is '\(oneLine(text))'; expected \(accepted)") }
        guard given.isEmpty || !text.isEmpty else { throw CellProblem(text: "\(name) is '\(oneLine(given))'; expected text, or nothing") }
        guard !text.isEmpty else {
            if isRequired { throw problem("some text") }
            return .null
        }
        let isProse = if case .prose = content { true } else { false }
        guard !text.unicodeScalars.contains(where: { isInvisibleControl($0) && !(isProse && ($0 == "\n" || $0 == "\t")) }) else {
            throw problem("\(isProse ? "text" : "one line of text") without control characters")
        }
        let longest = isProse ? 20_000 : 1_000
        guard text.utf8.count <= longest else { throw problem("at most \(longest) bytes of text, found \(text.utf8.count)") }
        switch content {
        case .text, .prose, .reference, .area: return text.databaseValue
        case .number(let range, let unit):
            guard let v = decimal(text), range.contains(v) else {
                throw problem("a number of \(unit) from \(shown(range.lowerBound)) to \(shown(range.upperBound))\(commaHint(text))")
            }
            return v.databaseValue
        case .website:
            let parts = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, ["http:", "https:"].contains(parts[0].lowercased()), parts[1].isEmpty, let host = parts[2].split(separator: "/").first,
                host.contains("."), !text.contains(where: \.isWhitespace)
            else { throw problem("an address that begins with http:// or https://") }
            return text.databaseValue
        case .locality:
            guard let v = Int64(text), v > 0 else { throw problem("the GeoNames id of a locality") }
            return v.databaseValue
        case .timeZone:
            guard Self.isTimeZone(text) else {
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
            let words = text.split(separator: " ").map(String.init)
            guard words.allSatisfy(codes.contains), Set(words).count == words.count else {
                throw problem("codes among \(codes.joined(separator: ", ")), each once, separated by spaces")
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
        plainLine(String(text.prefix(80)))
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
