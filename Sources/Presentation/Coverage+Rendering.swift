internal import CiteNetwork
package import Coverage
internal import GeoFormats
package import GeoModel
internal import Impedance
package import Planning
internal import Population

extension CoverageRow {
    /// The row that every part of the program shares.
    package var json: Properties {
        [
            "key": .string(key), "name": .string(name), "population": .number(population), "reaches": Self.json(reaches),
            "mean": PropertyValue(distribution?.mean), "median": PropertyValue(distribution?.median), "p90": PropertyValue(distribution?.p90),
            "max": PropertyValue(distribution?.max), "gini": PropertyValue(distribution?.gini), "unreached": .number(unreached),
        ]
    }

    static func json(_ reaches: [ReachShare]) -> PropertyValue {
        .array(reaches.map { .object(["within": .string($0.within), "people": .number($0.people), "share": PropertyValue($0.share)]) })
    }

    /// The members a map is coloured by: one for each reach, besides the list of them.
    var flatReaches: Properties {
        Properties(reaches.flatMap { [("people_\($0.within)", .number($0.people)), ("share_\($0.within)", PropertyValue($0.share))] })
    }
}

extension CoverageGroup.Extra {
    /// What a row has besides its measures: `catchments` and `supply` of a platform, `own`, `basis` and `inForce` of a territory, `access`.
    var json: Properties {
        var out = Properties()
        if let catchments {
            out.append(
                "catchments",
                .array(
                    catchments.map {
                        .object([
                            "within": .string($0.within), "people": .number($0.people), "assigned": .number($0.assigned), "exclusive": .number($0.exclusive),
                        ])
                    }))
        }
        if let supply {
            out.append("counsellorHours", PropertyValue(supply.hours))
            out.append("counsellorHoursUnknown", PropertyValue(supply.reason))
        }
        if let own { out.append("own", CoverageRow.json(own)) }
        if let basis { out.append("basis", .string(basis.rawValue)) }
        if let inForce { out.append("inForce", .string(inForce.rawValue)) }
        if let access { out.append("access", .array(access.map { .object($0.json) })) }
        return out
    }
}

extension PeopleAccess {
    var json: Properties {
        [
            "within": .string(within), "hoursPer1000": PropertyValue(hoursPerThousand), "notKnownFor": .number(notKnownFor),
            "reason": PropertyValue(reason),
        ]
    }

    /// Why there is no figure; nil where there is one.
    private var reason: String? {
        guard hoursPerThousand == nil else { return nil }
        return notKnownFor > 0
            ? "counsellors or opening hours are not known for platforms within \(within) of \(decimal(notKnownFor, 0)) people" : "nobody lives there"
    }
}

extension CoverageAnswer {
    private var severalGroups: Bool { groups.count > 1 }

    /// The members of a row: with several groupings `by` comes first.
    private func json(_ group: CoverageGroup, _ i: Int) -> Properties {
        let row = group.rows[i].json.adding(group.extras[i].json)
        return severalGroups ? (["by": .string(group.grouping.word)] as Properties).adding(row) : row
    }

    private func unplaced(_ group: CoverageGroup) -> Properties? {
        group.unplaced.map { severalGroups ? (["by": .string(group.grouping.word)] as Properties).adding($0.json) : $0.json }
    }

    private var head: Properties {
        let rest: PropertyValue =
            severalGroups ? .array(groups.compactMap(unplaced).map(PropertyValue.object)) : groups.first.flatMap(unplaced).map(PropertyValue.object) ?? .null
        let all: Properties = [
            "by": .array(groups.map { .string($0.grouping.word) }), "total": .object(total.json.adding(totalExtra.json)), "unplaced": rest,
            "indicative": .bool(layer.isIndicative), "estimate": .bool(estimate),
        ]
        let start: Properties = [
            "asOf": .string(asOf.description), "layer": .string(layer.id), "unit": .string(kind.unit), "area": PropertyValue(areaCode),
            "areaName": .string(areaName),
        ]
        var out = start.adding(all).adding(facilities.json)
        if totalExtra.access != nil {
            out.append(
                "supplyNotKnown", .array(supplyNotKnown.map { .object(["id": .string($0.id), "reason": .string($0.reason)]) }))
        }
        return out
    }

    package var json: Properties {
        let rows = groups.flatMap { group in group.rows.indices.map { PropertyValue.object(json(group, $0)) } }
        return head.adding(["rows": .array(rows)])
    }

