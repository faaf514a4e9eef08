internal import CiteNetwork
internal import GeoFormats
package import GeoModel
internal import Impedance
package import Planning
internal import Population

extension UnreachedAnswer {
    private var head: Properties {
        let start: Properties = [
            "asOf": .string(facilities.asOf.description), "layer": .string(layer.id), "unit": .string(kind.unit), "area": PropertyValue(areaCode),
            "areaName": .string(areaName), "beyond": .string(beyond.text), "population": .number(population), "people": .number(people),
            "localities": .integer(Int64(localities)), "peopleElsewhere": .number(peopleElsewhere), "indicative": .bool(layer.isIndicative),
            "estimate": .bool(estimate),
        ]
        return start.adding(facilities.json)
    }

    func json(_ row: Row) -> Properties {
        [
            "key": .string(String(row.locality.id)), "name": .string(row.locality.name), "area": PropertyValue(row.locality.area),
            "country": .string(row.locality.country), "people": .number(row.people), "mean": PropertyValue(row.mean),
            "farthest": PropertyValue(row.farthest), "nearest": PropertyValue(row.nearest?.id),
        ]
    }

    package var json: Properties { head.adding(["rows": .array(rows.map { .object(json($0)) })]) }

    package func rendered(_ format: OutputFormat) -> Rendering {
        switch format {
        case .json: return Rendering(text: String(decoding: PropertyValue.object(json).json, as: UTF8.self) + "\n")
        case .geojson:
            let features = rows.map { Feature(id: .integer($0.locality.id), geometry: .point($0.locality.location), properties: json($0)) }
            return Rendering(text: String(decoding: GeoJSONWriter.featureCollection(features, members: head), as: UTF8.self))
        case .csv:
            var csv = CSVWriter(columns: ["locality", "name", "area", "country", "lon", "lat", "people", "mean", "farthest", "nearest"])
            for row in rows {
                let l = row.locality
                csv.row(
                    [String(l.id), l.name, l.area ?? "", l.country, decimal(l.location.x, 5), decimal(l.location.y, 5), decimal(row.people, 0)]
                        + [row.mean.map { decimal($0, 1) } ?? "", row.farthest.map { decimal($0, 1) } ?? "", row.nearest?.id ?? ""])
            }
            return Rendering(text: csv.text)
        case .table: return table
        }
    }

    private var table: Rendering {
        let quantity = kind == .duration ? time : kilometres
        var table = TextTable([
            .text("locality"), .text("area"), .number("people > \(beyond.text)"), .number("mean"), .number("farthest"), .text("nearest platform"),
        ])
        for row in rows {
            table.rows.append(
                [row.locality.name, row.locality.area ?? row.locality.country, grouped(row.people), row.mean.map(quantity) ?? "-"]
                    + [row.farthest.map(quantity) ?? "-", row.nearest?.id ?? "-"])
        }
        if peopleElsewhere > 0 {
            table.rows.append(["\(localities - rows.count) other localities", "", grouped(peopleElsewhere), "", "", ""])
        }
        let share = population > 0 ? people / population : nil
        var notes = [
            "\(grouped(people)) of \(grouped(population)) people of \(areaName) (\(percent(share))) live beyond \(beyond.text) of every platform that counts. Cells of a grid count for the nearest locality.",
            layerNote(layer), facilities.note,
        ]
        if estimate { notes.append("Durations are estimates from the geodesic distance, not computed on a road network.") }
        return Rendering(text: table.text, notes: notes)
    }
}
