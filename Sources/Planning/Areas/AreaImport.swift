internal import Foundation
internal import GeoFormats
internal import GeoModel
internal import GeoPackage
internal import Geodesy
package import NetworkStore

/// How the columns of a file of areas are to be read. Nil is told from the usual names.
package struct AreaColumns: Sendable {
    package var code: String?
    package var name: String?
    package var parent: String?
    package var member: String?
    package var population: String?
    /// Put before each code (`epci:`), parent and member code.
    package var codePrefix = ""
    package var parentPrefix = ""
    package var memberPrefix = ""

    package init() {}
}

/// Reads files of areas: GeoJSON, GeoPackage, or CSV member lists (a row for each member).
package struct AreaImport: Sendable {
    /// The largest GeoJSON or CSV file that is read, in bytes: some 8 times as much is in memory while it is.
    package static let largestSize = 128 << 20

    package var kind: String
    package var country: String
    package var columns: AreaColumns
    /// The layer of a GeoPackage that has several.
    package var layer: String?

    package init(kind: String, country: String, columns: AreaColumns, layer: String?) {
        self.kind = kind
        self.country = country
        self.columns = columns
        self.layer = layer
    }

    private static let usualNames: [String: [String]] = [
        "code": ["code", "code_insee", "insee", "insee_com", "codgeo", "code_siren", "epci_siren", "siren_epci", "siren", "id", "nuts_id", "lau_id"],
        "name": ["epci_nom", "nom_epci", "nom", "name", "libelle", "libgeo", "nom_com", "lau_name", "nuts_name"],
        "group": ["epci_siren", "siren_epci", "code_siren", "siren", "code_epci", "group", "code"], "parent": ["parent"],
        "member": ["member", "members", "code_insee", "insee", "codgeo"], "population": ["population", "pop"],
    ]

    private func column(_ meaning: String, _ given: String?, among names: [String], file: String, required: Bool) throws -> String? {
        if let given {
            guard names.contains(given) else {
                throw PlanningError.badContent("\(file): no column '\(given)'; columns: \(names.prefix(30).joined(separator: ", "))")
            }
            return given
        }
        let found = Self.usualNames[meaning]!.lazy.compactMap { usual in names.first { $0.lowercased() == usual } }.first
        guard found != nil || !required else {
            throw PlanningError.badContent(
                "\(file): no column is known as the \(meaning); name it with --\(meaning == "group" ? "code" : meaning); columns: \(names.prefix(30).joined(separator: ", "))"
            )
        }
        return found
    }

    package func read(_ path: String) throws -> [AreaInput] {
        let file = URL(fileURLWithPath: path).lastPathComponent
        if file.hasSuffix(".gpkg") { return try readGeoPackage(path, file) }
        let bytes = try InputFile.read(path, atMost: Self.largestSize, otherwise: "a GeoPackage of any size would be accepted")
        if file.hasSuffix(".csv") { return try readMembers(bytes, file) }
        let features: [Feature]
        do { features = try GeoJSONReader.features(bytes) } catch { throw PlanningError.badContent("\(file): \(error)") }
        return try inputs(features.enumerated().map { ("features[\($0.offset)]", $0.element) }, file)
    }

    private func inputs(_ features: [(place: String, feature: Feature)], _ file: String) throws -> [AreaInput] {
        var names: [String] = []
        for (_, feature) in features.prefix(50) { for m in feature.properties.members where !names.contains(m.name) { names.append(m.name) } }
        let code = try column("code", columns.code, among: names, file: file, required: true)!
        let name = try column("name", columns.name, among: names, file: file, required: true)!
        let parent = try column("parent", columns.parent, among: names, file: file, required: false)
        let population = try column("population", columns.population, among: names, file: file, required: false)
        return try features.map { place, feature in
            func text(_ column: String) -> String? {
                switch feature.properties[column] {
                case .string(let s)? where !s.isEmpty: s
                case .integer(let i)?: String(i)
                default: nil
                }
            }
            guard let id = text(code) else { throw PlanningError.badContent("\(file), \(place): '\(code)' is empty; expected the code of the area") }
            return AreaInput(
                code: columns.codePrefix + id, name: text(name) ?? id, kind: kind, parent: parent.flatMap(text).map { columns.parentPrefix + $0 },
                country: country, geometry: feature.geometry, members: nil, population: population.flatMap { feature.properties[$0]?.number }, place: place)
        }
    }

    private func readGeoPackage(_ path: String, _ file: String) throws -> [AreaInput] {
        let package = try GeoPackageFile.open(at: path)
        let tables = try package.featureTables()
        let names = tables.map(\.name).joined(separator: ", ")
        guard let table = layer.map({ wanted in tables.first { $0.name == wanted } }) ?? tables.first else {
            throw PlanningError.badContent("\(file): no layer '\(layer ?? "")'; layers: \(names)")
        }
        guard layer != nil || tables.count == 1 else {
            throw PlanningError.badArgument("\(file) has several layers; name one with --layer: \(names)")
        }
        let transform = table.srsID == 4326 ? nil : try CoordinateTransform(from: "EPSG:\(table.srsID)")
        var features: [(String, Feature)] = []
        try package.forEachFeature(in: table) { feature in
            var feature = feature
            if let transform { feature.geometry = try feature.geometry.map { try transform($0) } }
            var place = "feature"
            if case .integer(let fid)? = feature.id { place = "feature \(fid)" }
            features.append((place, feature))
        }
        return try inputs(features, file)
    }

    /// A row for each member, or a row for each area with its members in one cell, separated by spaces.
    private func readMembers(_ bytes: [UInt8], _ file: String) throws -> [AreaInput] {
        let table: CSVTable
        do { table = try CSVTable(bytes) } catch { throw PlanningError.badContent("\(file), \(error.place): \(error.problem)") }
        let code = try table.column(column("group", columns.code, among: table.columns, file: file, required: true)!)
        let name = try column("name", columns.name, among: table.columns, file: file, required: false).map { try table.column($0) }
        let member = try table.column(column("member", columns.member, among: table.columns, file: file, required: true)!)
        guard code != member else {
            throw PlanningError.badContent("\(file): the code and the member are one column; name them with --code and --member")
        }
        let parent = try column("parent", columns.parent, among: table.columns, file: file, required: false).map { try table.column($0) }
        var order: [String] = []
        var areas: [String: AreaInput] = [:]
        for row in table.rows where !row.fields[code].isEmpty {
            let id = columns.codePrefix + row.fields[code]
            if areas[id] == nil {
                order.append(id)
                areas[id] = AreaInput(
                    code: id, name: name.map { row.fields[$0] }.flatMap { $0.isEmpty ? nil : $0 } ?? id, kind: kind,
                    parent: parent.map { row.fields[$0] }.flatMap { $0.isEmpty ? nil : columns.parentPrefix + $0 }, country: country, geometry: nil,
                    members: [], population: nil, place: "line \(row.line)")
            }
            let members = row.fields[member].split(separator: " ").map { columns.memberPrefix + $0 }
            areas[id]!.members! += members
            areas[id]!.memberPlaces += members.map { _ in "line \(row.line)" }
        }
        return order.map { areas[$0]! }
    }
}
