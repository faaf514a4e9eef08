internal import Foundation
internal import GeoFormats
internal import GeoModel

/// Places that someone hands in, as CSV or as GeoJSON points, to be measured in place of the network.
package struct PlacesFile: Sendable {
    /// As it was named.
    package var name: String
    package var places: [Facility]
    /// What the file says besides of each place, by column: `area`, `kind`, `services`, `floor_area_m2`; `order` and `adds` of a proposal.
    package var details: [[String: String]] = []

    package static let acceptedForms = "CSV with columns lat and lon (id, name, cite, counsellors, hours if there), or GeoJSON points with such properties"

    private static let names: [(column: String, others: [String])] = [
        ("id", ["identifier", "code"]), ("name", ["nom", "nome", "nombre", "label"]), ("lat", ["latitude", "y"]), ("lon", ["lng", "long", "longitude", "x"]),
        ("cite", []), ("counsellors", []), ("hours", ["opening_hours"]),
    ]
    private static let besides: [(column: String, others: [String])] =
        [("floor_area_m2", ["floorarea", "floorArea", "floor_area"])] + ["area", "kind", "services", "order", "adds"].map { ($0, []) }

    /// Reads a file, of up to 64 MB. GeoJSON is told by its first character. Bad places are told with their line or feature, up to ten;
    /// throws `PlanningError.notFound` for a missing file, `badContent` for one that holds no places or bad ones.
    package static func read(_ path: String) throws -> PlacesFile {
        let bytes = try InputFile.read(path, atMost: 64 << 20)
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        let first = body.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        var reading = Reading()
        do {
            if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
                try reading.geoJSON(Array(body))
            } else {
                try reading.csv(bytes)
            }
        } catch {
            throw PlanningError.badContent("\(path): \(error)")
        }
        guard reading.problems.isEmpty else {
            let more = reading.problems.count - 10
            throw PlanningError.badContent(
                reading.problems.prefix(10).map { "\(path), \($0)" }.joined(separator: "\n") + (more > 0 ? "\n… and \(more) more" : ""))
        }
        guard !reading.places.isEmpty else { throw PlanningError.badContent("\(path): it holds no place; expected \(acceptedForms)") }
        return PlacesFile(name: URL(fileURLWithPath: path).lastPathComponent, places: reading.places, details: reading.details)
    }

    private struct Reading {
        var places: [Facility] = []
        var problems: [String] = []
        var details: [[String: String]] = []
        private var seen: [String: String] = [:]

        mutating func csv(_ bytes: [UInt8]) throws {
            let table = try CSVTable(bytes)
            let lower = table.columns.map { $0.lowercased() }
            func position(_ name: String) -> Int? {
                let entry = (names + besides).first { $0.column == name }!
                return ([entry.column] + entry.others).lazy.compactMap { lower.firstIndex(of: $0) }.first
            }
            guard let lat = position("lat"), let lon = position("lon") else {
                throw FormatError(
                    "CSV", at: "line 1", "no column '\(position("lat") == nil ? "lat" : "lon")'; columns: \(table.columns.joined(separator: ", "))")
            }
            let columns = (["id", "name", "cite", "counsellors", "hours"] + besides.map(\.column)).map { ($0, position($0)) }
            for (i, row) in table.rows.enumerated() {
                var texts: [String: String] = [:]
                for (name, column) in columns { if let column, !row.fields[column].isEmpty { texts[name] = row.fields[column] } }
                let place = "line \(row.line)"
                guard let y = number(row.fields[lat]), let x = number(row.fields[lon]), Coordinate(x: x, y: y).isGeographic else {
                    problems.append("\(place): '\(row.fields[lat])', '\(row.fields[lon])' is no latitude and longitude in degrees")
                    continue
                }
                add(texts, Coordinate(x: x, y: y), number: i + 1, at: place)
            }
        }

        mutating func geoJSON(_ bytes: [UInt8]) throws {
            let features = try GeoJSONReader.features(bytes)
            func role(_ feature: Feature) -> String? { feature.properties["role"]?.string }
            // Of what 'maillage site --format geojson' prints, only the proposed platforms are new places.
            let isProposal = features.contains { role($0) == "proposed" }
            for (i, feature) in features.enumerated() where !isProposal || role(feature) == "proposed" {
                let place = "features[\(i)]"
                guard case .point(let c)? = feature.geometry, c.isGeographic else {
                    problems.append("\(place): expected a Point of longitude and latitude in degrees")
                    continue
                }
                var texts: [String: String] = [:]
                for (name, others) in names + besides {
                    for key in [name] + others where texts[name] == nil { texts[name] = feature.properties[key].flatMap(text) }
                }
                if texts["id"] == nil { texts["id"] = feature.id.flatMap(text) }
                add(texts, c, number: i + 1, at: place)
            }
        }

        private mutating func add(_ texts: [String: String], _ location: Coordinate, number position: Int, at place: String) {
            let id = texts["id"] ?? String(position)
            if let other = seen.updateValue(place, forKey: id) {
                problems.append("\(place): the id '\(id)' is that of \(other) too; each place needs its own")
                return
            }
            var counsellors: Double?
            if let given = texts["counsellors"] {
                counsellors = number(given)
                guard counsellors != nil, counsellors! >= 0 else {
                    problems.append("\(place): counsellors is '\(given)'; expected a number that is not negative, or nothing")
                    return
                }
            }
            let known = Set(besides.map(\.column))
            details.append(texts.filter { known.contains($0.key) })
            places.append(
                Facility(id: id, name: texts["name"] ?? id, location: location, cite: texts["cite"], counsellors: counsellors, hours: texts["hours"]))
        }

        private func number(_ text: String) -> Double? {
            Double(text.trimmingCharacters(in: .whitespaces).replacingOccurrences(of: ",", with: ".")).flatMap { $0.isFinite ? $0 : nil }
        }

        private func text(_ value: PropertyValue) -> String? {
            switch value {
            case .string(let s): s.isEmpty ? nil : s
            case .integer(let n): String(n)
            case .number(let n): String(n)
            default: nil
            }
        }
    }
}
