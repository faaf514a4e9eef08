internal import CiteNetwork
internal import Coverage
internal import GeoFormats
package import GeoModel
internal import Impedance
package import Planning
internal import Population

extension ScenarioComparison.Shift {
    var json: Properties { ["within": .string(within), "gained": .number(gained), "lost": .number(lost)] }
}

extension ScenarioComparison.Variant {
    /// `coverage` is as the command of that name prints it, `overlaps` too.
    fileprivate var json: Properties {
        let head: Properties =
            scenario.map {
                ["scenario": .string($0.id), "name": .string($0.name), "scenarioAsOf": .string("\($0.asOf)"), "changes": .integer(Int64($0.changes.count))]
            } ?? ["scenario": .null]
        return head.adding([
            "platforms": .integer(Int64(coverage.platforms)), "shifts": .array(shifts.map { .object($0.json) }),
            "byDensity": .array(
                byDensity.map {
                    .object([
                        "density": .string($0.density.key), "population": .number($0.population), "shifts": .array($0.shifts.map { .object($0.json) }),
                    ])
                }), "coverage": .object(coverage.json), "overlaps": .object(overlaps.json),
        ])
    }
}

extension ScenarioComparison {
    package var json: Properties {
        [
            "asOf": .string("\(baseline.coverage.asOf)"), "layer": .string(layer.id), "unit": .string(kind.unit), "area": PropertyValue(areaCode),
            "areaName": .string(areaName), "reaches": .array(reaches.map { .string($0.text) }), "indicative": .bool(layer.isIndicative),
            "estimate": .bool(baseline.coverage.estimate), "baseline": .object(baseline.json), "scenarios": .array(variants.map { .object($0.json) }),
        ]
    }

    /// GeoJSON is that of the platforms that count in the network as it is and in each scenario, `variants` naming where.
    package func rendered(_ format: OutputFormat, _ language: Language) -> Rendering {
        switch format {
        case .json: Rendering(text: String(decoding: PropertyValue.object(json).json, as: UTF8.self) + "\n")
        case .geojson: Rendering(text: String(decoding: GeoJSONWriter.featureCollection(features, members: json), as: UTF8.self))
        case .csv: Rendering(text: csv)
        case .table: ScenarioComparisonTable(self, language).rendering
        }
    }

    private var features: [Feature] {
        struct Key: Hashable {
            var id: String
            var location: Coordinate
        }
        var order: [Key] = []
        var found: [Key: (name: String, variants: [String])] = [:]
        for variant in [baseline] + variants {
            for place in variant.coverage.facilities.members {
                let key = Key(id: place.id, location: place.location)
                if found[key] == nil { order.append(key) }
                found[key, default: (place.name, [])].variants.append(variant.scenario?.id ?? "")
            }
        }
        return order.map { key in
            let names = found[key]!.variants
            return Feature(
                id: .string(key.id), geometry: .point(key.location),
                properties: [
                    "id": .string(key.id), "name": .string(found[key]!.name), "network": .bool(names.contains("")),
                    "variants": .array(names.filter { !$0.isEmpty }.map(PropertyValue.string)),
                ])
        }
    }

    /// A row for the whole of each variant and one for each density class.
    private var csv: String {
        let ofReaches = reaches.flatMap { reach in ["people", "share", "gained", "lost"].map { "\($0)_\(reach.text)" } }
        var csv = CSVWriter(
            columns: ["scenario", "key", "platforms", "population"] + ofReaches + ["mean", "median", "p90", "max", "gini", "unreached"])
        for variant in [baseline] + variants {
            let classes = variant.coverage.groups.first { $0.grouping == .density }?.rows ?? []
            let lines = [(variant.coverage.total, variant.shifts)] + zip(classes, variant.byDensity.map(\.shifts))
            for (row, shifts) in lines {
                var fields = [variant.scenario?.id ?? "", row.key, "\(variant.coverage.platforms)", decimal(row.population, 0)]
                for (reach, shift) in zip(row.reaches, shifts) {
                    fields += [decimal(reach.people, 0), reach.share.map { decimal($0, 6) } ?? "", decimal(shift.gained, 0), decimal(shift.lost, 0)]
                }
                let d = row.distribution
                fields += [d?.mean, d?.median, d?.p90, d?.max].map { $0.map { decimal($0, 1) } ?? "" }
                csv.row(fields + [d?.gini.map { decimal($0, 4) } ?? "", decimal(row.unreached, 0)])
            }
        }
        return csv.text
    }
}
