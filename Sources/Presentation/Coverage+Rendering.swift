internal import CiteNetwork
internal import Impedance
internal import Population
package import Coverage
internal import GeoFormats
package import GeoModel
package import Planning

extension CoverageRow {
    /// The row that every part of the program shares.
    package var json: Properties {
        [
            "key": .string(key), "name": .string(name), "population": .number(population),
            "reaches": .array(
                reaches.map { .object(["within": .string($0.within), "people": .number($0.people), "share": PropertyValue($0.share)]) }),
            "mean": PropertyValue(distribution?.mean), "median": PropertyValue(distribution?.median), "p90": PropertyValue(distribution?.p90),
            "max": PropertyValue(distribution?.max), "gini": PropertyValue(distribution?.gini), "unreached": .number(unreached),
        ]
    }
}

extension CoverageAnswer {
    package var json: Properties {
        [
            "asOf": .string(asOf.description), "layer": .string(layer.id), "unit": .string(kind.unit), "area": PropertyValue(areaCode),
            "areaName": .string(areaName), "rows": .array(rows.map { .object($0.json) }), "total": .object(total.json),
            "unplaced": unplaced.map { .object($0.json) } ?? .null, "platforms": .integer(Int64(platforms)),
            "leftOutAsUnknown": .integer(Int64(leftOutAsUnknown)), "oldestVerification": oldestVerification.map(date) ?? .null,
            "indicative": .bool(layer.isIndicative), "estimate": .bool(estimate),
        ]
    }

    /// - Parameter geometries: polygons by area code, for GeoJSON.
    package func rendered(_ format: OutputFormat, geometries: [String: Geometry] = [:]) -> Rendering {
        switch format {
        case .json: return Rendering(text: String(decoding: PropertyValue.object(json).json, as: UTF8.self) + "\n")
        case .geojson:
            let features = rows.map { row in
                var properties = row.json
                for reach in row.reaches { properties.append("share_\(reach.within)", PropertyValue(reach.share)) }
                return Feature(id: .string(row.key), geometry: geometries[row.key], properties: properties)
            }
            var members = json
            members["rows"] = nil
            return Rendering(text: String(decoding: GeoJSONWriter.featureCollection(features, members: members), as: UTF8.self))
        case .csv:
            let reaches = total.reaches.map(\.within)
            var csv = CSVWriter(
                columns: ["key", "name", "population"] + reaches.flatMap { ["people_\($0)", "share_\($0)"] }
                    + ["mean", "median", "p90", "max", "gini", "unreached"])
            for row in rows + [unplaced].compactMap({ $0 }) {
                let d = row.distribution
                csv.row(
                    [row.key, row.name, decimal(row.population, 0)]
                        + row.reaches.flatMap { [decimal($0.people, 0), $0.share.map { decimal($0, 6) } ?? ""] }
                        + [d.map { decimal($0.mean, 1) } ?? "", d.map { decimal($0.median, 1) } ?? "", d.map { decimal($0.p90, 1) } ?? ""]
                        + [d.map { decimal($0.max, 1) } ?? "", d?.gini.map { decimal($0, 4) } ?? "", decimal(row.unreached, 0)])
            }
            return Rendering(text: csv.text)
        case .table: return table
        }
    }

    private var table: Rendering {
        let quantity = kind == .duration ? time : kilometres
        var table = TextTable(
            [.text("key"), .text("name"), .number("people")] + total.reaches.map { .number("≤ \($0.within)") }
                + [.number("mean"), .number("median"), .number("P90"), .number("max"), .number("Gini")])
        var shown = rows
        if let unplaced { shown.append(unplaced) }
        if grouping != .whole { shown.append(total) }
        for (i, row) in shown.enumerated() {
            let isTotal = grouping != .whole && i == shown.count - 1
            let d = row.distribution
            table.rows.append(
                [isTotal ? "" : row.key, isTotal ? "total \(row.name)" : row.name, grouped(row.population)] + row.reaches.map { percent($0.share) }
                    + [d.map { quantity($0.mean) } ?? "-", d.map { quantity($0.median) } ?? "-", d.map { quantity($0.p90) } ?? "-"]
                    + [d.map { quantity($0.max) } ?? "-", d?.gini.map { decimal($0, 2) } ?? "-"])
        }
        var notes = [
            "Layer '\(layer.id)' (\(layer.year)\(layer.isIndicative ? ", indicative" : "")): \(layer.source).",
            "\(platforms) platforms count as open on \(asOf)"
                + (leftOutAsUnknown > 0 ? "; \(leftOutAsUnknown) of unknown state are left out (--include-unknown counts them)" : "")
                + (oldestVerification.map { "; the oldest record was last verified in \($0)." } ?? "."),
        ]
        if estimate { notes.append("Durations are estimates from the geodesic distance, not computed on a road network.") }
        if total.unreached > 0 {
            notes.append("\(grouped(total.unreached)) people can reach no eligible platform\(estimate ? " by an estimate, which ends at 300 km" : "").")
        }
        return Rendering(text: table.text, notes: notes)
    }
}
