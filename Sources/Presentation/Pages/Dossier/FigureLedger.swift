internal import GeoFormats
internal import Planning

/// Every figure of a dossier, entered as it is written into the page: the page and the appendix cannot differ.
///
/// Not shared between tasks: a page is written by one.
final class FigureLedger {
    struct Entry: Equatable {
        var section: String
        var name: String
        var value: Double
        var unit: Unit
        /// Numbers in the table of sources.
        var sources: [Int]
    }

    enum Unit: String {
        case people, share, metres = "m", squareKilometres = "km2", perSquareKilometre = "people/km2", count, index
    }

    /// That which is being written.
    var section = ""
    private(set) var entries: [Entry] = []
    private var positions: [String: Int] = [:]

    /// Enters a figure, which may stand in several places but has one value. Returns the name to write beside it: its own, or a longer one
    /// where another figure has that already.
    func enter(_ given: String, _ value: Double, _ unit: Unit, _ sources: [Int]) -> String {
        var name = given
        while let at = positions[name] {
            if entries[at].value == value { return name }
            name += "+"
        }
        positions[name] = entries.count
        entries.append(Entry(section: section, name: name, value: value, unit: unit, sources: sources))
        return name
    }

    var csv: String {
        var csv = CSVWriter(columns: ["section", "name", "value", "unit", "source"])
        for entry in entries {
            csv.row([entry.section, entry.name, machineNumber(entry.value), entry.unit.rawValue, entry.sources.map(String.init).joined(separator: " ")])
        }
        return csv.text
    }
}