    /// - Parameter geometries: what rows are drawn as, by grouping and key, for GeoJSON.
    package func rendered(_ format: OutputFormat, geometries: [String: [String: Geometry]] = [:]) -> Rendering {
        switch format {
        case .json: return Rendering(text: String(decoding: PropertyValue.object(json).json, as: UTF8.self) + "\n")
        case .geojson:
            let features = groups.flatMap { group in
                group.rows.indices.map { i in
                    let row = group.rows[i]
                    return Feature(
                        id: .string(severalGroups ? "\(group.grouping.word):\(row.key)" : row.key), geometry: geometries[group.grouping.word]?[row.key],
                        properties: json(group, i).adding(row.flatReaches))
                }
            }
            return Rendering(text: String(decoding: GeoJSONWriter.featureCollection(features, members: head), as: UTF8.self))
        case .csv: return Rendering(text: csv)
        case .table:
            let tables = groups.map { group in
                switch group.grouping {
                case .platform: platformTable(group)
                default: table(group)
                }
            }
            return Rendering(text: tables.joined(separator: "\n"), notes: notes)
        }
    }

    // MARK: CSV

    private var csv: String {
        let names = reaches.map(\.text)
        let extras = groups.flatMap(\.extras)
        let hasCatchments = extras.contains { $0.catchments != nil }
        let hasOwn = extras.contains { $0.own != nil }
        let hasAccess = extras.contains { $0.access != nil }
        var columns = severalGroups ? ["by"] : []
        columns += ["key", "name", "population"] + names.flatMap { ["people_\($0)", "share_\($0)"] }
        columns += ["mean", "median", "p90", "max", "gini", "unreached"]
        if hasCatchments { columns += names.flatMap { ["within_\($0)", "exclusive_\($0)"] } }
        if hasOwn { columns += names.flatMap { ["own_people_\($0)", "own_share_\($0)"] } + ["basis", "in_force"] }
        if hasAccess { columns += names.map { "hours_per_1000_\($0)" } }
        var csv = CSVWriter(columns: columns)
        for group in groups {
            for (i, row) in (group.rows + [group.unplaced].compactMap { $0 }).enumerated() {
                let extra = i < group.extras.count ? group.extras[i] : CoverageGroup.Extra()
                var fields = severalGroups ? [group.grouping.word] : []
                fields += Self.fields(row)
                if hasCatchments {
                    for k in names.indices {
                        let catchment = extra.catchments?[k]
                        fields += [catchment.map { decimal($0.people, 0) } ?? "", catchment.map { decimal($0.exclusive, 0) } ?? ""]
                    }
                }
                if hasOwn {
                    for k in names.indices { fields += extra.own.map { Self.fields($0[k]) } ?? ["", ""] }
                    fields += [extra.basis?.rawValue ?? "", extra.inForce?.rawValue ?? ""]
                }
                if hasAccess { for k in names.indices { fields.append(extra.access?[k].hoursPerThousand.map { decimal($0, 3) } ?? "") } }
                csv.row(fields)
            }
        }
        return csv.text
    }

    private static func fields(_ reach: CoverageRow.ReachShare) -> [String] { [decimal(reach.people, 0), reach.share.map { decimal($0, 6) } ?? ""] }

    private static func fields(_ row: CoverageRow) -> [String] {
        let d = row.distribution
        return [row.key, row.name, decimal(row.population, 0)] + row.reaches.flatMap(fields)
            + [d.map { decimal($0.mean, 1) } ?? "", d.map { decimal($0.median, 1) } ?? "", d.map { decimal($0.p90, 1) } ?? ""]
            + [d.map { decimal($0.max, 1) } ?? "", d?.gini.map { decimal($0, 4) } ?? "", decimal(row.unreached, 0)]
    }

    // MARK: Tables

