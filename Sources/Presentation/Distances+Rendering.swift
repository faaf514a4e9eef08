internal import CiteNetwork
internal import GeoFormats
package import GeoModel
internal import Impedance
package import Planning
internal import Population

extension DistancesAnswer {
    private var head: Properties {
        let start: Properties = [
            "asOf": .string(asOf.description), "layer": .string(layer.id), "unit": .string("m"), "indicative": .bool(layer.isIndicative),
            "population": .number(population),
        ]
        return start.adding(facilities.json)
    }

    package var json: Properties { head.adding(["rows": .array(rows.map { .object(properties($0)) })]) }

    private func properties(_ row: PlatformDistances) -> Properties {
        var seatDistance: Double?
        var seat: String?
        var reason: String?
        switch row.toSeat {
        case .isSeat: (seatDistance, seat) = (0, row.id)
        case .distance(let metres, let id): (seatDistance, seat) = (metres, id)
        case .unknown(let why): reason = why
        case nil: break
        }
        return [
            "id": .string(row.id), "name": .string(row.name), "kind": PropertyValue(row.platform?.kind.rawValue), "cite": PropertyValue(row.cite),
            "status": PropertyValue(row.status?.rawValue), "locationAccuracy": PropertyValue(row.platform?.locationAccuracy.rawValue),
            "seat": PropertyValue(seat), "toSeat": PropertyValue(seatDistance), "toSeatUnknown": PropertyValue(reason),
            "declaredDistance": PropertyValue(row.platform?.declaredDistance), "nearest": PropertyValue(row.nearest?.id),
            "toNearest": PropertyValue(row.nearest?.distance), "assigned": PropertyValue(row.assigned),
            "within": row.catchments.map { .array($0.map { .object(json($0)) }) } ?? .null, "counsellorHours": PropertyValue(row.supply.hours),
            "counsellorHoursUnknown": PropertyValue(row.supply.reason),
        ]
    }

    private func json(_ catchment: PlatformDistances.Catchment) -> Properties {
        [
            "within": .string(catchment.within), "people": .number(catchment.people), "assigned": PropertyValue(catchment.assigned),
            "exclusive": PropertyValue(catchment.exclusive), "hoursPer1000": PropertyValue(catchment.hoursPerThousand),
            "floatingHoursPer1000": PropertyValue(catchment.floatingHoursPerThousand),
        ]
    }

    package func rendered(_ format: OutputFormat) -> Rendering {
        switch format {
        case .json: return Rendering(text: String(decoding: PropertyValue.object(json).json, as: UTF8.self) + "\n")
        case .geojson:
            let features = rows.map { Feature(id: .string($0.id), geometry: $0.location.map(Geometry.point), properties: properties($0)) }
            return Rendering(text: String(decoding: GeoJSONWriter.featureCollection(features, members: head), as: UTF8.self))
        case .csv: return Rendering(text: csv)
        case .table: return table
        }
    }

    private var csv: String {
        let names = reaches.map(\.text)
        var columns = ["id", "name", "kind", "cite", "status", "location_accuracy", "seat", "to_seat_m", "to_seat_unknown", "declared_m"]
        columns += ["nearest", "to_nearest_m"] + names.map { "people_\($0)" } + ["assigned"]
        columns += names.flatMap { ["assigned_\($0)", "exclusive_\($0)"] } + ["counsellor_hours"]
        columns += names.flatMap { ["hours_per_1000_\($0)", "floating_hours_per_1000_\($0)"] }
        var csv = CSVWriter(columns: columns)
        func number(_ value: Double?, _ digits: Int) -> String { value.map { decimal($0, digits) } ?? "" }
        for row in rows {
            let p = properties(row)
            func text(_ name: String) -> String { p[name]?.string ?? "" }
            var fields = [row.id, row.name, text("kind"), row.cite ?? "", text("status"), text("locationAccuracy"), text("seat")]
            fields += [number(p["toSeat"]?.number, 1), text("toSeatUnknown"), number(row.platform?.declaredDistance, 0)]
            fields += [row.nearest?.id ?? "", number(row.nearest?.distance, 1)]
            for k in names.indices { fields.append(number(row.catchments?[k].people, 0)) }
            fields.append(number(row.assigned, 0))
            for k in names.indices { fields += [number(row.catchments?[k].assigned, 0), number(row.catchments?[k].exclusive, 0)] }
            fields.append(number(row.supply.hours, 2))
            for k in names.indices {
                fields += [number(row.catchments?[k].hoursPerThousand, 3), number(row.catchments?[k].floatingHoursPerThousand, 3)]
            }
            csv.row(fields)
        }
        return csv.text
    }

