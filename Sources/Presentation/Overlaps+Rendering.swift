internal import CiteNetwork
internal import GeoFormats
package import GeoModel
internal import Impedance
package import Planning
internal import Population

extension OverlapsAnswer {
    package var json: Properties {
        var members = head
        members.append("overlaps", .array(overlaps.map { .object($0.properties) }))
        return members
    }

    private var head: Properties {
        let ofScenario: Properties = scenario.map { ["scenario": .string($0)] } ?? [:]
        return ofScenario.adding([
            "asOf": .string(asOf.description), "layer": .string(layer.id), "reaches": .array(reaches.map { .string($0.text) }),
            "areaName": PropertyValue(areaName),
            "territoryUnknown": .array(
                territoryUnknown.map { .object(["id": .string($0.cite.id), "name": .string($0.cite.name), "reason": PropertyValue($0.reason)]) }),
            "platforms": .integer(Int64(platforms)), "leftOutAsUnknown": .integer(Int64(leftOutAsUnknown)),
            "oldestVerification": oldestVerification.map(date) ?? .null, "indicative": .bool(layer.isIndicative), "estimate": .bool(estimate),
        ])
    }

    /// GeoJSON has the ground that two labels share, a feature for each pair.
    package func rendered(_ format: OutputFormat) -> Rendering {
        switch format {
        case .json: return Rendering(text: String(decoding: PropertyValue.object(json).json, as: UTF8.self) + "\n", notes: [unknownNote].compactMap { $0 })
        case .geojson:
            let features = overlaps.map { Feature(id: .string($0.key), geometry: $0.geometry?.wound, properties: $0.properties) }
            return Rendering(
                text: String(decoding: GeoJSONWriter.featureCollection(features, members: head), as: UTF8.self), notes: [unknownNote].compactMap { $0 })
        case .csv:
            var csv = CSVWriter(
                columns: ["by", "within", "first", "first_name", "second", "second_name", "people", "km2", "distance_m", "first_platform", "second_platform"]
                    + ["certain"])
            for overlap in overlaps {
                let p = overlap.properties
                csv.row(
                    [p["by"]?.string ?? "", p["within"]?.string ?? "", overlap.first.id, overlap.first.name, overlap.second.id, overlap.second.name]
                        + [decimal(overlap.people, 0), decimal(overlap.squareKilometres, 3), p["distance"]?.number.map { decimal($0, 1) } ?? ""]
                        + [p["firstPlatform"]?.string ?? "", p["secondPlatform"]?.string ?? "", p["certain"]?.string ?? ""])
            }
            return Rendering(text: csv.text, notes: [unknownNote].compactMap { $0 })
        case .table: return table
        }
    }

    private var table: Rendering {
        var table = TextTable(
            [.text("by"), .text("first"), .text("second"), .number("people of both"), .number("km²"), .number("apart"), .text("")])
        for overlap in overlaps {
            var cells = [overlap.first.name, overlap.second.name, grouped(overlap.people), grouped(overlap.squareKilometres)]
            switch overlap.basis {
            case .territory(let certain, _, _): cells = ["territory"] + cells + ["", certain == .yes ? "" : "not certain"]
            case .reach(let reach, let distance, let a, let b):
                let vague = [a, b].filter { $0.locationAccuracy == .assumed || $0.locationAccuracy == .territory }
                let marks = vague.map { "\($0.id): \($0.locationAccuracy == .assumed ? "assumed point" : "point of a territory")" }
                cells = ["≤ \(reach.text)"] + cells + [kilometres(distance), marks.joined(separator: "; ")]
            }
            table.rows.append(cells)
        }
        var notes = [unknownNote, layerNote(layer), eligibilityNote(platforms, leftOutAsUnknown, oldestVerification, asOf)].compactMap { $0 }
        if overlaps.contains(where: { if case .territory(.unknown, _, _) = $0.basis { true } else { false } }) {
            notes.append("Not certain: a territory is inferred or may not have been in force, or coarse borders alone could make the overlap.")
        }
        if let scenario { notes.append("The network is that of the scenario '\(scenario)', a plan.") }
        if hasStandIn { notes.append("Planned platforms without a Cité count as one label of their scenario.") }
        if let areaName { notes.append("Only the ground and the people of \(areaName) count.") }
        if estimate { notes.append("Reaches in time are circles of the distance that the estimate of travel gives, not computed on a road network.") }
        return Rendering(text: table.text, notes: notes)
    }

    private var unknownNote: String? {
        guard !territoryUnknown.isEmpty else { return nil }
        return "No source tells the territory of \(territoryUnknown.count): \(territoryUnknown.map(\.cite.id).joined(separator: ", ")). "
            + "Whether theirs overlap others is not known."
    }
}

extension LabelOverlap {
    fileprivate var key: String {
        switch basis {
        case .territory: "territory/\(first.id)/\(second.id)"
        case .reach(let reach, _, _, _): "\(reach.text)/\(first.id)/\(second.id)"
        }
    }

    fileprivate var properties: Properties {
        var p: Properties = [
            "first": .string(first.id), "firstName": .string(first.name), "second": .string(second.id), "secondName": .string(second.name),
            "people": .number(people), "squareKilometres": .number(squareKilometres),
        ]
        switch basis {
        case .territory(let certain, let firstBasis, let secondBasis):
            p.append("by", .string("territory"))
            p.append("certain", .string(certain.rawValue))
            p.append("firstBasis", .string(firstBasis.rawValue))
            p.append("secondBasis", .string(secondBasis.rawValue))
        case .reach(let reach, let distance, let firstPlatform, let secondPlatform):
            p.append("by", .string("reach"))
            p.append("within", .string(reach.text))
            p.append("distance", .number(distance))
            p.append("firstPlatform", .string(firstPlatform.id))
            p.append("firstAccuracy", .string(firstPlatform.locationAccuracy.rawValue))
            p.append("secondPlatform", .string(secondPlatform.id))
            p.append("secondAccuracy", .string(secondPlatform.locationAccuracy.rawValue))
        }
        return p
    }
}
