internal import CiteNetwork
internal import GeoFormats
internal import GeoModel
internal import Impedance
package import Planning
internal import Population

extension CellsAnswer {
    private var head: Properties {
        let start: Properties = [
            "asOf": .string(facilities.asOf.description), "layer": .string(layer.id), "unit": .string(kind.unit), "area": PropertyValue(areaCode),
            "areaName": .string(areaName), "reaches": .array(reaches.map { .string($0.text) }), "indicative": .bool(layer.isIndicative),
            "estimate": .bool(estimate),
        ]
        return start.adding(facilities.json)
    }

    /// The narrowest reach that holds a point, `> 50km` where none does.
    private func word(_ i: Int) -> String {
        let at = Int(reachClass[i])
        return at < reaches.count ? "≤ \(reaches[at].text)" : "> \(reaches.last!.text)"
    }

    private func properties(_ i: Int) -> Properties {
        [
            "people": .number(demand.people[i]), "impedance": PropertyValue((impedance[i] * 10).rounded() / 10),
            "platform": PropertyValue(facility[i] < 0 ? nil : facilities.members[Int(facility[i])].id), "class": .integer(Int64(reachClass[i])),
            "reach": .string(word(i)), "density": demand.density[i] == .unknown ? .null : .string(demand.density[i].key),
        ]
    }

    /// One feature, object or line for each demand point. Throws `GeodesyError` for a cell that cannot be carried over from its grid.
    package func rendered(_ format: OutputFormat) throws -> Rendering {
        switch format {
        case .json:
            let cells = (0..<demand.count).map { i in
                PropertyValue.object(
                    (["lon": .number(demand.coordinates[i].x), "lat": .number(demand.coordinates[i].y)] as Properties).adding(properties(i)))
            }
            return Rendering(text: String(decoding: PropertyValue.object(head.adding(["cells": .array(cells)])).json, as: UTF8.self) + "\n")
        case .geojson:
            let shapes = try squares?.polygons(around: demand.coordinates)
            let features = (0..<demand.count).lazy.map { i in
                Feature(geometry: shapes?[i] ?? .point(demand.coordinates[i]), properties: properties(i))
            }
            return Rendering(text: String(decoding: GeoJSONWriter.featureCollection(features, members: head), as: UTF8.self))
        case .csv, .table:
            let quantity = kind == .duration ? time : kilometres
            var table = TextTable(
                [
                    .number("lat"), .number("lon"), .number("people"), .number(kind == .duration ? "time" : "distance"), .text("reach"), .text("platform"),
                    .text("density"),
                ])
            var csv = CSVWriter(columns: ["lon", "lat", "people", "impedance_\(kind.unit)", "platform", "class", "reach", "density"])
            for i in 0..<demand.count {
                let c = demand.coordinates[i]
                let platform = facility[i] < 0 ? "" : facilities.members[Int(facility[i])].id
                let density = demand.density[i] == .unknown ? "" : demand.density[i].key
                if format == .csv {
                    csv.row(
                        [decimal(c.x, 6), decimal(c.y, 6), count(demand.people[i]), impedance[i].isFinite ? decimal(impedance[i], 1) : "", platform]
                            + [String(reachClass[i]), word(i), density])
                } else {
                    table.rows.append(
                        [decimal(c.y, 5), decimal(c.x, 5), grouped(demand.people[i]), impedance[i].isFinite ? quantity(impedance[i]) : "-", word(i)]
                            + [platform, density])
                }
            }
            return format == .csv ? Rendering(text: csv.text) : Rendering(text: table.text, notes: [layerNote(layer), facilities.note])
        }
    }

    /// Cells of some layers have parts of people.
    private func count(_ people: Double) -> String { people == people.rounded() ? decimal(people, 0) : decimal(people, 3) }
}