    private var table: Rendering {
        let hasSupply = rows.contains { $0.supply.hours != nil }
        let isNetwork = facilities.file == nil
        var columns: [TextTable.Column] = isNetwork ? [.text("platform"), .text("kind"), .text("to its seat")] : [.text("place"), .text("name")]
        columns += [.number("nearest other")] + reaches.map { .number("≤ \($0.text)") } + [.number("only it"), .number("nearest to")]
        if hasSupply { columns.append(.number("h/1000")) }
        var table = TextTable(columns)
        var reasons: [String] = []
        var hasMarks = false
        for row in rows {
            var cells = [row.id, row.name]
            if let platform = row.platform {
                let isSure = platform.locationAccuracy == .venue || platform.locationAccuracy == .town
                if !isSure { hasMarks = true }
                let state = row.status.flatMap { $0 == .open ? nil : " (\($0 == .unknown ? "state unknown" : $0.rawValue))" } ?? ""
                cells = [row.id + (isSure ? "" : " *") + state, platform.kind.word, seat(row, platform, &reasons)]
            }
            cells.append(row.nearest.map { kilometres($0.distance) } ?? "-")
            for k in reaches.indices { cells.append(row.catchments.map { grouped($0[k].people) } ?? "-") }
            cells += [row.catchments?.last?.exclusive.map(grouped) ?? "-", row.assigned.map(grouped) ?? "-"]
            if hasSupply { cells.append(row.catchments?.last?.hoursPerThousand.map { decimal($0, 2) } ?? "-") }
            table.rows.append(cells)
        }
        var notes = reasons
        notes.append(
            "Geodesic distances, as of \(asOf). People of layer '\(layer.id)' (\(layer.year)\(layer.isIndicative ? ", indicative" : "")), whoever else is near; 'only it': with no other within \(reaches.last?.text ?? ""); 'nearest to': all who have no nearer one."
                + (leftOutAsUnknown > 0 ? " \(leftOutAsUnknown) platforms of unknown state do not count as others." : ""))
        if rows.contains(where: { $0.platform?.declaredDistance != nil }) { notes.append("In brackets: the kilometres that the Cité declares.") }
        if hasMarks { notes.append("* The point is assumed, or stands for a territory.") }
        let unknown = rows.filter { $0.supply.hours == nil }.count
        notes.append(
            unknown == rows.count
                ? "Counsellor-hours for 1,000 people are not available: counsellors or opening hours are not known for any of these."
                : "h/1000: counsellor-hours a week for 1,000 people within \(reaches.last?.text ?? "")"
                    + (unknown > 0 ? "; not available for \(unknown) whose counsellors or opening hours are not known." : "."))
        return Rendering(text: table.text, notes: notes)
    }

    private func seat(_ row: PlatformDistances, _ platform: Platform, _ reasons: inout [String]) -> String {
        switch row.toSeat {
        case .isSeat: return "is the seat"
        case .distance(let metres, _):
            return ShownDistance(metres, accuracy: platform.locationAccuracy).text
                + (platform.declaredDistance.map { " (\(decimal($0 / 1000, 1)))" } ?? "")
        case .unknown(let reason):
            let line = "Seat of \(platform.cite): \(reason)."
            if !reasons.contains(line) { reasons.append(line) }
            return "unknown"
        case nil: return ""
        }
    }
}

extension PlatformKind {
    /// A short word for a narrow column.
    fileprivate var word: String {
        switch self {
        case .main: "main"
        case .site: "site"
        case .associatedCentre: "centre"
        case .ruralPlatform: "rural"
        }
    }
}