    private func table(_ group: CoverageGroup) -> String {
        let quantity = kind == .duration ? time : kilometres
        let hasOwn = group.grouping == .territory
        let hasAccess = totalExtra.access != nil
        var columns: [TextTable.Column] = [.text(severalGroups ? group.grouping.word : "key"), .text("name"), .number("people")]
        // Names of Cités are long, and their ids can be read.
        let isOfCites = hasOwn || group.grouping == .cite
        if isOfCites { columns = [.text(group.grouping.word), .number("people")] }
        columns += reaches.map { .number("≤ \($0.text)") }
        if hasOwn {
            columns += reaches.map { .number("own ≤ \($0.text)") } + [.text("basis")]
        } else {
            columns += (hasAccess ? ["mean", "Gini"] : ["mean", "median", "P90", "max", "Gini"]).map { .number($0) }
        }
        if hasAccess { columns += reaches.map { .number("h/1000 ≤ \($0.text)") } }
        var table = TextTable(columns)
        func line(_ key: String, _ name: String, _ row: CoverageRow, _ extra: CoverageGroup.Extra?) -> [String] {
            var cells =
                (isOfCites ? [key.isEmpty || key == "unplaced" ? name : key] : [key, name]) + [grouped(row.population)] + row.reaches.map { percent($0.share) }
            if hasOwn {
                cells += reaches.indices.map { percent(extra?.own?[$0].share) }
                cells.append((extra?.basis?.rawValue ?? "") + (extra?.inForce == .unknown ? " (date unsure)" : ""))
            } else if hasAccess {
                cells += [row.distribution.map { quantity($0.mean) } ?? "-", row.distribution?.gini.map { decimal($0, 2) } ?? "-"]
            } else if let d = row.distribution {
                cells += [quantity(d.mean), quantity(d.median), quantity(d.p90), quantity(d.max), d.gini.map { decimal($0, 2) } ?? "-"]
            } else {
                cells += Array(repeating: "-", count: 5)
            }
            if hasAccess { for k in reaches.indices { cells.append(extra?.access?[k].hoursPerThousand.map { decimal($0, 2) } ?? "-") } }
            return cells
        }
        for (row, extra) in zip(group.rows, group.extras) { table.rows.append(line(row.key, row.name, row, extra)) }
        if let unplaced = group.unplaced { table.rows.append(line(unplaced.key, unplaced.name, unplaced, nil)) }
        if group.grouping != .whole, group.grouping.isPartition { table.rows.append(line("", "total \(total.name)", total, totalExtra)) }
        return table.text
    }

    private func platformTable(_ group: CoverageGroup) -> String {
        var table = TextTable(
            [.text("platform"), .number("nearest to")] + reaches.flatMap { [.number("≤ \($0.text)"), .number("only it")] })
        for (row, extra) in zip(group.rows, group.extras) {
            table.rows.append(
                [row.key, grouped(row.population)] + (extra.catchments ?? []).flatMap { [grouped($0.people), grouped($0.exclusive)] })
        }
        if let unplaced = group.unplaced { table.rows.append(["(none)", grouped(unplaced.population)] + reaches.flatMap { _ in ["-", "-"] }) }
        table.rows.append(["total \(total.name)", grouped(total.population)] + total.reaches.flatMap { [grouped($0.people), ""] })
        return table.text
    }

    private var notes: [String] {
        var notes = [layerNote(layer), facilities.note]
        if estimate { notes.append("Durations are estimates from the geodesic distance, not computed on a road network.") }
        if total.unreached > 0 {
            notes.append("\(grouped(total.unreached)) people can reach no eligible platform\(estimate ? " by an estimate, which ends at 300 km" : "").")
        }
        for group in groups {
            switch group.grouping {
            case .density:
                if let unknown = group.rows.first(where: { $0.key == "unknown" }) {
                    notes.append("The density class of where \(grouped(unknown.population)) people live is not known: the layer has none.")
                }
            case .platform:
                notes.append("'nearest to' counts people once; within a reach people count for each platform near them, 'only it' for the one alone.")
            case .territory:
                notes.append(
                    "\(counted(group.rows.count, "declared territory", "declared territories")) with people here. '≤' is any platform that counts, 'own ≤' one of its own Cité. Territories may overlap."
                )
            default: break
            }
        }
        if totalExtra.access != nil {
            notes.append(
                "h/1000: counsellor-hours a week for 1,000 people (E2SFCA, weights falling to nothing at the reach), shared with those outside the area.")
            if !supplyNotKnown.isEmpty {
                notes.append(
                    "Not available where a platform in reach has no known counsellors or hours: \(supplyNotKnown.count) of \(facilities.members.count), such as \(supplyNotKnown.prefix(3).map { "\($0.id) (\($0.reason))" }.joined(separator: ", "))."
                )
            }
        }
        return notes
    }
}
