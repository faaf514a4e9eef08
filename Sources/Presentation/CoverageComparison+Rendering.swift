internal import CiteNetwork
internal import Coverage
internal import GeoFormats
package import GeoModel
internal import Impedance
package import Planning
internal import Population

extension CoverageComparison {
    private var severalGroups: Bool { after.groups.count > 1 }

    private func json(_ pair: Pair) -> Properties {
        let start: Properties = ["key": .string(pair.after.key), "name": .string(pair.after.name)]
        let rest: Properties = [
            "before": .object(pair.before.json.withoutName.adding(pair.beforeExtra.json)),
            "after": .object(pair.after.json.withoutName.adding(pair.afterExtra.json)), "difference": .object(pair.difference),
        ]
        return (severalGroups ? ["by": .string(pair.grouping.word)] as Properties : Properties()).adding(start).adding(rest)
    }

    private var head: Properties {
        func side(_ answer: CoverageAnswer) -> PropertyValue {
            .object((["asOf": .string(answer.asOf.description)] as Properties).adding(answer.facilities.json))
        }
        return [
            "before": side(before), "after": side(after), "layer": .string(after.layer.id), "unit": .string(after.kind.unit),
            "area": PropertyValue(after.areaCode), "areaName": .string(after.areaName), "by": .array(after.groups.map { .string($0.grouping.word) }),
            "total": .object(json(total)), "indicative": .bool(after.layer.isIndicative), "estimate": .bool(after.estimate),
        ]
    }

    package var json: Properties { head.adding(["rows": .array(pairs.map { .object(json($0)) })]) }

    /// - Parameter geometries: what rows are drawn as, by grouping and key, for GeoJSON.
    package func rendered(_ format: OutputFormat, geometries: [String: [String: Geometry]] = [:]) -> Rendering {
        switch format {
        case .json: return Rendering(text: String(decoding: PropertyValue.object(json).json, as: UTF8.self) + "\n")
        case .geojson:
            let features = pairs.map { pair in
                var properties = json(pair)
                for (b, a) in zip(pair.before.reaches, pair.after.reaches) {
                    properties.append("people_difference_\(a.within)", .number(a.people - b.people))
                    properties.append("share_difference_\(a.within)", PropertyValue(difference(b.share, a.share)))
                }
                return Feature(
                    id: .string(severalGroups ? "\(pair.grouping.word):\(pair.after.key)" : pair.after.key),
                    geometry: geometries[pair.grouping.word]?[pair.after.key], properties: properties)
            }
            return Rendering(text: String(decoding: GeoJSONWriter.featureCollection(features, members: head), as: UTF8.self))
        case .csv: return Rendering(text: csv)
        case .table: return table
        }
    }

    private var csv: String {
        let names = after.reaches.map(\.text)
        let statistics = ["mean", "median", "p90", "max", "gini"]
        let sides = ["before", "after", "difference"]
        var csv = CSVWriter(
            columns: (severalGroups ? ["by"] : []) + ["key", "name"] + sides.map { "population_\($0)" }
                + names.flatMap { name in sides.map { "people_\(name)_\($0)" } + sides.map { "share_\(name)_\($0)" } }
                + statistics.flatMap { name in sides.map { "\(name)_\($0)" } } + sides.map { "unreached_\($0)" })
        func triple(_ before: Double?, _ after: Double?, _ digits: Int) -> [String] {
            [before, after, difference(before, after)].map { $0.map { decimal($0, digits) } ?? "" }
        }
        for pair in pairs {
            let (b, a) = (pair.before, pair.after)
            var fields = (severalGroups ? [pair.grouping.word] : []) + [a.key, a.name] + triple(b.population, a.population, 0)
            for (x, y) in zip(b.reaches, a.reaches) { fields += triple(x.people, y.people, 0) + triple(x.share, y.share, 6) }
            fields += triple(b.distribution?.mean, a.distribution?.mean, 1) + triple(b.distribution?.median, a.distribution?.median, 1)
            fields += triple(b.distribution?.p90, a.distribution?.p90, 1) + triple(b.distribution?.max, a.distribution?.max, 1)
            fields += triple(b.distribution?.gini, a.distribution?.gini, 4) + triple(b.unreached, a.unreached, 0)
            csv.row(fields)
        }
        return csv.text
    }

    private var table: Rendering {
        let isTime = after.kind == .duration
        func mean(_ row: CoverageRow) -> String { row.distribution.map { isTime ? time($0.mean) : decimal($0.mean / 1000, 1) } ?? "-" }
        func share(_ share: Double?) -> String { share.map { decimal(100 * $0, 1) } ?? "-" }
        func line(_ pair: Pair, _ name: String) -> [String] {
            var cells = [[.platform, .cite, .territory].contains(pair.grouping) ? pair.after.key : name]
            for (b, a) in zip(pair.before.reaches, pair.after.reaches) { cells += [share(b.share), share(a.share), signed(a.people - b.people)] }
            return cells + [mean(pair.before), mean(pair.after)]
        }
        var text: [String] = []
        for group in after.groups {
            var columns: [TextTable.Column] = [.text(group.grouping == .whole ? "area" : group.grouping.word)]
            for reach in after.reaches { columns += [.number("% ≤ \(reach.text)"), .number("then"), .number("people")] }
            columns += [.number(isTime ? "mean" : "mean km"), .number("then")]
            var table = TextTable(columns)
            for pair in pairs where pair.grouping == group.grouping { table.rows.append(line(pair, pair.after.name)) }
            if group.grouping != .whole, group.grouping.isPartition { table.rows.append(line(total, "total \(after.areaName)")) }
            text.append(table.text)
        }
        var notes = [layerNote(after.layer), "Before: \(before.facilities.note)", "Then: \(after.facilities.note)"]
        if after.estimate { notes.append("Durations are estimates from the geodesic distance, not computed on a road network.") }
        return Rendering(text: text.joined(separator: "\n"), notes: notes)
    }
}

extension CoverageComparison.Pair {
    /// After less before; null where either is undefined.
    fileprivate var difference: Properties {
        let (b, a) = (before.distribution, after.distribution)
        return [
            "population": .number(after.population - before.population),
            "reaches": .array(
                zip(before.reaches, after.reaches).map {
                    .object([
                        "within": .string($1.within), "people": .number($1.people - $0.people),
                        "share": PropertyValue(Presentation.difference($0.share, $1.share)),
                    ])
                }),
            "mean": PropertyValue(Presentation.difference(b?.mean, a?.mean)), "median": PropertyValue(Presentation.difference(b?.median, a?.median)),
            "p90": PropertyValue(Presentation.difference(b?.p90, a?.p90)), "max": PropertyValue(Presentation.difference(b?.max, a?.max)),
            "gini": PropertyValue(Presentation.difference(b?.gini, a?.gini)), "unreached": .number(after.unreached - before.unreached),
        ]
    }
}

extension Properties {
    fileprivate var withoutName: Properties {
        var out = self
        out["key"] = nil
        out["name"] = nil
        return out
    }
}

func difference(_ before: Double?, _ after: Double?) -> Double? { before.flatMap { b in after.map { $0 - b } } }

/// A change in people: `+12 345`, `-3`, `0`.
private func signed(_ value: Double) -> String { (value.rounded() > 0 ? "+" : "") + grouped(value) }
