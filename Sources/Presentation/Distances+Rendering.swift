internal import Impedance
internal import Population
internal import CiteNetwork
internal import GeoFormats
package import GeoModel
package import Planning

extension DistancesAnswer {
    package var json: Properties {
        [
            "asOf": .string(asOf.description), "layer": .string(layer.id), "unit": .string("m"), "indicative": .bool(layer.isIndicative),
            "leftOutAsUnknown": .integer(Int64(leftOutAsUnknown)), "rows": .array(rows.map { .object(properties($0)) }),
        ]
    }

    private func properties(_ row: PlatformDistances) -> Properties {
        var seatDistance: Double?
        var seat: String?
        var reason: String?
        switch row.toSeat {
        case .isSeat: (seatDistance, seat) = (0, row.platform.id)
        case .distance(let metres, let id): (seatDistance, seat) = (metres, id)
        case .unknown(let why): reason = why
        }
        return [
            "id": .string(row.platform.id), "name": .string(row.platform.name), "kind": .string(row.platform.kind.rawValue),
            "cite": .string(row.platform.cite), "status": .string(row.status.rawValue),
            "locationAccuracy": .string(row.platform.locationAccuracy.rawValue), "seat": PropertyValue(seat),
            "toSeat": PropertyValue(seatDistance), "toSeatUnknown": PropertyValue(reason),
            "declaredDistance": PropertyValue(row.platform.declaredDistance), "nearest": PropertyValue(row.nearest?.platform.id),
            "toNearest": PropertyValue(row.nearest?.distance),
            "within": row.people.map { people in
                .array(zip(reaches, people).map { .object(["within": .string($0.text), "people": .number($1)]) })
            } ?? .null,
        ]
    }

    package func rendered(_ format: OutputFormat) -> Rendering {
        switch format {
        case .json: return Rendering(text: String(decoding: PropertyValue.object(json).json, as: UTF8.self) + "\n")
        case .geojson:
            let features = rows.map { Feature(id: .string($0.platform.id), geometry: $0.platform.location.map(Geometry.point), properties: properties($0)) }
            var members = json
            members["rows"] = nil
            return Rendering(text: String(decoding: GeoJSONWriter.featureCollection(features, members: members), as: UTF8.self))
        case .csv:
            var csv = CSVWriter(
                columns: [
                    "id", "name", "kind", "cite", "status", "location_accuracy", "seat", "to_seat_m", "to_seat_unknown", "declared_m", "nearest",
                    "to_nearest_m",
                ]
                    + reaches.map { "people_\($0.text)" })
            for row in rows {
                let p = properties(row)
                csv.row(
                    [row.platform.id, row.platform.name, row.platform.kind.rawValue, row.platform.cite, row.status.rawValue]
                        + [row.platform.locationAccuracy.rawValue, p["seat"]?.string ?? "", p["toSeat"]?.number.map { decimal($0, 1) } ?? ""]
                        + [p["toSeatUnknown"]?.string ?? "", row.platform.declaredDistance.map { decimal($0, 0) } ?? ""]
                        + [row.nearest?.platform.id ?? "", row.nearest.map { decimal($0.distance, 1) } ?? ""]
                        + (row.people?.map { decimal($0, 0) } ?? reaches.map { _ in "" }))
            }
            return Rendering(text: csv.text)
        case .table: return table
        }
    }

    private var table: Rendering {
        var table = TextTable(
            [.text("platform"), .text("kind"), .text("status"), .text("to its seat"), .text("nearest other")] + reaches.map { .number("people ≤ \($0.text)") })
        var reasons: [String] = []
        for row in rows {
            let seat: String
            switch row.toSeat {
            case .isSeat: seat = "is the seat"
            case .distance(let metres, _):
                seat =
                    ShownDistance(metres, accuracy: row.platform.locationAccuracy).text
                    + (row.platform.declaredDistance.map { " (declared \(kilometres($0)))" } ?? "")
            case .unknown(let reason):
                seat = "unknown"
                let line = "Seat of \(row.platform.cite): \(reason)."
                if !reasons.contains(line) { reasons.append(line) }
            }
            let mark = row.platform.locationAccuracy == .assumed ? " (assumed point)" : row.platform.locationAccuracy == .territory ? " (territory)" : ""
            table.rows.append(
                [row.platform.id + mark, row.platform.kind.rawValue, row.status.rawValue, seat]
                    + [row.nearest.map { "\(kilometres($0.distance))  \($0.platform.id)" } ?? "-"] + (row.people?.map(grouped) ?? reaches.map { _ in "-" }))
        }
        var notes = reasons
        notes.append(
            "Geodesic distances, as of \(asOf). People of layer '\(layer.id)' (\(layer.year)\(layer.isIndicative ? ", indicative" : "")), whoever else is near."
                + (leftOutAsUnknown > 0 ? " \(leftOutAsUnknown) platforms of unknown state do not count as others." : ""))
        return Rendering(text: table.text, notes: notes)
    }
}
