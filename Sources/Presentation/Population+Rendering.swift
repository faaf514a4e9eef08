internal import GeoFormats
internal import GeoModel
package import Planning
internal import Population

extension PopulationImportReport {
    package func rendered(_ format: OutputFormat) -> Rendering {
        switch format {
        case .table: return Rendering(text: text, notes: lines)
        case .csv:
            var csv = CSVWriter(columns: ["code", "name", "points", "people", "official", "officialYear", "difference"])
            for total in totals + areaTotals + [unplaced].compactMap({ $0 }) {
                csv.row([
                    total.code, total.name, "\(total.points)", Self.number(total.people), total.official.map(Self.number) ?? "", total.officialYear ?? "",
                    total.difference.map { decimal($0, 6) } ?? "",
                ])
            }
            return Rendering(text: csv.text, notes: lines)
        case .json, .geojson: return Rendering(text: String(decoding: PropertyValue.object(json).json, as: UTF8.self) + "\n", notes: lines)
        }
    }

    private static func number(_ value: Double) -> String { value == value.rounded() ? decimal(value, 0) : decimal(value, 3) }

    private var json: Properties {
        func total(_ t: AreaTotal) -> PropertyValue {
            .object([
                "code": .string(t.code), "name": .string(t.name), "points": .integer(Int64(t.points)), "people": .number(t.people),
                "official": PropertyValue(t.official), "officialYear": PropertyValue(t.officialYear), "difference": PropertyValue(t.difference),
            ])
        }
        return [
            "id": .string(id), "dryRun": .bool(isDryRun), "file": .string(file), "sha256": .string(fileHash), "format": .string(format),
            "taken": .array(taken.map(PropertyValue.string)), "rows": .integer(Int64(rows)), "emptyRows": .integer(Int64(emptyRows)),
            "refusedRows": .integer(Int64(refusedRows)),
            "refused": .array(refused.map { .object(["place": .string("\($0.place)"), "reason": .string($0.reason)]) }),
            "points": .integer(Int64(points)), "people": .number(people),
            "border": border.map {
                .object(["stated": .bool($0.isStated), "points": .integer(Int64($0.points)), "people": .number($0.people)])
            } ?? .null,
            "countries": .array(countries.map(PropertyValue.string)), "totals": .array(totals.map(total)), "areas": .array(areaTotals.map(total)),
            "unplaced": unplaced.map(total) ?? .null,
            "densities": .array(
                densities.map { .object(["key": .string($0.density.key), "points": .integer(Int64($0.points)), "people": .number($0.people)]) }),
            "warnings": .array(warnings.map(PropertyValue.string)), "notes": .array(notes.map(PropertyValue.string)),
        ]
    }

    /// What was read, and the totals beside the official ones.
    private var text: String {
        var out = isDryRun ? "dry run: nothing was stored\n" : ""
        out += "layer       \(id)\nfile        \(file)\nsha256      \(fileHash)\nformat      \(format)\n"
        for (i, line) in taken.enumerated() { out += (i == 0 ? "taken       " : "            ") + line + "\n" }
        out += "rows        \(grouped(Double(rows))) read, \(grouped(Double(emptyRows))) without people, \(grouped(Double(refusedRows))) refused\n"
        out += "points      \(grouped(Double(points)))\npeople      \(grouped(people))\n"
        if let border {
            let who = border.isStated ? "as the file marks them" : "as the coarse polygons of the atlas draw it, within some kilometres"
            out += "on a border \(grouped(Double(border.points))) cells, \(grouped(border.people)) people (\(who))\n"
        }
        out += "covers      \(countries.isEmpty ? "-" : countries.joined(separator: ", "))\n"
        for (i, d) in densities.enumerated() {
            out += (i == 0 ? "density     " : "            ") + "\(d.density.key): \(grouped(Double(d.points))) points, \(grouped(d.people)) people\n"
        }
        var table = TextTable([.text("area"), .text("name"), .number("points"), .number("people"), .number("official"), .text("year"), .number("difference")])
        for total in totals + [unplaced].compactMap({ $0 }) {
            // Of a country whose other side of the border alone was counted, a difference would say nothing.
            let isCompared = countries.contains(total.code) && (total.difference.map { $0 > -0.5 } ?? false)
            table.rows.append([
                total.code, total.name, grouped(Double(total.points)), grouped(total.people), total.official.map(grouped) ?? "-", total.officialYear ?? "-",
                isCompared ? Self.signed(total.difference!) : "-",
            ])
        }
        return out + "\n" + table.text
    }

    private static func signed(_ share: Double) -> String { (share >= 0 ? "+" : "") + percent(share) }

