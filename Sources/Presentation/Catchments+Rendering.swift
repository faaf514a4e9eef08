internal import CiteNetwork
internal import GeoFormats
package import GeoModel
internal import Impedance
package import Planning
internal import Population

extension CatchmentAnswer {
    package var json: Properties {
        var members = head
        members.append("rows", .array(rows.map { .object(properties($0)) }))
        return members
    }

    private var head: Properties {
        let ofScenario: Properties = scenario.map { ["scenario": .string($0)] } ?? [:]
        return ofScenario.adding([
            "asOf": .string(asOf.description), "layer": .string(layer.id), "by": .string(grouping.rawValue), "areaName": PropertyValue(areaName),
            "platforms": .integer(Int64(platforms)), "leftOutAsUnknown": .integer(Int64(leftOutAsUnknown)),
            "oldestVerification": oldestVerification.map(date) ?? .null, "indicative": .bool(layer.isIndicative), "estimate": .bool(estimate),
            "outlineError": .number(outlineError),
        ])
    }

    private func properties(_ row: Catchment) -> Properties {
        [
            "key": .string(row.key), "name": .string(row.shownName), "cite": PropertyValue(row.cite), "within": .string(row.reach.text),
            "radius": .number(row.radius), "platforms": .integer(Int64(row.platforms)), "people": .number(row.people),
            "squareKilometres": .number(row.squareKilometres),
        ]
    }

    /// GeoJSON has the outlines, a feature for each catchment.
    package func rendered(_ format: OutputFormat) -> Rendering {
        switch format {
        case .json: return Rendering(text: String(decoding: PropertyValue.object(json).json, as: UTF8.self) + "\n")
        case .geojson:
            let features = rows.map {
                Feature(id: .string("\($0.key)/\($0.reach.text)"), geometry: $0.geometry.isEmpty ? nil : $0.geometry.wound, properties: properties($0))
            }
            return Rendering(text: String(decoding: GeoJSONWriter.featureCollection(features, members: head), as: UTF8.self))
        case .csv:
            var csv = CSVWriter(columns: ["key", "name", "cite", "within", "radius_m", "platforms", "people", "km2"])
            for row in rows {
                csv.row(
                    [row.key, row.shownName, row.cite ?? "", row.reach.text, decimal(row.radius, 1), "\(row.platforms)", decimal(row.people, 0)]
                        + [decimal(row.squareKilometres, 3)])
            }
            return Rendering(text: csv.text)
        case .table: return table
        }
    }

    private var table: Rendering {
        var table = TextTable([.text("key"), .text("name"), .number("within"), .number("platforms"), .number("people"), .number("km²")])
        table.rows = rows.map { [$0.key, $0.shownName, $0.reach.text, "\($0.platforms)", grouped($0.people), grouped($0.squareKilometres)] }
        var notes = [layerNote(layer), eligibilityNote(platforms, leftOutAsUnknown, oldestVerification, asOf)]
        if let scenario { notes.append("The network is that of the scenario '\(scenario)', a plan.") }
        if let areaName { notes.append("Clipped to \(areaName): only its ground and its people count.") }
        if estimate { notes.append("Reaches in time are circles of the distance that the estimate of travel gives, not computed on a road network.") }
        return Rendering(text: table.text, notes: notes)
    }
}

/// What the people of a table are counted from.
func layerNote(_ layer: PopulationLayerInfo) -> String {
    "Layer '\(layer.id)' (\(layer.year)\(layer.isIndicative ? ", indicative" : "")): \(layer.source)."
}

/// Which platforms a table counts.
func eligibilityNote(_ platforms: Int, _ leftOut: Int, _ oldest: PartialDate?, _ day: CalendarDate) -> String {
    "\(platforms) platforms count as open on \(day)"
        + (leftOut > 0 ? "; \(leftOut) of unknown state are left out (--include-unknown counts them)" : "")
        + (oldest.map { "; the oldest record was last verified in \($0)." } ?? ".")
}

extension Catchment {
    fileprivate var shownName: String { name.isEmpty ? "of no Cité yet" : name }
}
