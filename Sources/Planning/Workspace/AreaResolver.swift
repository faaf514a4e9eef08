internal import CiteNetwork
internal import Foundation
internal import NetworkStore

/// Finds the ground that typed texts mean together: names that several places bear are told by the company they are in.
struct AreaResolver {
    private enum Term {
        case choice(AreaChoice)
        /// A name of localities only, those that bear it as the gazetteer has them.
        case name([Locality])
    }

    let atlas: Atlas
    let day: CalendarDate
    private var terms: [Term] = []
    /// The name of the file of a list, where that is all there is.
    private var fileName: String?

    init(_ atlas: Atlas, asOf day: CalendarDate) {
        self.atlas = atlas
        self.day = day
    }

    /// A whole name or code before a file, and a file before a list.
    mutating func add(_ text: String) throws {
        guard !text.allSatisfy(\.isWhitespace) else {
            throw PlanningError.badArgument("the area is empty; \(Self.acceptedForms) would be accepted")
        }
        if let term = try known(text) {
            terms.append(term)
        } else if try !addFile(text) {
            let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count > 1 else { throw PlanningError.notFound(try atlas.unknownArea(text)) }
            for part in parts {
                guard !part.isEmpty else {
                    throw PlanningError.badArgument("'\(text)' has an empty part; areas are separated by one comma, such as FR-02,FR-60")
                }
                if let term = try known(part) { terms.append(term) } else if try !addFile(part) { throw PlanningError.notFound(try atlas.unknownArea(part)) }
            }
        }
    }

    static let acceptedForms = "a code such as FR-02, a name such as Aisne, a GeoJSON file or a file with a code or name a line"

    private func known(_ text: String) throws -> Term? {
        if text == "all" { return .choice(.everywhere) }
        let found = try atlas.store.areaCodes(matching: text).compactMap { atlas.areas[$0] }
        let ranked = found.sorted { a, b in
            let (validA, validB) = (atlas.isValid(a, on: day), atlas.isValid(b, on: day))
            if validA != validB { return validA }
            return (atlas.people(of: a), b.code) > (atlas.people(of: b), a.code)
        }
        if let best = ranked.first { return .choice(.coded(best, alternatives: Array(ranked.dropFirst()))) }
        if text.hasPrefix("locality:") {
            guard let id = Int64(text.dropFirst(9)), let locality = try atlas.store.locality(id: id) else {
                throw PlanningError.notFound(
                    "no locality '\(text)'; locality: and the GeoNames id of a place of the gazetteer would be accepted, such as locality:2977824")
            }
            return .choice(.locality(locality, alternatives: []))
        }
        // Of elsewhere a hamlet bears almost any name: there the id is wanted.
        let network = atlas.networkCountries
        let localities = try atlas.store.localities(named: text).filter { network.contains($0.country) }
        let towns = localities.filter { $0.sectionOf == nil }
        guard let first = localities.first else { return nil }
        return .name(towns.isEmpty ? [first] : towns)
    }

    // MARK: Files

    /// False where the text is no file.
    private mutating func addFile(_ text: String) throws -> Bool {
        let isNamedAsFile = [".geojson", ".json", ".csv", ".txt"].contains { text.lowercased().hasSuffix($0) } || text.contains("/")
        let isThere = FileManager.default.fileExists(atPath: text)
        guard isThere || (isNamedAsFile && !text.contains(",")) else { return false }
        let bytes = try InputFile.read(text, atMost: 64 << 20)
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        let first = body.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        let isJSON = text.lowercased().hasSuffix("json") || first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        if isJSON {
            terms.append(.choice(try atlas.shape(ofFile: text, bytes)))
            return true
        }
        let lines = try AreaListFile.read(text, bytes)
        var problems: [String] = []
        for line in lines {
            if let term = try line.texts.lazy.compactMap({ try known($0) }).first {
                terms.append(term)
            } else {
                problems.append("\(text), line \(line.number): \(try atlas.unknownArea(line.texts[0]))")
            }
        }
        guard problems.isEmpty else {
            throw PlanningError.badContent(
                problems.prefix(10).joined(separator: "\n") + (problems.count > 10 ? "\n… and \(problems.count - 10) more lines of \(lines.count)" : ""))
        }
        fileName = URL(fileURLWithPath: text).deletingPathExtension().lastPathComponent
        return true
    }

    // MARK: Choice

    func choice() throws -> AreaChoice {
        var votes: [String: Int] = [:]
        for term in terms {
            switch term {
            case .choice(.coded(let area, _)):
                for code in Set(atlas.areas.leaves(of: area.code) + atlas.areas.ancestors(of: area.code)) { votes[code, default: 0] += 1 }
            case .choice(.locality(let locality, _)): for code in Self.codes([locality]) { votes[code, default: 0] += 1 }
            case .choice: break
            case .name(let localities): for code in Self.codes(localities) { votes[code, default: 0] += 1 }
            }
        }
        let choices = terms.map { term in
            switch term {
            case .choice(let choice): return choice
            case .name(let localities):
                func rank(_ l: Locality) -> (Int, Int) { (l.area.flatMap { votes[$0] } ?? 0, votes[l.country] ?? 0) }
                // Of equals the first, which the gazetteer has as the most populous.
                var best = 0
                for i in localities.indices where rank(localities[i]) > rank(localities[best]) { best = i }
                var others = localities
                others.remove(at: best)
                return .locality(localities[best], alternatives: others)
            }
        }
        if choices.count == 1 { return choices[0] }
        for case .everywhere in choices { return .everywhere }
        guard !choices.isEmpty else { throw PlanningError.badArgument("no area is named; \(Self.acceptedForms) would be accepted") }
        let names = choices.map(\.name)
        let name =
            fileName.flatMap { terms.count > 3 ? $0 : nil }
            ?? (names.count <= 4 ? names.joined(separator: ", ") : names.prefix(3).joined(separator: ", ") + " + \(names.count - 3)")
        return .several(name: name, choices)
    }

    /// The areas and countries that some localities are in, each once.
    private static func codes(_ localities: [Locality]) -> Set<String> { Set(localities.compactMap(\.area)).union(localities.map(\.country)) }
}