    private var lines: [String] {
        var lines = warnings.map { "warning: \($0)" } + notes
        if refusedRows > 0 {
            lines.append("\(refusedRows) records were refused and left out:")
            lines += refused.map { "  \($0)" }
            if refusedRows > refused.count { lines.append("  and \(refusedRows - refused.count) more") }
        }
        let compared = areaTotals.filter { total in countries.contains { total.code.hasPrefix($0) } && total.difference != nil }
        let off = compared.filter { abs($0.difference!) > 0.01 }.sorted { abs($0.difference!) > abs($1.difference!) }
        if !compared.isEmpty {
            lines.append(
                "Of \(compared.count) areas with an official total, \(off.count) differ from it by more than 1 %"
                    + (off.isEmpty
                        ? "."
                        : ": " + off.prefix(8).map { "\($0.name) \(Self.signed($0.difference!))" }.joined(separator: ", ")
                            + (off.count > 8 ? " …" : ".")))
        }
        return lines
    }
}

/// The layers of a workspace, or one of them.
package enum PopulationLayerRendering {
    package static func list(_ layers: [PopulationLayerDescription], _ format: OutputFormat) -> Rendering {
        switch format {
        case .table:
            var table = TextTable([.text("id"), .text("title"), .text("year"), .number("points"), .number("people"), .text("countries"), .text("source")])
            for layer in layers {
                let countries = layer.info.countries
                table.rows.append([
                    layer.info.id, layer.info.title + (layer.info.isIndicative ? " (indicative)" : ""), layer.info.year,
                    grouped(Double(layer.summary.points)), grouped(layer.summary.people),
                    countries.prefix(8).joined(separator: " ") + (countries.count > 8 ? " …" : ""), shortened(layer.info.source),
                ])
            }
            return Rendering(text: table.text, notes: layers.isEmpty ? ["There is no population layer; 'maillage population import FILE' makes one."] : [])
        case .csv:
            var csv = CSVWriter(columns: ["id", "title", "year", "points", "people", "countries", "indicative", "source", "licence"])
            for layer in layers {
                csv.row([
                    layer.info.id, layer.info.title, layer.info.year, "\(layer.summary.points)", decimal(layer.summary.people, 0),
                    layer.info.countries.joined(separator: " "), layer.info.isIndicative ? "true" : "false", layer.info.source, layer.info.licence,
                ])
            }
            return Rendering(text: csv.text)
        case .json, .geojson:
            return Rendering(text: String(decoding: PropertyValue.object(["layers": .array(layers.map { .object(json($0)) })]).json, as: UTF8.self) + "\n")
        }
    }

    package static func description(_ layer: PopulationLayerDescription, _ format: OutputFormat) -> Rendering {
        switch format {
        case .json, .geojson: return Rendering(text: String(decoding: PropertyValue.object(json(layer)).json, as: UTF8.self) + "\n")
        case .csv: return list([layer], .csv)
        case .table:
            let info = layer.info
            var rows = [
                ("id", info.id), ("title", info.title), ("year", info.year), ("source", info.source), ("licence", info.licence),
                ("kind", info.isIndicative ? "indicative: made by a recipe" : "figures of its source"), ("method", info.method),
                ("covers", info.countries.joined(separator: ", ")), ("points", grouped(Double(layer.summary.points))),
                ("people", grouped(layer.summary.people)),
            ]
            for d in layer.summary.byDensity {
                rows.append(("density \(d.density.key)", "\(grouped(Double(d.points))) points, \(grouped(d.people)) people"))
            }
            if !layer.summary.attributes.isEmpty { rows.append(("attributes", layer.summary.attributes.joined(separator: ", "))) }
            rows += info.facts.filter { !["points", "people"].contains($0.name) && !$0.value.isEmpty }.map { ($0.name, $0.value) }
            let width = rows.map(\.0.count).max() ?? 0
            return Rendering(text: rows.map { $0.0 + String(repeating: " ", count: width - $0.0.count + 2) + $0.1 + "\n" }.joined())
        }
    }

    private static func shortened(_ text: String) -> String { text.count <= 60 ? text : text.prefix(59) + "…" }

    private static func json(_ layer: PopulationLayerDescription) -> Properties {
        let info = layer.info
        return [
            "id": .string(info.id), "title": .string(info.title), "year": .string(info.year), "source": .string(info.source),
            "licence": .string(info.licence), "indicative": .bool(info.isIndicative), "method": .string(info.method),
            "countries": .array(info.countries.map(PropertyValue.string)), "points": .integer(Int64(layer.summary.points)),
            "people": .number(layer.summary.people),
            "densities": .array(
                layer.summary.byDensity.map {
                    .object(["key": .string($0.density.key), "points": .integer(Int64($0.points)), "people": .number($0.people)])
                }),
            "attributes": .array(layer.summary.attributes.map(PropertyValue.string)), "bytes": .integer(Int64(layer.size)),
            "facts": .object(Properties(info.facts.map { ($0.name, .string($0.value)) })),
        ]
    }
}
